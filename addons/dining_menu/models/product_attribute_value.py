from odoo import models


class ProductAttributeValue(models.Model):
    _name = "product.attribute.value"
    _inherit = ["product.attribute.value", "dining.menu.source"]

    _dining_menu_fields = frozenset({"name", "sequence", "active", "is_custom"})
