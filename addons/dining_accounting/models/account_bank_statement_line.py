from odoo import api, models
from odoo.addons.dining_rules.bookkeeping import COUNTER

from ..services.posting import item, link


class AccountBankStatementLine(models.Model):
    """Cash of top-ups: the till's own entry is that of the top-up, on the liability and the deferred VAT at once."""

    _inherit = "account.bank.statement.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        for line in lines.filtered("dining_wallet_entry_id"):
            books = self.env["dining.books"]._of(line.company_id)
            items = line.move_id.line_ids.grouped("account_id")
            roles = line.dining_wallet_entry_id._dining_entry()
            places = {role: items[books._account(role)] for role in roles if role != COUNTER}
            link(line.move_id, {line.dining_wallet_entry_id: places})
        return lines

    def _prepare_move_line_default_vals(self, counterpart_account_id=None):
        values = super()._prepare_move_line_default_vals(counterpart_account_id)
        entry = self.dining_wallet_entry_id
        if not entry:
            return values
        books = self.env["dining.books"]._of(self.company_id)
        counterparts = [
            item(self.move_id, books._account(role), amount, self.partner_id, self.payment_ref)
            for role, amount in entry._dining_entry().items()
            if role != COUNTER
        ]
        return [values[0], *counterparts]
