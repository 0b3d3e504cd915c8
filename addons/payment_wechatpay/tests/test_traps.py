"""The seven traps of Odoo's payment framework, each closed."""

import logging
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.addons.payment_wechatpay.outcome import Outcome
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import APIV3_KEY, OPENID, PayCase, private_pem, trade

TX = "odoo.addons.payment_wechatpay.models.payment_transaction"


@tagged("post_install", "-at_install")
class TestTraps(PayCase):
    @mute_logger(TX)
    def test_1_wrong_amount_is_refused_every_time(self):
        tx = self.intend(88.0)
        for _time in range(3):
            self.pay_here(tx, amount={"total": 1})
            self.assertEqual((tx.state, tx.provider_reference), ("pending", False))
        self.pay_here(tx)
        self.assertEqual(tx.state, "done")

    def test_2_nothing_is_cancelled_here_before_wechat_has_closed_it(self):
        tx = self.intend()
        uncertain = Outcome("uncertain", code="NO_ANSWER")
        tx._wechatpay_close_record((uncertain, uncertain))
        self.assertEqual(tx.state, "pending")
        tx._wechatpay_close_record((Outcome("ok"), None))
        self.assertEqual(tx.state, "cancel")

    def test_2_payment_that_came_before_the_close_counts(self):
        tx = self.intend()
        tx._wechatpay_close_record((Outcome("refused", code="ORDERPAID"), Outcome("ok", data=trade(tx))))
        self.assertEqual(tx.state, "done")

    def test_2_money_after_a_local_cancel_is_accepted(self):
        tx = self.intend()
        tx._wechatpay_close_record((Outcome("ok"), None))
        self.pay_here(tx)
        self.assertEqual((tx.state, tx.provider_reference), ("done", trade(tx)["transaction_id"]))

    def test_3_second_click_on_refund_keeps_the_number(self):
        tx = self.pay_here(self.intend(88.0))
        first = tx._refund(88.0)
        number = first.reference
        first._wechatpay_refund_record(Outcome("uncertain", code="NO_ANSWER"))
        self.assertEqual(first.state, "pending")
        second = tx._refund(88.0)
        self.assertEqual((second, second.reference, len(tx.child_transaction_ids)), (first, number, 1))
        for code in ("SYSTEM_ERROR", "FREQUENCY_LIMITED"):
            first._wechatpay_refund_record(Outcome("uncertain", code=code))
            self.assertEqual((first.state, first.wechatpay_answer), ("pending", code))

    def test_3_refund_number_is_stored_before_wechat_is_asked(self):
        tx = self.pay_here(self.intend(88.0))
        with patch("odoo.addons.payment_wechatpay.client.requests.request") as send:
            refund = tx._refund(10.0)
            send.assert_not_called()
        self.assertEqual((refund.state, refund.amount, refund.operation), ("pending", -10.0, "refund"))
        self.assertRegex(refund.reference, r"^taR[0-9a-f]{24}$")

    def test_4_refund_keeps_what_it_refunds(self):
        tx = self.pay_here(self.intend(88.0))
        refund = tx._refund(10.0)
        self.assertEqual(
            (refund.source_transaction_id, refund.provider_id, refund.company_id), (tx, tx.provider_id, tx.company_id)
        )

    def test_5_payment_is_locked_before_it_is_read(self):
        tx = self.intend()
        locked = []
        with patch.object(type(tx), "_wechatpay_lock", lambda record: locked.append(record.id)):
            tx._wechatpay_prepay_record(Outcome("uncertain"))
            tx._wechatpay_query_record(Outcome("uncertain"))
            tx._wechatpay_close_record((Outcome("uncertain"), Outcome("uncertain")))
            self.env["payment.transaction"]._wechatpay_apply_notice(
                self.provider.id, "TRANSACTION.SUCCESS", tx.reference, trade(tx)
            )
            tx._refund(1.0)
        self.assertEqual(set(locked), {tx.id})
        self.assertGreaterEqual(len(locked), 5)

    def test_6_what_follows_does_not_wait_for_the_cron(self):
        tx = self.pay_here(self.intend())
        self.assertTrue(tx.is_post_processed)

    def test_7_nothing_secret_is_logged(self):
        tx = self.intend()
        with patch("odoo.addons.payment_wechatpay.client.requests.request", side_effect=OSError):
            pass
        with self.assertLogs(logging.getLogger(), logging.DEBUG) as logs:
            outcome = tx._wechatpay_prepay_call()()  # nothing listens at the gateway
            tx._wechatpay_prepay_record(outcome)
            self.pay_here(tx)
            with self.assertLogs(TX, logging.ERROR):
                self.pay_here(tx, amount={"total": 1})
        told = "\n".join(line for line in logs.output if "odoo.sql_db" not in line)
        for secret in (APIV3_KEY, private_pem("merchant")[60:120], OPENID, "过桥米线"):
            self.assertNotIn(secret, told)

    # -- what else must hold ---------------------------------------------------------------
    def test_numbers(self):
        numbers = {self.intend().reference for _n in range(20)}
        self.assertEqual(len(numbers), 20)
        for number in numbers:
            self.assertRegex(number, r"^ta[0-9a-f]{24}$")

    def test_intent_is_pending_and_will_be_asked_for(self):
        tx = self.intend(0.01)
        self.assertEqual((tx.state, tx._wechatpay_fen()), ("pending", 1))
        self.assertLess(tx.wechatpay_next_query, fields.Datetime.now() + timedelta(seconds=61))
        self.assertFalse(tx._wechatpay_is_payable())

    def test_intents_refused(self):
        before = self.env["payment.transaction"].search_count([])
        for amount in (0, 0.004, -1):
            with self.assertRaises(UserError):
                self.intend(amount)
        self.provider.state = "disabled"
        with self.assertRaises(UserError):
            self.intend()
        self.assertEqual(self.env["payment.transaction"].search_count([]), before)

    def test_ordering_refused(self):
        for outcome, state in (
            (Outcome("refused", code="APPID_MCHID_NOT_MATCH", message="m"), "error"),
            (Outcome("refused", code="OUT_TRADE_NO_USED"), "error"),
            (Outcome("refused", code="ORDER_CLOSED"), "cancel"),
            (Outcome("refused", code="ORDERPAID"), "pending"),
            (Outcome("uncertain", code="SYSTEM_ERROR"), "pending"),
            (Outcome("ok"), "pending"),
        ):
            with self.subTest(outcome.code):
                tx = self.intend()
                tx._wechatpay_prepay_record(outcome)
                self.assertEqual(tx.state, state)
                self.assertFalse(tx._wechatpay_is_payable())

    def test_late_answer_does_not_undo_a_payment(self):
        tx = self.pay_here(self.intend())
        for record, outcome in (
            (tx._wechatpay_prepay_record, Outcome("refused", code="PARAM_ERROR")),
            (tx._wechatpay_query_record, Outcome("refused", code="ORDER_NOT_EXIST")),
            (tx._wechatpay_query_record, Outcome("ok", data=trade(tx, trade_state="CLOSED"))),
            (tx._wechatpay_close_record, (Outcome("ok"), None)),
        ):
            record(outcome)
            self.assertEqual(tx.state, "done")

    def test_unknown_number_is_cancelled_only_when_time_is_up(self):
        tx = self.intend()
        tx._wechatpay_query_record(Outcome("refused", code="ORDER_NOT_EXIST"))
        self.assertEqual(tx.state, "pending")
        tx.wechatpay_expires_at = fields.Datetime.now() - timedelta(seconds=1)
        tx._wechatpay_query_record(Outcome("refused", code="ORDER_NOT_EXIST"))
        self.assertEqual(tx.state, "cancel")

    def test_questions_become_rarer(self):
        tx, delays = self.intend(), []
        for _n in range(9):
            tx._wechatpay_query_record(
                Outcome("ok", data=trade(tx, trade_state="NOTPAY", transaction_id=None, payer=None))
            )
            delays.append(round((tx.wechatpay_next_query - fields.Datetime.now()).total_seconds()))
        self.assertEqual(delays, [15, 30, 60, 120, 300, 600, 1800, 1800, 1800])
        self.assertEqual((tx.state, tx.wechatpay_problem), ("pending", False))
