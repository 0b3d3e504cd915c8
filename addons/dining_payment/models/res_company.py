from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    dining_refund_cashier_max = fields.Monetary(
        "Most of a balance a cashier refunds at once", default=0, help="0: cashiers ask, a manager approves."
    )
    dining_refund_cashier_day_max = fields.Monetary(
        "Most of balances a cashier refunds in a day", default=0, help="Of one cashier, since midnight."
    )
    dining_refund_own_balance = fields.Boolean(
        "One person refunds balances",
        help="Whoever asks for the refund of a balance may approve it. Off: it takes another manager.",
    )

    _dining_refund_limits = models.Constraint(
        "CHECK (dining_refund_cashier_max >= 0 AND dining_refund_cashier_day_max >= 0)",
        "A cashier's limits are 0 or more.",
    )
