from odoo.addons.dining_accounting.services.reconciling import reconcile
from odoo.tests import tagged

from .common import BooksCase


@tagged("post_install", "-at_install")
class TestReversal(BooksCase):
    """A settlement that is reversed, in the chart of small enterprises: the books end as if it had been right at once,
    and the day that was closed stays as it was."""

    def agrees(self):
        found = reconcile(self.env, self.company)
        self.assertEqual((found.difference_fen, found.differences), (0, ()))

    def test_after_the_day_was_closed(self):
        order = self.order(self.banquet)
        self.pay_by_wallet(order)
        first_day = self.close()
        before = self.booked(first_day)
        self.assertEqual(before[self.books.revenue_account_id], -9_434)
        self.agrees()
        self.store.open_ui()
        self.pos_session = self.store.current_session_id
        self.pos_session.set_opening_control(0, "")
        replacement = order._dining_reverse("结错桌")
        self.agrees()
        self.pay_by_wallet(replacement)
        self.agrees()
        self.assertEqual((order.state, replacement.state), ("done", "paid"))
        second_day = self.close()
        self.agrees()
        self.assertEqual(self.booked(first_day), before)
        # There and back: the second day books nothing on balance.
        self.assertEqual(self.booked(second_day), {})
        self.assertEqual(self.balance(self.books.revenue_account_id), -9_434)
        self.wallet.invalidate_recordset()
        self.assertEqual((self.wallet.principal_fen, self.wallet.bonus_fen), (40_000, 4_000))
        self.assertIsNone(self.wallet._verify())


@tagged("post_install", "-at_install")
class TestReversalLarge(TestReversal):
    """The same in the chart of business enterprises."""

    chart = "cn_large_bis"
