from uuid import uuid4

from odoo import Command
from odoo.tests import tagged

from .common import DiningPayCase


@tagged("post_install", "-at_install")
class TestGuards(DiningPayCase):
    """The register is not believed where it could be old, or lie."""

    def test_cash(self):
        order = self.order(self.chicken, self.tea)
        self.sync(self.paid_at_register(order, 100.5))
        self.assertEqual((order.state, order.amount_paid), ("paid", 100.5))

    def test_a_stale_header_is_refused(self):
        """A dish was added by a phone, then the cashier takes what the register still shows."""
        order = self.order(self.chicken, self.chicken)
        stale = self.paid_at_register(order, 176.0)
        self.order(self.tea, user=self.bob)
        with self.rolled_back():
            self.env["bus.bus"].search([]).unlink()
            refusal = self.refused("order_total_changed", self.sync, stale)
        self.assertEqual(refusal.data, {"due": "188.50", "shown": "176.00"})
        self.assertIn("应收 ¥188.50，不是 ¥176.00", refusal.message_by_language["zh"])
        self.assertIn("¥188.50 is due, not ¥176.00", refusal.message_by_language["en"])
        self.assertEqual((order.state, order.amount_total, order.amount_paid), ("draft", 188.5, 0))
        heard = self.env["bus.bus"].search([("message", "like", "SYNCHRONISATION")])
        self.assertTrue(heard, "the registers read the order again")
        fresh = self.env["pos.order"].with_user(self.cashier).read_pos_orders([("id", "=", order.id)])
        self.assertEqual((fresh["pos.order"][0]["amount_total"], len(fresh["pos.order.line"])), (188.5, 3))
        self.sync(self.paid_at_register(order, 188.5))
        self.assertEqual(order.state, "paid")

    def test_a_table_that_is_paying_by_phone_is_not_merged(self):
        """Said before anything has moved, not when the emptied order is cancelled."""
        source = self.order()
        with_bob = (
            self.env["dining.table.session"].sudo()._join(self.store.id, self.other_table.dining_code, self.bob, 2)
        )
        self.add(with_bob, self.tea, user=self.bob)
        target = self.env["pos.order"].browse(self.place(with_bob, self.bob).order_id)
        for one, other in ((source, target), (target, source)):
            self.begin(source)
            with self.rolled_back():
                merge = one.with_user(self.cashier).action_dining_merge
                refusal = self.refused("merge_being_paid", merge, other.id)
            self.assertEqual(refusal.data, {"table": "B12", "amount": "88.00"})
        self.assertEqual((source.state, target.state, len(source.lines), len(target.lines)), ("draft", "draft", 1, 1))

    def test_invented_totals(self):
        order = self.order()
        for total in (0.01, 0.0, -1.0, 88.01):
            with self.subTest(total=total):
                self.refused("order_total_changed", self.sync, self.paid_at_register(order, total, amount_total=total))

    def line_changed(self, order, **values):
        return [Command.update(order.lines[0].id, values)]

    def test_a_lowered_price_is_refused(self):
        order = self.order()
        lines = self.line_changed(order, price_unit=0.01, price_subtotal=0.01, price_subtotal_incl=0.01)
        refusal = self.refused(
            "order_price_changed", self.sync, self.paid_at_register(order, 0.01, amount_total=0.01, lines=lines)
        )
        self.assertEqual(refusal.data["dish"]["en"], "Steam-pot chicken")

    def test_an_amount_that_is_not_price_times_quantity_is_refused(self):
        order = self.order()
        lines = self.line_changed(order, price_subtotal=0.94, price_subtotal_incl=1.0)
        self.refused("order_price_changed", self.sync, self.paid_at_register(order, 1.0, amount_total=1.0, lines=lines))

    def test_a_cashier_may_give_a_discount(self):
        order = self.order()
        lines = self.line_changed(order, discount=10, price_subtotal=74.72, price_subtotal_incl=79.2)
        self.sync(self.paid_at_register(order, 79.2, amount_total=79.2, amount_tax=4.48, lines=lines))
        self.assertEqual((order.state, order.amount_paid), ("paid", 79.2))

    def test_options_and_sets_are_priced_again(self):
        self.add(self.table_session, self.noodles, options=self.large)
        self.add(self.table_session, self.lunch, components=self.lunch_components)
        order = self.env["pos.order"].browse(self.place(self.table_session).order_id)
        total = order.amount_total
        part = order.lines.filtered("combo_parent_id")[0]
        cheaper = [
            Command.update(
                part.id, {"price_unit": 1.0, "price_subtotal": round(1 / 1.06, 2), "price_subtotal_incl": 1.0}
            )
        ]
        less = round(total - part.price_subtotal_incl + 1, 2)
        self.refused(
            "order_price_changed", self.sync, self.paid_at_register(order, less, amount_total=less, lines=cheaper)
        )
        self.sync(self.paid_at_register(order, total))
        self.assertEqual(order.state, "paid")

    def test_a_price_that_changed_later_does_not_matter(self):
        order = self.order()
        self.chicken.list_price = 98.0
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.sync(self.paid_at_register(order, 88.0))
        self.assertEqual(order.state, "paid")

    def placed_lunch(self):
        self.add(self.table_session, self.lunch, components=self.lunch_components)
        return self.env["pos.order"].browse(self.place(self.table_session).order_id)

    def test_a_choice_taken_off_its_set_does_not_matter(self):
        order = self.placed_lunch()
        combo = self.lunch.combo_ids[0]
        combo.write({"combo_item_ids": [Command.create({"product_id": self.noodles.product_variant_id.id})]})
        combo.combo_item_ids.sorted("id")[0].unlink()
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.env.invalidate_all()
        self.assertEqual(
            order.lines.filtered("combo_parent_id").mapped(lambda line: bool(line.combo_item_id)).count(False), 1
        )
        self.pay(order)
        self.assertEqual((order.state, order.amount_paid), ("paid", 89.99))

    def test_prices_are_checked_after_the_menu_is_forgotten(self):
        order = self.order()
        self.env.cr.execute("DELETE FROM dining_menu_version")
        lines = self.line_changed(order, price_unit=0.01, price_subtotal=0.01, price_subtotal_incl=0.01)
        self.refused(
            "order_price_changed", self.sync, self.paid_at_register(order, 0.01, amount_total=0.01, lines=lines)
        )

    def test_what_a_line_was_placed_at_is_not_the_registers_to_say(self):
        order = self.order()
        forged = {**order.lines.dining_facts, "unit_price_fen": 1}
        lines = self.line_changed(
            order, price_unit=0.01, price_subtotal=0.01, price_subtotal_incl=0.01, dining_facts=forged
        )
        self.refused(
            "order_price_changed", self.sync, self.paid_at_register(order, 0.01, amount_total=0.01, lines=lines)
        )

    def line_of_register(self, amount):
        """A dish the cashier entered at 5.00 a portion, sent with `amount`."""
        line = {
            "product_id": self.tea.product_variant_id.id, "qty": 1, "price_unit": 5.0, "price_subtotal": amount - 0.28,
            "price_subtotal_incl": amount, "tax_ids": [Command.set(self.tax.ids)], "uuid": str(uuid4()),
        }  # fmt: skip
        return [Command.create(line)]

    def test_the_registers_own_lines_are_only_summed(self):
        order = self.order()
        self.refused(
            "order_price_changed", self.sync,
            self.paid_at_register(order, 92.0, amount_total=92.0, lines=self.line_of_register(4.0)),
        )  # fmt: skip
        self.sync(self.paid_at_register(order, 93.0, amount_total=93.0, lines=self.line_of_register(5.0)))
        self.assertEqual((order.state, order.amount_paid), ("paid", 93.0))

    def test_a_line_placed_before_prices_were_kept_is_only_summed(self):
        order = self.order()
        line = order.lines
        line.dining_facts = {name: value for name, value in line.dining_facts.items() if name != "unit_price_fen"}
        self.sync(self.paid_at_register(order, 88.0))
        self.assertEqual(order.state, "paid")

    def test_a_register_cannot_write_a_payment_by_phone(self):
        order = self.order()
        self.refused("payment_by_wechat_only", self.sync, self.paid_at_register(order, 88.0, self.wechat_method))

    def test_a_register_cannot_change_a_payment_by_phone(self):
        order = self.order(self.chicken)
        payment = self.begin(order)
        self.order(self.tea, user=self.bob)
        self.pay_at_wechat(payment)
        self.wait_for(lambda: order.amount_paid == 88.0)
        line = order.payment_ids
        for command in (
            Command.update(line.id, {"amount": 188.0}),
            Command.update(line.id, {"payment_method_id": self.cash.id}),
            Command.delete(line.id),
        ):
            with self.subTest(command=command):
                changed = self.as_register(order, payment_ids=[command])
                self.refused("payment_by_wechat_only", self.sync, changed)
        self.sync(self.as_register(order, payment_ids=[Command.update(line.id, {"amount": 88.0})]))
        self.sync(self.paid_at_register(order, 12.5))
        self.assertEqual((order.state, order.amount_paid), ("paid", 100.5))

    def test_an_order_with_money_is_not_removed(self):
        order = self.order(self.chicken)
        payment = self.begin(order)
        self.order(self.tea, user=self.bob)
        self.pay_at_wechat(payment)
        self.wait_for(lambda: order.amount_paid == 88.0)
        orders = self.env["pos.order"].with_user(self.cashier)
        for function, *args in (
            (orders.remove_from_ui, order.ids),
            (order.with_user(self.cashier).action_pos_order_cancel,),
            (self.sync, self.as_register(order, state="cancel")),
            (order.unlink,),
        ):
            with self.subTest(function=function.__name__):
                refusal = self.refused("order_has_payment", function, *args)
                self.assertEqual(refusal.data, {"amount": "88.00"})

    def test_an_order_being_paid_is_not_removed(self):
        order = self.order()
        self.begin(order)
        orders = self.env["pos.order"].with_user(self.cashier)
        for function, *args in (
            (orders.remove_from_ui, order.ids),
            (order.with_user(self.cashier).action_pos_order_cancel,),
            (order.unlink,),
        ):
            with self.subTest(function=function.__name__):
                self.refused("order_being_paid", function, *args)
        self.env.cr.postrollback.clear()

    def test_cash_while_a_phone_is_paying(self):
        order = self.order()
        payment = self.begin(order)
        with self.rolled_back():
            refusal = self.refused("order_being_paid", self.sync, self.paid_at_register(order, 88.0))
        self.assertEqual(refusal.data, {"amount": "88.00"})
        self.assertEqual(self.tx(payment).state, "cancel")
        self.assertEqual(self.control(f"orders/{payment['id']}")["trade_state"], "CLOSED")
        self.sync(self.paid_at_register(order, 88.0))
        self.assertEqual((order.state, order.payment_ids.payment_method_id), ("paid", self.cash))

    def test_cash_when_the_phone_has_just_paid(self):
        order = self.order()
        payment = self.begin(order)
        self.control("faults", {"call": "notice", "fault": "never_sent", "times": None})
        self.pay_at_wechat(payment)
        with self.rolled_back():
            self.refused("order_being_paid", self.sync, self.paid_at_register(order, 88.0))
        self.assertEqual((order.state, order.payment_ids.payment_method_id), ("paid", self.wechat_method))
        self.sync(self.paid_at_register(order, 88.0))
        self.assertEqual((len(order.payment_ids), order.amount_paid), (1, 88.0))

    def test_a_store_that_is_not_ours_is_left_alone(self):
        """Odoo's own point of sale keeps its own rules."""
        self.store.is_dining = False
        order = self.env["pos.order"].browse(self.order_of_register())
        self.assertEqual(order.state, "paid")

    def order_of_register(self):
        line = {
            "product_id": self.chicken.product_variant_id.id, "qty": 1, "price_unit": 5, "price_subtotal": 4.72,
            "price_subtotal_incl": 5.0, "tax_ids": [Command.set(self.tax.ids)], "uuid": str(uuid4()),
        }  # fmt: skip
        order = self.env["pos.order"].create(
            {
                "session_id": self.pos_session.id, "company_id": self.company.id, "lines": [Command.create(line)],
                "amount_total": 5.0, "amount_tax": 0.28, "amount_paid": 0, "amount_return": 0,
            }
        )  # fmt: skip
        order.add_payment({"pos_order_id": order.id, "amount": 5.0, "payment_method_id": self.cash.id})
        order._process_saved_order(False)
        return order.id
