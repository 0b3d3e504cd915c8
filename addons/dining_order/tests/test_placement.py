from uuid import uuid4

from odoo import Command, fields
from odoo.addons.dining_order.services import order_view
from odoo.addons.dining_rules.refusals import Refusal
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import DiningCase

#: Columns that name a row or a moment, and so differ between any two rows.
OWN_VALUES = {
    "id",
    "uuid",
    "access_token",
    "pos_reference",
    "sequence_number",
    "tracking_number",
    "name",
    "ticket_code",
    "create_date",
    "write_date",
    "date_order",
    "last_order_preparation_change",
}


@tagged("post_install", "-at_install")
class TestPlacement(DiningCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.session = cls.env["dining.table.session"].sudo()._join(cls.store.id, cls.table.dining_code, cls.alice, 2)
        cls.env["dining.table.session"].sudo()._join(cls.store.id, cls.table.dining_code, cls.bob)

    def order_of(self, placed):
        return self.env["pos.order"].browse(placed.order_id)

    def test_the_cart_becomes_the_tables_order(self):
        self.add(self.session, self.noodles, 2, options=[self.large], note="不要香菜", rush=True)
        self.add(self.session, self.tea, user=self.bob)
        order = self.order_of(self.place(self.session))
        self.assertEqual((order.state, order.table_id, order.session_id), ("draft", self.table, self.pos_session))
        self.assertEqual((order.amount_total, order.customer_count), (104.5, 2))
        noodles, tea = order.lines
        self.assertEqual(
            (noodles.qty, noodles.price_unit, noodles.price_extra, noodles.price_subtotal_incl),
            (2, 46.0, 8.0, 92.0),
        )
        self.assertEqual(noodles.attribute_value_ids, self.large)
        self.assertEqual(noodles.tax_ids, self.tax)
        self.assertEqual((noodles.customer_note, noodles.dining_rush), ("不要香菜", True))
        self.assertEqual((tea.dining_guest_id.seat, noodles.dining_facts["seat"]), (2, 1))
        self.assertEqual(tea.dining_round_id.guest_id.seat, 1)
        self.assertEqual(tea.dining_facts["seat"], 2, "the guest who chose it, not the one who submitted")
        self.assertEqual(self.view(self.session)["cart"]["lines"], [])

    def test_odoo_reckons_the_same_amounts(self):
        self.add(self.session, self.noodles, 3, options=[self.large])
        self.add(self.session, self.lunch, 2, components=self.lunch_components)
        self.add(self.session, self.tea, 7)
        order = self.order_of(self.place(self.session))
        before = [(line.price_subtotal, line.price_subtotal_incl) for line in order.lines]
        header = (order.amount_total, order.amount_tax)
        for line in order.lines:
            line.update(line._compute_amount_line_all())
        order._compute_prices()
        self.assertEqual([(line.price_subtotal, line.price_subtotal_incl) for line in order.lines], before)
        self.assertEqual((order.amount_total, order.amount_tax), header)

    def test_a_placed_row_is_what_the_orm_would_write(self):
        self.add(self.session, self.noodles, 2, options=[self.large])
        placed = self.order_of(self.place(self.session))
        line = placed.lines
        twin = self.env["pos.order"].create(
            {
                "session_id": placed.session_id.id,
                "user_id": placed.user_id.id,
                "company_id": placed.company_id.id,
                "table_id": placed.table_id.id,
                "customer_count": placed.customer_count,
                "amount_total": placed.amount_total,
                "amount_tax": placed.amount_tax,
                "amount_paid": 0,
                "amount_return": 0,
                "lines": [
                    Command.create(
                        {
                            "product_id": line.product_id.id,
                            "full_product_name": line.full_product_name,
                            "attribute_value_ids": [Command.set(line.attribute_value_ids.ids)],
                            "qty": line.qty,
                            "price_unit": line.price_unit,
                            "price_extra": line.price_extra,
                            "price_subtotal": line.price_subtotal,
                            "price_subtotal_incl": line.price_subtotal_incl,
                            "tax_ids": [Command.set(line.tax_ids.ids)],
                            "dining_round_id": line.dining_round_id.id,
                            "dining_guest_id": line.dining_guest_id.id,
                            "dining_facts": line.dining_facts,
                        }
                    )
                ],
            }
        )
        self.env.flush_all()
        self.assertEqual(self.row("pos_order", placed.id), self.row("pos_order", twin.id))
        same = {"order_id"} | OWN_VALUES
        self.assertEqual(self.row("pos_order_line", line.id, same), self.row("pos_order_line", twin.lines.id, same))
        self.assertEqual(line.tax_ids, twin.lines.tax_ids)
        self.assertEqual(line.attribute_value_ids, twin.lines.attribute_value_ids)

    def test_a_receipt_bears_a_code_of_its_own(self):
        """The register's receipts print five characters by which Odoo's /pos/ticket finds the order again."""
        codes = set()
        for _evening in range(2):
            self.add(self.session, self.tea)
            order = self.order_of(self.place(self.session))
            self.assertRegex(order.ticket_code, r"\A[0-9a-z]{5}\Z")
            codes.add(order.ticket_code)
            order.action_pos_order_cancel()
            self.session = self.join()
        self.assertEqual(len(codes), 2)

    def row(self, table, record_id, but=OWN_VALUES):
        self.env.cr.execute(f"SELECT * FROM {table} WHERE id = %s", (record_id,))  # noqa: S608
        return {
            # The ORM writes an empty text where a column was never named as NULL or as ''.
            name: value or None
            for name, value in self.env.cr.dictfetchone().items()
            if name not in but | {"create_uid", "write_uid"}
        }

    def test_a_set_meal_is_a_head_and_its_parts_as_at_the_register(self):
        self.add(self.session, self.lunch, components=self.lunch_components, note="不要辣")
        order = self.order_of(self.place(self.session))
        head = order.lines.filtered(lambda line: not line.combo_parent_id)
        parts = order.lines - head
        self.assertEqual((head.price_unit, head.price_subtotal_incl, head.customer_note), (0, 0, "不要辣"))
        self.assertEqual(parts.product_id.product_tmpl_id, self.chicken + self.tea)
        self.assertEqual(parts.combo_parent_id, head)
        self.assertEqual(sorted(parts.combo_item_id.ids), sorted(c["choice_id"] for c in self.lunch_components))
        self.assertEqual(sum(parts.mapped("price_subtotal_incl")), 89.99)
        self.assertEqual(order.amount_total, 89.99)

    def test_a_repeated_submit_returns_the_same_round(self):
        self.add(self.session, self.tea)
        client_key = str(uuid4())
        first = self.place(self.session, client_key=client_key)
        self.add(self.session, self.chicken)
        self.assertEqual(self.place(self.session, client_key=client_key), first)
        self.assertEqual(len(self.order_of(first).dining_round_ids), 1)
        self.assertEqual(self.view(self.session)["cart"]["quantity"], 1, "what was added since stays in the cart")

    def test_the_same_key_with_another_body_is_refused(self):
        self.add(self.session, self.tea)
        client_key = str(uuid4())
        self.place(self.session, client_key=client_key)
        self.assertRefused("idempotency_key_reused", self.place, self.session, client_key=client_key, menu_version=99)

    def test_a_second_submit_finds_the_cart_empty(self):
        self.add(self.session, self.tea)
        self.place(self.session)
        self.assertRefused("cart_empty", self.place, self.session, self.bob)

    def test_further_rounds_grow_the_same_order(self):
        self.add(self.session, self.tea)
        first = self.place(self.session)
        self.add(self.session, self.chicken, user=self.bob)
        second = self.place(self.session, self.bob)
        self.assertEqual((second.order_id, second.round_number), (first.order_id, 2))
        order = self.order_of(second)
        self.assertEqual(order.amount_total, 100.5)
        self.assertEqual(order.dining_round_ids.mapped("number"), [2, 1])
        self.assertEqual(order.amount_tax, round(sum(l.price_subtotal_incl - l.price_subtotal for l in order.lines), 2))

    def test_a_round_joins_what_the_register_has_begun(self):
        begun = self.env["pos.order"].create(
            {
                "session_id": self.pos_session.id,
                "company_id": self.company.id,
                "table_id": self.table.id,
                "amount_total": 88,
                "amount_tax": 4.98,
                "amount_paid": 0,
                "amount_return": 0,
                "lines": [
                    Command.create(
                        {
                            "product_id": self.chicken.product_variant_id.id,
                            "qty": 1,
                            "price_unit": 88,
                            "price_subtotal": 83.02,
                            "price_subtotal_incl": 88,
                            "tax_ids": [Command.set(self.tax.ids)],
                        }
                    )
                ],
            }
        )
        self.add(self.session, self.tea)
        placed = self.place(self.session)
        self.assertEqual(placed.order_id, begun.id)
        self.assertEqual(begun.amount_total, 100.5)
        view = order_view.read_order(self.env(su=True), begun.id)
        self.assertEqual([line["name"]["en"] for line in view["staff_lines"]], ["Steam-pot chicken"])

    def test_charges_are_lines_of_their_own(self):
        self.env.ref("dining_menu.product_seat_charge").taxes_id = self.tax
        self.env.ref("dining_menu.product_service_charge").taxes_id = self.tax
        self.store.write({"dining_seat_charge": 3, "dining_service_charge_percent": 10})
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.add(self.session, self.chicken)
        placed = self.place(self.session)
        view = order_view.read_order(self.env(su=True), placed.order_id)
        self.assertEqual(
            [(charge["kind"], charge["quantity"], charge["amount_fen"]) for charge in view["charges"]],
            [("seat", 2, 600), ("service", 1, 880)],
        )
        self.assertEqual(view["total_fen"], 8800 + 600 + 880)
        self.add(self.session, self.chicken)
        self.place(self.session)
        view = order_view.read_order(self.env(su=True), placed.order_id)
        self.assertEqual(
            [(charge["kind"], charge["amount_fen"]) for charge in view["charges"]],
            [("seat", 600), ("service", 1760)],
            "seats are charged once, service on the whole",
        )

    def test_a_changed_price_is_told_before_it_is_charged(self):
        self.add(self.session, self.tea)
        seen = self.store._dining_menu().version
        self.tea.list_price = 15
        self.env.flush_all()
        self.env.cr.precommit.run()
        refusal = self.assertRefused("menu_changed", self.place, self.session, menu_version=seen)
        [change] = refusal.data["changes"]
        self.assertEqual((change["old_price_fen"], change["new_price_fen"]), (1250, 1500))
        placed = self.place(self.session, menu_version=refusal.data["menu_version"])
        self.assertEqual(self.order_of(placed).amount_total, 15)

    def test_a_change_of_other_dishes_does_not_stand_in_the_way(self):
        self.add(self.session, self.tea)
        seen = self.store._dining_menu().version
        self.chicken.list_price = 99
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.assertEqual(self.order_of(self.place(self.session, menu_version=seen)).amount_total, 12.5)

    def test_an_unknown_menu_version_is_refused(self):
        self.add(self.session, self.tea)
        self.assertRefused("menu_version_unknown", self.place, self.session, menu_version=4711)

    def test_limited_dishes_are_counted_down_and_never_below_zero(self):
        self.env["dining.dish.stock"]._ensure_rows(self.store, self.tea)
        stock = self.tea.dining_stock_ids
        stock.write({"limited": True, "remaining": 3})
        self.add(self.session, self.tea, 2)
        self.place(self.session)
        self.assertEqual(stock.remaining, 1)
        self.add(self.session, self.tea, 1)
        self.add(self.session, self.lunch, components=self.lunch_components)
        self.assertRefused("dish_sold_out", self.place, self.session)
        self.assertEqual(stock.remaining, 1)

    def test_caps_of_a_round_and_of_a_table(self):
        self.store.dining_max_round_quantity = 10
        self.add(self.session, self.tea, 11)
        self.env.cr.precommit.run()
        self.assertRefused("round_too_large", self.place, self.session)
        self.store.write({"dining_max_round_quantity": 100, "dining_max_order_yuan": 130})
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.assertRefused("order_too_large", self.place, self.session)

    def test_a_dish_outside_its_hours_is_refused_at_placement_too(self):
        self.add(self.session, self.tea)
        hour = fields.Datetime.context_timestamp(
            self.store.with_context(tz="Asia/Shanghai"), fields.Datetime.now()
        ).hour
        later = (hour + 2) % 22
        self.env["dining.dish.hours"].create(
            {
                "product_tmpl_id": self.tea.id,
                "start": later,
                "end": later + 1,
            }
        )
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.assertRefused("dish_out_of_hours", self.place, self.session)

    def test_the_first_round_waits_for_staff_where_the_store_wants_it(self):
        self.store.dining_confirm_first = True
        self.add(self.session, self.tea)
        placed = self.place(self.session)
        order = self.order_of(placed)
        self.assertEqual(placed.round_state, "waiting")
        self.assertFalse(order.last_order_preparation_change)
        self.add(self.session, self.chicken)
        self.assertRefused("round_waiting", self.place, self.session)
        order.action_dining_confirm()
        self.assertEqual(order.dining_round_ids.state, "confirmed")
        self.assertEqual(self.place(self.session).round_state, "confirmed")

    def test_a_rejected_round_leaves_nothing_to_pay(self):
        self.store.dining_confirm_first = True
        self.env["dining.dish.stock"]._ensure_rows(self.store, self.tea)
        stock = self.tea.dining_stock_ids
        stock.write({"limited": True, "remaining": 3})
        self.add(self.session, self.tea, 2)
        order = self.order_of(self.place(self.session))
        self.assertEqual(stock.remaining, 1)
        order.dining_round_ids.action_reject()
        self.assertFalse(order.lines)
        self.assertEqual(order.amount_total, 0)
        self.assertEqual(stock.remaining, 3, "what nobody cooked can be sold again")

    def test_after_a_rejected_round_the_next_one_waits_again(self):
        self.store.dining_confirm_first = True
        self.add(self.session, self.tea)
        order = self.order_of(self.place(self.session))
        order.dining_round_ids.action_reject()
        self.add(self.session, self.tea)
        self.assertEqual(self.place(self.session).round_state, "waiting")

    def test_a_waiting_round_of_a_cancelled_order_is_never_cooked(self):
        self.store.dining_confirm_first = True
        self.add(self.session, self.tea)
        order = self.order_of(self.place(self.session))
        waiting = order.dining_round_ids
        order.action_pos_order_cancel()
        self.assertEqual(waiting.state, "rejected")
        with self.assertRaises(UserError):
            waiting.action_confirm()

    def test_a_choice_taken_off_a_set_meal_is_told_to_the_phone(self):
        self.add(self.session, self.lunch, components=self.lunch_components)
        combo = self.lunch.combo_ids[0]
        combo.combo_item_ids = [
            Command.create({"product_id": self.noodles.product_variant_id.id}),
            Command.delete(combo.combo_item_ids.id),
        ]
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.assertRefused("set_choice_unknown", self.place, self.session)

    def test_what_a_line_may_cost_is_written_down(self):
        self.add(self.session, self.noodles, options=[self.large])
        self.add(self.session, self.lunch, components=self.lunch_components)
        lines = self.order_of(self.place(self.session)).lines
        self.assertEqual(
            [line.dining_facts["unit_price_fen"] for line in lines],
            [round(line.price_unit * 100) for line in lines],
        )

    def test_a_closed_register_takes_no_round(self):
        self.add(self.session, self.tea)
        self.pos_session.state = "closing_control"
        self.assertRefused("store_closed", self.place, self.session)

    def test_orders_are_shown_to_those_who_sat_at_the_table_only(self):
        self.add(self.session, self.tea)
        placed = self.place(self.session)
        env = self.env(su=True)
        stranger = self.env["wechat.user"].create({"app_id": self.app.id, "openid": "o-carol"})
        self.assertEqual(order_view.find_order(env, placed.order_uuid, self.bob.id), placed.order_id)
        self.assertEqual(len(order_view.read_orders(env, self.bob.id)["orders"]), 1)
        with self.assertRaises(Refusal) as caught:
            order_view.find_order(env, placed.order_uuid, stranger.id)
        self.assertEqual(caught.exception.code, "order_unknown")
        self.assertEqual(order_view.read_orders(env, stranger.id)["orders"], [])

    def test_an_emoji_and_a_long_note_survive(self):
        note = "不要花生🥜，少盐；" * 10
        self.add(self.session, self.tea, note=note)
        order = self.order_of(self.place(self.session))
        self.assertEqual(order.lines.customer_note, note.strip())
