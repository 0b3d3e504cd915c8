"""Everything the simulator knows, wired together."""

import asyncio
from dataclasses import dataclass, field

from .bills import Bills
from .clock import Clock
from .delivery import Delivery, new_pool
from .faults import Faults
from .gate import Gate
from .ledger import Ledger
from .merchants import Merchants
from .notices import NoticeWriter
from .orders import Orders
from .refunds import Refunds
from .settlement import Settlement
from .shipping import Shipping
from .subscriptions import Subscriptions
from .tokens import AccessTokens
from .users import Users

LONGEST_SLEEP_SECONDS = 60


@dataclass
class Settings:
    """What the control plane may change; ``reset`` puts these values back.

    refund_seconds      business seconds from accepting a refund to its end
    refund_outcome      SUCCESS, ABNORMAL or CLOSED
    signtest_every      every n-th notice is preceded by a SIGNTEST probe; 0 for none
    settle              whether takings go to the bank on T+1
    trade_managed       whether the mini-program owes WeChat shipping information
    pages               the released pages that codes and links may point to; None for any
    risky_words         what the content check finds risky
    """

    refund_seconds: float = 3.0
    refund_outcome: str = "SUCCESS"
    signtest_every: int = 10
    settle: bool = True
    trade_managed: bool = False
    pages: list | None = None
    risky_words: list = field(default_factory=lambda: ["赌博", "代开发票"])


class World:
    def __init__(self, keyring):
        self.keyring = keyring
        self.clock = Clock()
        self.merchants = Merchants(keyring)
        self.gate = Gate(self.merchants, self.clock.wall)
        self.faults = Faults()
        self._wake = asyncio.Event()
        self._writer = NoticeWriter(keyring, self.clock)
        self._pool = new_pool()
        self.reset()

    def reset(self):
        """Forget everything but keys and merchants; the clock goes back to the machine's."""
        self.clock.restart()
        self.faults.remove()
        self.settings = Settings()
        self.users = Users(self.keyring, self.clock)
        self.ledger = Ledger()
        self.delivery = Delivery(self.clock, self._writer, self.faults, self.settings, self._pool, self.wake)
        self.orders = Orders(self.clock, self.users, self._paid)
        self.refunds = Refunds(self.clock, self.orders, self.ledger, self.settings, self._refund_ended)
        self.bills = Bills(self.clock, self.orders, self.ledger)
        self.settlement = Settlement(self.clock, self.ledger, self.merchants, self.settings)
        self.tokens = AccessTokens(self.clock)
        self.subscriptions = Subscriptions(self.keyring, self.clock)
        self.shipping = Shipping(self.clock, self.orders)
        self.wake()

    @property
    def pristine(self):
        """Whether no order was placed yet, so that time may still be set back."""
        return not self.orders.all()

    def set_back(self, moment):
        """Move to an earlier time; only while no order knows a later one."""
        self.clock.set(moment)
        self.settlement = Settlement(self.clock, self.ledger, self.merchants, self.settings)

    def wake(self):
        self._wake.set()

    def tick(self):
        """Let everything happen that was due by now, in the order of time."""
        while True:
            timers = (self.refunds, self.settlement)
            due = min(at for at in (timer.next_due() for timer in timers) if at is not None)
            if due > self.clock.now():
                return
            for timer in timers:
                timer.run(due)

    async def run(self):
        """The background task: time passes also when nobody calls."""
        while True:
            self._wake.clear()
            self.tick()
            self.delivery.start_due()
            dues = (self.delivery.next_due(), self.refunds.next_due())
            delays = [self.clock.real_delay(at) for at in dues if at is not None]
            delay = min([LONGEST_SLEEP_SECONDS, *(d for d in delays if d is not None)])
            try:
                await asyncio.wait_for(self._wake.wait(), delay)
            except TimeoutError:
                continue

    def _paid(self, order):
        self.ledger.pay(order.success_at, order)
        merchant = self.merchants.get(order.mchid)
        url = order.request.notify_url
        self.delivery.add(merchant, url, "TRANSACTION.SUCCESS", order.transaction())

    def _refund_ended(self, refund):
        url = refund.request.notify_url
        if url:
            merchant = self.merchants.get(refund.order.mchid)
            self.delivery.add(merchant, url, f"REFUND.{refund.status}", refund.notice())
