"""Paying an order with stored value from a phone: what the API calls."""

from odoo.addons.dining_base.errors import Refused
from odoo.addons.dining_order.services.order_view import find_order


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
