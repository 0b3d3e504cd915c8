from datetime import timedelta

from odoo import Command, fields
from odoo.addons.dining_order.models.dining_table_session import ABANDONED_AFTER
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import DiningCase


@tagged("post_install", "-at_install")
class TestTableSession(DiningCase):
    def test_a_scan_opens_the_table_and_seats_the_phone(self):
        session = self.join(guests=4)
        self.assertEqual(session.table_id, self.table)
        self.assertEqual(session.state, "open")
        self.assertEqual(session.guest_count, 4)
        self.assertEqual(session.guest_ids.mapped("seat"), [1])

    def test_a_second_phone_sits_at_the_same_table(self):
        session = self.join(guests=2)
        again = self.join(self.bob, guests=9)
        self.assertEqual(again, session)
        self.assertEqual(session.guest_ids.mapped("seat"), [1, 2])
        self.assertEqual(session.guest_count, 2, "the first to tell how many sit down is heard")

    def test_joining_twice_changes_nothing(self):
        session = self.join()
        token = session.access_token
        self.assertEqual(self.join(), session)
        self.assertEqual(len(session.guest_ids), 1)
        self.assertEqual(session.access_token, token)

    def test_an_unknown_code_is_refused(self):
        sessions = self.env["dining.table.session"]
        self.assertRefused("table_code_unknown", sessions._join, self.store.id, "A" * 20, self.alice)
        self.assertFalse(sessions.search([("config_id", "=", self.store.id)]))

    def test_a_code_of_another_store_is_refused(self):
        other = self.store.copy({"name": "Other", "floor_ids": False})
        sessions = self.env["dining.table.session"]
        self.assertRefused("table_code_unknown", sessions._join, other.id, self.table.dining_code, self.alice)
        self.assertFalse(sessions.search([("table_id", "=", self.table.id)]))

    def test_a_renewed_code_makes_the_printed_one_useless(self):
        printed = self.table.dining_code
        self.table.action_dining_reset_code()
        sessions = self.env["dining.table.session"]
        self.assertRefused("table_code_unknown", sessions._join, self.store.id, printed, self.alice)

    def test_a_closed_register_takes_no_guests(self):
        self.pos_session.state = "closed"
        self.assertRefused("store_closed", self.join)

    def test_where_staff_open_tables_a_scan_alone_does_not(self):
        self.store.dining_open_by = "staff"
        self.assertRefused("table_not_open", self.join)
        waiter = new_test_user(
            self.env,
            "dining-waiter",
            groups="base.group_user,point_of_sale.group_pos_user",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        self.table.with_user(waiter).action_dining_open()
        session = self.join()
        self.assertEqual(session.opened_by_id, waiter)

    def test_a_closed_session_ends_its_token(self):
        session = self.join()
        self.add(session, self.tea)
        session.action_close()
        self.assertRefused("table_session_closed", self.add, session, self.tea)
        self.assertRefused("table_session_closed", self.place, session)
        self.assertEqual(self.view(session)["state"], "closed", "its guests still see what they had")

    def test_the_next_guests_get_a_new_token_and_an_empty_cart(self):
        first = self.join()
        self.add(first, self.tea)
        first.action_close()
        second = self.join(self.bob)
        self.assertNotEqual(second.access_token, first.access_token)
        self.assertEqual(self.view(second, self.bob)["cart"]["lines"], [])

    def test_a_guessed_token_or_a_stranger_is_refused(self):
        session = self.join()
        self.assertRefused("table_session_unknown", self.add, session, self.tea, user=self.bob)
        self.assertRefused("table_session_unknown", self.view, session, user=self.bob)
        session.access_token = "another-token"
        stale = session.browse(session.id)
        stale.invalidate_recordset()
        self.assertEqual(self.view(session)["state"], "open")

    def test_rotating_the_token_shuts_out_phones_that_have_ordered_nothing(self):
        session = self.join()
        self.add(session, self.tea)
        self.join(self.bob)
        session.action_rotate_token()
        self.assertEqual(session.guest_ids.user_id, self.alice)

    def test_a_table_left_without_ordering_belongs_to_the_next_guests(self):
        first = self.join()
        self.add(first, self.tea)
        long_ago = fields.Datetime.now() - ABANDONED_AFTER - timedelta(minutes=1)
        self.env.flush_all()
        self.env.cr.execute("UPDATE dining_table_guest SET create_date = %s, write_date = %s", (long_ago, long_ago))
        self.env.cr.execute("UPDATE dining_cart_entry SET create_date = %s", (long_ago,))
        self.assertEqual(self.join(), first, "the same phone comes back to its own table")
        second = self.join(self.bob)
        self.assertNotEqual(second, first)
        self.assertEqual(first.state, "closed")
        self.assertEqual(self.view(second, self.bob)["cart"]["lines"], [])

    def test_only_staff_close_tables_and_rotate_tokens(self):
        session = self.join()
        outsider = new_test_user(
            self.env,
            "dining-outsider",
            groups="base.group_user",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        token = session.access_token
        for action in ("action_close", "action_rotate_token"):
            with self.subTest(action), self.assertRaises(AccessError):
                getattr(session.with_user(outsider), action)()
        self.assertEqual((session.state, session.access_token), ("open", token))

    def test_staff_change_sessions_and_rounds_by_their_buttons_only(self):
        session = self.join()
        waiter = new_test_user(
            self.env,
            "dining-waiter",
            groups="base.group_user,point_of_sale.group_pos_user",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        with self.assertRaises(AccessError):
            session.with_user(waiter).guest_count = 9
        session.with_user(waiter).action_close()
        self.assertEqual(session.state, "closed")

    def test_a_table_is_open_once(self):
        session = self.join()
        self.assertEqual(self.env["dining.table.session"].search_count([("table_id", "=", self.table.id)]), 1)
        session.action_close()
        self.join()
        self.assertEqual(self.env["dining.table.session"].search_count([("table_id", "=", self.table.id)]), 2)

    def test_what_the_office_calls_things(self):
        session = self.join()
        self.add(session, self.tea, 2)
        order = self.env["pos.order"].browse(self.place(session).order_id)
        self.assertEqual(order.display_name, order.pos_reference, "an unpaid order has no other name")
        [placed] = order.dining_round_ids
        self.assertEqual(placed.display_name, f"{order.pos_reference}, round 1")
        self.assertEqual(placed.dish_count, 2, "the seat charge is no dish")
        self.assertEqual(session.order_total, order.amount_total)
        self.assertEqual(session.guest_ids.display_name, "Guest 1")
        self.assertEqual(self.table.display_name, f"{self.table.floor_id.name} B12")
        self.assertEqual(self.table.with_context(dining_without_floor=True).display_name, "B12")
