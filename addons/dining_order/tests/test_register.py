from uuid import uuid4

from odoo import Command
from odoo.tests import new_test_user, tagged

from .common import DiningCase


@tagged("post_install", "-at_install")
class TestRegister(DiningCase):
    """What Odoo's own register does to a table's order."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.session = cls.env["dining.table.session"].sudo()._join(cls.store.id, cls.table.dining_code, cls.alice, 2)
        cls.cashier = new_test_user(
            cls.env,
            "dining-cashier",
            groups="base.group_user,point_of_sale.group_pos_user",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    def place_tea(self):
        self.add(self.session, self.tea)
        return self.env["pos.order"].browse(self.place(self.session).order_id)

    def sync(self, order, **context):
        return self.env["pos.order"].with_user(self.cashier).with_context(**context).sync_from_ui([order])

    def move(self, order, table):
        left = {order.uuid: order.table_id.id}
        self.sync(self.sent_by_register(order, table_id=table.id), dining_left=left)

    def test_a_cashier_adds_a_dish(self):
        order = self.place_tea()
        self.sync(
            self.sent_by_register(
                order,
                amount_total=100.5,
                lines=[self.chicken_by_staff()],
            )
        )
        self.assertEqual(order.amount_total, 100.5)
        self.assertEqual(len(order.lines), 2)
        shown = self.view(self.session)["order"]
        self.assertEqual(shown["total_fen"], 10050)
        self.assertEqual([line["name"]["en"] for line in shown["staff_lines"]], ["Steam-pot chicken"])

    def charge(self, **charges):
        """Have the store charge for seats (yuan each) and service (percent)."""
        for name in ("seat", "service"):
            self.env.ref(f"dining_menu.product_{name}_charge").taxes_id = self.tax
        self.store.write(charges)
        self.env.flush_all()
        self.env.cr.precommit.run()

    def chicken_by_staff(self):
        return Command.create(
            {
                "product_id": self.chicken.product_variant_id.id,
                "qty": 1,
                "price_unit": 88,
                "price_subtotal": 83.02,
                "price_subtotal_incl": 88,
                "tax_ids": [Command.set(self.tax.ids)],
                "uuid": str(uuid4()),
            }
        )

    def charges_of(self, order):
        order.invalidate_recordset()
        return [
            (line.dining_charge, line.qty, line.price_subtotal_incl, line.price_subtotal)
            for line in order.lines
            if line.dining_charge
        ]

    def test_service_is_charged_on_what_staff_add(self):
        self.charge(dining_service_charge_percent=10)
        order = self.place_tea()
        self.assertEqual(self.charges_of(order), [("service", 1, 1.25, 1.18)])
        self.sync(self.sent_by_register(order, lines=[self.chicken_by_staff()]))
        self.assertEqual(self.charges_of(order), [("service", 1, 10.05, 9.48)])
        self.assertEqual(order.amount_total, 12.5 + 88 + 10.05)
        self.sync(self.sent_by_register(order))
        self.assertEqual(self.charges_of(order), [("service", 1, 10.05, 9.48)], "once")
        self.add(self.session, self.tea)
        self.place(self.session)
        self.assertEqual(self.charges_of(order)[1:], [("service", 1, 1.25, 1.18)], "a round pays for its own only")

    def test_charges_that_staff_took_off_are_not_made_again(self):
        self.charge(dining_seat_charge=3, dining_service_charge_percent=10)
        order = self.place_tea()
        waived = order.lines.filtered("dining_charge")
        self.assertEqual(waived.mapped("dining_charge"), ["seat", "service"])
        self.sync(self.sent_by_register(order, lines=[Command.delete(line.id) for line in waived]))
        self.assertEqual((self.charges_of(order), order.amount_total), ([], 12.5))
        self.sync(self.sent_by_register(order, lines=[self.chicken_by_staff()]))
        self.assertEqual((self.charges_of(order), order.amount_total), ([], 100.5), "it stays off")
        self.session.guest_count = 3
        self.env.flush_all()
        self.add(self.session, self.tea)
        self.place(self.session)
        self.assertEqual((self.charges_of(order), order.amount_total), ([], 113))

    def test_a_seat_that_staff_took_off_is_not_charged_again(self):
        self.charge(dining_seat_charge=3)
        order = self.place_tea()
        [seats] = order.lines.filtered("dining_charge")
        child_free = {"qty": 1, "price_subtotal": 2.83, "price_subtotal_incl": 3}
        self.sync(self.sent_by_register(order, lines=[Command.update(seats.id, child_free)]))
        self.place_tea()
        self.assertEqual([charge[:3] for charge in self.charges_of(order)], [("seat", 1, 3)])
        self.session.guest_count = 3
        self.env.flush_all()
        self.place_tea()
        self.assertEqual([charge[:3] for charge in self.charges_of(order)], [("seat", 1, 3), ("seat", 1, 3)])

    def test_a_rejected_round_has_charged_nothing(self):
        self.charge(dining_seat_charge=3, dining_service_charge_percent=10)
        self.store.dining_confirm_first = True
        order = self.place_tea()
        order.dining_round_ids.with_user(self.cashier).action_reject()
        self.assertEqual((self.charges_of(order), order.amount_total), ([], 0))
        self.assertEqual((order.dining_seats_charged, order.dining_service_fen), (0, 0))
        self.place_tea()
        self.assertEqual([charge[:3] for charge in self.charges_of(order)], [("seat", 2, 6), ("service", 1, 1.25)])

    def test_a_rejected_round_leaves_the_service_on_what_staff_added(self):
        self.charge(dining_service_charge_percent=10)
        self.store.dining_confirm_first = True
        order = self.place_tea()
        self.sync(self.sent_by_register(order, lines=[self.chicken_by_staff()]))
        both = [("service", 1, 1.25, 1.18), ("service", 1, 8.8, 8.3)]
        self.assertEqual((self.charges_of(order), order.amount_total), (both, 12.5 + 88 + 10.05))
        self.assertEqual(order.dining_service_fen, 1005)
        self.sync(self.sent_by_register(order))
        self.assertEqual(self.charges_of(order), both, "once")
        order.dining_round_ids.with_user(self.cashier).action_reject()
        self.assertEqual((self.charges_of(order), order.amount_total), (both[1:], 96.8))
        self.assertEqual(order.dining_service_fen, 880)
        self.place_tea()
        self.assertEqual(self.charges_of(order), [both[1], both[0]])

    def test_a_stale_header_does_not_hide_what_phones_added(self):
        order = self.place_tea()
        stale = self.sent_by_register(order)
        self.add(self.session, self.chicken)
        self.place(self.session)
        self.sync(stale)
        order.invalidate_recordset()
        self.assertEqual(order.amount_total, 100.5, "the lines decide")

    def test_a_register_cannot_rewrite_what_the_server_says_of_a_line(self):
        order = self.place_tea()
        self.sync(
            self.sent_by_register(
                order,
                lines=[
                    Command.update(
                        order.lines.id,
                        {
                            "dining_rush": True,
                            "dining_facts": {"name": {"zh": "假", "en": "Forged"}, "options": [], "seat": 1},
                        },
                    )
                ],
            )
        )
        order.lines.invalidate_recordset()
        self.assertFalse(order.lines.dining_rush)
        self.assertEqual(order.lines.dining_facts["name"]["en"], "Pu'er tea")

    def test_dishes_added_at_the_register_are_counted_down_too(self):
        self.env["dining.dish.stock"]._ensure_rows(self.store, self.chicken)
        stock = self.chicken.dining_stock_ids
        stock.write({"limited": True, "remaining": 1})
        order = self.place_tea()
        line = {
            "product_id": self.chicken.product_variant_id.id,
            "qty": 3,
            "price_unit": 88,
            "price_subtotal": 249.06,
            "price_subtotal_incl": 264,
            "tax_ids": [Command.set(self.tax.ids)],
            "uuid": "22222222-2222-4222-8222-222222222222",
        }
        self.sync(self.sent_by_register(order, lines=[Command.create(line)]))
        self.assertEqual(stock.remaining, 0, "never below zero")
        self.sync(self.sent_by_register(order))
        self.assertRefused("dish_sold_out", self.add, self.session, self.chicken)

    def test_a_moved_table_takes_its_phones_along(self):
        order = self.place_tea()
        self.move(order, self.other_table)
        self.assertEqual(self.session.table_id, self.other_table)
        self.assertEqual(self.view(self.session)["table_name"], "B13")
        strangers = self.join(self.bob)
        self.assertNotEqual(strangers, self.session, "who scans the old table's code is another party")
        self.assertIsNone(self.view(strangers, self.bob)["order"])

    def test_a_register_that_has_not_heard_of_a_move_moves_nothing_back(self):
        order = self.place_tea()
        stale = self.sent_by_register(order)
        self.move(order, self.other_table)
        self.sync({**stale, "lines": [self.chicken_by_staff()]})
        self.assertEqual((order.table_id, self.session.table_id), (self.other_table, self.other_table))
        self.assertEqual((len(order.lines), order.amount_total), (2, 100.5), "what it has typed is kept")

    def test_of_two_registers_that_move_a_table_the_first_is_heard(self):
        order = self.place_tea()
        third = self.table.copy({"table_number": 14})
        left, stale = {order.uuid: self.table.id}, self.sent_by_register(order, table_id=third.id)
        self.move(order, self.other_table)
        answer = self.sync(stale, dining_left=left)
        self.assertEqual((order.table_id, self.session.table_id), (self.other_table, self.other_table))
        self.assertEqual(answer["pos.order"][0]["table_id"], self.other_table.id, "the second one hears of it")
        self.move(order, third)
        self.assertEqual((order.table_id, self.session.table_id), (third, third))

    def test_where_the_other_table_is_open_the_moved_phones_go_on_there(self):
        there = self.join(self.bob, self.other_table)
        order = self.place_tea()
        self.move(order, self.other_table)
        self.assertEqual((self.session.state, there.state, there.order_id), ("closed", "open", order))
        self.assertEqual(self.view(self.session)["token"], there.access_token)

    def test_closing_the_register_ends_table_sessions(self):
        self.pos_session.close_session_from_ui()
        self.assertEqual(self.pos_session.state, "closed")
        self.assertEqual(self.session.state, "closed")

    def test_paying_ends_the_table_session(self):
        order = self.place_tea()
        order.add_payment({"pos_order_id": order.id, "amount": 12.5, "payment_method_id": self.cash.id})
        order._process_saved_order(False)
        self.assertEqual(order.state, "paid")
        self.assertEqual(self.session.state, "closed")
        self.assertEqual(self.view(self.session)["order"]["state"], "paid")

    def test_cancelling_ends_the_table_session(self):
        order = self.place_tea()
        order.action_pos_order_cancel()
        self.assertEqual(self.session.state, "closed")

    def test_the_register_hears_of_a_round(self):
        channel = self.store.access_token
        self.env["bus.bus"].search([]).unlink()
        self.place_tea()
        self.env.cr.precommit.run()
        heard = self.env["bus.bus"].search([("message", "like", "SYNCHRONISATION")])
        self.assertTrue(any(channel in notice.channel for notice in heard))

    def test_a_cashier_without_manager_rights_sees_no_table_codes(self):
        self.assertNotIn("dining_code", self.table.with_user(self.cashier).fields_get())
