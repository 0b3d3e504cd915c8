from odoo.addons.dining_rules.money import fen
from odoo.tests import Form, tagged

from .common import DiningPayCase


@tagged("post_install", "-at_install")
class TestReversal(DiningPayCase):
    """A settlement is reversed: the money goes back, and the same dishes are settled anew."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.wallet = cls._open_wallet(cls.alice)

    def settled(self, *dishes, wallet_fen=5_500):
        """An order paid with stored value, the rest by WeChat."""
        order = self.order(*dishes)
        self.pay_by_wallet(order, amount_fen=wallet_fen)
        if order.state == "draft":
            self.pay(order)
        self.assertEqual(order.state, "paid")
        return order

    def reverse(self, order, user=None, reason="结错桌"):
        self.env.flush_all()
        replacement = order.with_user(user or self.env.user)._dining_reverse(reason)
        self.env.flush_all()
        self.env.invalidate_all()
        return replacement

    def balances(self):
        self.wallet.invalidate_recordset()
        return self.wallet.principal_fen, self.wallet.bonus_fen

    def told(self, order):
        """What an order says of itself that a reversal must leave as it is."""
        return [
            order.state,
            fen(order.amount_total),
            fen(order.amount_paid),
            order.payment_ids.mapped("amount"),
            [(line.product_id.id, line.qty, line.price_subtotal_incl) for line in order.lines],
        ]

    def test_the_money_goes_back_and_the_dishes_stand_open(self):
        order = self.settled(self.chicken, self.tea)
        before = self.told(order)
        replacement = self.reverse(order)
        self.assertEqual(self.told(order), before)
        reversal = order.dining_refund_ids
        self.assertEqual((reversal.state, reversal.dining_is_reversal, len(reversal)), ("paid", True, 1))
        self.assertEqual(fen(reversal.amount_total), -fen(order.amount_total))
        self.assertEqual(self.balances(), (50_000, 5_000))
        returned = order._dining_transactions().filtered(lambda tx: tx.operation == "refund")
        self.assertEqual([fen(tx.amount) for tx in returned], [-4_550])
        self.assertEqual((replacement.state, replacement.dining_replaces_id), ("draft", order))
        self.assertEqual((replacement._dining_due_fen(), fen(replacement.amount_total)), (10_050, 10_050))
        self.assertFalse(replacement.table_id)
        self.assertFalse(replacement.payment_ids)
        for one in (order, reversal, replacement):
            self.assertIn("结错桌", one.message_ids[0].body)
            self.assertIn(replacement.pos_reference, one.message_ids[0].body)

    def test_a_phone_that_sat_there_pays_it(self):
        replacement = self.reverse(self.settled(self.chicken))
        self.pay_by_wallet(replacement)
        self.assertEqual((replacement.state, self.balances()), ("paid", (42_000, 4_200)))

    def test_the_register_settles_it(self):
        replacement = self.reverse(self.settled(self.chicken))
        self.sync(self.paid_at_register(replacement, 88.0))
        self.assertEqual((replacement.state, replacement.payment_ids.payment_method_id), ("paid", self.cash))

    def test_the_replacement_can_be_reversed_in_turn(self):
        first = self.reverse(self.settled(self.chicken))
        self.sync(self.paid_at_register(first, 88.0))
        second = self.reverse(first)
        self.assertEqual((second.dining_replaces_id, second._dining_due_fen()), (first, 8_800))

    def test_after_the_day_was_closed(self):
        order = self.order(self.chicken)
        self.pay(order)
        closed = self.pos_session
        closed.close_session_from_ui()
        booked = sorted(closed._get_related_account_moves().line_ids.mapped("balance"))
        self.refused("refund_no_session", self.reverse, order)
        self.store.open_ui()
        later = self.store.current_session_id
        later.set_opening_control(0, "")
        replacement = self.reverse(order)
        self.assertEqual((order.dining_refund_ids.session_id, replacement.session_id), (later, later))
        self.assertEqual(sorted(closed._get_related_account_moves().line_ids.mapped("balance")), booked)

    def test_refusals_change_nothing(self):
        order = self.order(self.chicken)
        self.refused("refund_not_settled", self.reverse, order)
        self.pay_by_wallet(order)
        self.refused("refund_manager_only", self.reverse, order, user=self.cashier)
        self.refused("refund_reason", self.reverse, order, reason="  ")
        replacement = self.reverse(order)
        self.refused("reversal_done", self.reverse, order)
        self.refused("refund_not_settled", self.reverse, order.dining_refund_ids)
        self.refused("refund_not_settled", self.reverse, replacement)

    def test_what_was_refunded_in_part_is_not_reversed(self):
        order = self.settled(self.chicken)
        order._dining_refund("菜品有问题", amount_fen=100)
        self.refused("reversal_refunded", self.reverse, order)

    def test_the_form(self):
        order = self.settled(self.chicken)
        form = Form(self.env["dining.refund"].with_context(default_order_id=order.id, default_mode="reverse"))
        self.assertEqual(fen(form.total), 8_800)
        form.reason = "结错桌"
        replacement = self.env["pos.order"].browse(form.save().action_refund()["res_id"])
        self.assertEqual((replacement.state, replacement.dining_replaces_id), ("draft", order))
