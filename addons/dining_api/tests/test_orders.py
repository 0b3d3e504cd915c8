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
