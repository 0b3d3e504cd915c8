"""Refunding what is left of a top-up: set aside first, then paid, then written into the ledger.

Paying may take days and fail; meanwhile nothing is spent of the top-up, and what was shown is what is paid.
"""

from datetime import timedelta

from odoo.addons.dining_rules import stored_value
from odoo.addons.dining_rules.moments import in_zone

from .holds import check_open

#: Days are counted in China, wherever the server stands.
CHINA = "Asia/Shanghai"
#: It ends with the refund, not with time.
FOR_GOOD = timedelta(days=36_500)


def what_is_due(lot, today_at, *, diners_fault=False):
    """What the buyer of a top-up gets back, and by which rule; nothing is changed.

    :param lot: dining.wallet.lot
    :param today_at: the moment in UTC at which it is asked for
    :return: dining_rules.stored_value.Refund
    """
    return stored_value.refund(
        stored_value.Lot(
            lot.id,
            lot.principal_fen,
            lot.bonus_fen,
            lot.principal_fen - lot.principal_left_fen,
            lot.bonus_fen - lot.bonus_left_fen,
            lot.vat_permille,
        ),
        _day(lot.bought_at),
        _day(today_at),
        diners_fault=diners_fault,
        cooling_off_days=lot.cooling_off_days,
    )


def reserve(account, lot, *, diners_fault=False):
    """Set aside all that is left of a top-up.

    :param account: an `Account` of the lot's wallet, opened with the hold's key and source
    :param lot: dining.wallet.lot
    :return: (dining.wallet.hold, dining_rules.stored_value.Refund)
    :raises Refused: wallet_lot_unknown, balance_refund_open, wallet_held
    """
    lot.invalidate_recordset()
    account.check_refundable(next(one for one in account.lots if one.id == lot.id))
    due = what_is_due(lot, account.now, diners_fault=diners_fault)
    left_fen = due.principal_fen + due.bonus_fen
    account.set_held(left_fen)
    held = account.env["dining.wallet.hold"].create(
        {
            "wallet_id": lot.wallet_id.id,
            "lot_id": lot.id,
            "amount_fen": left_fen,
            "expires_at": account.now + FOR_GOOD,
            "source": account.source,
            "key": account.key,
        }
    )
    return held, due


def pay_out(account, held, principal_fen, bonus_fen, reason):
    """Write that a top-up was refunded: what was set aside of it leaves the wallet.

    :param account: an `Account` opened with the refund's key; a repeat gets the entry that it wrote
    :return: Written
    :raises Refused: wallet_hold_ended, wallet_clock, idempotency_key_reused
    """
    if account.repeated("refund", changes=(-principal_fen, -bonus_fen)):
        return account.written
    check_open(account, held)
    account.set_held(-held.amount_fen)
    written = account.take_refund(held.lot_id.id, principal_fen, bonus_fen, reason)
    held.write({"state": "captured", "captured_fen": held.amount_fen, "entry_id": written.id})
    return written


def _day(at):
    return in_zone(at, CHINA).date()
