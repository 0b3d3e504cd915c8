from datetime import timedelta
from uuid import uuid4

from freezegun import freeze_time
from odoo import fields
from odoo.addons.dining_order.services import order_view
from odoo.tests import tagged

from .common import KitchenCase


@tagged("post_install", "-at_install")
class TestWaiting(KitchenCase):
    """What the phone may say of a dish that is being cooked."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.session = cls.env["dining.table.session"].sudo()._join(cls.store.id, cls.table.dining_code, cls.alice, 2)
        cls.now = fields.Datetime.now()

    def place_chicken(self):
        self.add(self.session, self.chicken)
        return self.order_of(self.place(self.session))

    def cooked(self, order, minutes, ended=5, station=None):
        """Another table's dish that took so many minutes and was ready `ended` minutes ago."""
        fired = self.env["dining.dish.event"].search([("order_id", "=", order.id), ("kind", "=", "fired")], limit=1)
        uuid = str(uuid4())
        row = fired.copy_data()[0] | {
            "line_uuid": uuid,
            "origin_uuid": uuid,
            "station_id": (station or self.wok).id,
            "sequence": 1,
        }
        ready_at = self.now - timedelta(minutes=ended)
        self.env["dining.dish.event"].sudo().create(
            [
                {**row, "kind": "fired", "at": ready_at - timedelta(minutes=minutes)},
                {**row, "kind": "ready", "at": ready_at, "source": "display"},
            ]
        )

    def line(self, order):
        self.env.flush_all()
        return order_view.read_order(self.env(su=True), order.id)["rounds"][0]["lines"][0]

    @freeze_time("2025-05-01 04:00:00")
    def test_the_stations_last_half_hour_says_how_long(self):
        self.now = fields.Datetime.now()
        with freeze_time("2025-05-01 03:58:00"):
            order = self.place_chicken()
        for minutes in (8, 9, 10, 11):
            self.cooked(order, minutes)
        self.assertIsNone(self.line(order)["wait"], "four dishes are too few")
        self.cooked(order, 12)
        self.assertEqual(self.line(order)["wait"], {"low": 7, "high": 9}, "2 minutes of 9 to 11 are over")

    def test_what_was_cooked_earlier_or_elsewhere_does_not_count(self):
        order = self.place_chicken()
        for minutes in (8, 9, 10, 11, 12):
            self.cooked(order, minutes, ended=31)
            self.cooked(order, minutes, station=self.bar)
        self.assertIsNone(self.line(order)["wait"])

    def test_a_queue_in_front_stretches_it(self):
        for _each in range(4):
            order = self.place_chicken()
        for _each in range(6):
            self.cooked(order, 10)
        first, *_others, last = (
            round_["lines"][0]["wait"] for round_ in order_view.read_order(self.env(su=True), order.id)["rounds"]
        )
        self.assertLess(first["high"], 21)
        self.assertGreaterEqual(last["high"], 20, "four wait where two were in work on average")
        self.assertGreaterEqual(last["high"], first["high"])

    def test_nothing_is_said_of_what_is_not_being_cooked(self):
        self.store.dining_confirm_first = True
        order = self.place_chicken()
        line = self.line(order)
        self.assertEqual((line["state"], line["can_rush"], line["wait"]), ("waiting", False, None))

    def test_a_dish_that_is_ready(self):
        order = self.place_chicken()
        fired = self.env["dining.dish.event"].search([("order_id", "=", order.id)])
        self.env["dining.dish.event"].sudo().create({**fired.copy_data()[0], "kind": "ready", "source": "display"})
        line = self.line(order)
        self.assertEqual((line["state"], line["can_rush"], line["wait"]), ("ready", False, None))

    def test_one_statement_more_and_none_when_all_is_served(self):
        [line_id] = self.place_chicken().lines.ids
        lines = self.env["pos.order.line"]
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        lines._dining_waits([line_id], {line_id: "fired"})
        self.assertEqual(self.env.cr.sql_log_count - before, 1)
        lines._dining_waits([line_id], {line_id: "served"})
        self.assertEqual(self.env.cr.sql_log_count - before, 1)
