from odoo import Command
from odoo.addons.dining_base.errors import Refused
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import DiningPayCase


@tagged("post_install", "-at_install")
class TestSettling(DiningPayCase):
    """Where confirmed money goes."""

    def test_a_round_added_while_paying_stays_due(self):
        order = self.order(self.chicken)
        payment = self.begin(order)
        self.order(self.tea, user=self.bob)
        self.pay_at_wechat(payment)
        self.wait_for(lambda: self.tx(payment).state == "done")
        self.assertEqual((order.state, order.amount_paid, order._dining_due_fen()), ("draft", 88.0, 1250))
        rest = self.pay(order)
        self.assertEqual((rest["amount_fen"], order.state), (1250, "paid"))
        self.assertEqual(order.payment_ids.sorted("id").mapped("amount"), [88.0, 12.5])

    def test_what_the_order_does_not_need_is_given_back(self):
        order = self.order(self.chicken, self.tea)
        payment = self.begin(order)
        tea = order.lines.filtered(lambda line: line.product_id == self.tea.product_variant_id)
        order.write({"lines": [Command.delete(tea.id)]})
        self.pay_at_wechat(payment)
        self.wait_for(lambda: order.state == "paid")
        tx = self.tx(payment)
        refund = tx.child_transaction_ids
        self.assertEqual((order.payment_ids.amount, refund.amount, refund.state), (88.0, -12.5, "pending"))
        self.assertEqual((refund.dining_order_id, refund.operation), (order, "refund"))
        self.assertTrue(tx.wechatpay_problem)
        self.follow(refund)
        self.wait_for(lambda: refund.state == "done" or self.follow(refund))
        self.assertEqual([one["amount"]["refund"] for one in self.control("refunds")["refunds"]], [1250])
        self.assertFalse(refund.payment_id)

    def test_money_that_comes_after_cash_is_given_back(self):
        order = self.order()
        payment = self.begin(order)
        self.cancel(payment)
        self.sync(self.paid_at_register(order, 88.0))
        self.assertEqual(order.state, "paid")
        self.pay_at_wechat(payment, after_close=True)
        tx = self.tx(payment)
        self.wait_for(lambda: tx.state == "done")
        self.assertEqual((order.amount_paid, tx.dining_payment_id.id), (88.0, False))
        refund = tx.child_transaction_ids
        self.assertEqual((len(refund), refund.amount), (1, -88.0))
        self.follow(refund)
        self.wait_for(lambda: refund.state == "done" or self.follow(refund))

    def test_a_late_payment_of_an_open_order_is_attached(self):
        order = self.order()
        payment = self.begin(order)
        self.cancel(payment)
        self.pay_at_wechat(payment, after_close=True)
        self.wait_for(lambda: order.state == "paid")
        self.assertEqual((self.tx(payment).state, order.payment_ids.amount), ("done", 88.0))
        self.assertFalse(self.tx(payment).child_transaction_ids)

    def late(self, payment):
        """WeChat's late word that a payment closed before was paid, asked for and committed."""
        self.pay_at_wechat(payment, after_close=True)
        tx = self.tx(payment)
        with self.allow_requests(all_requests=True):
            outcome = tx._wechatpay_query_call()()
        with self.committed():
            tx._wechatpay_query_record(outcome)
        self.assertEqual(tx.state, "done")

    def two_phones(self):
        """A payment of Alice's that was closed, and one of Bob's under way; WeChat sends no notices."""
        order = self.order()
        first = self.begin(order)
        self.cancel(first)
        self.control("faults", {"call": "notice", "fault": "never_sent", "times": None})
        return order, first

    def test_a_late_payment_settles_beside_another_under_way(self):
        order, first = self.two_phones()
        second = self.begin(order, self.bob)
        self.late(first)
        self.assertEqual((order.state, order.payment_ids.amount), ("paid", 88.0))
        self.assertFalse(self.tx(first).wechatpay_problem)
        self.assertEqual(self.tx(second).state, "cancel")
        self.assertEqual(self.control(f"orders/{second['id']}")["trade_state"], "CLOSED")

    def test_both_phones_have_paid(self):
        order, first = self.two_phones()
        second = self.begin(order, self.bob)
        self.pay_at_wechat(second, "diner-b")
        self.late(first)
        tx = self.tx(second)
        self.assertEqual((order.state, order.payment_ids.amount), ("paid", 88.0))
        self.assertEqual((tx.state, tx.child_transaction_ids.amount, tx.dining_payment_id.id), ("done", -88.0, False))

    def test_another_payment_of_more_than_is_left_is_closed(self):
        order, first = self.two_phones()
        self.order(self.tea, user=self.bob)
        second = self.begin(order, self.bob)
        self.assertEqual(second["amount_fen"], 10050)
        self.late(first)
        self.assertEqual((order.state, order.amount_paid, order._dining_due_fen()), ("draft", 88.0, 1250))
        self.assertEqual(self.tx(second).state, "cancel")

    def test_money_for_an_order_that_was_removed_is_given_back(self):
        order = self.order()
        payment = self.begin(order)
        self.cancel(payment)
        tx = self.tx(payment)
        # What the database leaves of the link when an order goes. Where dining_kitchen is installed, an order that
        # it has heard of cannot go, so the test does not remove it.
        tx.dining_order_id = False
        self.env.flush_all()
        self.control("faults", {"call": "notice", "fault": "never_sent", "times": None})
        self.late(payment)
        refund = tx.child_transaction_ids
        self.assertEqual((refund.amount, refund.operation), (-88.0, "refund"))
        self.assertIn("88.00", tx.wechatpay_problem)
        self.assertTrue(tx.is_post_processed)
        self.wait_for(lambda: refund.state == "done" or self.follow(refund))
        self.assertEqual([one["amount"]["refund"] for one in self.control("refunds")["refunds"]], [8800])
        self.assertTrue(refund.is_post_processed)
        self.env["payment.transaction"]._create_payment.assert_not_called()

    def test_settling_twice_is_settling_once(self):
        order = self.order()
        tx = self.tx(self.pay(order))
        tx._post_process()
        self.assertEqual((len(order.payment_ids), order.amount_paid), (1, 88.0))

    @mute_logger("odoo.addons.payment_wechatpay.models.payment_transaction")
    def test_the_money_stays_when_the_order_cannot_be_settled(self):
        order = self.order()
        payment = self.begin(order)
        order.write({"lines": [Command.update(order.lines.id, {"price_unit": 44.0, "qty": 2})]})
        self.pay_at_wechat(payment)
        self.wait_for(lambda: self.tx(payment).state == "done")
        self.assertEqual((order.state, order.amount_paid), ("draft", 88.0))
        self.assertTrue(self.tx(payment).wechatpay_problem)

    def test_money_that_settled_an_order_is_given_back_at_the_register(self):
        order = self.order()
        tx = self.tx(self.pay(order))
        for amount in (88.0, 0.01):
            refusal = self.refused("payment_settled_order", tx._refund, amount)
            self.assertEqual(refusal.data, {"order": order.pos_reference})
        with self.assertRaises(Refused):
            tx.action_refund()

    def test_the_register_hears_of_it(self):
        order = self.order()
        payment = self.begin(order)
        self.env["bus.bus"].search([]).unlink()
        self.pay_at_wechat(payment)
        self.wait_for(lambda: order.state == "paid")
        heard = self.env["bus.bus"].search([("message", "like", "SYNCHRONISATION")])
        self.assertTrue(any(self.store.access_token in notice.channel for notice in heard))

    def test_phones_hear_of_it(self):
        order = self.order()
        before = self.view(self.table_session)["rev"]
        self.pay(order)
        shown = self.view(self.table_session)
        self.assertNotEqual(shown["rev"], before)
        self.assertEqual((shown["order"]["state"], shown["order"]["paid_fen"]), ("paid", 8800))
        self.assertEqual(
            shown["order"]["payments"], [{"method": {"zh": "微信支付", "en": "WeChat Pay"}, "amount_fen": 8800}]
        )
