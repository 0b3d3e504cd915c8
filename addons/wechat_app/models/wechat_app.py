import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..client import MiniProgramClient, WeChatError
from ..errors import WeChatRefused
from ..token_store import TokenStore

#: What WeChat takes as `scene`; it also allows %, but not its own decoding of it.
SCENE = re.compile(r"[0-9A-Za-z!#$&'()*+,/:;=?@\-._~]{1,32}")
PAGE = re.compile(r"[0-9A-Za-z_\-][0-9A-Za-z_\-/]*")


class WechatApp(models.Model):
    """A mini-program account, as WeChat's public platform names it.

    Calls come in two parts. `_x_call()` returns a function without arguments
    that needs no cursor and never raises for WeChat's failures; what it returns
    goes to `_x_record(outcome)` in a new transaction.
    """

    _name = "wechat.app"
    _description = "WeChat mini-program"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    appid = fields.Char(
        "AppID",
        required=True,
        copy=False,
        help="WeChat public platform → your mini-program → Development → Development management →"
        " Development settings. It begins with wx.",
    )
    secret = fields.Char(
        "AppSecret",
        copy=False,
        groups="base.group_system",
        help="On the same page as the AppID. WeChat shows it once: reset it there if it is lost,"
        " and add this server's address to the IP whitelist.",
    )
    env_version = fields.Selection(
        [("release", "Released"), ("trial", "Trial"), ("develop", "Development")],
        "Codes open",
        default="release",
        required=True,
        help="Which version of the mini-program a printed code opens.",
    )
    check_path = fields.Boolean(
        "Check that pages exist",
        default=True,
        help="Switch off to print codes before the mini-program has been released.",
    )
    gateway_url = fields.Char(
        "Gateway",
        copy=False,
        groups="base.group_system",
        help="Leave empty for WeChat itself. A simulator's address otherwise.",
    )

    _appid_uniq = models.Constraint("UNIQUE(appid)", "This mini-program is set up already.")

    @api.constrains("appid")
    def _check_appid(self):
        for app in self:
            if not re.fullmatch(r"[0-9A-Za-z_\-]{4,32}", app.appid):
                raise ValidationError(
                    self.env._("An AppID has 4 to 32 letters and digits, such as wx1234567890abcdef.")
                )

    @api.constrains("gateway_url")
    def _check_gateway_url(self):
        for app in self.sudo():  # the field is the administrator's, the check is everybody's
            if app.gateway_url and not re.fullmatch(r"https?://[^/\s?#]+/?", app.gateway_url):
                raise ValidationError(
                    self.env._("The gateway is an address such as https://example.com, without a path.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            _strip(vals)
        return super().create(vals_list)

    def write(self, vals):
        return super().write(_strip(vals))

    def action_check_connection(self):
        """Ask WeChat for an access token and tell how it went. Changes no setting."""
        self.ensure_one()
        self.check_access("write")
        outcome = self._token_call()()
        if "errcode" in outcome:
            raise WeChatRefused.from_errcode(outcome["errcode"])
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "title": self.env._("WeChat answers"),
                "message": self.env._("AppID and AppSecret are right and this server may call WeChat."),
            },
        }

    # -- business --------------------------------------------------------------------
    def _client(self):
        self.ensure_one()
        app = self.sudo()  # the secret is the administrator's to see, the calls are everybody's
        return MiniProgramClient(
            app.appid, app.secret or "", TokenStore(self.env.cr.dbname, app.id), gateway=app.gateway_url
        )

    def _token_call(self):
        client = self._client()
        return _outcome_of(lambda: {"token": bool(client.access_token)})

    def _login_call(self, code):
        """:returns: function that exchanges `wx.login`'s code → `{"openid", "unionid"}` or `{"errcode"}`"""
        client = self._client()

        def exchange():
            session = client.code_to_session(code)
            if not session.get("openid"):
                raise WeChatError(None, "the answer holds no openid")
            # session_key stays behind: nothing here needs it, so nothing can leak it.
            return {"openid": session["openid"], "unionid": session.get("unionid")}

        return _outcome_of(exchange)

    def _login_record(self, session):
        """The `wechat.user` who logged in.

        :param session: what the function from `_login_call` returned
        :raises WeChatRefused: WeChat did not accept the code, or did not answer
        """
        if "errcode" in session:
            raise WeChatRefused.from_errcode(session["errcode"])
        # sudo: diners are not users, and may only become one row of wechat.user
        return self.env["wechat.user"].sudo()._remember(self, session["openid"], session.get("unionid"))

    def _table_code_call(self, scene, page, width=430):
        """:returns: function that fetches a mini-program code → `{"image": bytes}` or `{"errcode"}`

        :param scene: at most 32 characters, no % and no Chinese
        :param page: such as `pages/menu/menu`
        :param width: pixels, 280 to 1280
        :raises WeChatRefused: wechat_scene_invalid, wechat_page_invalid
        """
        if not SCENE.fullmatch(scene or ""):
            raise WeChatRefused("wechat_scene_invalid")
        if not PAGE.fullmatch(page or ""):
            raise WeChatRefused("wechat_page_invalid")
        client = self._client()
        options = {"width": width, "check_path": self.check_path, "env_version": self.env_version}
        return _outcome_of(lambda: {"image": client.unlimited_code(scene, page, **options)})

    def _table_code_record(self, outcome):
        """The image's bytes.

        :param outcome: what the function from `_table_code_call` returned
        :raises WeChatRefused: WeChat gave no code
        """
        if "errcode" in outcome:
            raise WeChatRefused.from_errcode(outcome["errcode"])
        return outcome["image"]


def _outcome_of(work):
    """`work` as a function that returns `{"errcode", "errmsg"}` instead of raising WeChatError."""

    def call():
        try:
            return work()
        except WeChatError as error:
            return {"errcode": error.errcode, "errmsg": error.errmsg}

    return call


def _strip(vals):
    """Pasted credentials often carry a blank or a line break."""
    for name in ("appid", "secret", "gateway_url"):
        if vals.get(name):
            vals[name] = vals[name].strip()
    return vals
