from collections import Counter

from odoo.addons.dining_rules.money import fen
from odoo.tests import tagged

from .common import DiningPayCase


@tagged("post_install", "-at_install")
class TestClose(DiningPayCase):
    """The day's close, to the fen, in the Chinese chart."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vat_account = cls.env["account.account"].search(
            [("code", "=", "2221"), ("company_ids", "in", cls.company.ids)], limit=1
        ) or cls.env["account.account"].with_company(cls.company).search([("code", "=like", "2221%")], limit=1)
        lines = cls.tax.invoice_repartition_line_ids + cls.tax.refund_repartition_line_ids
        lines.filtered(lambda line: line.repartition_type == "tax").account_id = cls.vat_account

    def booked(self):
        """What the closed session booked: {account code: debit − credit in fen}."""
        moves = self.pos_session._get_related_account_moves()
        self.assertEqual(set(moves.mapped("state")), {"posted"})
        sums = Counter()
        for line in moves.line_ids:
            sums[line.account_id.with_company(self.company).code] += fen(line.balance)
        return {code: amount for code, amount in sums.items() if amount}

    def test_cash_and_wechat(self):
        first = self.order(self.chicken, self.tea)
        self.pay(first)
        other = self.env["dining.table.session"].sudo()._join(self.store.id, self.other_table.dining_code, self.bob)
        self.add(other, self.noodles, options=self.large, user=self.bob)
        self.add(other, self.tea, user=self.bob)
        second = self.env["pos.order"].browse(self.place(other, self.bob).order_id)
        self.sync(self.paid_at_register(second, 58.5))
        self.assertEqual((first.state, second.state), ("paid", "paid"))

        closed = self.pos_session.with_user(self.env.user)
        closed.post_closing_cash_details(58.5)
        closed.update_closing_control_state_session("")
        answer = closed.close_session_from_ui()
        self.assertTrue(answer.get("successful"), answer)
        self.assertEqual(self.pos_session.state, "closed")

        # 100.50 by WeChat and 58.50 in cash, 6 % inside: each line's tax is rounded by itself.
        # 88.00 = 83.02 + 4.98, 12.50 = 11.79 + 0.71 (twice), 46.00 = 43.40 + 2.60
        cash = self.cash.journal_id.default_account_id.with_company(self.company).code
        clearing = self.wechat_method.outstanding_account_id.with_company(self.company).code
        revenue = self.company.income_account_id.with_company(self.company).code
        vat = self.vat_account.with_company(self.company).code
        self.assertEqual(
            self.booked(),
            {cash: 5850, clearing: 10050, revenue: -(8302 + 1179 + 4340 + 1179), vat: -(498 + 71 + 260 + 71)},
        )
        self.assertEqual((clearing[:4], revenue, vat), ("1012", "500100", "222100"))
