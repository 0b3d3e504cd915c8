from uuid import uuid4

from odoo.addons.dining_payment.tests.common import DiningPayCase
from odoo.tests import tagged

from .common import ApiCase


@tagged("post_install", "-at_install")
class TestPayments(DiningPayCase, ApiCase):
    """Paying over HTTP, WeChat being the started simulator."""

    def begin_by_phone(self, order, user=None, body=None, **kwargs):
        return self.post(f"/orders/{order.uuid}/payments", body, user or self.alice, **kwargs)

    def test_pay(self):
        order = self.order(self.chicken, self.tea)
        payment = self.begin_by_phone(order).json()
        self.assertEqual((payment["amount_fen"], payment["state"], payment["order_id"]), (10050, "pending", order.uuid))
        self.control("request-payment", {"appId": self.app.appid, "user": "diner-a", **payment["request"]})
        self.pay_at_wechat(payment)
        self.wait_for(lambda: order.state == "paid")
        shown = self.get(f"/payments/{payment['id']}", self.bob).json()
        self.assertEqual((shown["state"], shown["request"]), ("done", None))
        self.assertEqual(self.get(f"/orders/{order.uuid}", self.alice).json()["state"], "paid")

    def test_replay(self):
        order, key = self.order(), str(uuid4())
        first, again = (self.begin_by_phone(order, key=key).json() for _n in range(2))
        self.assertEqual((again["id"], again["request"]["package"]), (first["id"], first["request"]["package"]))
        self.assertEqual(len(order._dining_transactions()), 1)

    def test_the_amount_is_the_servers(self):
        order = self.order()
        for body in ({"amount_fen": 1}, {"total": 0.01}, {"amount": {"total": 1}}):
            self.assertRefusedOverHttp(400, "bad_request", self.begin_by_phone, order, body=body)
        self.assertFalse(order._dining_transactions())

    def test_two_phones(self):
        order = self.order()
        self.assertAnswered(self.begin_by_phone(order), 200)
        self.assertRefusedOverHttp(409, "payment_in_progress", self.begin_by_phone, order, self.bob)

    def test_cancel(self):
        payment = self.begin_by_phone(self.order()).json()
        path = f"/payments/{payment['id']}/cancel"
        self.assertRefusedOverHttp(404, "payment_unknown", self.post, path, None, self.bob)
        self.assertEqual(self.post(path, None, self.alice).json()["state"], "cancelled")

    def test_who_asks(self):
        order = self.order()
        self.assertRefusedOverHttp(401, "token_missing", self.post, f"/orders/{order.uuid}/payments")
        self.assertRefusedOverHttp(401, "token_invalid", self.post, f"/orders/{order.uuid}/payments", token="guessed")
        self.assertRefusedOverHttp(404, "order_unknown", self.post, f"/orders/{uuid4()}/payments", None, self.alice)
        self.assertRefusedOverHttp(404, "payment_unknown", self.get, "/payments/ta0000", self.alice)

    def test_wechat_does_not_answer(self):
        order, key = self.order(), str(uuid4())
        self.control("faults", {"call": "jsapi", "fault": "error_500_after"})
        self.assertAnswered(self.begin_by_phone(order, key=key), 503, "payment_uncertain")
        self.assertAnswered(self.begin_by_phone(order, key=key), 200)
        self.assertEqual(len(order._dining_transactions()), 1)
