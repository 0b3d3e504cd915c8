"""The payout of a day: typed or from the bill, booked once, taken back by a further entry."""

from datetime import timedelta

from odoo.addons.dining_rules.money import fen
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .bills_common import BillsCase


@tagged("post_install", "-at_install")
class TestSettlement(BillsCase):
    def payout(self, **values):
        model = self.env["dining.settlement"].with_user(self.accountant).with_company(self.company)
        return model.create({"company_id": self.company.id, "day": self.day, "amount": 590.0, "fee": 3.54, **values})

    def test_500_and_90(self):
        payout = self.payout()
        self.assertEqual(fen(payout.net), 58_646)
        payout.action_book()
        books = self.books
        self.assertEqual(
            self.booked(payout.sudo().move_id),
            {books.bank_account_id: 58_646, books.fee_account_id: 354, books.clearing_account_id: -59_000},
        )
        self.assertEqual((payout.state, payout.sudo().move_id.date), ("booked", self.day))

    def test_once_a_day(self):
        first, second = self.payout(), self.payout()
        first.action_book()
        before = self.books_facts()
        for settlement in (first, second):
            with self.assertRaises(UserError):
                settlement.action_book()
        self.assertEqual((self.books_facts(), second.state), (before, "draft"))

    def test_what_cannot_be(self):
        before = self.books_facts()
        for values in ({"amount": 0}, {"amount": -1}, {"fee": 591}, {"fee": -1}):
            payout = self.payout(**values)
            with self.assertRaises(UserError):
                payout.action_book()
            self.assertEqual(payout.state, "draft")
        self.assertEqual(self.books_facts(), before)

    def test_reversed_and_booked_anew(self):
        payout = self.payout()
        with self.assertRaises(UserError):
            payout.action_reverse()
        payout.action_book()
        before = self.books_facts()
        with self.assertRaises(UserError):
            payout.action_reverse()  # no reason
        for change in ({"amount": 1}, {"fee": 1}, {"day": self.day - timedelta(days=1)}):
            with self.assertRaises(UserError):
                payout.write(change)
        with self.assertRaises(UserError):
            payout.unlink()
        self.assertEqual(self.books_facts(), before)
        payout.reversal_reason = "金额录错"
        payout.action_reverse()
        self.assertEqual(payout.state, "reversed")
        both = payout.sudo().move_id + payout.sudo().reversal_move_id
        self.assertEqual(self.booked(both), {})
        again = self.payout(amount=590.0)
        again.action_book()
        self.assertEqual(again.state, "booked")

    def test_from_the_bill(self):
        self.paid_banquet()
        self.next_morning()
        payout = self.payout(day=self.day + timedelta(days=1), amount=0, fee=0)
        with self.assertRaises(UserError):
            payout.action_from_bill()
        self.assertEqual(fen(payout.amount), 0)
        self.compare()
        payout.action_from_bill()
        self.assertEqual((fen(payout.amount), fen(payout.fee), fen(payout.net)), (11_000, 66, 10_934))

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_whose_it_is(self):
        before = self.books_facts()
        with self.assertRaises(AccessError):
            self.payout().with_user(self.cashier).action_book()
        self.assertEqual(self.books_facts(), before)


@tagged("post_install", "-at_install")
class TestSettlementLarge(TestSettlement):
    """The same in the chart of business enterprises."""

    chart = "cn_large_bis"
