"""Topping up from a phone: what the API calls."""

from odoo.addons.dining_base.deferred import Deferred
from odoo.addons.dining_base.errors import Refused
from odoo.addons.dining_rules.moments import utc_text


def offers(env, user_id):
    """The offers of the phone's company, as `TopupOffersOut`.

    :raises Refused: member_unknown
    """
    member = env["dining.member"]._require(env["wechat.user"].browse(user_id))
    found = env["dining.topup.offer"].search([("company_id", "=", member.company_id.id), ("by_phone", "=", True)])
    shown = [offer._view(member) for offer in found]
    return {"offers": [{**view, "ends_at": utc_text(view["ends_at"]) if view["ends_at"] else None} for view in shown]}


def begin(env, offer_id, user_id, client_key):
    """Begin to top up; asked again with the same key, answer with the same top-up.

    :return: dict as `TopupOut`, or a Deferred that gives one
    :raises Refused: member_unknown, topup_offer_unknown and those of `dining.topup._intend`
    """
    user = env["wechat.user"].browse(user_id)
    member = env["dining.member"]._require(user)
    offer = env["dining.topup.offer"].search(
        [("id", "=", offer_id), ("company_id", "=", member.company_id.id), ("by_phone", "=", True)]
    )
    if not offer:
        raise Refused("topup_offer_unknown")
    topup = env["dining.topup"]._intend(offer, member, user, client_key)
    tx = topup.transaction_ids[:1]
    if topup.state != "pending" or tx._wechatpay_is_payable():
        return topup._view(user)
    return Deferred(lambda: tx._wechatpay_now("prepay"), lambda env, _outcome: _begun(env, topup.id, user_id))


def show(env, topup_id, user_id):
    """How a top-up stands; WeChat is asked when it has not spoken by itself."""
    topup, user = _find(env, topup_id, user_id), env["wechat.user"].browse(user_id)
    tx = topup.transaction_ids[:1]
    if not tx._wechatpay_poll_is_due():
        return topup._view(user)
    return Deferred(lambda: tx._wechatpay_now("follow"), lambda env, _outcome: _view(env, topup.id, user_id))


def cancel(env, topup_id, user_id):
    """Give up a top-up. Only WeChat can say that it will not be paid, so it may come back pending or credited."""
    topup = _find(env, topup_id, user_id)
    tx = topup.transaction_ids[:1]
    if topup.state != "pending":
        return topup._view(env["wechat.user"].browse(user_id))
    return Deferred(lambda: tx._wechatpay_now("close"), lambda env, _outcome: _view(env, topup.id, user_id))


def _begun(env, topup_id, user_id):
    """:raises Refused: payment_uncertain, the same key may be sent again; payment_refused"""
    view = _view(env, topup_id, user_id)
    if view["state"] == "cancelled":
        raise Refused("payment_refused")
    if view["state"] == "pending" and view["request"] is None:
        raise Refused("payment_uncertain")
    return view


def _view(env, topup_id, user_id):
    return env["dining.topup"].browse(topup_id)._view(env["wechat.user"].browse(user_id))


def _find(env, topup_id, user_id):
    """:raises Refused: payment_unknown, also for somebody else's"""
    tx = env["payment.transaction"].search(
        [("reference", "=", topup_id), ("dining_topup_id.user_id", "=", user_id), ("operation", "!=", "refund")]
    )
    if not tx:
        raise Refused("payment_unknown")
    return tx.dining_topup_id
