from unittest.mock import patch

from odoo.addons.dining_base.errors import Refused
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..services.register import Kitchen
from .test_register_tour import RegisterTourCase


@tagged("post_install", "-at_install")
class TestRegisterLateTour(RegisterTourCase):
    """A cashier whose register has not heard of what others do."""

    def setUp(self):
        super().setUp()
        session = self.join(guests=2)
        self.add(session, self.tea, 3)
        self.order = self.order_of(self.place(session))

    def lines(self):
        return [(line.product_id.name, line.qty) for line in self.order.lines]

    def orders(self):
        return self.env["pos.order"].search([("config_id", "=", self.store.id)])

    def add_started_chicken(self):
        session = self.join(guests=2)
        self.add(session, self.chicken)
        self.place(session)
        events = self.env["dining.dish.event"].sudo()
        fired = events.search([("order_id", "=", self.order.id), ("dish_id", "=", self.chicken.id)])
        events.create({**fired.copy_data()[0], "kind": "started", "source": "display"})

    def test_a_split_that_is_refused_is_told_and_dropped(self):
        with mute_logger("odoo.http"):  # what is refused is said in the log as well
            self.tour("dining_kitchen_split_refused")
        self.assertEqual((self.orders(), self.order.state, self.lines()), (self.order, "cancel", [("Pu'er tea", 3)]))

    def test_a_split_that_is_refused_is_not_paid(self):
        before = self.kitchen_facts()
        refusal = Refused("order_not_open")
        with mute_logger("odoo.http"), patch.object(Kitchen, "_hold_others", side_effect=refusal):
            self.tour("dining_kitchen_pay_split_refused")
        self.assertEqual((self.orders(), self.order.state, self.lines()), (self.order, "draft", [("Pu'er tea", 3)]))
        self.assertEqual(self.kitchen_facts(), before)

    def check_split_blip(self, tour):
        """A bill is split, the request of the new one is lost, and the other is sent to the kitchen."""
        session = self.join(guests=2)
        self.add(session, self.chicken, note="不要香菜", rush=True)
        self.place(session)
        guest = self.order.lines.dining_guest_id
        self.tour(tour)
        self.assertEqual(self.lines(), [("Pu'er tea", 2), ("Steam-pot chicken", 1)])
        split = self.orders() - self.order
        self.assertEqual(
            [(line.product_id.name, line.qty) for line in split.lines], [("Pu'er tea", 1), ("Steam-pot chicken", 1)]
        )
        self.assertEqual(split.lines.mapped("dining_guest_id"), guest)
        self.assertEqual(split.lines.mapped("dining_rush"), [False, True])
        self.assertEqual(
            self.events(self.order),
            [
                ("Pu'er tea", "fired", 3),
                ("Steam-pot chicken", "fired", 1),
                ("Pu'er tea", "moved", -1),
                ("Steam-pot chicken", "moved", -1),
                ("Steam-pot chicken", "fired", 1),
            ],
        )
        self.assertEqual(self.events(split), [("Pu'er tea", "moved", 1), ("Steam-pot chicken", "moved", 1)])

    def test_a_split_whose_request_is_lost_is_sent_before_the_rest(self):
        self.check_split_blip("dining_kitchen_split_lost")

    def test_a_split_whose_request_breaks_is_sent_before_the_rest(self):
        self.check_split_blip("dining_kitchen_split_broken")

    def test_a_change_that_is_refused_on_the_way_to_the_tables_is_told(self):
        self.add_started_chicken()
        before = self.kitchen_facts()
        with mute_logger("odoo.http"):
            self.tour("dining_kitchen_change_refused")
        self.assertEqual(self.lines(), [("Pu'er tea", 3), ("Steam-pot chicken", 1)])
        self.assertEqual(self.kitchen_facts(), before)

    def test_who_changes_what_another_has_taken_off_is_told(self):
        session = self.join(guests=2)
        self.add(session, self.chicken)
        self.place(session)
        self.tour("dining_kitchen_line_vanished")
        self.assertEqual(self.lines(), [("Steam-pot chicken", 1)])

    def test_a_table_that_another_device_has_moved_stays_where_it_is(self):
        self.tour("dining_kitchen_moved_meanwhile")
        self.assertEqual((self.order.table_id, self.orders()), (self.other_table, self.order))
        self.assertEqual(self.lines(), [("Pu'er tea", 3), ("Steam-pot chicken", 1)])

    def test_a_cashier_moves_a_table(self):
        self.tour("dining_kitchen_moves")
        self.assertEqual((self.order.table_id, self.orders()), (self.other_table, self.order))
        self.assertEqual(self.tickets(self.order).mapped("kind"), ["new", "move"])
