from odoo import api, models


class ProductComboItem(models.Model):
    _name = "product.combo.item"
    _inherit = ["product.combo.item", "dining.menu.source"]

    _extra_not_negative = models.Constraint(
        "CHECK(extra_price >= 0)", "A choice of a set meal cannot cost less than nothing extra."
    )

    @api.depends("product_id", "extra_price")
    def _compute_display_name(self):
        for item in self:
            extra = f" +{item.extra_price:g}" if item.extra_price else ""
            item.display_name = f"{item.product_id.display_name or ''}{extra}"
