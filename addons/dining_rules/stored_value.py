"""Stored value (储值): what a spend takes of the money paid and of the bonus given, and what a refund gives back.

A wallet is kept in lots, one a top-up, each with its own price and bonus. Lots are spent in the order they were
bought. Amounts are integer fen.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from .money import tax_in

#: What of a lot a spend takes first; by default both in the proportion in which they were bought.
PRO_RATA, PRINCIPAL_FIRST, BONUS_FIRST = POLICIES = ("pro_rata", "principal_first", "bonus_first")
#: 法释〔2025〕4号: a prepaid card's buyer may take the principal back within seven days.
COOLING_OFF_DAYS = 7
#: VAT of a restaurant, in tenths of a percent; prices include it.
VAT_PERMILLE = 60


@dataclass(frozen=True, slots=True)
class Lot:
    """One top-up and what has been spent of it.

    `vat_permille` is the rate of the VAT that its principal holds.
    """

    id: int
    principal_fen: int
    bonus_fen: int
    principal_spent_fen: int = 0
    bonus_spent_fen: int = 0
    vat_permille: int = VAT_PERMILLE

    @property
    def principal_left_fen(self) -> int:
        return self.principal_fen - self.principal_spent_fen

    @property
    def bonus_left_fen(self) -> int:
        return self.bonus_fen - self.bonus_spent_fen

    @property
    def left_fen(self) -> int:
        return self.principal_left_fen + self.bonus_left_fen

    @property
    def spent_fen(self) -> int:
        return self.principal_spent_fen + self.bonus_spent_fen

    def after(self, share: "Share") -> "Lot":
        """The lot when `share` has been taken of it; a share given back is negative."""
        return replace(
            self,
            principal_spent_fen=self.principal_spent_fen + share.principal_fen,
            bonus_spent_fen=self.bonus_spent_fen + share.bonus_fen,
        )


@dataclass(frozen=True, slots=True)
class Share:
    """What a spend takes of one lot; `vat_fen` is the VAT within the principal."""

    lot_id: int
    principal_fen: int
    bonus_fen: int
    vat_fen: int = 0

    @property
    def amount_fen(self) -> int:
        return self.principal_fen + self.bonus_fen


def spend(lots: Sequence[Lot], amount_fen: int, policy: str = PRO_RATA) -> tuple[Share, ...]:
    """What a spend takes of each lot, the oldest first.

    Pro rata, a lot's principal follows what has been spent of the lot as a whole, rounded half up once: however a
    lot is split into spends it ends exactly at its principal, and is never further than half a fen from it before.

    :param lots: in the order they were bought
    :param amount_fen: positive
    :raises ValueError: an amount that is not positive, or more than is there
    """
    if amount_fen <= 0 or amount_fen > sum(lot.left_fen for lot in lots):
        raise ValueError(f"cannot take {amount_fen} fen of {sum(lot.left_fen for lot in lots)}")
    shares = []
    for lot in lots:
        taken = min(amount_fen, lot.left_fen)
        if taken:
            shares.append(_share(lot, taken, policy))
            amount_fen -= taken
    return tuple(shares)


def give_back(lots: Sequence[Lot], shares: Sequence[Share], amount_fen: int) -> tuple[Share, ...]:
    """What part of a spend goes back to each of its lots, the last taken first.

    :param lots: the lots as they are now, at least those of `shares`
    :param shares: what is still spent of the spend: its shares less what was given back of them
    :param amount_fen: positive
    :return: shares that go back, positive
    :raises ValueError: an amount that is not positive, or more than is still spent
    """
    if amount_fen <= 0 or amount_fen > sum(share.amount_fen for share in shares):
        raise ValueError(f"cannot give back {amount_fen} fen of {sum(share.amount_fen for share in shares)}")
    known = {lot.id for lot in lots}
    back = []
    for share in reversed(shares):
        if share.lot_id not in known:
            raise ValueError(f"no lot {share.lot_id}")
        given = min(amount_fen, share.amount_fen)
        if given:
            # As it was taken, rounded half up over the whole spend of this lot: a refund in parts ends exactly.
            kept = _part(share.amount_fen - given, share.principal_fen, share.amount_fen)
            back.append(Share(share.lot_id, share.principal_fen - kept, given - share.principal_fen + kept))
            amount_fen -= given
    return tuple(back)


def with_vat(lot: Lot, share: Share) -> Share:
    """The share with the VAT that its principal holds.

    A top-up is not taxed; the VAT within it is deferred (待转销项税额) and arises with consumption. What has arisen
    of a lot is the VAT within all that was spent of it, rounded once, so that it ends exactly at the lot's.

    :param lot: as it is before `share` is taken of it; a share given back is negative

    >>> lot = Lot(1, 50000, 5000)
    >>> with_vat(lot, Share(1, 10000, 1000)).vat_fen
    566
    """
    before, after = lot.principal_spent_fen, lot.after(share).principal_spent_fen
    return replace(share, vat_fen=tax_in(after, lot.vat_permille) - tax_in(before, lot.vat_permille))


def _share(lot: Lot, taken: int, policy: str) -> Share:
    least, most = max(0, taken - lot.bonus_left_fen), min(taken, lot.principal_left_fen)
    if policy == PRINCIPAL_FIRST:
        principal = most
    elif policy == BONUS_FIRST:
        principal = least
    elif policy == PRO_RATA:
        due = _part(lot.spent_fen + taken, lot.principal_fen, lot.principal_fen + lot.bonus_fen)
        # Out of bounds only where the lot was spent by another policy before.
        principal = min(max(due - lot.principal_spent_fen, least), most)
    else:
        raise ValueError(f"no such policy: {policy}")
    return Share(lot.id, principal, taken - principal)


def _part(amount_fen: int, part: int, whole: int) -> int:
    """`amount_fen` × part / whole, half up."""
    return (2 * amount_fen * part + whole) // (2 * whole)


@dataclass(frozen=True, slots=True)
class Refund:
    """What closing a lot gives back to its buyer, and by which rule.

    `amount_fen` goes to the buyer, `principal_fen` and `bonus_fen` leave the lot. They differ where the lot was
    not spent pro rata: what is paid beyond the principal that is left is taken back from revenue, what is left
    beyond what is paid has been earned.
    """

    lot_id: int
    amount_fen: int
    principal_fen: int
    bonus_fen: int
    rule: str

    @property
    def earned_fen(self) -> int:
        """Principal that becomes revenue; negative where revenue is taken back."""
        return self.principal_fen - self.amount_fen


def refund(
    lot: Lot, bought: date, today: date, *, diners_fault: bool = False, cooling_off_days: int = COOLING_OFF_DAYS
) -> Refund:
    """What the buyer of a lot gets back when the lot is closed.

    Source: 法释〔2025〕4号. Within seven days of the purchase an untouched lot goes back whole ('cooling_off').
    Later, or when part of it was spent, consumption counts at the discount at which the lot was bought
    ('pro_rata'), whatever policy its spends followed; at the full price only where the diner is the cause of
    ending it ('diners_fault'). Never below zero.

    >>> lot = Lot(1, 50000, 5000, 10000, 1000)
    >>> refund(lot, date(2026, 1, 1), date(2026, 3, 1)).amount_fen
    40000
    >>> refund(lot, date(2026, 1, 1), date(2026, 3, 1), diners_fault=True).amount_fen
    39000
    """
    if not lot.spent_fen and today - bought <= timedelta(days=cooling_off_days):
        amount, rule = lot.principal_fen, "cooling_off"
    elif diners_fault:
        amount, rule = max(0, lot.principal_fen - lot.spent_fen), "diners_fault"
    else:
        spent = _part(lot.spent_fen, lot.principal_fen, lot.principal_fen + lot.bonus_fen)
        amount, rule = lot.principal_fen - spent, "pro_rata"
    return Refund(lot.id, amount, lot.principal_left_fen, lot.bonus_left_fen, rule)
