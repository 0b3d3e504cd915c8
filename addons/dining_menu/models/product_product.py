from odoo import models


class ProductProduct(models.Model):
    _name = "product.product"
    _inherit = ["product.product", "dining.menu.source"]

    _dining_menu_fields = frozenset({"active", "lst_price"})
