from odoo import fields, models


class WechatToken(models.Model):
    """The access token of a mini-program, shared by all processes.

    Written by `token_store.TokenStore` only; nobody has access through the ORM.
    """

    _name = "wechat.token"
    _description = "WeChat access token"
    _log_access = False

    app_id = fields.Many2one("wechat.app", required=True, ondelete="cascade", index=False)
    token = fields.Char()
    expires_at = fields.Datetime()
    leased_until = fields.Datetime(help="A process is fetching a new token until then at the latest.")

    _app_uniq = models.Constraint("UNIQUE(app_id)", "A mini-program has one access token.")
