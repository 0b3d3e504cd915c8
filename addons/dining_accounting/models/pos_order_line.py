from odoo import models


class PosOrderLine(models.Model):
    _inherit = "pos.order.line"

    def _prepare_base_line_for_taxes_computation(self):
        """What takes something off a sale, such as the bonus of stored value or a coupon, lessens revenue and VAT.

        Odoo takes every negative line for goods that came back and books it as a refund beside the sale.
        """
        base_line = super()._prepare_base_line_for_taxes_computation()
        if self.price_unit < 0 and self.order_id.config_id.is_dining:
            base_line["is_refund"] = self.qty < 0
        return base_line
