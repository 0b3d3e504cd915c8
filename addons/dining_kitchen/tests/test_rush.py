from datetime import timedelta
from uuid import uuid4

from freezegun import freeze_time
from odoo import fields
from odoo.addons.dining_kitchen.services.rush import rush_by_phone
from odoo.addons.dining_rules.refusals import Refusal
from odoo.tests import tagged

from .common import KitchenCase


@tagged("post_install", "-at_install")
class TestRush(KitchenCase):
    """催菜: from the phone, the register and the back office."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.session = cls.env["dining.table.session"].sudo()._join(cls.store.id, cls.table.dining_code, cls.alice, 2)

    def place_chicken(self, **chosen):
        self.add(self.session, self.chicken, **chosen)
        return self.order_of(self.place(self.session))

    def rush(self, order, line=None, user=None, key=None):
        line = line or order.lines[:1]
        return rush_by_phone(self.env(su=True), order.uuid, line.uuid, (user or self.alice).id, key or str(uuid4()))

    def mark(self, order, kind, quantity=1):
        """What a display or a printer would write of the order's first line."""
        fired = self.env["dining.dish.event"].search([("order_id", "=", order.id), ("kind", "=", "fired")], limit=1)
        row = fired.copy_data()[0] | {"kind": kind, "quantity": quantity, "at": fields.Datetime.now(), "sequence": 1}
        self.env["dining.dish.event"].sudo().create({**row, "source": "display"})

    def assertRushRefused(self, code, function, *args, **kwargs):
        before = self.kitchen_facts()
        refusal = self.assertRefused(code, function, *args, **kwargs)
        self.assertEqual(self.kitchen_facts(), before, f"{code}: a refusal changes nothing")
        return refusal

    def test_a_guest_asks_and_the_station_reads_it(self):
        with freeze_time(fields.Datetime.now() - timedelta(minutes=18)):
            order = self.place_chicken(note="不要香菜")
        self.env.flush_all()
        answer = self.rush(order)
        self.assertEqual(answer["line_id"], order.lines.uuid)
        self.assertEqual(self.events(order), [("Steam-pot chicken", "fired", 1), ("Steam-pot chicken", "rushed", 0)])
        ticket = self.tickets(order)[-1]
        self.assertEqual(
            (ticket.kind, ticket.station_id, ticket.table_name, ticket.rush), ("rush", self.wok, "B12", True)
        )
        paper = self.paper(ticket)
        self.assertEqual([row.strip() for row in paper[:3]], ["热菜", "催菜", "已等 18 分钟"])
        self.assertTrue(any("汽锅鸡" in row for row in paper))
        self.assertIn("【忌口】不要香菜", paper)
        self.assertEqual(ticket.job_ids.printer_id, self.printer)

    def test_the_same_request_sent_twice_prints_once(self):
        order = self.place_chicken()
        key = str(uuid4())
        first = self.rush(order, key=key)
        facts = self.kitchen_facts()
        self.assertEqual(self.rush(order, key=key), first)
        self.assertEqual(self.kitchen_facts(), facts)

    def test_a_key_names_one_dish(self):
        self.add(self.session, self.tea)
        order = self.place_chicken()
        key = str(uuid4())
        self.rush(order, order.lines[0], key=key)
        self.assertRushRefused("idempotency_key_reused", self.rush, order, order.lines[1], key=key)

    def test_once_in_five_minutes_whoever_asks(self):
        order = self.place_chicken()
        self.rush(order)
        refusal = self.assertRushRefused("rush_too_soon", self.rush, order)
        self.assertEqual(refusal.data["minutes"], 5)
        self.assertRushRefused("rush_too_soon", order.action_dining_rush, order.lines.uuid)
        with freeze_time(fields.Datetime.now() + timedelta(minutes=5, seconds=1)):
            self.rush(order)
        self.assertEqual([kind for _dish, kind, _quantity in self.events(order)], ["fired", "rushed", "rushed"])

    def test_a_dish_that_has_not_gone_to_the_kitchen(self):
        self.store.dining_confirm_first = True
        order = self.place_chicken()
        self.assertRushRefused("rush_not_fired", self.rush, order)

    def test_a_dish_that_is_ready_or_served(self):
        order = self.place_chicken()
        self.mark(order, "ready")
        self.assertRushRefused("rush_ready", self.rush, order)
        self.mark(order, "served")
        self.assertRushRefused("rush_ready", self.rush, order)

    def test_anothers_order_and_no_dish(self):
        order = self.place_chicken()
        self.assertRushRefused("order_unknown", self.rush, order, user=self.bob)
        self.assertRushRefused(
            "order_line_unknown", rush_by_phone, self.env(su=True), order.uuid, "x", self.alice.id, str(uuid4())
        )

    def test_a_set_meal_is_rushed_at_the_stations_that_owe_it(self):
        self.add(self.session, self.lunch, components=self.lunch_components)
        order = self.order_of(self.place(self.session))
        self.mark(order, "ready")
        ready = self.env["dining.dish.event"].search([("kind", "=", "ready")]).dish_id
        self.rush(order)
        rushed = self.env["dining.dish.event"].search([("order_id", "=", order.id), ("kind", "=", "rushed")])
        self.assertEqual(rushed.dish_id, (self.chicken | self.tea) - ready)
        self.assertEqual(self.tickets(order)[-1].kind, "rush")

    def test_somebody_at_the_register_asks(self):
        order = self.place_chicken()
        order.action_dining_rush(order.lines.uuid)
        event = self.env["dining.dish.event"].search([("order_id", "=", order.id), ("kind", "=", "rushed")])
        self.assertEqual((event.source, event.user_id, event.quantity), ("register", self.env.user, 0))

    def test_the_phone_sees_when_it_may_ask(self):
        order = self.place_chicken()
        line = self.view(self.session)["order"]["rounds"][0]["lines"][0]
        self.assertEqual((line["can_rush"], line["wait"]), (True, None))
        self.rush(order)
        line = self.view(self.session)["order"]["rounds"][0]["lines"][0]
        self.assertFalse(line["can_rush"])
        with self.assertRaises(Refusal):
            rush_by_phone(self.env(su=True), "nothing", "x", self.alice.id, str(uuid4()))
