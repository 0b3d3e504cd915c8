from odoo import api, fields, models
from odoo.exceptions import ValidationError


class DiningStation(models.Model):
    """A place in the kitchen that cooks some of the dishes and has its own tickets."""

    _name = "dining.station"
    _description = "Kitchen station"
    _inherit = ["dining.store.mixin"]
    _order = "config_id, sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer("Priority", default=10, help="Where two stations take a dish's category, the lower one.")
    category_ids = fields.Many2many(
        "pos.category",
        "dining_station_category_rel",
        "station_id",
        "category_id",
        "Categories",
        help="Dishes of these categories, and of those below them, are cooked here.",
    )
    dish_ids = fields.Many2many(
        "product.template",
        "dining_station_dish_rel",
        "station_id",
        "dish_id",
        "Dishes",
        domain=[("available_in_pos", "=", True)],
        help="These are cooked here whatever their category.",
    )
    is_pass = fields.Boolean("Pass", help="出餐口: gets the dishes that no station takes, on a ticket that says so.")
    printer_id = fields.Many2one(
        "dining.printer",
        ondelete="restrict",
        domain="[('config_id', '=', config_id)]",
        index="btree_not_null",
        help="Without one, the pass prints this station's tickets.",
    )
    paper_width = fields.Selection(related="printer_id.paper_width")
    floor_ids = fields.Many2many(
        "restaurant.floor",
        "dining_station_floor_rel",
        "station_id",
        "floor_id",
        "Floors",
        domain="[('pos_config_ids', 'in', config_id)]",
        help="Only orders of tables on these floors; all where none is named.",
    )
    preset_ids = fields.Many2many(
        "pos.preset",
        "dining_station_preset_rel",
        "station_id",
        "preset_id",
        "Service types",
        help="Only orders of these service types, such as eating in or takeaway; all where none is named.",
    )
    ticket_mode = fields.Selection(
        [("station", "One ticket a round"), ("dish", "One ticket a dish")], "Tickets", default="station", required=True
    )
    whole_ticket = fields.Boolean("Whole order too", help="总单: a copy of every round, whoever cooks it.")
    language = fields.Selection(
        [("zh", "Chinese"), ("en", "English"), ("both", "Chinese and English")],
        "Tickets in",
        default="zh",
        required=True,
    )

    _one_pass = models.UniqueIndex("(config_id) WHERE is_pass AND active", "A store has one pass.")

    @api.constrains("printer_id", "config_id")
    def _check_printer(self):
        for station in self:
            if station.printer_id and station.printer_id.config_id != station.config_id:
                raise ValidationError(
                    self.env._(
                        "%(printer)s belongs to another store than %(station)s.",
                        printer=station.printer_id.name,
                        station=station.name,
                    )
                )

    @api.constrains("dish_ids", "config_id", "active")
    def _check_dishes(self):
        for station in self.filtered("active"):
            others = self.search([("config_id", "=", station.config_id.id), ("id", "!=", station.id)])
            for other in others:
                shared = other.dish_ids & station.dish_ids
                if shared:
                    raise ValidationError(
                        self.env._(
                            "%(dish)s is already cooked at %(station)s.", dish=shared[0].name, station=other.name
                        )
                    )
