from odoo.addons.wechat_app.errors import WeChatRefused
from odoo.tests import tagged

from .common import SimulatorCase

PAGE = "pages/menu/menu"


@tagged("post_install", "-at_install")
class TestTableCode(SimulatorCase):
    def code(self, scene, page=PAGE):
        return self.app._table_code_record(self.app._table_code_call(scene, page)())

    def test_code_is_an_image(self):
        self.assertIn(self.code("a" * 32)[:4], (b"\x89PNG", b"\xff\xd8\xff\xe0"))

    def test_scenes_refused_before_wechat_is_asked(self):
        self.app.gateway_url = "http://127.0.0.1:9"
        for scene in ("a" * 33, "", "桌1", "a%41", "a b", None):
            with self.subTest(scene=scene), self.assertRaises(WeChatRefused) as caught:
                self.code(scene)
            self.assertEqual((caught.exception.code, caught.exception.http_status), ("wechat_scene_invalid", 400))

    def test_pages_refused_before_wechat_is_asked(self):
        self.app.gateway_url = "http://127.0.0.1:9"
        for page in ("/pages/menu/menu", "pages/menu/menu?a=1", "", None):
            with self.subTest(page=page), self.assertRaises(WeChatRefused) as caught:
                self.code("abc", page)
            self.assertEqual(caught.exception.code, "wechat_page_invalid")

    def test_page_that_is_not_published(self):
        self.control("settings", {"pages": ["pages/home/home"]})
        self.addCleanup(self.control, "settings", {"pages": None})
        with self.assertRaises(WeChatRefused) as caught:
            self.code("abc")
        self.assertEqual((caught.exception.code, caught.exception.data), ("wechat_misconfigured", {"errcode": 41030}))
        self.app.check_path = False
        self.assertTrue(self.code("abc"))

    def test_stale_token_is_renewed_once(self):
        self.code("abc")
        for errcode in (40001, 42001):
            self.fault("wxacode", "errcode", errcode=errcode)
            self.assertTrue(self.code("abc"))

    def test_stale_token_twice_is_an_error(self):
        self.fault("wxacode", "errcode", errcode=40001, times=None)
        with self.assertRaises(WeChatRefused) as caught:
            self.code("abc")
        self.assertEqual(caught.exception.data, {"errcode": 40001})

    def test_check_connection(self):
        self.assertEqual(self.app.action_check_connection()["params"]["type"], "success")
        self.env["wechat.token"].search([]).unlink()
        self.app.secret = "0" * 32
        with self.assertRaises(WeChatRefused) as caught:
            self.app.action_check_connection()
        self.assertEqual(caught.exception.code, "wechat_misconfigured")
