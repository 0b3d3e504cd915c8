from odoo import models


class ProductComboItem(models.Model):
    _name = "product.combo.item"
    _inherit = ["product.combo.item", "dining.menu.source"]

    _extra_not_negative = models.Constraint(
        "CHECK(extra_price >= 0)", "A choice of a set meal cannot cost less than nothing extra."
    )
