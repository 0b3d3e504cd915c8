"""T+1: the takings of a day go to the merchant's bank account the next morning."""

from datetime import timedelta

from .clock import beijing, day_start
from .ledger import MERCHANT

SETTLE_AFTER_MIDNIGHT_SECONDS = 8 * 3600
TAKINGS = frozenset({"trade", "fee", "refund", "refund_closed", "settle"})


class Settlement:
    def __init__(self, clock, ledger, merchants, settings):
        self._clock = clock
        self._ledger = ledger
        self._merchants = merchants
        self._next_day = beijing(clock.now()).date()
        self._settings = settings

    def next_due(self):
        return day_start(self._next_day) + SETTLE_AFTER_MIDNIGHT_SECONDS

    def run(self, until):
        """Settle every day whose settlement hour has come by ``until``, oldest first."""
        while self.next_due() <= until:
            if self._settings.settle:
                for merchant in self._merchants.all():
                    self._settle(merchant.mchid)
            self._next_day += timedelta(days=1)

    def _settle(self, mchid):
        midnight = day_start(self._next_day)
        takings = sum(
            transfer.legs.get(MERCHANT, 0)
            for transfer in self._ledger.transfers
            if transfer.mchid == mchid and transfer.at < midnight and transfer.kind in TAKINGS
        )
        # Refunds of this morning may have used up some of yesterday's takings.
        available = min(takings, self._ledger.balance(mchid, MERCHANT))
        if available > 0:
            self._ledger.settle(self.next_due(), mchid, available)
