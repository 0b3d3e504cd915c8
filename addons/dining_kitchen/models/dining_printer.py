import re

from odoo import api, fields, models
from odoo.addons.dining_rules import ticket as layout
from odoo.addons.dining_rules.typeset import COLUMNS
from odoo.exceptions import ValidationError
from odoo.tools import SQL

#: What a printer, or the way to it, answers; the same words for a job's failure and a printer's state.
ANSWERS = [
    ("ok", "Printed"),
    ("silent", "Sent; this printer does not say whether it printed"),
    ("unreachable", "Cannot be reached: is it switched on, is the address right?"),
    ("paper_out", "Out of paper"),
    ("cover_open", "Cover open"),
    ("stopped", "Stopped by an error of its own: cutter, heat or drawer"),
    ("broken", "The connection broke while printing"),
    ("unconfirmed", "Did not say that it has printed"),
    ("unreadable", "This ticket cannot be set in type"),
    ("expired", "Waited too long; print again by hand"),
]

HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.:-]*[A-Za-z0-9])?")


class DiningPrinter(models.Model):
    """A receipt printer in a store's network, spoken to by the print worker."""

    _name = "dining.printer"
    _description = "Kitchen printer"
    _order = "config_id, name"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    config_id = fields.Many2one(
        "pos.config",
        "Store",
        required=True,
        ondelete="restrict",
        domain=[("is_dining", "=", True)],
        default=lambda self: self.env["pos.config"].search([("is_dining", "=", True)], limit=1),
    )
    company_id = fields.Many2one(related="config_id.company_id", store=True, precompute=True)
    driver = fields.Selection([("tcp", "Network (TCP)")], "Connection", default="tcp", required=True)
    host = fields.Char("Address", required=True, help="IP address or name of the printer in the store's network.")
    port = fields.Integer(default=9100, required=True)
    paper_width = fields.Selection([("58", "58 mm"), ("80", "80 mm")], "Paper", default="80", required=True)
    station_ids = fields.One2many("dining.station", "printer_id", "Stations")
    last_answer = fields.Selection(ANSWERS, readonly=True, copy=False)
    last_answer_at = fields.Datetime("Answered at", readonly=True, copy=False)
    waiting_count = fields.Integer("Waiting", compute="_compute_waiting_count")

    def _compute_waiting_count(self):
        counts = dict(
            self.env["dining.print.job"]._read_group(
                [("printer_id", "in", self.ids), ("state", "in", ("queued", "leased", "sent"))],
                ["printer_id"],
                ["__count"],
            )
        )
        for printer in self:
            printer.waiting_count = counts.get(printer, 0)

    @api.constrains("host", "port")
    def _check_address(self):
        for printer in self:
            if not HOST.fullmatch(printer.host or ""):
                raise ValidationError(
                    self.env._(
                        "“%(host)s” is no address. Give the printer's IP address, such as 192.168.1.50.",
                        host=printer.host,
                    )
                )
            if not 1 <= printer.port <= 65535:
                raise ValidationError(self.env._("A port is a number from 1 to 65535; receipt printers use 9100."))

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals["host"] = (vals.get("host") or "").strip()
        return super().create(vals_list)

    def write(self, vals):
        if "host" in vals:
            vals = {**vals, "host": (vals["host"] or "").strip()}
        return super().write(vals)

    def action_print_test(self):
        """Queue a page that shows every kind of type the kitchen's tickets use."""
        for printer in self:
            columns = COLUMNS[int(printer.paper_width)]
            now = fields.Datetime.context_timestamp(
                printer.with_context(tz=printer.config_id.dining_tz), fields.Datetime.now()
            )
            page = layout.test_page(printer.name, f"{printer.host}:{printer.port}", columns, now)
            # Cashiers and managers may print but not write jobs themselves.
            self.env["dining.print.job"].sudo()._queue(printer, layout.dump(page))
        running = self._worker_running()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info" if running else "warning",
                "title": self.env._("Test page queued"),
                "message": self.env._("The printer's answer stands below in a moment.")
                if running
                else self.env._(
                    "The print worker is not running, so nothing is printed: start odoo dining_print_worker."
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def action_view_jobs(self):
        """The printer's jobs."""
        self.ensure_one()
        return {
            **self.env["ir.actions.actions"]._for_xml_id("dining_kitchen.dining_print_job_action"),
            "domain": [("printer_id", "=", self.id)],
            "context": {},
        }

    @api.model
    def _worker_running(self):
        """Whether a print worker listens to this database."""
        self.env.cr.execute(
            SQL(
                "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = %s LIMIT 1",
                "dining_print_worker",
            )
        )
        return bool(self.env.cr.rowcount)
