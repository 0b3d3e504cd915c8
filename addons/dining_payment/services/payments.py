"""Paying an order from a phone: what the API calls.

Between two transactions each: the intent is committed, WeChat is called with no
cursor open, and its answer is recorded in a transaction of its own.
"""

from odoo.addons.dining_base.deferred import Deferred
from odoo.addons.dining_base.errors import Refused
from odoo.addons.dining_order.services.order_view import find_order
from odoo.addons.dining_rules.refusals import Refusal
from odoo.addons.payment_wechatpay.cursors import own_transaction


def begin(env, order_uuid, user_id, client_key):
    """Begin to pay what is due on an order; asked again with the same key, answer with the same payment.

    :param env: superuser environment
    :return: dict as `PaymentOut`, or a Deferred that gives one
    :raises Refusal: order_unknown
    :raises Refused: idempotency_key_reused and those of `pos.order._dining_payment_intent`
    """
    order = env["pos.order"].browse(find_order(env, order_uuid, user_id))
    user = env["wechat.user"].browse(user_id)
    known = _known(order, user, client_key)
    if known and not known._dining_is_open():
        return known._dining_view(user)
    pending = order._dining_open_payment()
    if pending and not known and pending._dining_must_give_way(user, order._dining_due_fen()):
        return _replacing(pending, order, user, client_key)
    tx = known or order._dining_payment_intent(user, client_key)
    if tx._wechatpay_is_payable():
        return tx._dining_view(user)
    return _ordering(tx, user)


def _ordering(tx, user):
    """Order a recorded payment at WeChat."""
    return Deferred(lambda: tx._wechatpay_now("prepay"), lambda env, _outcome: _begun(env, tx.id, user.id))


def show(env, payment_id, user_id):
    """How a payment stands, for anybody who sat at its table; WeChat is asked when it has not spoken by itself."""
    tx, user = _find(env, payment_id, user_id), env["wechat.user"].browse(user_id)
    if not tx._wechatpay_poll_is_due():
        return tx._dining_view(user)
    return Deferred(lambda: tx._wechatpay_now("follow"), lambda env, _outcome: _view(env, tx.id, user_id))


def cancel(env, payment_id, user_id):
    """Give up a payment. Only WeChat can say that it will not be paid, so it may come back pending or done."""
    tx, user = _find(env, payment_id, user_id), env["wechat.user"].browse(user_id)
    if tx.dining_user_id != user:
        raise Refused("payment_unknown")
    if not tx._dining_is_open():
        return tx._dining_view(user)
    return Deferred(lambda: tx._wechatpay_now("close"), lambda env, _outcome: _view(env, tx.id, user_id))


def _known(order, user, client_key):
    """The payment that this key, or for an order that has ended this guest, has made."""
    mine = order.env["payment.transaction"].search([("dining_user_id", "=", user.id), ("operation", "!=", "refund")])
    known = mine.filtered(lambda tx: tx.dining_client_key == client_key)
    if known and known.dining_order_id != order:
        raise Refused("idempotency_key_reused")
    if not known and order.state != "draft":
        known = mine.filtered(lambda tx: tx.dining_order_id == order and tx.state == "done")[:1]
    return known


def _replacing(pending, order, user, client_key):
    """Close the payment in the way, then begin and order a new one."""
    dbname = order.env.cr.dbname

    def call():
        pending._wechatpay_now("close")
        try:
            with own_transaction(dbname) as env:
                there, payer = env["pos.order"].browse(order.id), env["wechat.user"].browse(user.id)
                tx = there._dining_payment_intent(payer, client_key)
        except Refused as refused:
            return refused
        tx._wechatpay_now("prepay")
        return tx.id

    def record(env, outcome):
        if isinstance(outcome, Refused):
            raise outcome
        return _begun(env, outcome, user.id)

    return Deferred(call, record)


def _begun(env, tx_id, user_id):
    """The answer to a payment that was ordered.

    :raises Refused: payment_uncertain, the same key may be sent again; payment_refused
    """
    view = _view(env, tx_id, user_id)
    if view["state"] == "failed":
        raise Refused("payment_refused")
    if view["state"] == "pending" and view["request"] is None:
        raise Refused("payment_uncertain")
    return view


def _view(env, tx_id, user_id):
    tx = env["payment.transaction"].browse(tx_id)
    return tx._dining_view(env["wechat.user"].browse(user_id))


def _find(env, payment_id, user_id):
    tx = env["payment.transaction"].search(
        [("reference", "=", payment_id), ("dining_order_id", "!=", False), ("operation", "!=", "refund")], limit=1
    )
    try:
        find_order(env, tx.dining_order_id.uuid or "", user_id)
    except Refusal:  # somebody else's payment is as unknown as none
        raise Refused("payment_unknown")
    return tx
