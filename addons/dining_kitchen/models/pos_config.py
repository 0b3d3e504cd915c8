from odoo import fields, models


class PosConfig(models.Model):
    _inherit = "pos.config"

    dining_station_ids = fields.One2many("dining.station", "config_id", "Stations")
    dining_printer_ids = fields.One2many("dining.printer", "config_id", "Kitchen printers")
