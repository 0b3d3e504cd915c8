from odoo.addons.dining_kitchen.tests.common import KitchenCase
from odoo.addons.dining_payment.tests.common import DiningPayCase
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestCancel(KitchenCase, DiningPayCase):
    """An order that may not be cancelled is cooked on: the kitchen hears nothing of the try."""

    def setUp(self):
        super().setUp()
        self.addCleanup(self.env.cr.postrollback.clear)

    def refused_and_cooked(self, code, order):
        """The register's first step is refused, and nothing has changed anywhere."""
        before, memory = self.kitchen_facts(), order.last_order_preparation_change
        self.refused(code, order.with_user(self.cashier).action_dining_cancel_dishes)
        self.assertEqual(self.kitchen_facts(), before)
        self.assertEqual((order.state, order.last_order_preparation_change), ("draft", memory))

    def test_while_a_phone_is_paying(self):
        order = self.order()
        self.begin(order)
        self.refused_and_cooked("order_being_paid", order)
        self.assertEqual(self.events(order), [("Steam-pot chicken", "fired", 1)])

    def test_when_a_phone_has_paid(self):
        order = self.order()
        payment = self.begin(order)
        self.order(self.tea, user=self.bob)
        self.pay_at_wechat(payment)
        self.wait_for(lambda: order.amount_paid == 88.0)
        self.refused_and_cooked("order_has_payment", order)

    def test_without_money_it_is_cancelled(self):
        order = self.order()
        order.with_user(self.cashier).action_dining_cancel_dishes()
        self.assertEqual([event[1] for event in self.events(order)], ["fired", "voided"])
