from odoo import fields, models

from .dining_display import CHANNEL


class PosConfig(models.Model):
    _inherit = "pos.config"

    dining_station_ids = fields.One2many("dining.station", "config_id", "Stations")
    dining_printer_ids = fields.One2many("dining.printer", "config_id", "Kitchen printers")
    # Its links are secrets, and a cashier's register reads all fields of the store.
    dining_display_ids = fields.One2many(
        "dining.display", "config_id", "Kitchen displays", groups="point_of_sale.group_pos_manager"
    )

    def _dining_notify_displays(self):
        """Make the store's kitchen displays read again; what they are told says nothing of what happened."""
        for config in self:
            self.env["bus.bus"]._sendone((config, CHANNEL), CHANNEL, {})
