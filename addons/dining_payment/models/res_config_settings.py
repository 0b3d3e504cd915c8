from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    dining_refund_cashier_max = fields.Monetary(related="company_id.dining_refund_cashier_max", readonly=False)
    dining_refund_cashier_day_max = fields.Monetary(related="company_id.dining_refund_cashier_day_max", readonly=False)
    dining_refund_own_balance = fields.Boolean(related="company_id.dining_refund_own_balance", readonly=False)
