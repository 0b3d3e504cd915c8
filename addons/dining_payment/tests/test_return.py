from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import DiningPayCase


@tagged("post_install", "-at_install")
class TestReturn(DiningPayCase):
    """A manager gives WeChat money back from an order that is still open."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = new_test_user(
            cls.env, "dining-manager", groups="base.group_user,point_of_sale.group_pos_manager",
            company_id=cls.company.id, company_ids=[Command.set(cls.company.ids)],
        )  # fmt: skip

    def part_paid(self):
        """An order of 100.50 on which 88.00 was paid by phone; returns it and the payment."""
        order = self.order(self.chicken)
        payment = self.begin(order)
        self.order(self.tea, user=self.bob)
        self.pay_at_wechat(payment)
        self.wait_for(lambda: order.amount_paid == 88.0)
        return order, self.tx(payment)

    def give_back(self, order, user=None):
        order.with_user(user or self.manager).action_dining_return_payments()
        self.env.flush_all()
        self.env.invalidate_all()

    def refunded_at_wechat(self):
        return [one["amount"]["refund"] for one in self.control("refunds")["refunds"]]

    def test_the_guests_leave(self):
        order, tx = self.part_paid()
        with self.committed():
            self.give_back(order)
            refund = tx.child_transaction_ids
            self.assertEqual((refund.amount, refund.state, refund.dining_order_id), (-88.0, "pending", order))
            self.assertEqual(self.refunded_at_wechat(), [], "WeChat is asked once the number is kept")
        self.wait_for(lambda: refund.state == "done" or self.follow(refund))
        self.assertEqual(self.refunded_at_wechat(), [8800])
        self.assertEqual((order.state, order.amount_paid, order._dining_due_fen()), ("draft", 0, 10050))
        self.assertFalse(order.payment_ids)
        self.assertFalse(tx.dining_payment_id)
        self.assertIn("88.00", order.message_ids[:1].body)
        self.assertEqual(order.message_ids[:1].author_id, self.manager.partner_id)

        order.with_user(self.cashier).action_pos_order_cancel()
        self.assertEqual((order.state, self.table_session.state), ("cancel", "closed"))
        closing = self.pos_session.with_user(self.env.user)
        closing.post_closing_cash_details(0)
        closing.update_closing_control_state_session("")
        answer = closing.close_session_from_ui()
        self.assertTrue(answer.get("successful"), answer)
        self.assertEqual(self.pos_session.state, "closed")

    def test_paid_otherwise(self):
        order, _tx = self.part_paid()
        self.give_back(order)
        self.sync(self.paid_at_register(order, 100.5))
        self.assertEqual((order.state, order.payment_ids.payment_method_id), ("paid", self.cash))

    @mute_logger("odoo.addons.payment_wechatpay.models.payment_transaction")
    def test_an_order_that_could_not_be_settled(self):
        order = self.order()
        payment = self.begin(order)
        order.write({"lines": [Command.update(order.lines.id, {"price_unit": 44.0, "qty": 2})]})
        self.pay_at_wechat(payment)
        self.wait_for(lambda: order.amount_paid == 88.0)
        self.assertTrue(self.tx(payment).wechatpay_problem)
        self.give_back(order)
        self.assertFalse(self.tx(payment).wechatpay_problem)
        order.write({"lines": [Command.update(order.lines.id, {"price_unit": 88.0, "qty": 1})]})
        self.pay(order)
        self.assertEqual((order.state, order.payment_ids.amount), ("paid", 88.0))

    def test_returned_money_is_not_attached_again(self):
        order, tx = self.part_paid()
        self.give_back(order)
        tx._post_process()
        self.assertFalse(order.payment_ids)
        self.assertEqual(len(tx.child_transaction_ids), 1)

    def test_a_cashier_may_not(self):
        order, tx = self.part_paid()
        self.refused("payment_return_manager_only", self.give_back, order, self.cashier)
        self.refused("payment_return_manager_only", tx.with_user(self.cashier).action_dining_return)

    def test_a_manager_of_another_company_may_not(self):
        order, tx = self.part_paid()
        company = self.env["res.company"].create({"name": "Dali Kitchen"})
        stranger = new_test_user(
            self.env, "dining-stranger", groups="base.group_user,point_of_sale.group_pos_manager",
            company_id=company.id, company_ids=[Command.set(company.ids)],
        )  # fmt: skip
        with self.assertRaises(AccessError):
            self.give_back(order, stranger)
        with self.assertRaises(AccessError):
            tx.with_user(stranger).action_dining_return()
        self.env.invalidate_all()
        self.assertEqual((order.amount_paid, len(tx.child_transaction_ids)), (88.0, 0))

    def test_a_settled_order_keeps_its_money(self):
        order = self.order()
        tx = self.tx(self.pay(order))
        refusal = self.refused("payment_settled_order", self.give_back, order)
        self.assertEqual(refusal.data, {"order": order.pos_reference})
        self.refused("payment_settled_order", tx.action_dining_return)

    def test_nothing_to_return(self):
        order, tx = self.part_paid()
        self.give_back(order)
        self.refused("payment_nothing_to_return", self.give_back, order)
        self.refused("payment_nothing_to_return", tx.action_dining_return)
        pending = self.tx(self.begin(order))
        self.refused("payment_nothing_to_return", pending.action_dining_return)

    def test_a_refund_that_wechat_refused_is_sent_again(self):
        order, tx = self.part_paid()
        self.give_back(order)
        first = tx.child_transaction_ids
        first._wechatpay_fail("The merchant account holds too little")
        self.env.flush_all()
        tx.action_dining_return()
        second = tx.child_transaction_ids - first
        self.assertEqual((second.amount, second.state), (-88.0, "pending"))
        self.assertNotEqual(second.reference, first.reference)

    @mute_logger("odoo.addons.payment_wechatpay.models.payment_transaction")
    def test_one_uncertain_refund_at_a_time(self):
        """What was too much is on its way back, WeChat has not answered: nothing else is begun."""
        order = self.order(self.chicken, self.tea)
        payment = self.begin(order)
        tea, chicken = order.lines.sorted("price_unit")
        order.write({"lines": [Command.delete(tea.id), Command.update(chicken.id, {"price_unit": 44.0, "qty": 2})]})
        self.pay_at_wechat(payment)
        self.wait_for(lambda: order.amount_paid == 88.0)
        tx = self.tx(payment)
        surplus = tx.child_transaction_ids
        self.assertEqual(surplus.amount, -12.5)
        self.refused("payment_return_uncertain", self.give_back, order)
        self.follow(surplus)
        self.give_back(order)
        self.assertEqual((tx.child_transaction_ids - surplus).amount, -88.0)
        self.assertFalse(order.payment_ids)

    def test_the_buttons(self):
        order, _tx = self.part_paid()
        self.assertEqual(order.dining_phone_paid, 88.0)
        for user, shown in ((self.manager, True), (self.cashier, False)):
            arch = self.env["pos.order"].with_user(user).get_view(view_type="form")["arch"]
            self.assertEqual("action_dining_return_payments" in arch, shown)
        form = self.env.ref("payment.payment_transaction_form").id
        self.env.user.group_ids = [Command.link(self.env.ref("base.group_system").id)]
        arch = self.env["payment.transaction"].get_view(form, "form")["arch"]
        self.assertIn("action_dining_return", arch)
        chinese = self.env["pos.order"].with_context(lang="zh_CN").get_view(view_type="form")["arch"]
        self.assertIn("退还手机付款", chinese)

    def test_a_register_that_sends_the_sum_back_is_not_heard(self):
        order, _tx = self.part_paid()
        self.sync(self.as_register(order, dining_phone_paid=0.0))
        self.assertEqual((order.dining_phone_paid, order.amount_paid), (88.0, 88.0))
