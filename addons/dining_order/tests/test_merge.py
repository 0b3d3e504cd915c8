import json
from uuid import uuid4

from odoo import Command
from odoo.addons.dining_order.services.order_view import find_order, read_orders
from odoo.addons.dining_rules.firing import prepared
from odoo.addons.dining_rules.refusals import Refusal
from odoo.tests import new_test_user, tagged

from .common import DiningCase


@tagged("post_install", "-at_install")
class TestMerge(DiningCase):
    """并台: two tables become one bill, and nothing that is known of a dish is lost."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cashier = new_test_user(
            cls.env,
            "merge-cashier",
            groups="base.group_user,point_of_sale.group_pos_user",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    def order_at(self, table, user, dish, guests=2, **chosen):
        session = self.join(user, table, guests)
        self.add(session, dish, user=user, **chosen)
        placed = self.place(session, user)
        return session, self.env["pos.order"].browse(placed.order_id)

    def merge(self, source, target):
        result = source.with_user(self.cashier).action_dining_merge(target.id)
        self.env.flush_all()
        self.env.invalidate_all()
        return result

    def test_dishes_guests_charges_and_totals_come_along(self):
        for name in ("seat", "service"):
            self.env.ref(f"dining_menu.product_{name}_charge").taxes_id = self.tax
        self.store.write({"dining_seat_charge": 3, "dining_service_charge_percent": 10})
        self.env.flush_all()
        self.env.cr.precommit.run()
        here, source = self.order_at(self.table, self.alice, self.chicken, note="不要香菜", rush=True)
        there, target = self.order_at(self.other_table, self.bob, self.tea, 3)
        line, seat_facts = source.lines[0], source.lines[0].dining_facts
        totals = source.amount_total + target.amount_total
        sent = {**prepared(source.last_order_preparation_change), **prepared(target.last_order_preparation_change)}
        service = source.dining_service_fen + target.dining_service_fen
        self.assertTrue(service)
        self.merge(source, target)
        self.assertEqual((source.state, source.amount_total, len(source.lines)), ("cancel", 0, 0))
        self.assertEqual(source.dining_merged_into_id, target)
        self.assertAlmostEqual(target.amount_total, totals, 2)
        self.assertEqual(
            (target.customer_count, target.dining_seats_charged, target.dining_service_fen), (5, 5, service)
        )
        self.assertEqual((line.order_id, line.customer_note, line.dining_rush), (target, "不要香菜", True))
        self.assertEqual(line.dining_guest_id.user_id, self.alice)
        self.assertEqual(line.dining_facts, {**seat_facts, "seat": 2}, "Bob sits on seat 1 of that table")
        self.assertEqual(target.dining_round_ids.sorted("number").mapped("number"), [1, 2])
        self.assertEqual(line.dining_round_id.number, 2)
        self.assertEqual(prepared(target.last_order_preparation_change), sent)
        self.assertEqual((here.state, there.state, there.guest_count), ("closed", "open", 5))

    def test_phones_of_both_tables_go_on_with_the_merged_order(self):
        here, source = self.order_at(self.table, self.alice, self.chicken)
        there, target = self.order_at(self.other_table, self.bob, self.tea)
        rev = self.view(here)["rev"]
        self.merge(source, target)
        seen = self.view(here, rev=rev)
        self.assertEqual((seen["token"], seen["state"], seen["table_name"]), (there.access_token, "open", "B13"))
        self.assertEqual((seen["me"]["seat"], seen["order"]["id"]), (2, target.uuid))
        self.assertIsNone(self.view(here, rev=seen["rev"]))
        self.assertEqual(self.view(there, self.bob)["order"]["total_fen"], 10050)
        self.add(there, self.tea)
        self.assertEqual(self.place(there).order_id, target.id, "and Alice orders more at the larger table")
        for user in (self.alice, self.bob):
            self.assertEqual(find_order(self.env(su=True), target.uuid, user.id), target.id)
            self.assertEqual(
                [order["id"] for order in read_orders(self.env(su=True), user.id)["orders"]], [target.uuid]
            )
        self.assertEqual(find_order(self.env(su=True), source.uuid, self.alice.id), target.id)
        stranger = self.env["wechat.user"].create({"app_id": self.app.id, "openid": "o-carol-0000000000000000000"})
        with self.assertRaises(Refusal):
            find_order(self.env(su=True), source.uuid, stranger.id)

    def test_what_was_chosen_and_not_yet_placed_comes_along(self):
        here, source = self.order_at(self.table, self.alice, self.chicken)
        there, target = self.order_at(self.other_table, self.bob, self.tea)
        key = self.add(here, self.tea, 3, note="少冰")
        self.change(here, key, -1)
        gone = self.add(here, self.chicken)
        self.change(here, gone, -1)
        self.merge(source, target)
        cart = self.view(here)["cart"]["lines"]
        self.assertEqual([(line["key"], line["quantity"], line["note"]) for line in cart], [(key, 2, "少冰")])
        self.assertEqual(self.place(there, self.bob).order_id, target.id)
        self.assertEqual(target.lines.sorted("id").mapped("qty"), [1, 1, 2])
        self.assertEqual(target.lines.sorted("id")[-1].dining_guest_id.session_id, there)
        self.assertEqual(self.view(there)["cart"]["lines"], [])

    def test_into_a_table_without_phones_the_session_moves(self):
        here, source = self.order_at(self.table, self.alice, self.chicken)
        target = self.env["pos.order"].browse(source.copy({"table_id": self.other_table.id, "lines": False}).id)
        target.write({"state": "draft", "uuid": str(uuid4())})
        self.merge(source, target)
        self.assertEqual((here.state, here.table_id, here.order_id), ("open", self.other_table, target))
        self.assertEqual(self.view(here)["table_name"], "B13")

    def test_sent_again_it_is_done(self):
        _here, source = self.order_at(self.table, self.alice, self.chicken)
        _there, target = self.order_at(self.other_table, self.bob, self.tea)
        self.merge(source, target)
        before = self.facts()
        self.assertTrue(self.merge(source, target))
        self.assertEqual(self.facts(), before)

    def test_three_tables(self):
        third = self.env["restaurant.table"].create(
            {"floor_id": self.floor.id, "table_number": 14, "dining_name": "B14"}
        )
        carol = self.env["wechat.user"].create({"app_id": self.app.id, "openid": "o-carol-0000000000000000000"})
        _one, first = self.order_at(self.table, self.alice, self.chicken)
        _two, second = self.order_at(self.other_table, self.bob, self.tea)
        last_session, last = self.order_at(third, carol, self.tea)
        self.merge(first, second)
        self.merge(second, last)
        self.assertEqual(last.amount_total, 113)
        self.assertEqual(find_order(self.env(su=True), first.uuid, self.alice.id), last.id)
        self.assertEqual(len(last_session.guest_ids), 3)

    def test_what_cannot_be_merged(self):
        _here, source = self.order_at(self.table, self.alice, self.chicken)
        _there, target = self.order_at(self.other_table, self.bob, self.tea)
        as_cashier = source.with_user(self.cashier)
        self.assertRefused("merge_other_store", as_cashier.action_dining_merge, source.id)
        self.assertRefused("merge_other_store", as_cashier.action_dining_merge, 2**30)
        target.state = "cancel"
        self.assertRefused("merge_other_store", as_cashier.action_dining_merge, target.id)
        target.state = "draft"
        source.add_payment({"pos_order_id": source.id, "amount": 10, "payment_method_id": self.cash.id})
        self.assertRefused("merge_has_payment", as_cashier.action_dining_merge, target.id)

    def test_a_register_cannot_say_what_was_merged(self):
        order = {"dining_merged_into_id": 1, "lines": []}
        self.env["pos.order"]._dining_strip(order)
        self.assertEqual(order, {"lines": []})

    def test_notes_of_both_are_kept(self):
        _here, source = self.order_at(self.table, self.alice, self.chicken)
        _there, target = self.order_at(self.other_table, self.bob, self.tea)
        source.general_customer_note, target.general_customer_note = "花生过敏", "靠窗"
        self.merge(source, target)
        self.assertEqual(target.general_customer_note, "靠窗\n花生过敏")
        self.assertEqual(json.loads(source.last_order_preparation_change), {"lines": {}})

    def test_courses_of_one_number_become_one(self):
        _here, source = self.order_at(self.table, self.alice, self.chicken)
        _there, target = self.order_at(self.other_table, self.bob, self.tea)
        course = self.env["restaurant.order.course"]
        there = course.create({"order_id": target.id, "index": 1, "fired": True})
        first, second = course.create(
            [{"order_id": source.id, "index": 1, "fired": True}, {"order_id": source.id, "index": 2}]
        )
        line = source.lines
        line.course_id = second
        self.merge(source, target)
        self.assertFalse(first.exists())
        self.assertEqual(target.course_ids, there | second)
        self.assertEqual((line.course_id, second.index, second.fired), (second, 2, False))
