"""Against the simulator, over HTTP, signed and verified on both sides."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import SimulatorCase, credentials

NOTICE_LOG = "odoo.addons.payment_wechatpay.models.payment_transaction_notice"
TX_LOG = "odoo.addons.payment_wechatpay.models.payment_transaction"


@tagged("post_install", "-at_install")
class TestFlow(SimulatorCase):
    def order(self, tx):
        return self.control(f"orders/{tx.reference}")

    def tries(self, number):
        """How often the number's notice was sent, and what we answered."""
        notices = self.control("notices")["notices"]
        return [one for notice in notices if notice["out_trade_no"] == number for one in notice["tries"]]

    def follow(self, tx):
        tx._wechatpay_follow_record(tx._wechatpay_follow_call()())

    def run_cron(self):
        self.env.flush_all()
        with self.registry.cursor() as cr:
            self.env(cr=cr)["payment.transaction"]._cron_wechatpay_follow_up()
        self.env.invalidate_all()

    def end_time(self, tx):
        tx.wechatpay_expires_at = fields.Datetime.now() - timedelta(seconds=1)

    # -- paying --------------------------------------------------------------------------
    def test_mini_program_payment(self):
        tx = self.prepay(88.0)
        self.assertTrue(tx._wechatpay_is_payable())
        request = tx._wechatpay_pay_params()
        self.assertEqual(set(request), {"timeStamp", "nonceStr", "package", "signType", "paySign"})
        sheet = self.control("request-payment", {"appId": self.provider.wechatpay_appid, "user": "diner-a", **request})
        self.assertEqual((sheet["amount_fen"], sheet["description"]), (8800, "云南小馆 B12"))
        paid = self.control("pay", {"prepay_id": sheet["prepay_id"], "user": "diner-a"})
        self.wait_for(lambda: tx.state == "done")
        self.assertEqual(tx.provider_reference, paid["transaction_id"])
        self.assertTrue(tx.is_post_processed)

    def test_ordering_twice_is_one_order(self):
        tx = self.prepay()
        first = tx.wechatpay_prepay_id
        tx._wechatpay_prepay_record(tx._wechatpay_prepay_call()())
        self.assertEqual(tx.wechatpay_prepay_id, first)

    def test_qr_code_payment(self):
        tx = self.prepay(12.5, channel="native")
        self.assertRegex(tx.wechatpay_code_url, r"^weixin://")
        self.control("pay", {"code_url": tx.wechatpay_code_url, "user": "somebody"})
        self.wait_for(lambda: tx.state == "done")

    def test_web_form_shows_a_code(self):
        tx = self.intend(9.9, channel="native")
        tx.state = "draft"
        self.env.flush_all()
        self.url_open("/payment/wechatpay/start", data={"reference": tx.reference}, allow_redirects=False)
        self.env.invalidate_all()
        self.assertRegex(tx.wechatpay_code_url, r"^weixin://")
        html = self.env["ir.qweb"]._render("payment.state_header", {"tx": tx})
        self.assertIn("barcode_type=QR", html)
        self.assertIn("weixin%3A%2F%2F", html)

    def test_lost_notice_is_asked_for(self):
        tx = self.prepay()
        self.fault("notice", "never_sent", times=None)
        self.control("pay", {"out_trade_no": tx.reference, "user": "diner-a"})
        self.assertEqual(tx.state, "pending")
        self.follow(tx)
        self.assertEqual(tx.state, "done")

    def test_cron_asks(self):
        tx = self.prepay()
        self.fault("notice", "never_sent", times=None)
        self.control("pay", {"out_trade_no": tx.reference, "user": "diner-a"})
        self.run_cron()
        self.assertEqual(tx.state, "pending", "it is not due yet")
        tx.wechatpay_next_query = fields.Datetime.now()
        self.run_cron()
        self.assertEqual(tx.state, "done")

    def test_cron_goes_on_past_a_payment_that_cannot_be_asked_about(self):
        company = self.env["res.company"].create({"name": "Broken", "currency_id": self.env.ref("base.CNY").id})
        broken = self.provider.copy({"company_id": company.id, **credentials()})
        stuck = self.env["payment.transaction"]._wechatpay_intend(broken, 1.0, channel="native", description="x")
        self.env.cr.execute("UPDATE payment_provider SET wechatpay_private_key = 'no key' WHERE id = %s", (broken.id,))
        tx = self.prepay()
        self.fault("notice", "never_sent", times=None)
        self.control("pay", {"out_trade_no": tx.reference, "user": "diner-a"})
        now = fields.Datetime.now()
        stuck.wechatpay_next_query, tx.wechatpay_next_query = now - timedelta(seconds=9), now
        with mute_logger("odoo.addons.payment_wechatpay.models.payment_transaction_calls"):
            self.run_cron()
        self.assertEqual((tx.state, stuck.state, stuck.wechatpay_answer), ("done", "pending", "NOT_ASKED"))
        self.assertGreater(stuck.wechatpay_next_query, now)

    @mute_logger(NOTICE_LOG, TX_LOG)
    def test_bad_notices_change_nothing(self):
        for fault in ("tampered", "wrong_amount", "unknown_number", "forged_key", "stale", "unknown_serial"):
            with self.subTest(fault):
                tx = self.prepay()
                self.fault("notice", fault)
                self.control("pay", {"out_trade_no": tx.reference, "user": "diner-a"})
                self.wait_for(lambda number=tx.reference: self.tries(number))
                self.assertGreaterEqual(self.tries(tx.reference)[0]["status"], 400)
                self.assertEqual((tx.state, tx.provider_reference), ("pending", False))
                self.follow(tx)
                self.assertEqual(tx.state, "done")

    def test_probe_fails_as_it_must(self):
        tx = self.paid()
        notice = self.control("notices")["notices"][0]
        self.assertEqual(notice["out_trade_no"], tx.reference)
        with mute_logger(NOTICE_LOG):
            probe = self.control(f"notices/{notice['id']}/probe", {})
        self.assertEqual((probe["passed"], probe["status"]), (True, 401))

    def test_duplicated_notices(self):
        tx = self.paid()
        changed = tx.last_state_change, tx.write_date
        notice = self.control("notices")["notices"][0]
        sent = self.control(f"notices/{notice['id']}/send", {"copies": 5})
        self.assertEqual([result["status"] for result in sent["results"]], [204] * 5)
        self.assertEqual((tx.state, tx.last_state_change, tx.write_date), ("done", *changed))

    # -- closing ----------------------------------------------------------------------------
    def test_unpaid_payment_is_closed_when_its_time_is_up(self):
        tx = self.prepay()
        self.follow(tx)
        self.assertEqual((tx.state, tx.wechatpay_answer), ("pending", "NOTPAY"))
        self.end_time(tx)
        self.follow(tx)
        self.assertEqual((tx.state, self.order(tx)["trade_state"]), ("cancel", "CLOSED"))

    def test_close_finds_it_paid(self):
        tx = self.prepay()
        self.fault("notice", "never_sent", times=None)
        self.control("pay", {"out_trade_no": tx.reference, "user": "diner-a"})
        tx._wechatpay_close_record(tx._wechatpay_close_call()())
        self.assertEqual((tx.state, self.order(tx)["trade_state"]), ("done", "SUCCESS"))

    def test_payment_after_the_close(self):
        tx = self.prepay()
        tx._wechatpay_close_record(tx._wechatpay_close_call()())
        self.assertEqual(tx.state, "cancel")
        self.control("pay", {"out_trade_no": tx.reference, "user": "diner-a", "after_close": True})
        self.wait_for(lambda: tx.state == "done")

    def test_payer_at_the_password_is_not_closed_away(self):
        tx = self.prepay()
        self.control(f"orders/{tx.reference}/state", {"trade_state": "USERPAYING"})
        tx._wechatpay_close_record(tx._wechatpay_close_call()())
        self.assertEqual(tx.state, "pending")

    def test_never_reached_wechat(self):
        tx = self.intend(openid=self.openid)
        self.end_time(tx)
        self.follow(tx)
        self.assertEqual(tx.state, "cancel")

    # -- uncertain ends -------------------------------------------------------------------------
    def test_order_that_was_made_although_no_answer_came(self):
        for fault in ("error_500_after", "html_502", "bad_signature", "stale_timestamp", "unsigned", "error_429"):
            with self.subTest(fault), mute_logger("odoo.addons.payment_wechatpay.outcome"):
                self.fault("jsapi", fault)
                tx = self.prepay()
                self.assertEqual((tx.state, tx.wechatpay_prepay_id), ("pending", False))
                tx._wechatpay_prepay_record(tx._wechatpay_prepay_call()())
                self.assertTrue(tx._wechatpay_is_payable())

    def test_timeout_after_the_effect(self):
        self.fault("jsapi", "timeout_after", seconds=13)
        tx = self.prepay()
        self.assertEqual((tx.state, tx.wechatpay_answer, tx.wechatpay_prepay_id), ("pending", "NO_ANSWER", False))
        tx._wechatpay_prepay_record(tx._wechatpay_prepay_call()())
        self.assertTrue(tx._wechatpay_is_payable())

    # -- refunds ------------------------------------------------------------------------------------
    def test_refund(self):
        tx = self.paid(88.0)
        refund = tx._refund(30.0)
        self.follow(refund)
        self.wait_for(lambda: refund.state == "done")
        self.assertEqual(
            [(one["out_refund_no"], one["amount"]["refund"]) for one in self.refunds()], [(refund.reference, 3000)]
        )

    def refunds(self):
        return self.control("refunds")["refunds"]

    def test_refund_whose_answer_was_lost_is_made_once(self):
        for fault in ("error_500_after", "error_500_before", "error_429"):
            with self.subTest(fault), mute_logger("odoo.addons.payment_wechatpay.outcome"):
                tx = self.paid(20.0)
                before = len(self.refunds())
                self.fault("refund", fault)
                refund = tx._refund(20.0)
                self.follow(refund)
                self.assertEqual((refund.state, refund.provider_reference), ("pending", False))
                again = tx._refund(20.0)
                self.assertEqual(again, refund)
                self.follow(refund)
                self.wait_for(lambda refund=refund: refund.state == "done" or self.follow(refund))
                self.assertEqual(len(self.refunds()), before + 1)

    def test_abnormal_refund_needs_a_person(self):
        tx = self.paid(20.0)
        self.control("settings", {"refund_seconds": 3600})
        refund = tx._refund(20.0)
        self.follow(refund)
        self.assertEqual(refund.state, "pending")
        self.control(f"refunds/{refund.reference}/state", {"status": "ABNORMAL"})
        self.wait_for(lambda: refund.state == "error")
        self.assertTrue(refund.wechatpay_problem)

    # -- the connection -----------------------------------------------------------------------------
    def test_check_the_connection(self):
        self.assertEqual(self.provider.action_wechatpay_check()["params"]["type"], "success")

    def test_check_with_a_wrong_serial(self):
        self.provider.wechatpay_serial = "F" * 40
        self.assertIn("SIGN_ERROR", self.provider.action_wechatpay_check()["params"]["message"])

    def test_check_with_a_wrong_public_key(self):
        self.provider.wechatpay_public_key_id = "PUB_KEY_ID_0000000000"
        with mute_logger("odoo.addons.payment_wechatpay.outcome"):
            action = self.provider.action_wechatpay_check()
        self.assertEqual(action["params"]["type"], "danger")

    def test_bill(self):
        tx = self.paid(88.0)
        today = fields.Date.from_string(self.control("clock")["time"][:10])
        self.control("clock", {"advance_seconds": 86400 + 3600 * 12})
        outcome = self.provider._wechatpay_bill_call("trade", today)()
        self.assertEqual((outcome.kind, outcome.code), ("ok", ""))
        text = outcome.data["content"].decode("utf-8-sig")
        self.assertIn(f"`{tx.reference}", text)
        self.assertIn("`88.00", text)
