"""A settlement that is reversed: the kitchen hears nothing, whatever is done to the order that is settled anew."""

from odoo.addons.dining_kitchen.tests.test_register import RegisterCase
from odoo.addons.dining_rules.dish_state import state_of
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestReversalKitchen(RegisterCase):
    def settle(self, order):
        order.add_payment({"pos_order_id": order.id, "amount": order.amount_total, "payment_method_id": self.cash.id})
        order._process_saved_order(False)
        self.env.flush_all()
        self.assertEqual(order.state, "paid")

    def portions(self, order):
        """What the kitchen has of each line."""
        events = self.env["dining.dish.event"].search([("line_uuid", "in", order.lines.mapped("uuid"))], order="id")
        by_line = events.grouped("line_uuid")
        return [
            state_of(by_line[line.uuid]._happenings()).portions if line.uuid in by_line else 0 for line in order.lines
        ]

    def test_nothing_is_cooked_twice(self):
        here = self.join(self.alice, self.table, 2)
        self.add(here, self.tea, 2)
        self.add(here, self.chicken)
        order = self.order_of(self.place(here))
        self.settle(order)
        tickets = self.env["dining.ticket"].search([])
        fired = self.env["dining.dish.event"].search([("kind", "=", "fired")])
        had = self.portions(order)

        replacement = order._dining_reverse("结错桌")
        self.env.flush_all()
        self.assertEqual((self.portions(replacement), self.portions(order)), (had, [0] * len(had)))
        self.settle(replacement)
        self.assertEqual(self.portions(replacement), had)
        self.assertEqual(self.env["dining.ticket"].search([]), tickets)
        self.assertEqual(self.env["dining.dish.event"].search([("kind", "=", "fired")]), fired)
        voided = self.env["dining.dish.event"].search([("kind", "=", "voided")])
        self.assertFalse(voided)
