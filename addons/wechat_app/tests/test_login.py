from odoo.addons.wechat_app.errors import WeChatRefused
from odoo.tests import tagged

from .common import SimulatorCase


@tagged("post_install", "-at_install")
class TestLogin(SimulatorCase):
    def login(self, code):
        return self.app._login_record(self.app._login_call(code)())

    def refuse(self, code):
        with self.assertRaises(WeChatRefused) as caught:
            self.login(code)
        self.assertEqual(self.env["wechat.user"].search_count([("app_id", "=", self.app.id)]), 0)
        return caught.exception

    def test_login_makes_one_user(self):
        code, openid = self.login_code()
        user = self.login(code)
        self.assertEqual((user.app_id, user.sudo().openid), (self.app, openid))
        code, same_openid = self.login_code()
        self.assertEqual(same_openid, openid)
        self.assertEqual(self.login(code), user)

    def test_two_people_are_two_users(self):
        first, second = (self.login(self.login_code(name)[0]) for name in ("diner-a", "diner-b"))
        self.assertNotEqual(first, second)

    def test_session_key_is_not_kept(self):
        session = self.app._login_call(self.login_code()[0])()
        self.assertEqual(set(session), {"openid", "unionid"})

    def test_code_is_good_once(self):
        code, _openid = self.login_code()
        self.app._login_call(code)()
        refused = self.refuse(code)
        self.assertEqual(
            (refused.code, refused.http_status, refused.data), ("wechat_code_invalid", 401, {"errcode": 40163})
        )

    def test_invented_code(self):
        refused = self.refuse("0000000000000000000000000000000")
        self.assertEqual((refused.code, refused.data), ("wechat_code_invalid", {"errcode": 40029}))
        self.assertEqual(refused.message_by_language["zh"], "微信登录凭证已失效，请重新进入小程序")

    def test_risky_account(self):
        self.fault("code2session", "errcode", errcode=40226)
        self.assertEqual(self.refuse(self.login_code()[0]).code, "wechat_user_blocked")

    def test_too_often(self):
        self.fault("code2session", "errcode", errcode=45011)
        self.assertEqual(self.refuse(self.login_code()[0]).http_status, 429)

    def test_wechat_busy(self):
        self.fault("code2session", "errcode", errcode=-1)
        self.assertEqual(self.refuse(self.login_code()[0]).code, "wechat_busy")

    def test_error_page(self):
        self.fault("code2session", "html_502")
        self.assertEqual(self.refuse(self.login_code()[0]).code, "wechat_unreachable")

    def test_wrong_secret(self):
        self.app.secret = "0" * 32
        refused = self.refuse(self.login_code()[0])
        self.assertEqual((refused.code, refused.http_status), ("wechat_misconfigured", 503))

    def test_unreachable(self):
        self.app.gateway_url = "http://127.0.0.1:9"
        self.assertEqual(self.refuse("any").code, "wechat_unreachable")
