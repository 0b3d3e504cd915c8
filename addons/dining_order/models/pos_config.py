from odoo import models


class PosConfig(models.Model):
    _inherit = "pos.config"

    def write(self, vals):
        # Placement keeps the columns of a new order that come from the store in a cache.
        self.env.registry.clear_cache()
        return super().write(vals)

    def _dining_notify_register(self):
        """Make every open register of the store read its orders again."""
        for config in self.filtered("current_session_id"):
            config.notify_synchronisation(config.current_session_id.id, "0")
