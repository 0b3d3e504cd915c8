"""Paying an order with stored value from a phone: what the API calls."""

from odoo.addons.dining_base.errors import Refused
from odoo.addons.dining_order.services.order_view import find_order
from odoo.addons.dining_rules.money import even_share, fen


def pay(env, order_uuid, user_id, client_key, amount_fen=None):
    """Pay what is due on an order, or a part of it, from the wallet of the phone's member.

    :param env: superuser environment
    :param amount_fen: None for all that is due
    :return: dict as `WalletPaymentOut`
    :raises Refusal: order_unknown
    :raises Refused: member_unknown and those of `pos.order._dining_pay_by_wallet`
    """
    order = env["pos.order"].browse(find_order(env, order_uuid, user_id))
    member = env["dining.member"]._require(env["wechat.user"].browse(user_id))
    if member.company_id != order.company_id:
        raise Refused("wallet_unavailable")
    wallet = env["dining.wallet"]._of(member)
    entry = order._dining_pay_by_wallet(wallet, client_key, amount_fen)
    return {
        "order_id": order.uuid,
        "amount_fen": -(entry.principal_fen + entry.bonus_fen),
        "principal_fen": -entry.principal_fen,
        "bonus_fen": -entry.bonus_fen,
        "balance_fen": entry.principal_after_fen + entry.bonus_after_fen,
        "due_fen": order._dining_due_fen() if order.state == "draft" else 0,
    }


def quote(env, order_uuid, user_id, amount_fen=None, people=None):
    """What a payment with stored value would come to; nothing is changed.

    :param amount_fen: a part of what is due; None for one's own share where `people` is said, else for all of it
    :param people: among whom the bill is split evenly; None for the table's guests
    :return: dict as `WalletQuoteOut`
    :raises Refusal: order_unknown
    """
    order = env["pos.order"].browse(find_order(env, order_uuid, user_id))
    member = env["dining.member"]._of(env["wechat.user"].browse(user_id))
    return quote_for(order, member, amount_fen, people)


def quote_for(order, member, amount_fen=None, people=None):
    """As `quote`, of a member whoever asks.

    :param order: superuser pos.order
    :param member: dining.member, or an empty one
    """
    # Searched for, not opened: looking writes nothing.
    wallet = order.env["dining.wallet"].search(
        [("member_id", "=", member.id), ("company_id", "=", order.company_id.id)]
    )
    due = max(order._dining_due_fen(), 0) if order.state == "draft" else 0
    among = people or max(order.customer_count, 1)
    share = min(even_share(_bill_fen(order), among), due)
    if amount_fen is None:
        amount_fen = share if people else due
    available = wallet.principal_fen + wallet.bonus_fen - wallet.held_fen
    refused = _why_not(order, member, wallet, amount_fen, due, available)
    return {
        "due_fen": due,
        "people": among,
        "share_fen": share,
        "amount_fen": amount_fen,
        "due_after_fen": max(due - amount_fen, 0),
        "available_fen": available,
        "payable_fen": min(due, available),
        "refusal": refused and {"code": refused.code, "message": refused.message_by_language, "data": refused.data},
    }


def _bill_fen(order):
    """What the order costs, before anybody has paid: a bonus that was spent on it is a payment to those who split."""
    bonus = order.lines.filtered(lambda line: line.dining_charge == "bonus")
    return order._dining_total_fen() - sum(fen(line.price_subtotal_incl) for line in bonus)


def _why_not(order, member, wallet, amount_fen, due_fen, available_fen):
    """The Refused that paying would raise now, or None."""
    try:
        order._dining_check_wallet_store(member.company_id or order.company_id)
    except Refused as refused:
        return refused
    if not member:
        return Refused("member_unknown")
    if wallet and wallet.state != "open":
        return Refused("wallet_closed")
    if amount_fen > due_fen:
        return Refused("payment_exceeds_due", due_fen=due_fen)
    if amount_fen > available_fen:
        return Refused("wallet_too_little", available_fen=available_fen)
    return None
