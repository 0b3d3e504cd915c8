from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import DiningPayCase


@tagged("post_install", "-at_install")
class TestRegisterTour(DiningPayCase):
    """A cashier at Odoo's own register, in a browser."""

    def test_a_stale_register_is_refused_and_shown_the_order(self):
        order = self.order(self.chicken)
        self.env.flush_all()
        # The browser notes the refusal of its request; that is the point.
        with mute_logger("odoo.http"):
            self.start_tour(f"/pos/ui/{self.store.id}", "dining_payment_stale_register", login="dining-cashier")
        self.env.invalidate_all()
        self.assertEqual((order.state, order.amount_paid, len(order.lines)), ("draft", 0, 2))
        self.assertEqual(len(order.payment_ids), 0)
