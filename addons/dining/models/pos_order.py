from odoo import api, fields, models


class PosOrder(models.Model):
    _inherit = "pos.order"

    #: Odoo's states in a restaurant's words.
    dining_bill = fields.Selection(
        [("open", "Not paid"), ("paid", "Paid"), ("booked", "Booked"), ("cancelled", "Cancelled")],
        "Bill",
        compute="_compute_dining_bill",
    )

    @api.depends("state")
    def _compute_dining_bill(self):
        bills = {"draft": "open", "paid": "paid", "done": "booked", "cancel": "cancelled"}
        for order in self:
            order.dining_bill = bills.get(order.state)
