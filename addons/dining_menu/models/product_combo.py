from odoo import fields, models


class ProductCombo(models.Model):
    _name = "product.combo"
    _inherit = ["product.combo", "dining.menu.source"]

    _dining_menu_fields = frozenset({"name", "sequence", "qty_free", "qty_max", "combo_item_ids"})

    # Diners read it, in their language.
    name = fields.Char(translate=True)
    dining_meal_ids = fields.Many2many(
        "product.template",
        "product_combo_product_template_rel",
        "product_combo_id",
        "product_template_id",
        "Set meals",
        readonly=True,
        help="The set meals that offer this choice.",
    )
