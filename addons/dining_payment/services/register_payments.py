"""Paying an order with stored value at the register, whose payment line and ours have the same uuid."""

from odoo.addons.dining_base.after_commit import notify_later
from odoo.addons.dining_base.errors import Refused
from odoo.addons.dining_rules import stored_value
from odoo.addons.dining_wallet.services.account import check_amount

from .counter import check_key, find_member
from .wallet_payments import quote_for

#: What distinguishes the register's keys, of which the cashier may take a payment back, from a phone's.
REGISTER = "register:"


def quote(order, who, amount_fen=None):
    """What a payment would come to: as `wallet_payments.quote`, with the member and what it would take.

    :param order: superuser pos.order
    :param amount_fen: None for as much of what is due as the wallet can pay
    :raises Refused: those of `find_member`, wallet_amount
    """
    member = find_member(order.env, order.company_id, who)
    if amount_fen is not None:
        check_amount(amount_fen)
    quoted = quote_for(order, member, amount_fen)
    if amount_fen is None and 0 < quoted["payable_fen"] < quoted["due_fen"]:
        quoted = quote_for(order, member, quoted["payable_fen"])
    taken = [] if quoted["refusal"] else _taken(order, member, quoted["amount_fen"])
    return {
        **quoted,
        "member": member.display_name,
        "principal_fen": sum(share.principal_fen for share in taken),
        "bonus_fen": sum(share.bonus_fen for share in taken),
    }


def pay(order, who, key, amount_fen=None):
    """Pay what is due, or a part of it; asked again with the same key, answer with the same payment.

    :return: {"amount_fen", "principal_fen", "bonus_fen", "balance_fen", "due_fen", "state": of the order}
    :raises Refused: idempotency_key_reused, those of `find_member` and of `pos.order._dining_pay_by_wallet`
    """
    member = find_member(order.env, order.company_id, who)
    check_key(key)
    order._dining_lock()
    before = _spent_by(order, key)
    if before and before.member_id != member:
        raise Refused("idempotency_key_reused")
    wallet = order.env["dining.wallet"]._of(member)
    # The line that the register shows, and later sends, becomes the very payment.
    entry = order._dining_pay_by_wallet(wallet, f"{REGISTER}{key}", amount_fen, uuid=key, payment_status="done")
    return {
        "amount_fen": -(entry.principal_fen + entry.bonus_fen),
        "principal_fen": -entry.principal_fen,
        "bonus_fen": -entry.bonus_fen,
        "balance_fen": entry.principal_after_fen + entry.bonus_after_fen,
        "due_fen": order._dining_due_fen() if order.state == "draft" else 0,
        "state": order.state,
    }


def give_back(order, key):
    """Take a payment that this register has made off an open order; what is off already stays so.

    What a phone has paid, a manager returns.

    :return: {"due_fen"}
    :raises Refused: order_not_open
    """
    check_key(key)
    order._dining_lock()
    if order.state != "draft":
        raise Refused("order_not_open")
    entries = _spent_by(order, key)
    if entries:
        order._dining_return_spends(entries)
        order._dining_touch()
        notify_later(order.config_id, "_dining_notify_register")
    return {"due_fen": order._dining_due_fen()}


def _spent_by(order, key):
    return order._dining_spent().filtered(lambda entry: entry.key == f"pay:{REGISTER}{key}")


def _taken(order, member, amount_fen):
    """What a spend would take of each lot: as `Account.spend`, without its lock."""
    wallet = order.env["dining.wallet"].search([("member_id", "=", member.id)])
    lots = [
        stored_value.Lot(
            lot.id,
            lot.principal_fen,
            lot.bonus_fen,
            lot.principal_fen - lot.principal_left_fen,
            lot.bonus_fen - lot.bonus_left_fen,
            lot.vat_permille,
        )
        for lot in wallet.lot_ids
    ]
    return stored_value.spend(lots, amount_fen, order.company_id.dining_wallet_policy)
