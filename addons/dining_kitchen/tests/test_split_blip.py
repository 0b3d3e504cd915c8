"""A bill is split while the network hiccups: every portion stands on exactly one bill."""

import json
from copy import deepcopy
from uuid import uuid4

from odoo import Command
from odoo.tests import tagged

from .test_register import RegisterCase


@tagged("post_install", "-at_install")
class TestSplitBlip(RegisterCase):
    def setUp(self):
        super().setUp()
        self.order = self.order_at(self.table, self.alice, self.tea, 3)
        self.line = self.order.lines
        self.moved = self.dish_line(self.tea, 1)

    def split_off(self, **changed):
        """The bill that the register has made of one portion."""
        memory = json.loads(self.order.last_order_preparation_change)
        entry = memory["lines"][self.line.uuid]
        memory["lines"] = {self.moved["uuid"]: {**entry, "uuid": self.moved["uuid"], "quantity": 1}}
        values = {
            "uuid": str(uuid4()),
            "access_token": str(uuid4()),
            "table_id": False,
            "pos_reference": False,
            "lines": [Command.create(dict(self.moved))],
            "amount_total": 12.5,
            "last_order_preparation_change": json.dumps(memory),
        }
        return self.header(self.order, **{**values, **changed})

    def move(self, **more):
        return [{"order": self.order.uuid, "from": self.line.uuid, "to": self.moved["uuid"], "quantity": 1, **more}]

    def send_rest(self):
        """The bill that was split, as the register sends it and its Order button is pressed."""
        memory = json.loads(self.order.last_order_preparation_change)
        memory["lines"][self.line.uuid]["quantity"] = 2
        memory["metadata"] = {"serverDate": "2099-01-01 00:00:00"}
        rest = self.header(
            self.order,
            lines=[Command.update(self.line.id, {"qty": 2})],
            last_order_preparation_change=json.dumps(memory),
        )
        self.sync(rest)

    def press(self, *orders):
        for order in orders:
            self.sync(self.header(order), dining_send=[order.uuid])

    def test_what_was_split_comes_after_what_was_left_of_it(self):
        self.send_rest()
        split = self.sync(self.split_off(), dining_moves=self.move(left=2))
        self.assertEqual((self.line.qty, split.lines.qty), (2, 1))
        self.assertEqual((self.order.amount_total, split.amount_total), (25, 12.5))
        self.press(self.order, split)
        self.assertEqual(self.events(self.order), [("Pu'er tea", "fired", 3), ("Pu'er tea", "moved", -1)])
        self.assertEqual(self.events(split), [("Pu'er tea", "moved", 1)])
        self.assertEqual(split.lines.dining_guest_id, self.line.dining_guest_id)

    def test_what_was_split_comes_first(self):
        split = self.sync(self.split_off(), dining_moves=self.move(left=2))
        self.assertEqual((self.line.qty, split.lines.qty), (2, 1))
        self.send_rest()
        self.press(self.order, split)
        self.assertEqual((self.line.qty, split.lines.qty), (2, 1))
        self.assertEqual(self.events(self.order), [("Pu'er tea", "fired", 3), ("Pu'er tea", "moved", -1)])
        self.assertEqual(self.events(split), [("Pu'er tea", "moved", 1)])

    def test_what_is_left_as_nobody_can_mean_it_is_not_heard(self):
        for left in (True, "2", None, [2], {}, -4):
            with self.subTest(left=left), self.env.cr.savepoint(flush=False) as savepoint:
                split = self.sync(self.split_off(), dining_moves=self.move(left=left))
                self.assertEqual((self.line.qty, split.lines.qty), (2, 1))
                savepoint.rollback()
                self.env.invalidate_all()

    def test_what_was_split_is_paid_before_the_server_has_heard_of_it(self):
        """The first request was lost, and the cashier took the money: the bill comes as a paid one."""
        payment = {"name": "2026-03-01 12:00:00", "amount": 12.5, "payment_method_id": self.cash.id}
        paid = self.split_off(state="paid", amount_paid=12.5, payment_ids=[Command.create(payment)])
        split = self.sync(deepcopy(paid), dining_moves=self.move(left=2))
        self.assertEqual((split.state, split.lines.qty, self.line.qty), ("paid", 1, 2))
        self.assertEqual(self.events(self.order), [("Pu'er tea", "fired", 3), ("Pu'er tea", "moved", -1)])
        self.assertEqual(self.events(split), [("Pu'er tea", "moved", 1)])
        self.assertEqual(split.lines.dining_guest_id, self.line.dining_guest_id)
        self.send_rest()
        before = self.kitchen_facts()
        self.assertEqual(self.sync(paid, dining_moves=self.move(left=2)), split)
        self.assertEqual((split.lines.qty, self.line.qty, self.kitchen_facts()), (1, 2, before))
