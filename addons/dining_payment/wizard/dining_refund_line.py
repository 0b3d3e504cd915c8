from odoo import api, fields, models


class DiningRefundLine(models.TransientModel):
    _name = "dining.refund.line"
    _description = "Dish of a refund"

    refund_id = fields.Many2one("dining.refund", required=True, ondelete="cascade")
    line_id = fields.Many2one("pos.order.line", required=True, readonly=True)
    currency_id = fields.Many2one(related="refund_id.currency_id")
    name = fields.Char(related="line_id.full_product_name")
    ordered = fields.Float("On the order", compute="_compute_ordered", digits=(16, 0))
    portions = fields.Float("Give back", digits=(16, 0))
    amount = fields.Monetary(compute="_compute_amount")

    @api.depends("line_id")
    def _compute_ordered(self):
        for line in self:
            line.ordered = line.line_id.qty - line.line_id.refunded_qty

    @api.depends("portions", "line_id")
    def _compute_amount(self):
        for line in self:
            each = line.line_id.price_subtotal_incl / line.line_id.qty if line.line_id.qty else 0
            line.amount = each * line.portions
