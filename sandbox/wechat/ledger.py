"""The merchants' money at WeChat as a double-entry ledger: the oracle for reconciliation.

Append-only. Accounts of a merchant, in fen (money in is positive):

payers      the diners' own money; its balance is minus what they have paid and not got back
merchant    the merchant's account at WeChat (基本账户): what the fund-flow bill shows
fees        what WeChat has kept
refunding   refunds accepted, not yet with the diner
bank        the merchant's bank account
"""

from collections import Counter
from dataclasses import dataclass

PAYERS, MERCHANT, FEES, REFUNDING, BANK = "payers", "merchant", "fees", "refunding", "bank"


@dataclass(frozen=True)
class Transfer:
    id: int
    at: float
    mchid: str
    kind: str
    legs: dict
    order: object = None
    refund: object = None

    def view(self):
        return {
            "id": self.id,
            "at": self.at,
            "mchid": self.mchid,
            "kind": self.kind,
            "legs": self.legs,
            "out_trade_no": self.order and self.order.out_trade_no,
            "out_refund_no": self.refund and self.refund.out_refund_no,
        }


class Ledger:
    def __init__(self):
        self.transfers = []
        self._balances = Counter()

    def balance(self, mchid, account):
        return self._balances[mchid, account]

    def _post(self, at, mchid, kind, legs, order=None, refund=None):
        legs = {account: fen for account, fen in legs.items() if fen}
        if not legs:
            return
        if sum(legs.values()):
            raise ValueError(f"unbalanced transfer {kind}: {legs}")
        for account, fen in legs.items():
            self._balances[mchid, account] += fen
        self.transfers.append(Transfer(len(self.transfers) + 1, at, mchid, kind, legs, order, refund))

    def pay(self, at, order):
        total, fee = order.total_fen, order.fee_fen
        self._post(at, order.mchid, "trade", {PAYERS: -total, MERCHANT: total}, order)
        self._post(at, order.mchid, "fee", {MERCHANT: -fee, FEES: fee}, order)

    def refund_accepted(self, at, refund):
        returned = refund.fee_returned_fen
        legs = {
            MERCHANT: returned - refund.refund_fen,
            FEES: -returned,
            REFUNDING: refund.refund_fen,
        }
        self._post(at, refund.order.mchid, "refund", legs, refund.order, refund)

    def refund_arrived(self, at, refund):
        legs = {REFUNDING: -refund.refund_fen, PAYERS: refund.refund_fen}
        self._post(at, refund.order.mchid, "refund_arrived", legs, refund.order, refund)

    def refund_closed(self, at, refund):
        returned = refund.fee_returned_fen
        legs = {
            MERCHANT: refund.refund_fen - returned,
            FEES: returned,
            REFUNDING: -refund.refund_fen,
        }
        self._post(at, refund.order.mchid, "refund_closed", legs, refund.order, refund)

    def settle(self, at, mchid, fen):
        self._post(at, mchid, "settle", {MERCHANT: -fen, BANK: fen})

    def deposit(self, at, mchid, fen):
        self._post(at, mchid, "deposit", {BANK: -fen, MERCHANT: fen})

    def accounts(self):
        view = {}
        for (mchid, account), fen in sorted(self._balances.items()):
            view.setdefault(mchid, {})[account] = fen
        return view

    def check(self, orders, refunds):
        """What does not hold, as texts; empty when the money is conserved.

        Compares the ledger with the order and refund books, which are written separately.
        """
        problems = [
            f"transfer {transfer.id} does not balance" for transfer in self.transfers if sum(transfer.legs.values())
        ]
        for (mchid, account), fen in self._balances.items():
            if fen < 0 and account in (MERCHANT, FEES, REFUNDING):
                problems.append(f"{mchid} {account} is negative: {fen}")
        sums = self._sums()
        problems += _check_orders(orders, sums)
        problems += _check_refunds(refunds, sums)
        return problems

    def _sums(self):
        """Fen by (order or refund, kind of transfer, account), in one pass."""
        sums = Counter()
        for transfer in self.transfers:
            for account, fen in transfer.legs.items():
                sums[transfer.refund or transfer.order, transfer.kind, account] += fen
        return sums


def _check_orders(orders, sums):
    for order in orders:
        paid, fee = sums[order, "trade", MERCHANT], sums[order, "fee", FEES]
        if (paid, fee) != ((order.total_fen, order.fee_fen) if order.paid else (0, 0)):
            yield f"order {order.out_trade_no}: ledger has paid {paid}, fee {fee}"
        if order.refunded_fen > order.total_fen:
            yield f"order {order.out_trade_no}: refunded more than was paid"


def _check_refunds(refunds, sums):
    for refund in refunds:
        kinds = ("refund", "refund_arrived", "refund_closed")
        waiting = sum(sums[refund, kind, REFUNDING] for kind in kinds)
        expected = refund.refund_fen if refund.status in ("PROCESSING", "ABNORMAL") else 0
        if waiting != expected:
            yield f"refund {refund.out_refund_no}: {waiting} is under way, not {expected}"
