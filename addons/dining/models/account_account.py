from odoo import api, fields, models


class AccountAccount(models.Model):
    _inherit = "account.account"

    dining_is_clearing = fields.Boolean(
        "Holds money that is with WeChat",
        compute="_compute_dining_is_clearing",
        search="_search_dining_is_clearing",
    )

    def _compute_dining_is_clearing(self):
        clearing = self._dining_clearing_accounts()
        for account in self:
            account.dining_is_clearing = account in clearing

    @api.model
    def _search_dining_is_clearing(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("id", "in" if True in value else "not in", self._dining_clearing_accounts().ids)]

    @api.model
    def _dining_clearing_accounts(self):
        # sudo: which accounts these are follows from the register's payment methods, whose provider is a secret
        methods = self.env["pos.payment.method"].sudo().search([("dining_provider_id", "!=", False)])
        return methods.outstanding_account_id
