from odoo import fields, models


class ProductAttributeValue(models.Model):
    _name = "product.attribute.value"
    _inherit = ["product.attribute.value", "dining.menu.source"]

    _dining_menu_fields = frozenset({"name", "sequence", "active", "is_custom", "dining_allergen_ids"})

    dining_allergen_ids = fields.Many2many(
        "dining.allergen",
        "dining_option_allergen_rel",
        "value_id",
        "allergen_id",
        "Allergens",
        help="What a dish contains only when this option is chosen.",
    )
