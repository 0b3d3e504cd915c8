from odoo import fields, models
from odoo.addons.dining_rules.menu import DAY_MINUTES, clock


class PosCategory(models.Model):
    _name = "pos.category"
    _inherit = ["pos.category", "dining.menu.source"]

    _dining_menu_fields = frozenset({"name", "sequence", "parent_id", "hour_after", "hour_until", "dining_course"})

    dining_course = fields.Integer(
        "Course", default=1, help="Where a store serves by courses, the dishes of course 2 wait for the staff."
    )
    _dining_course_range = models.Constraint(
        "CHECK(dining_course BETWEEN 1 AND 9)", "A course is a number from 1 to 9."
    )

    def _dining_hours(self):
        """The category's own sale hours as a snapshot has them; an empty list for all day."""
        self.ensure_one()
        start = round(self.hour_after * 60)
        # Odoo takes no end, 0, for the end of the day.
        end = round(self.hour_until * 60) or DAY_MINUTES
        if (start, end) == (0, DAY_MINUTES) or start == end:
            return []
        return [{"weekdays": list(range(7)), "start": clock(start), "end": clock(end)}]
