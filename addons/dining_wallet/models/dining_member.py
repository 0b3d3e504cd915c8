from odoo import api, fields, models


class DiningMember(models.Model):
    _inherit = "dining.member"

    dining_wallet_ids = fields.One2many("dining.wallet", "member_id", "Wallet", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    dining_wallet_available = fields.Monetary("Stored value", compute="_compute_dining_wallet_available")

    @api.depends("dining_wallet_ids.available")
    def _compute_dining_wallet_available(self):
        for member in self:
            member.dining_wallet_available = sum(member.dining_wallet_ids.mapped("available"))

    def action_dining_wallet(self):
        """Button: the member's wallet, opened with the first look at it."""
        self.ensure_one()
        self.check_access("read")
        # sudo: whoever may see the member may see the wallet; it holds nothing yet where it is made here
        wallet = self.env["dining.wallet"].sudo()._of(self)
        action = self.env["ir.actions.act_window"]._for_xml_id("dining_wallet.dining_wallet_action")
        return {**action, "view_mode": "form", "views": [(False, "form")], "res_id": wallet.id}
