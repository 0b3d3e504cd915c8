from odoo import models


class DiningAllergen(models.Model):
    _inherit = "dining.allergen"

    def _is_used(self):
        # Managers may not read what guests have said.
        guests = self.env["dining.table.guest"].sudo()
        return super()._is_used() or bool(guests.search_count([("allergen_ids", "in", self.ids)], limit=1))
