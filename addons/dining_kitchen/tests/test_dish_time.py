from datetime import datetime, timedelta
from uuid import uuid4

from freezegun import freeze_time
from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..services.progress import Step, advance, recall
from ..services.register import Kitchen
from .test_register import RegisterCase

#: A Monday; noon in Shanghai.
NOON = datetime(2026, 3, 2, 4)
WAITS = ("held", "queue", "cooking", "kitchen", "pass", "total")


def after(minutes):
    return freeze_time(NOON + timedelta(minutes=minutes))


@tagged("post_install", "-at_install")
class TestDishTime(RegisterCase):
    """How long each dish took, to the minute."""

    def order(self, dish, quantity=1):
        with after(0):
            self.add(self.session, dish, quantity)
            return self.order_of(self.place(self.session))

    def line(self, order, dish=None):
        product = (dish or self.chicken).product_variant_id
        return order.lines.filtered(lambda line: line.product_id == product).uuid

    def tap(self, minutes, order, kind, quantity=None, *, dish=None, reason=None):
        """A cook's tap so many minutes after noon; returns its key."""
        key = str(uuid4())
        with after(minutes):
            step = Step(self.line(order, dish), kind, quantity)
            advance(self.env(su=True), self.store.id, [step], source="display", client_key=key, reason=reason)
        return key

    def untap(self, minutes, key):
        with after(minutes):
            recall(self.env(su=True), self.store.id, key, source="display", client_key=str(uuid4()))

    def rows(self, order, dish=None):
        self.env.flush_all()
        self.env.invalidate_all()
        domain = [("order_id", "=", order.id), ("dish_id", "=", (dish or self.chicken).id)]
        return self.env["dining.dish.time"].search(domain)

    def waits(self, order, dish=None):
        """Minutes of the order's only row of the dish, 0 where there is no time."""
        row = self.rows(order, dish)
        self.assertEqual(len(row), 1)
        return tuple(round(row[f"{name}_minutes"], 6) for name in WAITS)

    def test_the_whole_way(self):
        self.chicken.pos_categ_ids = [Command.set(self.category.ids)]
        order = self.order(self.chicken, 2)
        self.tap(3, order, "started", 1)
        self.tap(5, order, "started", 1)
        self.tap(14, order, "ready")
        self.tap(15, order, "served", 1)
        self.tap(17, order, "served", 1)
        self.assertEqual(self.waits(order), (0, 4, 10, 14, 2, 16))
        row = self.rows(order)
        self.assertEqual(
            [row[f"{name}_at"] for name in ("received", "fired", "started", "ready", "served")],
            [NOON + timedelta(minutes=minutes) for minutes in (0, 0, 4, 14, 16)],
        )
        self.assertEqual((row.portions, row.cooked_again, row.rush), (2, 0, False))
        self.assertEqual((row.config_id, row.company_id), (self.store, self.company))
        self.assertEqual((row.station_id, row.category_id, row.floor_id), (self.wok, self.category, self.floor))
        self.assertEqual((row.hour, row.weekday, row.at), ("12:00", "1", NOON))

    def test_a_dish_is_ready_with_its_last_portion(self):
        order = self.order(self.chicken, 3)
        self.tap(2, order, "started")
        self.tap(8, order, "ready", 2)
        row = self.rows(order)
        self.assertEqual((row.ready_at, row.kitchen_minutes), (False, 0))
        self.tap(20, order, "ready", 1)
        self.assertEqual(self.waits(order), (0, 2, 10, 12, 0, 0), "2 portions after 8 min and 1 after 20")

    def test_what_nobody_reported_is_not_guessed(self):
        order = self.order(self.chicken, 2)
        self.assertEqual(self.rows(order).started_at, False)
        self.tap(4, order, "started", 1)
        self.tap(10, order, "ready")
        self.assertEqual(self.waits(order), (0, 0, 0, 10, 0, 0), "one portion was never started")

    def test_a_recalled_bump_never_was(self):
        order = self.order(self.chicken, 2)
        self.tap(2, order, "started")
        early = self.tap(10, order, "ready")
        self.untap(11, early)
        self.assertEqual(self.rows(order).ready_at, False)
        self.tap(20, order, "ready")
        self.assertEqual(self.waits(order), (0, 2, 18, 20, 0, 0))

    def test_a_bump_recalled_in_part(self):
        order = self.order(self.chicken, 2)
        both = self.tap(10, order, "ready")
        self.tap(12, order, "served", 1)
        self.untap(13, both)
        self.tap(20, order, "ready")
        self.tap(22, order, "served")
        self.assertEqual(self.waits(order), (0, 0, 0, 15, 2, 17))

    def test_the_earlier_of_two_bumps_recalled(self):
        order = self.order(self.chicken, 2)
        first = self.tap(5, order, "ready", 1)
        self.tap(10, order, "ready", 1)
        self.untap(11, first)
        self.tap(30, order, "ready", 1)
        self.assertEqual(self.waits(order)[3], 20, "ready after 10 and 30 min")

    def test_a_dish_cooked_again_is_ready_when_the_good_one_is(self):
        order = self.order(self.chicken, 2)
        self.tap(2, order, "started")
        self.tap(10, order, "ready")
        self.tap(12, order, "served")
        self.tap(15, order, "refired", 1, reason="客人退回")
        row = self.rows(order)
        self.assertEqual((row.cooked_again, row.portions), (1, 2))
        self.assertEqual((row.ready_at, row.served_at), (False, False))
        self.tap(16, order, "started")
        self.tap(25, order, "ready")
        self.tap(27, order, "served")
        self.assertEqual(self.waits(order), (0, 2, 15.5, 17.5, 2, 19.5))

    def test_all_portions_served_one_by_one_and_sent_back(self):
        order = self.order(self.chicken, 2)
        self.tap(10, order, "ready")
        self.tap(12, order, "served", 1)
        self.tap(13, order, "served", 1)
        self.tap(15, order, "refired", 2, reason="客人退回")
        self.tap(25, order, "ready")
        self.tap(27, order, "served")
        self.assertEqual(self.waits(order), (0, 0, 0, 25, 2, 27))

    def test_cancelled_portions_do_not_count(self):
        order = self.order(self.chicken, 2)
        self.tap(6, order, "ready", 1)
        line = order.lines.filtered(lambda each: each.product_id == self.chicken.product_variant_id)
        line.qty = 1
        with after(8):
            Kitchen(order).hear("office", voids=True)
        self.assertEqual((self.rows(order).portions, self.waits(order)[3]), (1, 6))

    def test_a_dish_cancelled_whole_is_no_row(self):
        order = self.order(self.chicken)
        self.tap(6, order, "ready", 1)
        order.action_pos_order_cancel()
        self.assertFalse(self.rows(order))

    def test_tables_that_merge(self):
        with after(0):
            source = self.order_at(self.table, self.alice, self.chicken, 2)
            target = self.order_at(self.other_table, self.bob, self.tea)
        self.tap(2, source, "started")
        self.tap(6, source, "ready", 1)
        with after(8):
            source.with_user(self.cashier).action_dining_merge(target.id)
        self.env.invalidate_all()
        self.tap(12, target, "ready")
        self.tap(13, target, "served")
        self.assertEqual(self.waits(source), (0, 2, 7, 9, 4, 13))
        self.assertEqual(self.rows(source).portions, 2)
        self.assertFalse(self.rows(target), "one dish is one row")

    def test_a_split_bill(self):
        order = self.order(self.tea, 3)
        self.tap(4, order, "ready", 2, dish=self.tea)
        with after(5):
            split = self.split(order, 2)
        self.tap(10, order, "ready", dish=self.tea)
        self.assertEqual((self.rows(order, self.tea).portions, self.waits(order, self.tea)[3]), (3, 6))
        self.assertFalse(self.rows(split, self.tea))

    def test_a_later_course_was_received_when_it_was_ordered(self):
        self.category.dining_course = 2
        self.store.dining_by_course = True
        self.env.flush_all()
        self.env.cr.precommit.run()
        with after(0):
            self.add(self.session, self.tea)
            self.add(self.session, self.chicken)
            order = self.order_of(self.place(self.session))
        self.assertFalse(self.rows(order), "the kitchen has not got it yet")
        order.course_ids.filtered(lambda course: not course.fired).fired = True
        with after(20):
            Kitchen(order).hear("register", voids=True)
        self.tap(30, order, "ready")
        self.tap(31, order, "served")
        self.assertEqual(self.waits(order), (20, 0, 0, 10, 1, 31))
        self.assertEqual(self.rows(order).at, NOON + timedelta(minutes=20))

    def test_a_round_that_waited_for_the_staff(self):
        self.store.dining_confirm_first = True
        order = self.order(self.chicken)
        with after(4):
            order.action_dining_confirm()
        self.assertEqual(self.waits(order)[0], 4)

    def test_portions_added_later_are_received_later(self):
        order = self.order(self.tea)
        memory = self.pressed(order, {"uuid": order.lines.uuid, "qty": 2})
        with after(10):
            lines = [Command.update(order.lines.id, {"qty": 2})]
            self.sync(self.header(order, lines=lines, last_order_preparation_change=memory))
        self.tap(15, order, "ready", dish=self.tea)
        self.tap(16, order, "served", dish=self.tea)
        self.assertEqual(self.waits(order, self.tea), (0, 0, 0, 10, 1, 11), "waits of 15 and 5 min")

    def test_average_and_median_of_a_station(self):
        for minutes in (10, 12, 60):
            order = self.order(self.chicken)
            uuid = order.lines.filtered(lambda line: line.product_id == self.chicken.product_variant_id)[-1].uuid
            with after(minutes):
                advance(self.env(su=True), self.store.id, [Step(uuid, "ready")], source="display", client_key=uuid)
        self.env.flush_all()
        found = self.env["dining.dish.time"].formatted_read_group(
            [("config_id", "=", self.store.id), ("at", ">=", NOON), ("at", "<", NOON + timedelta(days=1))],
            ["station_id"],
            ["portions:sum", "kitchen_minutes:avg", "kitchen_median:median"],
        )
        self.assertEqual(
            [(each["station_id"][0], each["portions:sum"], each["kitchen_median:median"]) for each in found],
            [(self.wok.id, 3, 12)],
        )
        self.assertAlmostEqual(found[0]["kitchen_minutes:avg"], 82 / 3)

    def test_who_sees_it(self):
        order = self.order(self.chicken)
        with self.assertRaises(AccessError):
            self.rows(order).with_user(self.cashier).check_access("read")
        other = self.env["res.company"].create({"name": "Dali Kitchen"})
        managers = [
            new_test_user(
                self.env,
                f"times-{company.id}",
                groups="base.group_user,point_of_sale.group_pos_manager",
                company_id=company.id,
                company_ids=[Command.set(company.ids)],
            )
            for company in (self.company, other)
        ]
        seen = [
            self.env["dining.dish.time"]
            .with_user(user)
            .with_context(allowed_company_ids=user.company_ids.ids)
            .search_count([("order_id", "=", order.id)])
            for user in managers
        ]
        self.assertEqual(seen, [1, 0])
