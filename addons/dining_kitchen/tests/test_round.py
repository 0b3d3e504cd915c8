import json

from odoo.tests import tagged

from ..services.register import Kitchen
from .common import KitchenCase


@tagged("post_install", "-at_install")
class TestRound(KitchenCase):
    """A first round that waits for the staff."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.store.dining_confirm_first = True
        cls.session = cls.env["dining.table.session"].sudo()._join(cls.store.id, cls.table.dining_code, cls.alice, 2)

    def setUp(self):
        super().setUp()
        self.add(self.session, self.chicken, note="少盐")
        self.order = self.order_of(self.place(self.session))

    def test_nothing_is_cooked_while_it_waits(self):
        self.assertEqual(self.events(self.order), [])
        self.assertEqual(self.order.dining_waiting, 1)

    def test_confirming_fires_it_once_and_the_register_knows(self):
        self.order.action_dining_confirm()
        self.assertEqual(self.events(self.order), [("Steam-pot chicken", "fired", 1)])
        self.assertEqual(self.order.dining_waiting, 0)
        [entry] = json.loads(self.order.last_order_preparation_change)["lines"].values()
        self.assertEqual((entry["uuid"], entry["quantity"], entry["customer_note"]), (self.order.lines.uuid, 1, "少盐"))
        self.order.action_dining_confirm()
        self.assertEqual(self.events(self.order), [("Steam-pot chicken", "fired", 1)])

    def test_rejecting_cooks_nothing(self):
        self.order.dining_round_ids.action_reject()
        self.assertEqual(self.events(self.order), [])
        self.assertFalse(self.order.lines)

    def test_paying_confirms(self):
        self.order.add_payment({"pos_order_id": self.order.id, "amount": 88, "payment_method_id": self.cash.id})
        self.order._process_saved_order(False)
        self.assertEqual(self.order.dining_round_ids.state, "confirmed")
        self.assertEqual(self.events(self.order), [("Steam-pot chicken", "fired", 1)])

    def test_what_staff_took_off_meanwhile_is_not_cooked(self):
        self.add(self.session, self.tea)
        self.order.lines.qty = 0
        self.order.action_dining_confirm()
        self.assertEqual((self.events(self.order), self.tickets(self.order)), ([], self.env["dining.ticket"]))

    def test_a_round_that_waits_for_its_course_too_can_be_confirmed_after_order_was_pressed(self):
        course = self.env["restaurant.order.course"].create({"order_id": self.order.id, "index": 1})
        line = self.order.lines
        line.course_id = course
        memory = {"lines": {line.uuid: {"uuid": line.uuid, "quantity": 1}}}
        self.order.last_order_preparation_change = json.dumps(memory)
        Kitchen(self.order).hear("register", voids=True)
        self.assertEqual(self.events(self.order), [])
        self.order.action_dining_confirm()
        self.assertEqual(
            self.events(self.order), [("Steam-pot chicken", "ordered", 1), ("Steam-pot chicken", "held", 1)]
        )
