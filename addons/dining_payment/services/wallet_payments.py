"""Paying an order with stored value from a phone: what the API calls."""

from odoo.addons.dining_base.errors import Refused
from odoo.addons.dining_order.services.order_view import find_order
from odoo.addons.dining_rules.money import even_share, fen
from odoo.addons.dining_wallet.services import confirmation
from odoo.addons.dining_wallet.services.account import check_amount
from odoo.addons.dining_wallet.services.confirmation import NO_PROOF


def pay(env, order_uuid, user_id, client_key, amount_fen=None, proof=NO_PROOF):
    """Pay what is due on an order, or a part of it, from the wallet of the phone's member.

    A key that has paid already is answered with that payment, and needs no second confirmation.

    :param env: superuser environment
    :param amount_fen: None for all that is due
    :param proof: dining_wallet.services.confirmation.Proof, looked at where the payment must be confirmed
    :return: dict as `WalletPaymentOut`, or a Deferred that gives one
    :raises Refusal: order_unknown
    :raises Refused: member_unknown, and those of `confirmation.confirm` and `pos.order._dining_pay_by_wallet`
    """
    order = env["pos.order"].browse(find_order(env, order_uuid, user_id))
    member = env["dining.member"]._require(env["wechat.user"].browse(user_id))
    if member.company_id != order.company_id:
        raise Refused("wallet_unavailable")
    wallet = env["dining.wallet"]._of(member)
    if not _must_confirm(order, wallet, client_key, amount_fen):
        # Said again under the order's lock: another payment on it may be under way.
        return _paid(order, wallet, client_key, amount_fen, confirm=f"wallet_confirm_{confirmation.way(member)}")
    # What cannot be paid anyway costs no try.
    available = wallet.principal_fen + wallet.bonus_fen - wallet.held_fen
    due = order._dining_due_fen()
    refused = _why_not(order, member, wallet, due if amount_fen is None else amount_fen, due, available)
    if refused:
        raise refused
    order_id, wallet_id = order.id, wallet.id

    def then(env):
        confirmed = env["pos.order"].browse(order_id), env["dining.wallet"].browse(wallet_id)
        return _paid(*confirmed, client_key, amount_fen)

    return confirmation.confirm(env["wechat.user"].browse(user_id), member, proof, then)


def _must_confirm(order, wallet, client_key, amount_fen):
    if wallet._has_written(f"pay:{client_key}") or order.state != "draft":
        return False
    amount_fen = order._dining_due_fen() if amount_fen is None else amount_fen
    check_amount(amount_fen)
    return order._dining_needs_confirmation(wallet, amount_fen)


def _paid(order, wallet, client_key, amount_fen, confirm=None):
    entry = order._dining_pay_by_wallet(wallet, client_key, amount_fen, confirm=confirm)
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
        "confirmation": _confirmation(order, member, wallet, amount_fen),
        "refusal": refused and {"code": refused.code, "message": refused.message_by_language, "data": refused.data},
    }


def _confirmation(order, member, wallet, amount_fen):
    """How a payment must be confirmed: 'none', 'pin' or 'wechat'."""
    return confirmation.way(member) if wallet and order._dining_needs_confirmation(wallet, amount_fen) else "none"


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
