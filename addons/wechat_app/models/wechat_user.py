from odoo import api, fields, models
from odoo.tools import SQL


class WechatUser(models.Model):
    """A WeChat account as one mini-program knows it."""

    _name = "wechat.user"
    _description = "WeChat user"
    _order = "id desc"

    app_id = fields.Many2one("wechat.app", "Mini-program", required=True, readonly=True, ondelete="restrict")
    company_id = fields.Many2one(related="app_id.company_id")
    openid = fields.Char("OpenID", required=True, readonly=True, groups="base.group_system")
    unionid = fields.Char("UnionID", readonly=True, groups="base.group_system")
    last_login = fields.Datetime(readonly=True)

    _openid_uniq = models.Constraint("UNIQUE(app_id, openid)", "This WeChat account is known already.")

    @api.depends("app_id")
    def _compute_display_name(self):
        for user in self:
            user.display_name = self.env._("WeChat user %s", user.id)

    @api.model
    def _remember(self, app, openid, unionid=None):
        """The user with this openid in `app`, made at the first login.

        One statement, so that two phones logging in at once cannot collide.

        :param app: a `wechat.app` record
        """
        self.env.cr.execute(
            SQL(
                """INSERT INTO wechat_user AS u (app_id, openid, unionid, last_login, create_uid, create_date)
                   VALUES (%(app)s, %(openid)s, %(unionid)s, %(now)s, %(uid)s, %(now)s)
              ON CONFLICT (app_id, openid) DO UPDATE
                      SET last_login = EXCLUDED.last_login, unionid = COALESCE(EXCLUDED.unionid, u.unionid)
                RETURNING id""",
                app=app.id,
                openid=openid,
                unionid=unionid or None,
                now=fields.Datetime.now(),
                uid=self.env.uid,
            )
        )
        user = self.browse(self.env.cr.fetchone()[0])
        user.invalidate_recordset()
        return user
