from unittest.mock import patch

from odoo.addons.payment_wechatpay.const import OFFICIAL_GATEWAY
from odoo.addons.payment_wechatpay.outcome import Outcome
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import file_open

from .common import PayCase, PayMixin, credentials, private_pem

SECRETS = ("wechatpay_private_key", "wechatpay_apiv3_key")


@tagged("post_install", "-at_install")
class TestProvider(PayCase):
    def refuse(self, **values):
        before = {name: self.provider[name] for name in values}
        with self.assertRaises(ValidationError) as caught, self.cr.savepoint():
            self.provider.write(values)
        self.provider.invalidate_recordset()
        self.assertEqual({name: self.provider[name] for name in values}, before)
        return str(caught.exception)

    def test_every_credential_is_needed(self):
        for name in credentials():
            if name not in ("state", "wechatpay_gateway"):
                with self.subTest(name):
                    self.refuse(**{name: False})

    def test_shapes(self):
        for name, value in {
            "wechatpay_mchid": "19000000O1",
            "wechatpay_appid": "wx 1",
            "wechatpay_serial": "serial",
            "wechatpay_apiv3_key": "31characters-----------------31",
            "wechatpay_public_key_id": "5157F09EFDC096DE15EBE81A47057A72",
            "wechatpay_store_prefix": "toolong",
            "wechatpay_notify_base": "example.com/odoo",
            "wechatpay_private_key": "-----BEGIN PRIVATE KEY-----\nno\n-----END PRIVATE KEY-----",
            "wechatpay_public_key": private_pem("merchant"),
            "wechatpay_gateway": "127.0.0.1:9",
        }.items():
            with self.subTest(name):
                self.assertNotIn("31characters", self.refuse(**{name: value}))

    def test_test_mode_needs_a_simulator_and_real_money_none(self):
        self.assertIn("no test environment", self.refuse(wechatpay_gateway=False))
        self.assertIn("no real money", self.refuse(state="enabled"))
        self.provider.write({"state": "enabled", "wechatpay_gateway": False})
        self.assertEqual(self.provider._wechatpay_merchant().gateway, OFFICIAL_GATEWAY)

    def test_pasted_blanks_are_cut(self):
        self.provider.wechatpay_mchid = " 1900000009\n"
        self.assertEqual(self.provider.wechatpay_mchid, "1900000009")

    def test_secrets_are_the_administrators(self):
        employee = new_test_user(self.env, "employee", "base.group_user")
        with self.assertRaises(AccessError):
            self.provider.with_user(employee).read(["wechatpay_mchid"])
        with self.assertRaises(AccessError):
            self.provider.with_user(employee).action_wechatpay_check()

    def test_secrets_are_not_copied(self):
        company = self.env["res.company"].create({"name": "Other"})
        copy = self.provider.copy({"company_id": company.id})
        self.assertFalse(any(copy[name] for name in (*SECRETS, "wechatpay_mchid", "wechatpay_gateway")))
        self.assertRegex(copy.wechatpay_store_prefix, r"^d[0-9a-f]{4}$")

    def test_only_yuan(self):
        self.assertEqual(self.provider.available_currency_ids.mapped("name"), ["CNY"])
        self.assertEqual(self.provider.support_refund, "partial")

    def test_check_says_what_to_do(self):
        for outcome, good, words in (
            (Outcome("refused", code="ORDER_NOT_EXIST"), "success", "fit together"),
            (Outcome("refused", code="SIGN_ERROR", message="m"), "danger", "private key"),
            (Outcome("uncertain", code="UNTRUSTED_ANSWER"), "danger", "public key"),
            (Outcome("uncertain", code="NO_ANSWER"), "danger", "internet"),
        ):
            with (
                self.subTest(outcome.code),
                patch.object(
                    type(self.provider), "_wechatpay_check_call", lambda _self, outcome=outcome: lambda: outcome
                ),
            ):
                action = self.provider.action_wechatpay_check()
                self.assertEqual(action["params"]["type"], good)
                self.assertIn(words, action["params"]["message"])

    def test_neutralize(self):
        tx = self.intend()
        self.env.flush_all()
        with file_open("payment_wechatpay/data/neutralize.sql") as file:
            self.env.cr.execute(file.read())
        self.env.invalidate_all()
        names = [name for name in credentials() if name not in ("state", "wechatpay_store_prefix")]
        self.assertEqual([self.provider[name] for name in names], [False] * len(names))
        self.assertFalse(tx.wechatpay_next_query)


@tagged("post_install", "-at_install")
class TestWebStart(PayMixin, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_provider()

    def start(self, reference):
        self.env.flush_all()
        answer = self.url_open("/payment/wechatpay/start", data={"reference": reference}, allow_redirects=False)
        self.env.invalidate_all()
        self.assertEqual((answer.status_code, answer.headers["Location"].rpartition("/payment")[2]), (303, "/status"))

    def test_unknown_and_finished_numbers_change_nothing(self):
        self.start("ta000000")
        tx = self.pay_here(self.intend())
        self.start(tx.reference)
        self.assertEqual((tx.state, tx.wechatpay_code_url), ("done", False))

    def test_unreachable_wechat_leaves_it_pending(self):
        tx = self.intend(channel="native")
        tx.state = "draft"
        self.start(tx.reference)
        self.assertEqual((tx.state, tx.wechatpay_answer, tx.wechatpay_channel), ("pending", "NO_ANSWER", "native"))
