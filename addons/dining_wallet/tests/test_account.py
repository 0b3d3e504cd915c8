from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from .common import WalletCase


@tagged("post_install", "-at_install")
class TestAccount(WalletCase):
    def test_a_member_has_one_wallet_a_company(self):
        self.assertEqual(self.env["dining.wallet"]._of(self.member), self.wallet)
        self.assertEqual(self.balances(), (0, 0, 0))
        self.assertIsNone(self.wallet._verify())

    def test_top_up_and_spend_to_the_fen(self):
        self.top_up()
        self.assertEqual(self.balances(), (50_000, 5_000, 0))
        written = self.spend(11_000)
        self.assertEqual((written.principal_fen, written.bonus_fen), (-10_000, -1_000))
        self.assertEqual(self.balances(), (40_000, 4_000, 0))
        self.assertEqual(self.wallet.entry_ids.mapped("kind"), ["spend", "topup"])
        self.assertIsNone(self.wallet._verify())

    def test_the_last_spend_ends_exactly(self):
        self.top_up()
        for number in range(165):
            self.spend(333, key=f"spend-{number}")
        self.spend(55_000 - 165 * 333, key="last")
        self.assertEqual(self.balances(), (0, 0, 0))
        self.assertIsNone(self.wallet._verify())

    def test_the_company_chooses_what_is_taken_first(self):
        self.top_up()
        for policy, taken in (("principal_first", (-11_000, 0)), ("bonus_first", (-6_000, -5_000))):
            self.env.company.dining_wallet_policy = policy
            written = self.spend(11_000, key=policy)
            self.assertEqual((written.principal_fen, written.bonus_fen), taken)

    def test_a_repeat_gets_the_same_entry(self):
        first = self.top_up()
        self.assertEqual(self.top_up(), first)
        spent = self.spend(11_000)
        before = self.facts()
        self.assertEqual(self.spend(11_000), spent)
        self.assertEqual(self.facts(), before)

    def test_a_key_with_another_body_is_refused(self):
        self.top_up()
        self.spend(11_000)
        self.assertRefused("idempotency_key_reused", self.spend, 11_001)
        self.assertRefused("idempotency_key_reused", self.spend, 11_000, source="POS/002")
        self.assertRefused("idempotency_key_reused", self.top_up, 11_000, 0, "spend-1")
        self.assertRefused("idempotency_key_reused", self.top_up, 50_000, 6_000)

    def test_amounts_that_are_none(self):
        self.top_up()
        for amount in (0, -1, 0.5, 100.0, "100", True, None):
            self.assertRefused("wallet_amount", self.account("other").spend, amount, "x")
            self.assertRefused("wallet_amount", self.account("other").top_up, amount, 0, "x")
        self.assertRefused("wallet_amount", self.account("other").top_up, 100, -1, "x")

    def test_no_more_is_spent_than_is_there(self):
        self.top_up()
        refused = self.assertRefused("wallet_too_little", self.spend, 55_001)
        self.assertEqual(refused.message_by_language["zh"], "余额不足，可用 ¥550.00")

    def test_no_more_is_paid_in_than_the_law_allows(self):
        self.top_up(450_000, 100_000)
        self.assertRefused("wallet_full", self.top_up, 50_001, 0, "second")
        self.top_up(50_000, 0, "second")
        self.assertEqual(self.balances(), (500_000, 100_000, 0))

    def test_a_wallet_that_is_not_there_or_closed(self):
        self.assertRefused("wallet_unknown", self.account, "key", wallet=self.wallet.browse(2**30))
        self.top_up()
        self.wallet.state = "closed"
        self.assertRefused("wallet_closed", self.spend, 100)
        self.assertRefused("wallet_closed", self.top_up, 100, 0, "second")

    def test_a_spend_goes_back_to_where_it_came_from(self):
        self.top_up(10_000, 0, "first")
        self.top_up(50_000, 5_000, "second")
        spent = self.spend(21_000)
        back = self.account("return-1").give_back(spent.id, 11_000, "退菜")
        self.assertEqual((back.principal_fen, back.bonus_fen), (10_000, 1_000))
        self.assertEqual(self.wallet.lot_ids.mapped("principal_left_fen"), [0, 50_000])
        refused = self.assertRefused("wallet_returned", self.account("return-2").give_back, spent.id, 10_001, "退菜")
        self.assertEqual(refused.data["max_fen"], 10_000)
        self.account("return-2").give_back(spent.id, 10_000, "退菜")
        self.assertEqual(self.balances(), (60_000, 5_000, 0))
        self.assertIsNone(self.wallet._verify())

    def test_only_a_spend_of_this_wallet_is_given_back(self):
        top_up = self.top_up()
        self.assertRefused("wallet_entry_unknown", self.account("return").give_back, top_up.id, 100, "x")
        other = self.another_wallet()
        spent = self.spend(11_000)
        account = self.account("return", wallet=other)
        self.assertRefused("wallet_entry_unknown", account.give_back, spent.id, 100, "x")

    def test_a_lot_is_refunded_as_the_courts_reckon(self):
        self.top_up()
        self.spend(11_000)
        today = fields.Date.today()
        lot = self.wallet.lot_ids
        args = (lot.id, today - timedelta(days=60), today, "退卡")
        written, due = self.account("refund-1").refund(*args)
        self.assertEqual((due.amount_fen, written.principal_fen, written.bonus_fen), (40_000, -40_000, -4_000))
        self.assertEqual(self.balances(), (0, 0, 0))
        self.assertTrue(lot.is_closed)
        before = self.facts()
        self.assertEqual(self.account("refund-1").refund(*args), (written, due))
        self.assertEqual(self.facts(), before)
        self.assertRefused("wallet_lot_unknown", self.account("refund-2").refund, *args)
        self.assertIsNone(self.wallet._verify())

    def test_a_clock_that_was_set_back(self):
        self.top_up()
        now = fields.Datetime.now()
        with patch.object(fields.Datetime, "now", lambda: now - timedelta(seconds=3)):
            self.spend(100, key="slightly")
        self.assertIsNone(self.wallet._verify())
        with patch.object(fields.Datetime, "now", lambda: now - timedelta(minutes=3)):
            self.assertRefused("wallet_clock", self.spend, 100, "far")

    def test_three_statements(self):
        self.top_up()
        self.env.flush_all()
        with self.assertQueryCount(3):
            self.spend(11_000)

    def test_a_top_up_made_by_mistake_is_reversed(self):
        topup = self.top_up()
        reversal = self.account("undo-1").reverse(topup.id, "录错金额")
        self.assertEqual((reversal.principal_fen, reversal.bonus_fen), (-50_000, -5_000))
        self.assertEqual(self.balances(), (0, 0, 0))
        self.assertEqual(self.account("undo-1").reverse(topup.id, "录错金额"), reversal)
        self.assertRefused("wallet_entry_unknown", self.account("undo-2").reverse, topup.id, "x")
        self.assertRefused("wallet_entry_unknown", self.account("undo-3").reverse, reversal.id, "x")
        self.assertIsNone(self.wallet._verify())

    def test_a_top_up_that_was_spent_from_is_not_reversed(self):
        topup = self.top_up()
        spent = self.spend(1)
        self.assertRefused("wallet_spent", self.account("undo-1").reverse, topup.id, "x")
        self.assertRefused("wallet_entry_unknown", self.account("undo-2").reverse, spent.id, "x")
