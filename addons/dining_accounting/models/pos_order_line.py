from odoo import models


class PosOrderLine(models.Model):
    _inherit = "pos.order.line"

    def _prepare_base_line_for_taxes_computation(self):
        """What takes something off a sale, such as the bonus of stored value or a coupon, lessens revenue and VAT, and
        what puts it back on a refund lessens the refund.

        Odoo takes a line for a refund by its sign alone, and would book these beside what they belong to.
        """
        base_line = super()._prepare_base_line_for_taxes_computation()
        order = self.order_id
        if order.config_id.is_dining and (self.price_unit < 0 or self.dining_charge == "bonus"):
            base_line["is_refund"] = order.is_refund
        return base_line
