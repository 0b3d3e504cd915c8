from odoo.addons.payment_wechatpay.outcome import Outcome
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PayCase

TX = "odoo.addons.payment_wechatpay.models.payment_transaction"


@tagged("post_install", "-at_install")
class TestRefund(PayCase):
    def setUp(self):
        super().setUp()
        self.tx = self.pay_here(self.intend(88.0))

    def said(self, refund, status="SUCCESS", **changes):
        """WeChat's word on a refund."""
        amount = {"total": 8800, "refund": refund._wechatpay_fen(), "currency": "CNY"}
        return Outcome(
            "ok",
            data={
                "refund_id": f"50000{refund.id}",
                "out_refund_no": refund.reference,
                "transaction_id": self.tx.provider_reference,
                "out_trade_no": self.tx.reference,
                "status": status,
                "success_time": "2026-11-23T20:05:00+08:00",
                **changes,
                "amount": {**amount, **changes.get("amount", {})},
            },
        )

    def refund(self, amount, status="SUCCESS"):
        refund = self.tx._refund(amount)
        refund._wechatpay_refund_record(self.said(refund, status))
        return refund

    def test_partial_refunds_never_exceed_the_payment(self):
        self.assertEqual(self.refund(50.0).state, "done")
        self.assertEqual(self.refund(30.0).state, "done")
        with self.assertRaises(UserError):
            self.tx._refund(8.01)
        self.assertEqual(self.refund(8.0).state, "done")
        with self.assertRaises(UserError):
            self.tx._refund(0.01)
        self.assertEqual(sum(self.tx.child_transaction_ids.mapped("amount")), -88.0)

    def test_refused_amounts_make_no_refund(self):
        for amount in (88.01, -1.0):
            with self.assertRaises(UserError):
                self.tx._refund(amount)
        self.assertFalse(self.tx.child_transaction_ids)

    def test_unpaid_payment_is_not_refunded(self):
        tx = self.intend(5.0)
        with self.assertRaises(UserError):
            tx._refund(5.0)
        self.assertFalse(tx.child_transaction_ids)

    def test_accepted_refund_lets_another_one_through(self):
        first = self.refund(10.0, "PROCESSING")
        self.assertEqual((first.state, bool(first.provider_reference)), ("pending", True))
        second = self.tx._refund(10.0)
        self.assertNotEqual(second.reference, first.reference)
        with self.assertRaises(UserError):
            second._wechatpay_refund_record(self.said(second, "PROCESSING"))
            self.tx._refund(68.01)

    def test_ends(self):
        for status, state in (("CLOSED", "error"), ("ABNORMAL", "error"), ("PROCESSING", "pending")):
            with self.subTest(status):
                refund = self.refund(1.0, status)
                self.assertEqual(refund.state, state)
                self.assertEqual(bool(refund.wechatpay_problem), status == "ABNORMAL")
                refund._wechatpay_refund_record(self.said(refund))
                self.assertEqual(refund.state, "done")

    def test_refused_for_certain(self):
        refund = self.tx._refund(10.0)
        refund._wechatpay_refund_record(Outcome("refused", code="NOT_ENOUGH", message="m"))
        self.assertEqual(refund.state, "error")
        self.assertIn("top it up", refund.state_message)
        # What was refused for certain frees its amount.
        self.assertNotEqual(self.tx._refund(88.0).reference, refund.reference)

    @mute_logger(TX)
    def test_facts_that_do_not_fit(self):
        refund = self.tx._refund(10.0)
        for changes in (
            {"amount": {"refund": 999}},
            {"amount": {"total": 999}},
            {"amount": {"currency": "USD"}},
            {"transaction_id": "420000"},
            {"out_trade_no": "ta0"},
            {"out_refund_no": "ta0"},
            {"refund_id": None},
        ):
            for _time in range(2):
                with self.subTest(changes):
                    refund._wechatpay_refund_record(self.said(refund, **changes))
                    self.assertEqual((refund.state, refund.provider_reference), ("pending", False))
                    self.assertTrue(refund.wechatpay_problem)

    def test_notice(self):
        refund = self.tx._refund(10.0)
        resource = self.said(refund).data
        resource["refund_status"] = resource.pop("status")
        resource["mchid"] = self.provider.wechatpay_mchid
        resource["amount"].pop("currency")
        apply = self.env["payment.transaction"]._wechatpay_apply_notice
        self.assertIsNone(apply(self.provider.id, "REFUND.SUCCESS", refund.reference, resource))
        self.assertEqual(refund.state, "done")
        self.assertIsNone(apply(self.provider.id, "REFUND.SUCCESS", refund.reference, resource))
