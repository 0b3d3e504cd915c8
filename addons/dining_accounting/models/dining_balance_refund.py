from odoo import models


class DiningBalanceRefund(models.Model):
    _inherit = "dining.balance.refund"

    def _dining_counter_account(self):
        """Where the money of a refund that WeChat did not return went out.

        Cash that was taken out of a register is booked by the register's own line; this is the other side of it.
        """
        if self.statement_line_id:
            _liquidity, suspense, other = self.statement_line_id._seek_for_lines()
            return (suspense | other).account_id[:1]
        books = self.env["dining.books"]._of(self.company_id)
        bank = self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", self.company_id.id)], order="sequence, id", limit=1
        )
        return books.bank_account_id or bank.default_account_id
