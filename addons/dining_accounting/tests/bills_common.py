from datetime import timedelta

from odoo import fields
from odoo.addons.dining_rules.money import fen
from odoo.tests import new_test_user

from .common import BooksCase


class BillsCase(BooksCase):
    """A day on which Alice pays 110.00 for a banquet by WeChat, at the simulator's bill office."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = new_test_user(
            cls.env, "bills-accountant", groups="account.group_account_user", company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )  # fmt: skip

    def setUp(self):
        super().setUp()
        self.day = fields.Date.from_string(self.control("clock")["time"][:10])

    def paid_banquet(self):
        order = self.order(self.banquet)
        payment = self.pay(order)
        return order, self.tx(payment)

    def next_morning(self, days=1):
        """Half past ten, when the bills are there."""
        self.control("clock", {"now": f"{self.day + timedelta(days=days)}T10:30:00+08:00"})

    def compare(self, day=None):
        """Fetch and compare; returns {scope: record}."""
        self.env.flush_all()
        self.env["dining.reconciliation"]._reconcile_day(self.company, day or self.day)
        self.env.invalidate_all()
        records = self.env["dining.reconciliation"].search(
            [("company_id", "=", self.company.id), ("day", "=", day or self.day), ("scope", "!=", "wallets")]
        )
        self.assertEqual(len(records), 2)
        return {record.scope: record for record in records}

    def told(self, record):
        return (record.state, fen(record.expected), fen(record.found), fen(record.difference))

    def lines(self, record, state="open"):
        lines = record.line_ids.filtered(lambda line: line.state == state)
        return sorted((line.kind, line.number, fen(line.expected), fen(line.found)) for line in lines)
