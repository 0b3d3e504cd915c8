from odoo.addons.dining_accounting.services.reconciling import reconcile
from odoo.addons.dining_payment.tests.refunding import RefundingMixin
from odoo.addons.dining_rules.money import fen
from odoo.tests import tagged

from .common import BooksCase


@tagged("post_install", "-at_install")
class TestBalanceRefund(RefundingMixin, BooksCase):
    """What is left of a top-up goes back: each step of it in the books, in the chart of small enterprises."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_refunding()
        cls.bob_wallet = cls._open_wallet(cls.bob, 0)

    def agrees(self):
        """R1 is zero, with nothing to explain."""
        found = reconcile(self.env, self.company)
        self.assertEqual((found.difference_fen, found.differences), (0, ()))
        return found

    def pay_at_wechat(self, payment, name=None, **more):
        return super().pay_at_wechat(payment, name or "diner-b", **more)

    def booked_of(self, refund):
        lines = refund.entry_id.dining_move_id.line_ids.filtered(lambda line: refund.name in line.name)
        return {line.account_id: fen(line.balance) for line in lines}

    def test_400_by_wechat_agrees_at_each_step(self):
        lot = self.top_up(self.bob)
        self.agrees()
        self.pay_by_wallet(self.order(self.banquet, user=self.bob), self.bob)
        self.agrees()
        refund = self.ask(lot)
        self.agrees()
        self.press(refund, "action_approve")
        self.agrees()
        self.wait_for(lambda: refund.state == "done" or self.follow(refund.transaction_ids))
        self.agrees()
        self.assertEqual(
            self.booked_of(refund),
            {
                self.books.liability_account_id: 37_736,
                self.books.deferred_vat_account_id: 2_264,
                self.wechat_method.outstanding_account_id: -40_000,
            },
        )
        self.close()
        self.agrees()
        self.assertEqual(self.balance(self.books.liability_account_id), -47_170)

    def test_390_where_the_diner_is_the_cause(self):
        """10.00 of the principal that was left has been earned, with its VAT."""
        lot = self.top_up(self.bob)
        self.pay_by_wallet(self.order(self.banquet, user=self.bob), self.bob)
        self.agrees()
        refund = self.ask(lot, cause="多次恶意退单")
        self.agrees()
        self.press(refund, "action_approve")
        self.agrees()
        self.wait_for(lambda: refund.state == "done" or self.follow(refund.transaction_ids))
        self.agrees()
        self.close()
        self.agrees()
        self.assertEqual(
            self.booked_of(refund),
            {
                self.books.liability_account_id: 37_736,
                self.books.deferred_vat_account_id: 2_264,
                self.books.revenue_account_id: -943,
                self.books.output_vat_account_id: -57,
                self.wechat_method.outstanding_account_id: -39_000,
            },
        )
        self.assertEqual(self.balance(self.books.liability_account_id), -47_170)

    def test_400_in_cash(self):
        """The register's own line takes the cash; between the two nothing is left."""
        self.pay_by_wallet(self.order(self.banquet))
        refund = self.ask(self.wallet.lot_ids, way="cash", note="本人签收")
        self.press(refund, "action_approve")
        self.agrees()
        cash_line = refund.statement_line_id.move_id
        between = cash_line.line_ids.account_id - self.cash.journal_id.default_account_id
        self.assertEqual(
            self.booked_of(refund),
            {
                self.books.liability_account_id: 37_736,
                self.books.deferred_vat_account_id: 2_264,
                between: -40_000,
            },
        )
        self.assertEqual(self.booked(cash_line), {self.cash.journal_id.default_account_id: -40_000, between: 40_000})
        self.assertEqual(self.balance(between), 0)
        self.close(cash=-400.0)
        self.agrees()

    def test_400_by_the_bank(self):
        self.pay_by_wallet(self.order(self.banquet))
        refund = self.ask(self.wallet.lot_ids, way="bank", note="工行 6222…")
        self.press(refund, "action_approve")
        self.agrees()
        self.assertEqual(
            self.booked_of(refund),
            {
                self.books.liability_account_id: 37_736,
                self.books.deferred_vat_account_id: 2_264,
                self.books.bank_account_id: -40_000,
            },
        )


@tagged("post_install", "-at_install")
class TestBalanceRefundLarge(TestBalanceRefund):
    """The same in the chart of business enterprises."""

    chart = "cn_large_bis"
