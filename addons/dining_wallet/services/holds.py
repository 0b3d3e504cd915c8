"""Amounts set aside for orders that are placed and not yet final: authorise, capture, release, expire.

A top-up that is being refunded is set aside as a hold, too (`refunds.py`).
"""

from odoo import fields
from odoo.addons.dining_base.errors import Refused

from .account import Account, check_amount


def hold(account, amount_fen, lasts):
    """Set an amount of a wallet aside.

    :param account: an `Account` opened with the hold's key and source
    :param lasts: timedelta until the hold expires
    :return: dining.wallet.hold; a repeat of the key gets the same
    :raises Refused: wallet_amount, wallet_too_little, wallet_closed, idempotency_key_reused
    """
    holds = account.env["dining.wallet.hold"]
    found = holds.search([("wallet_id", "=", account.wallet["id"]), ("key", "=", account.key)])
    if found:
        if (found.amount_fen, found.source) != (amount_fen, account.source):
            raise Refused("idempotency_key_reused")
        return found
    check_amount(amount_fen)
    account.check_available(amount_fen)
    account.set_held(amount_fen)
    return holds.create(
        {
            "wallet_id": account.wallet["id"],
            "amount_fen": amount_fen,
            "expires_at": account.now + lasts,
            "source": account.source,
            "key": account.key,
        }
    )


def capture(account, held, amount_fen, reason):
    """Spend an amount of a hold; what is left of it is free again.

    :raises Refused: wallet_hold_ended (captured, released or expired), wallet_hold_exceeded, wallet_amount,
        wallet_clock, idempotency_key_reused
    """
    check_amount(amount_fen)
    if account.repeated("spend", amount_fen=-amount_fen):
        return account.written
    check_open(account, held)
    if held.expires_at <= account.now:
        raise Refused("wallet_hold_ended")
    if amount_fen > held.amount_fen:
        raise Refused("wallet_hold_exceeded", max_fen=held.amount_fen)
    account.set_held(-held.amount_fen)
    written = account.spend(amount_fen, reason)
    held.write({"state": "captured", "captured_fen": amount_fen, "entry_id": written.id})
    return written


def release(account, held, state="released"):
    """Free what a hold has set aside; one that is released already stays so.

    :raises Refused: wallet_hold_ended
    """
    held.invalidate_recordset()
    if held.state != state:
        check_open(account, held)
        account.set_held(-held.amount_fen)
        held.write({"state": state})


def expire(env):
    """Free the holds whose time is over, each under the lock of its wallet."""
    due = [("state", "=", "open"), ("expires_at", "<=", fields.Datetime.now())]
    for held in env["dining.wallet.hold"].search(due, order="wallet_id, id"):
        account = Account(env, held.wallet_id.id, key=f"expire-{held.id}", source=held.source)
        release(account, held, "expired")


def check_open(account, held):
    """:raises Refused: wallet_hold_ended"""
    held.invalidate_recordset()
    if held.wallet_id.id != account.wallet["id"] or held.state != "open":
        raise Refused("wallet_hold_ended")
