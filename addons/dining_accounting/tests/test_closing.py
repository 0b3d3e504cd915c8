from odoo.addons.dining_rules.money import fen
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common import BooksCase


@tagged("post_install", "-at_install")
class TestClosing(BooksCase):
    """What members paid from their wallets, in the session's own entry."""

    def test_each_member_has_items_of_their_own(self):
        others = self._open_wallet(self.bob, 3_000, 0)
        order = self.order(self.banquet)
        self.pay_by_wallet(order, amount_fen=5_500)
        self.pay_by_wallet(order, self.bob, amount_fen=3_000)
        self.sync(self.paid_at_register(order, 25.0))
        self.table_session = self.join()
        again = self.order(self.banquet)
        self.pay_by_wallet(again)
        move = self.close(cash=25.0).filtered(lambda move: move == self.pos_session.move_id)
        liability, deferred = self.books.liability_account_id, self.books.deferred_vat_account_id
        booked = self.booked(move, by_partner=True)
        # 50.00 + 100.00 of Alice's principal in one item, 30.00 of Bob's
        self.assertEqual(
            {key: booked[key] for key in booked if key[1]},
            {
                (liability, self.partner): 15_000 - 849, (deferred, self.partner): 849,
                (liability, others.member_id.partner_id): 2_830, (deferred, others.member_id.partner_id): 170,
            },
        )  # fmt: skip
        receivable = self.partner.with_company(self.company).property_account_receivable_id
        self.assertFalse(move.line_ids.filtered(lambda line: line.account_id == receivable and line.partner_id))
        for entry in (self.wallet | others).entry_ids.filtered(lambda entry: entry.kind == "spend"):
            self.assertEqual(entry.dining_move_id, move)
            self.assertEqual(entry.dining_booking_ids.liability_line_id.account_id, liability)
            self.assertEqual(entry.dining_booking_ids.vat_line_id.account_id, deferred)
            self.assertEqual(entry.dining_booking_ids.liability_line_id.partner_id, entry.member_id.partner_id)

    def test_a_spend_that_left_the_order_is_not_booked(self):
        order = self.order(self.banquet)
        self.pay_by_wallet(order, amount_fen=5_500)
        order.action_dining_return_payments()
        self.env.invalidate_all()
        self.sync(self.paid_at_register(order, 110.0))
        self.close(cash=110.0)
        self.assertEqual(self.balance(self.books.liability_account_id), 0)
        self.assertFalse(self.wallet.entry_ids.dining_booking_ids)

    def test_money_that_goes_back_to_the_wallet(self):
        order = self.order(self.banquet)
        self.pay_by_wallet(order)
        spent = order.payment_ids.dining_wallet_entry_id
        refund = order._dining_refund("退菜")
        back = refund.payment_ids.dining_wallet_entry_id
        self.assertEqual((back.kind, back.principal_fen, back.bonus_fen), ("return", 10_000, 1_000))
        move = self.close()
        self.assertEqual(self.booked(move), {})
        self.assertEqual((spent | back).dining_move_id, move)
        # Sale and refund stand apart, each net of its bonus; the member's items cancel out and none is written.
        self.assertEqual(sorted(fen(line.balance) for line in move.line_ids), [-9_434, -566, 566, 9_434])
        self.assertFalse(move.line_ids.partner_id)

    def test_a_part_goes_back_after_the_close(self):
        order = self.order(self.banquet)
        self.pay_by_wallet(order)
        self.close()
        self.store.open_ui()
        self.pos_session = self.store.current_session_id
        self.pos_session.set_opening_control(0, "")
        order._dining_refund("送餐慢", amount_fen=5_500)
        move = self.close()
        # 50.00 of the principal: what had arisen of 100.00 as VAT, 5.66, is now what is within 50.00, 2.83.
        self.assertEqual(
            self.booked(move),
            {
                self.books.liability_account_id: -(5_000 - 283), self.books.deferred_vat_account_id: -283,
                self.books.revenue_account_id: 5_000 - 283, self.books.output_vat_account_id: 283,
            },
        )  # fmt: skip

    def test_all_bonus_books_nothing(self):
        self.company.dining_wallet_policy = "bonus_first"
        order = self.order(self.tea)
        self.pay_by_wallet(order)
        self.assertEqual(order.state, "paid")
        self.assertEqual(self.booked(self.close()), {})

    @mute_logger("odoo.sql_db")
    def test_an_entry_is_booked_once(self):
        self.pay_by_wallet(self.order(self.banquet))
        move = self.close()
        booking = self.wallet.entry_ids.dining_booking_ids
        self.assertEqual(len(booking), 1)
        before = self.books_facts()
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            booking.create({"entry_id": booking.entry_id.id, "company_id": self.company.id, "move_id": move.id})
            self.env.flush_all()
        self.assertEqual(self.books_facts(), before)

    def test_a_sale_with_stored_value_invoiced_at_the_top_up_gets_no_invoice(self):
        order = self.order(self.banquet)
        self.pay_by_wallet(order)
        order.partner_id = self.partner
        before = self.books_facts()
        self.refused("invoice_at_topup", order.action_pos_order_invoice)
        self.assertEqual((self.books_facts(), order.state), (before, "paid"))

    def test_an_invoice_is_paid_by_stored_value(self):
        order = self.order_to_invoice()
        order.action_pos_order_invoice()
        self.assertEqual(order.account_move.payment_state, "paid")
        self.check_invoiced(order)
        self.close()
        self.check_invoiced(order)

    def test_an_invoice_after_the_close(self):
        order = self.order_to_invoice()
        self.close()
        spent = order.payment_ids.dining_wallet_entry_id
        self.assertEqual(spent.dining_move_id, self.pos_session.move_id)
        order.action_pos_order_invoice()
        self.assertEqual(order.account_move.payment_state, "paid")
        self.check_invoiced(order)
        self.assertEqual(spent.dining_move_id, self.pos_session.move_id)

    def order_to_invoice(self):
        self.company.dining_wallet_invoice_policy = "spend"
        self.wallet = self._open_wallet(self.bob)
        self.partner = self.wallet.member_id.partner_id
        order = self.order(self.banquet)
        self.pay_by_wallet(order, self.bob)
        order.partner_id = self.partner
        return order.with_context(generate_pdf=False)

    def check_invoiced(self, order):
        """The sale stands in the books once, and the member's receivable is settled."""
        self.assertEqual(self.balance(self.books.liability_account_id), 9_434)
        self.assertEqual(self.balance(self.books.deferred_vat_account_id), 566)
        self.assertEqual(self.balance(self.books.revenue_account_id), -9_434)
        self.assertEqual(self.balance(self.books.output_vat_account_id), -566)
        self.assertEqual(self.balance(self.partner.with_company(self.company).property_account_receivable_id), 0)


@tagged("post_install", "-at_install")
class TestBooks(BooksCase):
    """The accounts."""

    def test_the_accountant_changes_them_until_something_is_booked(self):
        other = self.books.liability_account_id.copy({"company_ids": [Command.set(self.company.ids)]})
        self.books.liability_account_id = other
        self.post()
        before = self.books_facts()
        for name in ("liability_account_id", "deferred_vat_account_id"):
            with self.assertRaisesRegex(Exception, "stays"):
                self.books.write({name: self.books.fee_account_id.id})
        self.assertEqual(self.books_facts(), before)

    def test_accounts_that_cannot_be(self):
        before = self.books_facts()
        for account, words in (
            (self.books.deferred_vat_account_id, "account each"),
            (self.books.fee_account_id, "reconciliation"),
        ):
            with self.assertRaisesRegex(Exception, words), self.env.cr.savepoint():
                self.books.liability_account_id = account
            self.env.invalidate_all()
        self.assertEqual(self.books_facts(), before)

    def test_a_payout_that_cannot_be(self):
        day = self.env.cr.now().date()
        before = self.books_facts()
        for amount, fee in ((0, 0), (-1, 0), (100, 101), (100, -1)):
            with self.assertRaisesRegex(Exception, "more than nothing"):
                self.books._book_settlement(day, amount, fee)
        self.books.bank_account_id = False
        before = self.books_facts()
        with self.assertRaisesRegex(Exception, "which bank"):
            self.books._book_settlement(day, 100, 1)
        self.assertEqual(self.books_facts(), before)

    def test_a_sales_tax_moves_to_its_sub_account(self):
        chart = self.env["account.tax"].search(
            [("company_id", "=", self.company.id), ("type_tax_use", "=", "sale"), ("amount", "=", 13)], limit=1
        )
        tax = chart.copy({"name": "13 % of wine"})
        self.books._book_sales_tax(tax)
        booked = (tax.invoice_repartition_line_ids + tax.refund_repartition_line_ids).account_id
        self.assertEqual(booked, self.books.output_vat_account_id)
        tax.invoice_repartition_line_ids.filtered("account_id").account_id = self.books.fee_account_id
        self.books._book_sales_tax(tax)
        self.assertIn(self.books.fee_account_id, tax.invoice_repartition_line_ids.account_id)

    def test_wechat_clears_on_one_account(self):
        company = self.env["res.company"].create({"name": "Another", "country_id": self.env.ref("base.cn").id})
        self.env["account.chart.template"].try_loading("cn_large_bis", company, install_demo=False)
        books = self.env["dining.books"]._of(company)
        methods = self.env["pos.payment.method"].with_company(company).sudo()
        self.assertEqual(methods._dining_clearing_account(company), books.clearing_account_id)
        self.assertEqual(books.liability_account_id.with_company(company).code[:4], "2204")
        self.assertEqual(books.liability_account_id.with_context(lang="zh_CN").name, "合同负债—会员储值")
