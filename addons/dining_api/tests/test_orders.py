from uuid import uuid4

from odoo.tests import tagged

from .common import ApiCase


@tagged("post_install", "-at_install")
class TestOrders(ApiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.session = cls.env["dining.table.session"].sudo()._join(cls.store.id, cls.table.dining_code, cls.alice, 2)

    def test_ones_own_orders_are_listed_and_shown(self):
        self.add(self.session, self.noodles, 2, options=[self.large])
        self.add(self.session, self.lunch, components=self.lunch_components)
        placed = self.place(self.session)
        [summary] = self.get("/orders", self.alice).json()["orders"]
        self.assertEqual((summary["id"], summary["quantity"], summary["total_fen"]), (placed.order_uuid, 3, 18199))
        order = self.get(f"/orders/{placed.order_uuid}", self.alice).json()
        self.assertEqual((order["state"], order["due_fen"], order["payable"]), ("open", 18199, True))
        lunch = order["rounds"][0]["lines"][1]
        self.assertEqual(lunch["amount_fen"], 8999)
        self.assertEqual([part["name"]["en"] for part in lunch["parts"]], ["Steam-pot chicken", "Pu'er tea"])
        self.assertEqual(self.get(f"/orders/{placed.order_uuid}?rev={order['rev']}", self.alice).status_code, 304)

    def test_somebody_elses_order_is_not_found(self):
        self.add(self.session, self.tea)
        placed = self.place(self.session)
        for order_id in (placed.order_uuid, str(placed.order_id), "0" * 36, "x"):
            with self.subTest(order_id):
                self.assertRefusedOverHttp(404, "order_unknown", self.get, f"/orders/{order_id}", self.bob)
                self.assertRefusedOverHttp(
                    404, "order_unknown", self.post, f"/orders/{order_id}/payments", {}, self.bob
                )
        self.assertEqual(self.get("/orders", self.bob).json(), {"orders": []})

    def rushed(self):
        self.env.invalidate_all()
        return self.env["dining.dish.event"].search_count([("kind", "=", "rushed")])

    def test_a_guest_asks_the_kitchen_to_hurry(self):
        self.add(self.session, self.tea)
        placed = self.place(self.session)
        order = self.get(f"/orders/{placed.order_uuid}", self.alice).json()
        [line] = order["rounds"][0]["lines"]
        self.assertEqual((line["state"], line["can_rush"], line["wait"]), ("fired", True, None))
        path, key = f"/orders/{placed.order_uuid}/lines/{line['id']}/rush", str(uuid4())
        told = self.post(path, {}, self.alice, key=key)
        self.assertAnswered(told, 200)
        self.assertEqual(told.json()["line_id"], line["id"])
        self.assertEqual(self.post(path, {}, self.alice, key=key).json(), told.json(), "sent twice, told once")
        self.assertEqual(self.rushed(), 1)
        after = self.get(f"/orders/{placed.order_uuid}?rev={order['rev']}", self.alice).json()
        self.assertFalse(after["rounds"][0]["lines"][0]["can_rush"])
        refusal = self.assertRefusedOverHttp(409, "rush_too_soon", self.post, path, {}, self.alice)
        self.assertEqual(refusal["data"]["minutes"], 5)
        self.assertRefusedOverHttp(404, "order_unknown", self.post, path, {}, self.bob)
        unknown = f"/orders/{placed.order_uuid}/lines/{uuid4()}/rush"
        self.assertRefusedOverHttp(404, "order_line_unknown", self.post, unknown, {}, self.alice)
        self.assertRefusedOverHttp(400, "bad_request", self.post, path, {"now": True}, self.alice)
        self.assertAnswered(self.call("POST", path, {}, user=self.alice), 400, "idempotency_key_missing")
        self.assertEqual(self.rushed(), 1)
