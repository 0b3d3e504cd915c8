from odoo import api, fields, models
from odoo.addons.dining_rules.menu import clock
from odoo.exceptions import ValidationError

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class DiningDishHours(models.Model):
    """A daily span in which a dish is sold, in the store's own time zone."""

    _name = "dining.dish.hours"
    _description = "Sale hours of a dish"
    _inherit = ["dining.menu.source"]
    _order = "product_tmpl_id, start, id"

    product_tmpl_id = fields.Many2one("product.template", "Dish", required=True, index=True, ondelete="cascade")
    monday = fields.Boolean(default=True)
    tuesday = fields.Boolean(default=True)
    wednesday = fields.Boolean(default=True)
    thursday = fields.Boolean(default=True)
    friday = fields.Boolean(default=True)
    saturday = fields.Boolean(default=True)
    sunday = fields.Boolean(default=True)
    start = fields.Float("From", default=10.0, required=True)
    end = fields.Float(
        "Until", default=14.0, required=True, help="An end before the start is on the next day: 22:00 to 02:00."
    )

    _times_of_day = models.Constraint(
        'CHECK(start >= 0 AND start < 24 AND "end" > 0 AND "end" <= 24)',
        "Sale hours are between 00:00 and 24:00.",
    )
    _some_day = models.Constraint(
        "CHECK(monday OR tuesday OR wednesday OR thursday OR friday OR saturday OR sunday)",
        "Sale hours need at least one weekday.",
    )

    @api.constrains("start", "end")
    def _check_start_is_not_end(self):
        for hours in self:
            if round(hours.start * 60) == round(hours.end * 60):
                raise ValidationError(self.env._("Sale hours that start and end at the same minute say nothing."))

    def _snapshot(self):
        """`{"weekdays": [int], "start": "HH:MM", "end": "HH:MM"}`; 0 is Monday."""
        self.ensure_one()
        return {
            "weekdays": [number for number, day in enumerate(WEEKDAYS) if self[day]],
            "start": clock(round(self.start * 60)),
            "end": clock(round(self.end * 60)),
        }
