from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    dining_wallet_policy = fields.Selection(related="company_id.dining_wallet_policy", readonly=False)
    dining_wallet_max = fields.Monetary(related="company_id.dining_wallet_max", readonly=False)
    dining_wallet_confirm_above = fields.Monetary(related="company_id.dining_wallet_confirm_above", readonly=False)
    dining_wallet_vat_permille = fields.Integer(related="company_id.dining_wallet_vat_permille", readonly=False)
    dining_wallet_invoice_policy = fields.Selection(related="company_id.dining_wallet_invoice_policy", readonly=False)
    dining_wallet_cooling_off_days = fields.Integer(related="company_id.dining_wallet_cooling_off_days", readonly=False)
