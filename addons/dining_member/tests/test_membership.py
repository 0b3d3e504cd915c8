import base64
from io import BytesIO

import zxingcpp
from odoo.addons.dining_base.errors import Refused
from odoo.addons.dining_member.services import membership
from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger
from PIL import Image
from psycopg2 import DatabaseError


@tagged("post_install", "-at_install")
class TestMembership(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        app = cls.env["wechat.app"].create({"name": "测试小程序", "appid": "wx1234567890abcdef"})
        cls.user = cls.env["wechat.user"]._remember(app, "openid-member-test")

    def join(self, version=membership.CONSENT_VERSION):
        return membership.join(self.env, self.user.id, version)

    def read_code(self, picture):
        """What a camera reads from a data URI."""
        kind, data = picture.split(",")
        self.assertEqual(kind, "data:image/png;base64")
        return zxingcpp.read_barcode(Image.open(BytesIO(base64.b64decode(data)))).text

    def test_a_phone_that_has_not_joined(self):
        told = membership.show(self.env, self.user.id)
        self.assertEqual((told["is_member"], told["code"], told["joined_at"]), (False, "", None))
        self.assertEqual(told["code_picture"], "")
        with self.assertRaises(Refused) as caught:
            self.env["dining.member"]._require(self.user)
        self.assertEqual(caught.exception.code, "member_unknown")

    def test_joining_needs_no_phone_number_and_keeps_the_consent(self):
        told = self.join()
        member = self.user.dining_member_id
        self.assertTrue(told["is_member"])
        self.assertRegex(told["code"], r"^\d{16}$")
        self.assertEqual(told["code"], self.read_code(told["code_picture"]))
        self.assertFalse(member.phone)
        self.assertEqual(member.company_id, self.user.app_id.company_id)
        [consent] = member.consent_ids
        self.assertEqual(
            (consent.purpose, consent.is_given, consent.version, consent.channel),
            ("membership", True, membership.CONSENT_VERSION, "miniprogram"),
        )

    def test_a_new_member_is_named_in_the_company_s_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.user.app_id.company_id.partner_id.lang = "zh_CN"
        told = self.join()
        self.assertEqual(told["name"], f"会员 {told['code'][-4:]}")

    def test_joining_twice_is_joining_once(self):
        self.assertEqual(self.join(), self.join())
        self.assertEqual(self.env["dining.member"].search_count([("user_ids", "in", self.user.ids)]), 1)

    def test_an_outdated_text_is_refused(self):
        with self.assertRaises(Refused) as caught:
            self.join("2020-01")
        self.assertEqual(caught.exception.code, "consent_outdated")
        self.assertFalse(self.user.dining_member_id)

    def test_a_consent_is_never_changed(self):
        self.join()
        consent = self.user.dining_member_id.consent_ids
        with self.assertRaises(UserError):
            consent.write({"is_given": False})
        with self.assertRaises(UserError):
            consent.unlink()
        self.assertTrue(consent.is_given)

    @mute_logger("odoo.sql_db")
    def test_the_database_itself_only_adds_to_consents(self):
        self.join()
        consent = self.user.dining_member_id.consent_ids
        for statement in (
            "UPDATE dining_consent SET is_given = false WHERE id = %s",
            "DELETE FROM dining_consent WHERE id = %s",
            "TRUNCATE dining_consent CASCADE",
        ):
            with (
                self.subTest(statement),
                self.assertRaisesRegex(DatabaseError, "^dining_consent is append-only: write a further consent"),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(statement, (consent.id,))
        self.env.invalidate_all()
        self.assertTrue(consent.is_given)

    def test_who_has_left_is_no_member(self):
        self.join()
        self.user.dining_member_id.active = False
        self.assertFalse(membership.show(self.env, self.user.id)["is_member"])
        self.assertTrue(self.join()["is_member"])
