"""Logging in: WeChat is asked between two transactions."""

from odoo.addons.dining_base.deferred import Deferred
from odoo.addons.dining_rules.moments import utc_text
from odoo.addons.dining_rules.refusals import Refusal


def log_in(env, appid, code):
    """Exchange wx.login's code for a bearer token.

    :return: Deferred whose record gives a dict as `LoginOut`
    :raises Refusal: token_invalid for an account that is not ours; the record raises it for a code that
        WeChat does not know
    """
    app = env["wechat.app"].search([("appid", "=", appid)], limit=1)
    if not app:
        raise Refusal("token_invalid")
    app_id = app.id

    def record(env, session):
        user = env["wechat.app"].browse(app_id)._login_record(session)
        token, expires_at = env["dining.api.token"]._issue(user)
        return {"token": token, "expires_at": utc_text(expires_at)}

    return Deferred(app._login_call(code), record)
