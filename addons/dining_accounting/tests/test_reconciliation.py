from odoo.addons.dining_rules.money import fen
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import BooksCase


@tagged("post_install", "-at_install")
class TestReconciliation(BooksCase):
    """R1: wallets and books, to the fen."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = new_test_user(
            cls.env, "books-accountant", groups="account.group_account_user", company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )  # fmt: skip

    def reconcile(self):
        record = self.env["dining.reconciliation"]._reconcile(self.company)
        self.env.flush_all()
        return record

    def told(self, record):
        names = ("wallets", "in_registers", "expected", "found", "difference")
        return (record.state, *(fen(record[name]) for name in names))

    def lines(self):
        lines = self.env["dining.reconciliation.line"].search([("company_id", "=", self.company.id)])
        return {(line.kind, line.partner_id): (fen(line.expected), fen(line.found), line.state) for line in lines}

    def tamper(self, text, *values):
        self.env.flush_all()
        self.env.cr.execute(text, values)
        self.env.invalidate_all()

    def test_a_top_up_is_booked_and_agrees(self):
        record = self.reconcile()
        self.assertEqual(self.told(record), ("balanced", 50_000, 0, 50_000, 50_000, 0))
        self.assertFalse(record.line_ids)
        self.assertTrue(self.wallet.entry_ids.dining_move_id)

    def test_what_is_spent_in_an_open_register_is_not_booked_yet(self):
        self.pay_by_wallet(self.order(self.banquet))
        self.assertEqual(self.told(self.reconcile()), ("balanced", 40_000, -10_000, 50_000, 50_000, 0))
        self.close()
        self.assertEqual(self.told(self.reconcile()), ("balanced", 40_000, 0, 40_000, 40_000, 0))

    def test_what_came_back_before_the_close_needs_no_booking(self):
        order = self.order(self.banquet)
        self.pay_by_wallet(order, amount_fen=5_500)
        order.action_dining_return_payments()
        self.assertEqual(self.told(self.reconcile()), ("balanced", 50_000, 0, 50_000, 50_000, 0))

    def test_a_whole_life_agrees_at_each_step(self):
        lot = self.wallet.lot_ids
        for step in (
            lambda: self.pay_by_wallet(self.order(self.banquet), amount_fen=3_333),
            lambda: self.account("back").give_back(
                self.wallet.entry_ids.filtered(lambda e: e.kind == "spend")[:1].id, 1_111, "退"
            ),
        ):
            step()
        # The return is on no order: told, and nothing else.
        record = self.reconcile()
        self.assertEqual((record.state, fen(record.difference)), ("differs", -1_010))
        self.assertEqual(list(self.lines()), [("no_order", self.partner)])
        self.account("refund").refund(lot.id, lot.bought_at.date(), lot.bought_at.date(), "退卡")
        again = self.reconcile()
        self.assertEqual((again.state, fen(again.difference), fen(again.wallets)), ("differs", -1_010, 0))

    def test_a_wallet_that_was_changed_in_the_database(self):
        self.reconcile()
        self.tamper("UPDATE dining_wallet SET principal_fen = principal_fen + 1 WHERE id = %s", self.wallet.id)
        record = self.reconcile()
        self.assertEqual(self.told(record), ("differs", 50_001, 0, 50_001, 50_000, -1))
        self.assertEqual(self.lines(), {("wallet", self.partner): (50_000, 50_001, "open")})
        self.assertTrue(record.activity_ids.filtered(lambda activity: activity.user_id == self.accountant))
        self.tamper("UPDATE dining_wallet SET principal_fen = principal_fen - 1 WHERE id = %s", self.wallet.id)
        self.assertEqual(self.reconcile().state, "balanced")
        self.assertEqual(self.lines(), {("wallet", self.partner): (50_000, 50_001, "solved")})

    def test_an_item_by_hand(self):
        self.reconcile()
        nobody = self.env["res.partner"]
        move = self.env["account.move"].create(
            {
                "journal_id": self.books.journal_id.id,
                "line_ids": [
                    (0, 0, {"account_id": self.books.liability_account_id.id, "balance": 0.01}),
                    (0, 0, {"account_id": self.books.fee_account_id.id, "balance": -0.01}),
                ],
            }
        )
        self.assertEqual(self.reconcile().state, "balanced")  # a draft is not in the books
        move.action_post()
        self.assertEqual(self.told(self.reconcile()), ("differs", 50_000, 0, 50_000, 49_999, -1))
        self.assertEqual(self.lines(), {("books", nobody): (0, -1, "open")})

    def test_two_members_whose_differences_cancel_out(self):
        other = self._open_wallet(self.bob, 3_000, 0)
        self.reconcile()
        booked = self.wallet.entry_ids.dining_booking_ids.liability_line_id
        anothers = other.member_id.partner_id
        self.tamper("UPDATE account_move_line SET partner_id = %s WHERE id = %s", anothers.id, booked.id)
        record = self.reconcile()
        self.assertEqual(self.told(record), ("differs", 53_000, 0, 53_000, 53_000, 0))
        self.assertEqual(
            self.lines(),
            {
                ("books", self.partner): (50_000, 2_830, "open"),
                ("books", anothers): (3_000, 50_170, "open"),
            },
        )

    def test_an_entry_that_was_reset_to_draft(self):
        self.reconcile()
        self.wallet.entry_ids.dining_move_id.button_draft()
        self.assertEqual(self.told(self.reconcile()), ("differs", 50_000, 0, 50_000, 0, -50_000))
        self.assertEqual(self.lines(), {("books", self.partner): (50_000, 0, "open")})

    def test_owner_and_note_stay_until_it_changes(self):
        self.reconcile()
        self.tamper("UPDATE dining_wallet SET principal_fen = principal_fen + 1 WHERE id = %s", self.wallet.id)
        line = self.reconcile().line_ids.with_user(self.accountant)
        line.write({"user_id": self.accountant.id, "state": "explained", "note": "known"})
        again = self.reconcile().line_ids
        self.assertEqual((again, again.state, again.note), (line.with_env(again.env), "explained", "known"))
        self.assertTrue(line.proposal)
        self.tamper("UPDATE dining_wallet SET principal_fen = principal_fen + 1 WHERE id = %s", self.wallet.id)
        self.assertEqual((self.reconcile().line_ids.state, line.note), ("open", "known"))

    def test_what_was_found_is_not_edited(self):
        self.reconcile()
        self.tamper("UPDATE dining_wallet SET principal_fen = principal_fen + 1 WHERE id = %s", self.wallet.id)
        line = self.reconcile().line_ids
        with self.assertRaises(AccessError):
            line.with_user(self.accountant).write({"found": 500})
        self.assertEqual(fen(line.found), 50_001)

    def test_the_button(self):
        records = self.env["dining.reconciliation"].with_user(self.accountant)
        action = records.with_context(allowed_company_ids=self.company.ids).action_reconcile()
        self.assertEqual(records.browse(action["res_id"]).state, "balanced")

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_who_may_not(self):
        before = self.books_facts()
        reader = new_test_user(self.env, "books-reader", groups="account.group_account_readonly")
        for user in (self.cashier, reader):
            with self.assertRaises(AccessError):
                self.env["dining.reconciliation"].with_user(user).action_reconcile()
        self.assertEqual(self.books_facts(), before)

    def test_every_company(self):
        self.env["dining.reconciliation"]._reconcile_all()
        self.assertEqual(
            self.env["dining.reconciliation"].search([("company_id", "=", self.company.id)]).state, "balanced"
        )


@tagged("post_install", "-at_install")
class TestRollforward(BooksCase):
    """What members had, paid in and spent in a month, and what the books say of it."""

    def rows(self):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env["dining.wallet.rollforward"].search([("company_id", "=", self.company.id)], order="month, id")

    def figures(self, rows):
        names = ("opening", "topup", "spend", "refund", "adjustment", "closing", "books", "difference")
        return tuple(sum(fen(row[name]) for row in rows) for name in names)

    def test_a_month(self):
        self.pay_by_wallet(self.order(self.banquet))
        rows = self.rows()
        self.assertEqual(self.figures(rows), (0, 50_000, -10_000, 0, 0, 40_000, 0, -40_000))
        self.post()
        self.close()
        rows = self.rows()
        self.assertEqual(self.figures(rows), (0, 50_000, -10_000, 0, 0, 40_000, 40_000, 0))
        self.assertEqual(rows.partner_id, self.partner)
        by_store = rows.grouped("config_id")
        self.assertEqual(self.figures(by_store[self.store]), (0, 0, -10_000, 0, 0, -10_000, -10_000, 0))
        lot = self.wallet.lot_ids
        self.account("refund").refund(lot.id, lot.bought_at.date(), lot.bought_at.date(), "退卡")
        self.post()
        self.assertEqual(self.figures(self.rows()), (0, 50_000, -10_000, -40_000, 0, 0, 0, 0))
        self.account("undo").reverse(self.wallet.entry_ids[:1].id, "退错")
        self.post()
        self.assertEqual(self.figures(self.rows()), (0, 50_000, -10_000, -40_000, 40_000, 40_000, 40_000, 0))

    def test_a_month_begins_with_what_the_last_one_ended(self):
        self.post()
        self.env.cr.execute("ALTER TABLE dining_wallet_entry DISABLE TRIGGER dining_wallet_entry_no_change")
        self.env.cr.execute(
            "UPDATE dining_wallet_entry SET at = at - interval '2 months' WHERE id = %s", (self.wallet.entry_ids.id,)
        )
        rows = self.rows()
        self.assertEqual(len(rows), 3)
        first, second, third = rows
        self.assertEqual(self.figures(first), (0, 50_000, 0, 0, 0, 50_000, 0, -50_000))
        self.assertEqual(self.figures(second), (50_000, 0, 0, 0, 0, 50_000, 0, -50_000))
        self.assertEqual(self.figures(third), (50_000, 0, 0, 0, 0, 50_000, 50_000, 0))
