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


@tagged("post_install", "-at_install")
class TestRegisterWalletTour(DiningPayCase):
    """A member pays with stored value at Odoo's own register, in a browser."""

    def setUp(self):
        super().setUp()
        self.wallet = self._open_wallet(self.alice)
        self.wallet.member_id.code = "1234567890123456"
        self.dinner = self.order(self.chicken)  # 88.00 = 80.00 of the principal + 8.00 of the bonus
        self.env.flush_all()

    def tour(self, name):
        self.start_tour(f"/pos/ui/{self.store.id}", f"dining_payment_{name}", login="dining-cashier")
        self.env.invalidate_all()

    def told(self):
        """State and payments of the order, and what the ledger says."""
        order = self.dinner
        entries = self.wallet.entry_ids.sorted("id").mapped("kind")
        return order.state, sorted(order.payment_ids.mapped("amount")), entries

    def test_a_whole_order(self):
        # Nobody has the first code; the browser notes the refusal of its request.
        with mute_logger("odoo.http"):
            self.tour("wallet_whole")
        self.assertEqual(self.told(), ("paid", [80.0], ["topup", "spend"]))

    def test_a_part_given_back_and_cash(self):
        self.tour("wallet_part")
        self.assertEqual(self.told(), ("paid", [33.0, 50.0], ["topup", "spend", "return", "spend"]))

    def test_an_answer_that_is_lost_pays_once(self):
        self.tour("wallet_lost")
        self.assertEqual(self.told(), ("paid", [80.0], ["topup", "spend"]))

    def test_without_the_network(self):
        self.tour("wallet_offline")
        self.assertEqual(self.told(), ("draft", [], ["topup"]))
