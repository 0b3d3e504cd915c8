from datetime import timedelta

from odoo import fields
from odoo.addons.dining_rules.money import fen
from odoo.tests import Form, tagged

from .common import DiningPayCase


@tagged("post_install", "-at_install")
class TestRefund(DiningPayCase):
    """A settled order is refunded to where its money came from."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.wallet = cls._open_wallet(cls.alice)

    def settled(self, *dishes, wallet_fen=None, cash=None):
        """An order paid with stored value, then the rest by WeChat or, where said, in cash."""
        order = self.order(*dishes)
        if wallet_fen:
            self.pay_by_wallet(order, amount_fen=wallet_fen)
        if order.state == "draft":
            if cash:
                self.sync(self.paid_at_register(order, cash))
            else:
                self.pay(order)
        self.assertEqual(order.state, "paid")
        return order

    def refund(self, order, *args, user=None, reason="菜品有问题", **kwargs):
        self.env.flush_all()
        refund = order.with_user(user or self.env.user)._dining_refund(reason, *args, **kwargs)
        self.env.flush_all()
        self.env.invalidate_all()
        return refund

    def balances(self):
        self.wallet.invalidate_recordset()
        return self.wallet.principal_fen, self.wallet.bonus_fen

    def returned(self, order):
        """What WeChat is to return, in fen."""
        refunds = order._dining_transactions().filtered(lambda tx: tx.operation == "refund")
        return [fen(-tx.amount) for tx in refunds]

    def paid(self, refund):
        return {payment.payment_method_id: fen(payment.amount) for payment in refund.payment_ids}

    def test_a_whole_order_from_three_sources(self):
        order = self.order(self.chicken, self.tea)  # 100.50
        self.pay_by_wallet(order, amount_fen=5_500)
        refund = None
        self.pay(order)
        refund = self.refund(order)
        self.assertEqual((refund.state, refund.is_refund, refund.dining_refund_of_id), ("paid", True, order))
        self.assertEqual(self.balances(), (50_000, 5_000))
        self.assertEqual(self.returned(order), [4_550])
        self.assertEqual(self.paid(refund), {self.wallet_method: -5_000, self.wechat_method: -4_550})
        self.assertEqual(fen(refund.amount_total), -9_550)
        self.assertEqual(order.lines.mapped("refunded_qty")[:2], [1.0, 1.0])
        self.assertIsNone(self.wallet._verify())
        self.assertEqual(order.state, "paid")

    def test_a_dish_in_proportion(self):
        order = self.settled(self.chicken, self.tea, wallet_fen=5_500, cash=45.5)
        tea = order.lines.filtered(lambda line: line.product_id.product_tmpl_id == self.tea)
        refund = self.refund(order, {tea: 1})
        # 12.50 of 100.50: 6.84 of the 55.00 with stored value, 5.66 of the 45.50 in cash; 6.84 is 6.22 + 0.62
        self.assertEqual(self.paid(refund), {self.wallet_method: -622, self.cash: -566})
        self.assertEqual(self.balances(), (45_000 + 622, 4_500 + 62))
        self.refused("refund_portions", self.refund, order, {tea: 1})

    def test_by_amounts_until_nothing_is_left(self):
        order = self.settled(self.chicken, wallet_fen=8_800)
        for amount in (1, 3_333, 5_000):
            self.refund(order, amount_fen=amount)
        refusal = self.refused("refund_exceeds_paid", self.refund, order, amount_fen=467)
        self.assertEqual(refusal.data, {"left_fen": 466})
        self.refund(order, amount_fen=466)
        self.assertEqual(self.balances(), (50_000, 5_000))
        self.assertIsNone(self.wallet._verify())

    def test_refusals_change_nothing(self):
        order = self.order(self.chicken)
        self.refused("refund_not_settled", self.refund, order)
        self.pay_by_wallet(order)
        self.refused("refund_manager_only", self.refund, order, user=self.cashier)
        self.refused("refund_reason", self.refund, order, reason="  ")
        for amount in (0, -1, 1.5):
            self.refused("wallet_amount", self.refund, order, amount_fen=amount)
        self.refused("refund_exceeds_paid", self.refund, order, amount_fen=8_801)
        bonus = order.lines.filtered("dining_wallet_entry_id")
        for portions in ({order.lines[0]: 2}, {order.lines[0]: 0}, {order.lines[0]: -1}, {bonus: 1}, {}):
            self.refused("refund_portions", self.refund, order, portions)
        refund = self.refund(order)
        self.refused("refund_not_settled", self.refund, refund)
        self.refused("refund_portions", self.refund, order)

    def test_wechat_after_a_year(self):
        order = self.settled(self.chicken)
        tx = order._dining_transactions()
        tx.wechatpay_paid_at = fields.Datetime.now() - timedelta(days=366)
        self.refused("refund_too_late", self.refund, order)

    def test_the_register_gives_no_cash_for_it(self):
        order = self.settled(self.chicken, wallet_fen=8_800)
        refund = order._refund()
        self.env.flush_all()
        refund.lines.filtered("dining_wallet_entry_id").sudo().unlink()
        refund._dining_restore_amounts()
        self.refused("refund_in_office", self.sync, self.paid_at_register(refund, -88.0))

    def test_after_the_day_was_closed(self):
        order = self.settled(self.chicken)
        self.pos_session.close_session_from_ui()
        self.refused("refund_no_session", self.refund, order)
        self.store.open_ui()
        later = self.store.current_session_id
        later.set_opening_control(0, "")
        refund = self.refund(order)
        self.assertEqual((refund.session_id, self.returned(order)), (later, [8_800]))

    def test_dishes_that_were_not_cooked_can_be_sold_again(self):
        order = self.settled(self.chicken, wallet_fen=8_800)
        self.env["dining.dish.stock"]._ensure_rows(self.store, self.chicken)
        stock = self.chicken.dining_stock_ids.filtered(lambda row: row.config_id == self.store)
        stock.write({"limited": True, "remaining": 3})
        self.refund(order, restock=True)
        self.assertEqual(stock.remaining, 4)

    def test_the_form_shows_where_it_goes(self):
        order = self.settled(self.chicken, self.tea, wallet_fen=5_500, cash=45.5)
        form = Form(self.env["dining.refund"].with_context(default_order_id=order.id))
        self.assertEqual(fen(form.total), 10_050)
        form.mode = "amount"
        form.amount = 20.1
        self.assertEqual(fen(form.total), 2_010)
        self.assertIn("11.00", form.plan)
        self.assertIn("9.10", form.plan)
        form.reason = "上错菜"
        refund = self.env["pos.order"].browse(form.save().action_refund()["res_id"])
        self.assertEqual(self.paid(refund), {self.wallet_method: -1_000, self.cash: -910})
        self.assertIn("上错菜", order.message_ids[0].body)
