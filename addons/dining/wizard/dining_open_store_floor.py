from odoo import fields, models


class DiningOpenStoreFloor(models.TransientModel):
    """One floor of a new store: so many tables, numbered on."""

    _name = "dining.open.store.floor"
    _description = "Floor of a new store"

    wizard_id = fields.Many2one("dining.open.store", required=True, ondelete="cascade")
    name = fields.Char("Floor", required=True)
    prefix = fields.Char("Letter", size=3, help="Before the tables' numbers: B gives B1, B2 …")
    first = fields.Integer("First number", required=True, default=1)
    count = fields.Integer("Tables", required=True, default=10)
    seats = fields.Integer("Seats a table", required=True, default=4)

    _counts = models.Constraint(
        "CHECK(first >= 0 AND count BETWEEN 1 AND 200 AND seats BETWEEN 1 AND 99)",
        "A floor has 1 to 200 tables with 1 to 99 seats each.",
    )

    def _floor(self):
        """As `pos.config._dining_open_store` takes it."""
        self.ensure_one()
        return {
            "name": self.name,
            "tables": [
                {"name": f"{self.prefix or ''}{number}", "seats": self.seats}
                for number in range(self.first, self.first + self.count)
            ],
        }
