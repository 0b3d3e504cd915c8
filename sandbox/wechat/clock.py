"""Business time that can be set, advanced, stopped and compressed."""

import time
from datetime import datetime, timedelta, timezone

BEIJING = timezone(timedelta(hours=8))
DAY_SECONDS = 86_400


class Clock:
    """The simulator's business time, in epoch seconds.

    Orders, refunds, notices, bills and tokens live by it. Timestamps of signatures do not: they
    are compared with the machine's clock (``wall``), because the merchant's server lives there.
    """

    def __init__(self, wall=time.time):
        self.wall = wall
        self.restart()

    def restart(self):
        """Go back to the machine's time at normal speed."""
        self._anchor_wall = self._anchor = self.wall()
        self.rate = 1.0

    def now(self):
        return self._anchor + (self.wall() - self._anchor_wall) * self.rate

    def set(self, epoch):
        self._anchor, self._anchor_wall = float(epoch), self.wall()

    def advance(self, seconds):
        self.set(self.now() + seconds)

    def set_rate(self, rate):
        """Let ``rate`` business seconds pass in each real one; 0 stands still."""
        self.set(self.now())
        self.rate = float(rate)

    def real_delay(self, due):
        """Real seconds until business time ``due``; None when the clock stands still."""
        business = due - self.now()
        if business <= 0:
            return 0.0
        return business / self.rate if self.rate else None


def beijing(epoch):
    return datetime.fromtimestamp(epoch, BEIJING)


def rfc3339(epoch):
    """As WeChat writes times in API v3, e.g. ``2018-06-08T10:34:56+08:00``."""
    return beijing(epoch).isoformat(timespec="seconds")


def bill_time(epoch):
    """As WeChat writes times in bills, e.g. ``2018-06-08 10:34:56``."""
    return beijing(epoch).strftime("%Y-%m-%d %H:%M:%S")


def day_start(day):
    """Epoch of a Beijing ``date``'s midnight."""
    return datetime(day.year, day.month, day.day, tzinfo=BEIJING).timestamp()


def parse_time(value):
    """Epoch seconds of an epoch number or an RFC 3339 text that names its offset.

    Raises ValueError for anything else.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, str):
        raise ValueError("neither an epoch number nor an RFC 3339 text")
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError("the time names no offset, such as +08:00")
    return moment.timestamp()
