from odoo import models


class ProductTag(models.Model):
    _name = "product.tag"
    _inherit = ["product.tag", "dining.menu.source"]

    _dining_menu_fields = frozenset({"name", "sequence", "product_template_ids"})
