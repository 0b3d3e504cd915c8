from odoo.addons.dining_accounting.services.reconciling import reconcile
from odoo.addons.dining_rules.money import fen
from odoo.tests import tagged

from .common import BooksCase


@tagged("post_install", "-at_install")
class TestEntries(BooksCase):
    """The entries that a Chinese restaurant books, with their exact figures, in the chart of small enterprises."""

    codes = {"liability": "2203", "deferred_vat": "2221", "output_vat": "2221", "revenue": "5001", "clearing": "1012"}
    fee_code, bank_code = "5603", "1002"

    def accounts(self, **amounts):
        return {self.books._account(role): amount for role, amount in amounts.items()}

    def pay_110_by_wallet(self):
        order = self.order(self.banquet)
        answer = self.pay_by_wallet(order)
        self.assertEqual((answer["principal_fen"], answer["bonus_fen"], order.state), (10_000, 1_000, "paid"))
        return order

    def test_the_accounts(self):
        for role, prefix in self.codes.items():
            account = self.books._account(role)
            self.assertEqual(self.code(account)[:4], prefix, role)
            self.assertEqual(account.company_ids, self.company)
        self.assertEqual(self.code(self.books.fee_account_id)[:4], self.fee_code)
        self.assertEqual(self.code(self.books.bank_account_id)[:4], self.bank_code)
        self.assertTrue(self.books.liability_account_id.reconcile)
        self.assertEqual(self.books.clearing_account_id, self.wechat_method.outstanding_account_id)
        self.assertEqual(self.env["dining.books"]._of(self.company), self.books)

    def test_top_up_500_and_50(self):
        move = self.post()
        self.assertEqual(self.booked(move), self.accounts(clearing=50_000, liability=-47_170, deferred_vat=-2_830))
        self.assertEqual(move.line_ids.partner_id, self.partner)
        self.assertEqual(move.journal_id, self.books.journal_id)

    def test_top_up_500_and_50_in_cash(self):
        """At once, in the till's own entry; the close finds the cash, and nothing is booked at night again."""
        topup = self.top_up_in_cash()
        line = topup.cash_line_ids
        cash = {self.cash.journal_id.default_account_id: 50_000}
        self.assertEqual(self.booked(line.move_id), cash | self.accounts(liability=-47_170, deferred_vat=-2_830))
        self.assertEqual(line.move_id.line_ids.partner_id, self.partner)
        self.assertEqual(topup.entry_id.dining_move_id, line.move_id)
        booking = topup.entry_id.dining_booking_ids
        self.assertEqual(booking.liability_line_id.account_id, self.books.liability_account_id)
        self.assertEqual(booking.vat_line_id.account_id, self.books.deferred_vat_account_id)
        self.assertNotIn(line.move_id, self.post())
        moves = self.close(cash=500.0)
        self.assertEqual(self.pos_session.cash_register_difference, 0.0)
        self.assertEqual(self.booked(moves), cash | self.accounts(liability=-47_170, deferred_vat=-2_830))

    def test_a_cash_top_up_taken_back(self):
        topup = self.top_up_in_cash()
        topup.action_dining_take_back()
        moves = topup.cash_line_ids.move_id
        self.assertEqual((len(moves), self.booked(moves)), (2, {}))
        self.assertEqual([fen(line.balance) for line in moves.line_ids].count(-50_000), 1)
        self.assertEqual(len(self.wallet.entry_ids.dining_booking_ids), 2)
        self.close(cash=0.0)
        self.assertEqual(self.pos_session.cash_register_difference, 0.0)
        self.assertFalse(reconcile(self.env, self.company).differences)

    def test_cash_of_a_meal_and_of_a_top_up(self):
        self.top_up_in_cash()
        order = self.order(self.banquet)
        self.pay_by_wallet(order, amount_fen=5_500)
        self.sync(self.paid_at_register(order, 55.0))
        self.close(cash=555.0)
        self.assertEqual(self.pos_session.cash_register_difference, 0.0)
        self.assertEqual(self.balance(self.cash.journal_id.default_account_id), 55_500)
        found = reconcile(self.env, self.company)
        self.assertEqual((found.difference_fen, found.differences), (0, ()))

    def top_up_in_cash(self):
        self.wallet = self._open_wallet(self.bob, 0)
        self.partner = self.wallet.member_id.partner_id
        values = {"name": "充 500 送 50", "price": 500, "bonus": 50, "company_id": self.company.id}
        offer = self.env["dining.topup.offer"].create(values)
        answer = self.pos_session.with_user(self.cashier).action_dining_topup(
            self.wallet.member_id.code, offer.id, self.new_key()
        )
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env["dining.topup"].browse(answer["id"])

    def test_consume_110(self):
        self.pay_110_by_wallet()
        moves = self.close()
        self.assertEqual(moves, self.pos_session.move_id)
        self.assertEqual(
            self.booked(moves),
            self.accounts(liability=9_434, deferred_vat=566, revenue=-9_434, output_vat=-566),
        )
        # The bonus is a negative line of the sale: −9.43 of revenue and −0.57 of VAT.
        self.assertEqual(sorted(fen(line.balance) for line in moves.line_ids), [-9_434, -566, 566, 9_434])
        own = moves.line_ids.filtered("partner_id")
        self.assertEqual(own.account_id, self.books.liability_account_id | self.books.deferred_vat_account_id)
        self.assertEqual(own.partner_id, self.partner)

    def test_cumulative_rounding_ends_exactly(self):
        for _meal in range(5):
            self.pay_110_by_wallet()
            self.table_session = self.join()
        self.wallet.invalidate_recordset()
        self.assertEqual((self.wallet.principal_fen, self.wallet.bonus_fen), (0, 0))
        self.post()
        self.close()
        self.assertEqual(self.balance(self.books.liability_account_id), 0)
        self.assertEqual(self.balance(self.books.deferred_vat_account_id), 0)
        self.assertEqual(self.balance(self.books.revenue_account_id), -5 * 9_434)

    def test_merchants_coupon_of_20_on_110(self):
        order = self.order(self.banquet)
        line = order.lines.sudo()
        line.discount = 100 * 20 / 110
        line._onchange_amount_line_all()
        order.sudo()._dining_restore_amounts()
        self.pay(order)
        self.assertEqual((order.state, fen(order.amount_total)), ("paid", 9_000))
        moves = self.close()
        self.assertEqual(self.booked(moves), self.accounts(clearing=9_000, revenue=-8_491, output_vat=-509))

    def test_refund_of_400_of_the_balance(self):
        self.pay_110_by_wallet()
        self.account("refund").refund(
            self.wallet.lot_ids.id, self.wallet.lot_ids.bought_at.date(), self.wallet.lot_ids.bought_at.date(), "退卡"
        )
        move = self.post()
        self.close()
        refund = self.wallet.entry_ids.filtered(lambda entry: entry.kind == "refund")
        self.assertEqual(
            self.booked(move),
            self.accounts(clearing=50_000 - 40_000, liability=-47_170 + 37_736, deferred_vat=-2_830 + 2_264),
        )
        self.assertEqual(
            {line.account_id: fen(line.balance) for line in move.line_ids if line.name.startswith("退卡")},
            self.accounts(clearing=-40_000, liability=37_736, deferred_vat=2_264),
        )
        self.assertEqual(refund.dining_booking_ids.liability_line_id.account_id, self.books.liability_account_id)
        self.assertEqual(self.balance(self.books.liability_account_id), 0)
        self.assertEqual(self.balance(self.books.deferred_vat_account_id), 0)

    def test_settlement_of_500_and_90(self):
        self.pay_110_by_wallet()
        move = self.books._book_settlement(self.env.cr.now().date(), 59_000, 354)
        self.assertEqual(
            self.booked(move),
            {
                self.books.bank_account_id: 58_646,
                self.books.fee_account_id: 354,
                self.books.clearing_account_id: -59_000,
            },
        )


@tagged("post_install", "-at_install")
class TestEntriesLarge(TestEntries):
    """The same in the chart of business enterprises."""

    chart = "cn_large_bis"
    codes = {**TestEntries.codes, "liability": "2204", "revenue": "6001"}
    fee_code = "6603"
