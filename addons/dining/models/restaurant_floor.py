from odoo import models


class RestaurantFloor(models.Model):
    _inherit = "restaurant.floor"

    def action_dining_print_codes(self):
        """Print the codes of the floors' tables."""
        return self.table_ids.action_dining_print_codes()
