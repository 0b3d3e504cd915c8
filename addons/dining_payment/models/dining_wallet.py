from odoo import api, fields, models


class DiningWallet(models.Model):
    _inherit = "dining.wallet"

    dining_refund_ids = fields.One2many("dining.balance.refund", "wallet_id", "Refunds of the balance", readonly=True)
    dining_refund_count = fields.Integer("Refunds", compute="_compute_dining_refund_count")

    @api.depends("dining_refund_ids")
    def _compute_dining_refund_count(self):
        for wallet in self:
            wallet.dining_refund_count = len(wallet.dining_refund_ids)
