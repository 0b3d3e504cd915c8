from odoo import fields, models


class ProductCombo(models.Model):
    _name = "product.combo"
    _inherit = ["product.combo", "dining.menu.source"]

    _dining_menu_fields = frozenset({"name", "sequence", "qty_free", "qty_max", "combo_item_ids"})

    # Diners read it, in their language.
    name = fields.Char(translate=True)
