from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

MAX_TABLES = 200


class DiningOpenStore(models.TransientModel):
    """Everything a new store needs, asked on one page."""

    _name = "dining.open.store"
    _description = "Open a store"

    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related="company_id.currency_id")
    name = fields.Char("Store", required=True)
    name_en = fields.Char("English name")
    address = fields.Char()
    vat_percent = fields.Selection(
        [("6", "6 % (general taxpayer)"), ("3", "3 % (small-scale taxpayer)"), ("1", "1 % (small-scale, reduced)")],
        "VAT in the prices",
        required=True,
        default="6",
    )
    open_by = fields.Selection(
        [("scan", "Diners, by scanning"), ("staff", "Staff only")],
        "Tables are opened by",
        required=True,
        default="scan",
    )
    confirm_first = fields.Boolean("Staff confirm a table's first round")
    seat_charge = fields.Monetary("Seat charge per guest")
    service_charge_percent = fields.Float("Service charge (%)", digits=(5, 1))
    printer_host = fields.Char(
        "Kitchen printer",
        help="Address of the receipt printer in the kitchen, such as 192.168.1.50; it can follow later.",
    )
    floor_ids = fields.One2many(
        "dining.open.store.floor", "wizard_id", "Floors", default=lambda self: self._default_floors()
    )

    @api.model
    def _default_floors(self):
        return [Command.create({"name": self.env._("Main hall"), "prefix": "A", "first": 1, "count": 10, "seats": 4})]

    @api.constrains("floor_ids")
    def _check_tables(self):
        for wizard in self:
            if sum(wizard.floor_ids.mapped("count")) > MAX_TABLES:
                raise ValidationError(self.env._("A store is opened with at most %s tables.", MAX_TABLES))

    def action_open(self):
        """Open the store and show it."""
        self.ensure_one()
        if not self.floor_ids:
            raise UserError(self.env._("Add at least one floor: guests order at tables."))
        floors = [floor._floor() for floor in self.floor_ids]
        names = [table["name"] for floor in floors for table in floor["tables"]]
        if len(set(names)) != len(names):
            raise UserError(
                self.env._("Two tables would have the same name; give the floors other letters or numbers.")
            )
        store = self.env["pos.config"]._dining_open_store(
            {
                "name": self.name,
                "company_id": self.company_id.id,
                "dining_name_en": self.name_en,
                "dining_address": self.address,
                "dining_open_by": self.open_by,
                "dining_confirm_first": self.confirm_first,
                "dining_seat_charge": self.seat_charge,
                "dining_service_charge_percent": self.service_charge_percent,
            },
            floors,
            int(self.vat_percent),
        )
        self._add_kitchen(store)
        action = self.env["ir.actions.act_window"]._for_xml_id("dining.pos_config_action")
        form = self.env.ref("dining_base.pos_config_view_form")
        return {**action, "res_id": store.id, "view_mode": "form", "views": [(form.id, "form")]}

    def _add_kitchen(self, store):
        """One station to begin with: it gets every dish until others take some."""
        printer = self.env["dining.printer"]
        if self.printer_host:
            printer = printer.create({"name": self.env._("Kitchen"), "config_id": store.id, "host": self.printer_host})
        station = self.env["dining.station"].with_context(lang="en_US")
        station = station.create({"name": "Kitchen", "config_id": store.id, "is_pass": True, "printer_id": printer.id})
        station.update_field_translations("name", {"zh_CN": "后厨"})
