from collections import Counter
from uuid import uuid4

from odoo.addons.dining_accounting.services.posting import post_entries
from odoo.addons.dining_payment.tests.common import DiningPayCase
from odoo.addons.dining_rules.money import fen
from odoo.addons.dining_wallet.services.account import Account


class BooksCase(DiningPayCase):
    """A store whose books are set up, a dish of 110.00, and Alice's wallet of 500.00 and 50.00."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.books = cls.env["dining.books"]._of(cls.company)
        lines = cls.tax.invoice_repartition_line_ids + cls.tax.refund_repartition_line_ids
        lines.filtered(lambda line: line.repartition_type == "tax").account_id = cls.books.output_vat_account_id
        cls.banquet = cls._dish("Banquet", 110.0)
        cls.wallet = cls._open_wallet(cls.alice)
        cls.partner = cls.wallet.member_id.partner_id
        cls.env.flush_all()
        cls.env.cr.precommit.run()  # the menu with the dish

    def account(self, key, wallet=None):
        return Account(self.env, (wallet or self.wallet).id, key=key, source="test")

    def post(self, until=None):
        moves = post_entries(self.env, self.company, until)
        self.env.flush_all()
        return moves

    def close(self, cash=0.0):
        """Close the register; returns what it booked."""
        self.pos_session.post_closing_cash_details(cash)
        self.pos_session.update_closing_control_state_session("")
        answer = self.pos_session.close_session_from_ui()
        self.assertTrue(answer.get("successful"), answer)
        return self.pos_session._get_related_account_moves()

    def code(self, account):
        return account.with_company(self.company).code

    def booked(self, moves, *, by_partner=False):
        """{account: debit − credit in fen} of posted entries; or {(account, partner): …}."""
        self.assertEqual(set(moves.mapped("state")), {"posted"})
        sums = Counter()
        for line in moves.line_ids:
            sums[(line.account_id, line.partner_id) if by_partner else line.account_id] += fen(line.balance)
        return {key: amount for key, amount in sums.items() if amount}

    def balance(self, account):
        self.env.flush_all()
        lines = self.env["account.move.line"].search(
            [("account_id", "=", account.id), ("parent_state", "=", "posted"), ("company_id", "=", self.company.id)]
        )
        return sum(fen(line.balance) for line in lines)

    def new_key(self):
        return str(uuid4())

    def books_facts(self):
        """What a refusal must leave as it was, of the books."""
        self.env.flush_all()
        self.env.cr.execute(
            """SELECT (SELECT array_agg((id, state, date) ORDER BY id)::text FROM account_move),
                      (SELECT array_agg((id, account_id, balance) ORDER BY id)::text FROM account_move_line),
                      (SELECT array_agg((id, entry_id, move_id) ORDER BY id)::text FROM dining_wallet_booking),
                      (SELECT array_agg((b.*) ORDER BY id)::text FROM dining_books b)"""
        )
        return self.env.cr.fetchone()
