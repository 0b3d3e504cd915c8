from odoo import Command
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .common import KitchenCase


class RegisterTourCase(KitchenCase, HttpCase):
    """A cashier at Odoo's own register, in a browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cashier = new_test_user(
            cls.env,
            "tour-cashier",
            groups="base.group_user,point_of_sale.group_pos_user",
            name="小李",
            lang="en_US",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    def tour(self, name):
        self.env.flush_all()
        self.start_tour(f"/pos/ui/{self.store.id}", name, login="tour-cashier")
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestRegisterTour(RegisterTourCase):
    """What a cashier does at a table, and what the kitchen hears of it."""

    def place_chicken(self):
        session = self.join(guests=2)
        self.add(session, self.chicken, note="不要香菜", rush=True)
        return self.order_of(self.place(session))

    def test_confirm_add_split_and_pay(self):
        self.store.dining_confirm_first = True
        order = self.place_chicken()
        self.assertFalse(self.tickets(order))
        self.tour("dining_kitchen_register")
        self.assertEqual(order.dining_round_ids.state, "confirmed")
        self.assertEqual(
            self.events(order),
            [
                ("Steam-pot chicken", "fired", 1),
                ("Steam-pot chicken", "fired", 1),
                ("Pu'er tea", "fired", 2),
                ("Pu'er tea", "moved", -1),
            ],
        )
        tickets = self.tickets(order)
        self.assertEqual(tickets.mapped("summary"), ["汽锅鸡", "汽锅鸡", "普洱茶 ×2"])
        self.assertEqual(tickets.mapped("rush"), [True, False, False], "the cashier's own dish is not in a hurry")
        paid = self.env["pos.order"].search([("config_id", "=", self.store.id), ("state", "=", "paid")])
        self.assertEqual(self.events(paid), [("Pu'er tea", "moved", 1)])
        self.assertFalse(self.tickets(paid), "what was split off had been cooked already")

    def test_a_dish_paid_without_being_sent_is_cooked(self):
        self.tour("dining_kitchen_pays_unsent")
        paid = self.env["pos.order"].search([("config_id", "=", self.store.id), ("state", "=", "paid")])
        self.assertEqual(self.events(paid), [("Steam-pot chicken", "fired", 1)])
        self.assertEqual(self.tickets(paid).table_name, "B13")

    def test_an_order_cancelled_at_the_register_stops_the_kitchen(self):
        order = self.place_chicken()
        self.tour("dining_kitchen_cancels")
        self.assertEqual(order.state, "cancel")
        self.assertEqual(self.events(order), [("Steam-pot chicken", "fired", 1), ("Steam-pot chicken", "voided", -1)])
        self.assertEqual(self.tickets(order).mapped("kind"), ["new", "cancel"])
        voided = self.env["dining.dish.event"].search([("order_id", "=", order.id), ("kind", "=", "voided")])
        self.assertEqual((voided.reason, voided.user_id), ("Wrong dish", self.cashier))

    def test_dishes_are_taken_off_with_a_reason_and_hurried(self):
        session = self.join(guests=2)
        self.add(session, self.chicken)
        self.add(session, self.tea, 2)
        order = self.order_of(self.place(session))
        events = self.env["dining.dish.event"].sudo()
        fired = events.search([("order_id", "=", order.id), ("dish_id", "=", self.chicken.id)])
        events.create({**fired.copy_data()[0], "kind": "started", "source": "display"})
        with mute_logger("odoo.http"):  # what is refused is said in the log as well
            self.tour("dining_kitchen_takes_off")
        self.assertEqual(
            self.events(order)[2:],
            [("Steam-pot chicken", "started", 1), ("Pu'er tea", "voided", -1), ("Steam-pot chicken", "rushed", 0)],
        )
        self.assertEqual(events.search([("order_id", "=", order.id), ("kind", "=", "voided")]).reason, "Sold out")
        self.assertEqual(order.lines.mapped("qty"), [1, 1], "what was refused is as it was")
        self.assertEqual(self.tickets(order).mapped("kind"), ["new", "new", "cancel", "rush"])

    def test_two_tables_are_put_together(self):
        source = self.place_chicken()
        session = self.join(self.bob, self.other_table, 3)
        self.add(session, self.tea, user=self.bob)
        target = self.order_of(self.place(session, self.bob))
        self.tour("dining_kitchen_merges")
        self.assertEqual((source.state, source.dining_merged_into_id, target.state), ("cancel", target, "draft"))
        self.assertEqual((len(target.lines), target.amount_total, target.customer_count), (2, 100.5, 5))
        self.assertEqual(
            self.events(source) + self.events(target),
            [
                ("Steam-pot chicken", "fired", 1),
                ("Steam-pot chicken", "moved", -1),
                ("Pu'er tea", "fired", 1),
                ("Steam-pot chicken", "moved", 1),
            ],
        )
        self.assertEqual(self.tickets(source).mapped("kind"), ["new"])
        self.assertEqual(self.tickets(target).mapped("kind"), ["new", "move"])
