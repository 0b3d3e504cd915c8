from odoo import api, models


class ProductTemplateAttributeValue(models.Model):
    _name = "product.template.attribute.value"
    _inherit = ["product.template.attribute.value", "dining.menu.source"]

    _dining_menu_fields = frozenset({"price_extra", "ptav_active"})

    @api.constrains("price_extra", "ptav_active")
    def _check_dining_price(self):
        self.product_tmpl_id._check_dining_price()
