from odoo import fields, models


class RestaurantFloor(models.Model):
    _inherit = "restaurant.floor"

    # Odoo's own name of a floor has no translations.
    dining_name_en = fields.Char("English name", help="Shown on kitchen displays that speak English.")
