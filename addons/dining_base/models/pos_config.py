from odoo import api, fields, models
from odoo.addons.base.models.res_partner import _tz_get
from odoo.exceptions import ValidationError
from odoo.tools import SQL


class PosConfig(models.Model):
    _inherit = "pos.config"

    is_dining = fields.Boolean("Diancan store", help="Diners order here with the mini-program.")
    dining_name_en = fields.Char("English name")
    dining_address = fields.Char("Address")
    dining_tz = fields.Selection(_tz_get, "Time zone", default="Asia/Shanghai", required=True)
    dining_open_by = fields.Selection(
        [("scan", "Diners, by scanning"), ("staff", "Staff only")],
        "Tables are opened by",
        default="scan",
        required=True,
        help="Staff only: a photographed table code is of no use while the table is not in use.",
    )
    dining_confirm_first = fields.Boolean(
        "Staff confirm a table's first round",
        help="The kitchen gets nothing until somebody at the register has seen that guests sit there.",
    )
    dining_max_dish_quantity = fields.Integer("Most of one dish in a line", default=50)
    dining_max_round_quantity = fields.Integer("Most portions in a round", default=100)
    dining_max_order_yuan = fields.Integer("Most a table may order by phone (¥)", default=5000)
    dining_writes_per_minute = fields.Integer(
        "Writes a phone may make in a minute", default=60, help="A table may make three times as many."
    )
    dining_seat_charge = fields.Monetary("Seat charge per guest", help="Tax included.")
    dining_service_charge_percent = fields.Float("Service charge (%)", digits=(5, 1))

    @api.constrains(
        "dining_max_dish_quantity",
        "dining_max_round_quantity",
        "dining_max_order_yuan",
        "dining_writes_per_minute",
    )
    def _check_dining_caps(self):
        for config in self:
            if (
                min(
                    config.dining_max_dish_quantity,
                    config.dining_max_round_quantity,
                    config.dining_max_order_yuan,
                    config.dining_writes_per_minute,
                )
                < 1
            ):
                raise ValidationError(self.env._("Every limit of a store must be at least 1."))

    @api.constrains("dining_seat_charge", "dining_service_charge_percent")
    def _check_dining_charges(self):
        for config in self:
            if config.dining_seat_charge < 0 or not 0 <= config.dining_service_charge_percent <= 30:
                raise ValidationError(
                    self.env._("The seat charge cannot be negative and the service charge is from 0 to 30 %.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        configs = super().create(vals_list)
        configs.filtered("is_dining")._dining_create_sequence()
        return configs

    def write(self, vals):
        result = super().write(vals)
        if vals.get("is_dining"):
            self._dining_create_sequence()
        return result

    def unlink(self):
        names = [config._dining_sequence_name() for config in self]
        result = super().unlink()
        for name in names:
            self.env.cr.execute(SQL("DROP SEQUENCE IF EXISTS %s", SQL.identifier(name)))
        return result

    def _dining_sequence_name(self):
        """Name of the PostgreSQL sequence that numbers this store's orders.

        Odoo's own references come from `no_gap` sequences, which let only one
        order be placed at a time; a receipt number may have gaps.
        """
        return f"dining_order_number_{self.id}"

    def _dining_create_sequence(self):
        for config in self:
            self.env.cr.execute(SQL("CREATE SEQUENCE IF NOT EXISTS %s", SQL.identifier(config._dining_sequence_name())))
