from odoo import api, models


class PosPaymentMethod(models.Model):
    _inherit = "pos.payment.method"

    @api.model
    def _dining_clearing_account(self, company):
        """The one that the books have, while no payment method has it: top-ups are cleared where meals are."""
        books = self.env["dining.books"].search([("company_id", "=", company.id)])
        account = books.clearing_account_id
        if account and not self.search_count([("outstanding_account_id", "=", account.id)], limit=1):
            return account
        return super()._dining_clearing_account(company)
