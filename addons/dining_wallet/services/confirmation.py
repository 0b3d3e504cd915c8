"""Whether it is the member who pays: a payment PIN, or WeChat's own word where none is set.

A try is counted and committed before it is looked at, so that neither a refusal nor a race takes it back; hashing
and WeChat's answer run with no transaction open.
"""

from functools import partial
from typing import NamedTuple

from odoo.addons.dining_base.deferred import Deferred
from odoo.addons.dining_base.errors import Refused
from odoo.addons.dining_rules.pins import is_weak
from odoo.addons.wechat_app.errors import WeChatRefused


class Proof(NamedTuple):
    """What a phone sends along to confirm: a PIN, or a code that `wx.login` has just given. Both may be missing."""

    pin: str | None = None
    code: str | None = None


NO_PROOF = Proof()


def way(member):
    """How a dining.member confirms: 'pin' where one is set, else 'wechat'."""
    return "pin" if member.env["dining.wallet.pin"]._of(member) else "wechat"


def confirm(user, member, proof, then):
    """Have the owner of a phone confirm, and go on.

    :param user: wechat.user
    :param then: function of an environment, which does what was confirmed
    :return: a Deferred that answers as `then` does
    :raises Refused: wallet_confirm_pin and wallet_confirm_wechat (what is to be sent), wallet_pin_locked; the record
        raises wallet_pin_wrong, wallet_pin_locked, wallet_wechat_other, and WeChatRefused
    """
    pin = user.env["dining.wallet.pin"]._of(member)
    if not pin:
        if not proof.code:
            raise Refused("wallet_confirm_wechat")
        return Deferred(user.app_id._login_call(proof.code), partial(_after_wechat, user.id, then))
    if not proof.pin:
        raise Refused("wallet_confirm_pin")
    hashed, context = pin._claim(), user.env["res.users"]._crypt_context()
    return Deferred(partial(context.verify, proof.pin, hashed), partial(_after_pin, pin.id, hashed, then))


def set_pin(env, user_id, pin, code):
    """Set, or set anew, the PIN of the phone's member.

    :param pin: six digits
    :param code: that `wx.login` has just given
    :return: Deferred whose record gives `{"done": True}`
    :raises Refused: member_unknown, wallet_pin_weak; the record raises wallet_wechat_other, and WeChatRefused
    """
    user = env["wechat.user"].browse(user_id)
    member_id = env["dining.member"]._require(user).id
    if is_weak(pin):
        raise Refused("wallet_pin_weak")
    exchange, context = user.app_id._login_call(code), env["res.users"]._crypt_context()

    def keep(hashed, env):
        env["dining.wallet.pin"]._set(env["dining.member"].browse(member_id), hashed)
        return {"done": True}

    def record(env, outcome):
        session, hashed = outcome
        return _after_wechat(user_id, partial(keep, hashed), env, session)

    return Deferred(lambda: (exchange(), context.hash(pin)), record)


def _after_wechat(user_id, then, env, session):
    if "errcode" in session:
        refused = WeChatRefused.from_errcode(session["errcode"])
        # 401 would have the phone log in again and send the same code once more.
        raise Refused("wallet_wechat_code") if refused.code == "wechat_code_invalid" else refused
    if session["openid"] != env["wechat.user"].browse(user_id).openid:
        raise Refused("wallet_wechat_other")
    return then(env)


def _after_pin(pin_id, hashed, then, env, is_right):
    env["dining.wallet.pin"].browse(pin_id)._settle_try(hashed, is_right)
    return then(env)
