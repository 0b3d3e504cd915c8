import secrets

from odoo import api, fields, models


def _new_code():
    """20 characters of the kind WeChat allows in a `scene`: about 119 random bits."""
    return secrets.token_urlsafe(15)


class RestaurantTable(models.Model):
    _inherit = "restaurant.table"

    dining_name = fields.Char(
        "Name",
        compute="_compute_dining_name",
        store=True,
        readonly=False,
        precompute=True,
        help="What guests and staff call the table, such as B12.",
    )
    dining_code = fields.Char(
        "Table code",
        default=lambda self: _new_code(),
        copy=False,
        groups="point_of_sale.group_pos_manager",
        help="What the printed mini-program code carries. A new one makes printed codes useless.",
    )

    _dining_code_unique = models.UniqueIndex("(dining_code)", "Two tables cannot share a table code.")

    @api.depends("table_number")
    def _compute_dining_name(self):
        for table in self:
            table.dining_name = table.dining_name or str(table.table_number)

    def init(self):
        # A column default is one value for all the rows that are there already.
        self.env.cr.execute(
            "SELECT array_agg(id) FROM restaurant_table WHERE dining_code IN"
            " (SELECT dining_code FROM restaurant_table GROUP BY dining_code HAVING count(*) > 1)"
            " OR dining_code IS NULL"
        )
        for table_id in self.env.cr.fetchone()[0] or ():
            self.env.cr.execute("UPDATE restaurant_table SET dining_code = %s WHERE id = %s", (_new_code(), table_id))

    @api.depends("dining_name", "floor_id")
    @api.depends_context("dining_without_floor")
    def _compute_display_name(self):
        for table in self:
            name = table.dining_name or str(table.table_number)
            # Under its floor a table needs no second naming of it.
            table.display_name = (
                name if table.env.context.get("dining_without_floor") else f"{table.floor_id.name} {name}"
            )

    @api.model
    def _load_pos_data_fields(self, config):
        return [*super()._load_pos_data_fields(config), "dining_name"]

    def action_dining_reset_code(self):
        """Give the tables new codes: what was printed or photographed no longer opens them."""
        for table in self:
            table.dining_code = _new_code()

    def _dining_store(self):
        """The Diancan store whose floor the table stands on, or an empty record."""
        return self.floor_id.pos_config_ids.filtered("is_dining")[:1]

    def action_dining_open(self):
        """Open the table for its guests, as staff do where scanning alone does not."""
        self.env["dining.table.session"]._open(self)
