from odoo import models


class PosSession(models.Model):
    _inherit = "pos.session"

    def write(self, vals):
        result = super().write(vals)
        if vals.get("state") == "closed":
            self._dining_close_tables()
        return result

    def _dining_close_tables(self):
        """The evening is over: tables that guests left without ordering are not open tomorrow."""
        sessions = self.env["dining.table.session"].sudo()
        sessions.search([("config_id", "in", self.config_id.ids), ("state", "=", "open")])._set_closed()
