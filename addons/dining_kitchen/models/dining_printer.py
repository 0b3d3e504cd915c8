import re

from odoo import api, fields, models
from odoo.addons.dining_rules import ticket as layout
from odoo.addons.dining_rules.typeset import COLUMNS
from odoo.exceptions import ValidationError
from odoo.tools import SQL

#: What a printer, or the way to it, answers; the same words for a job's failure and a printer's state.
ANSWERS = [
    ("ok", "Printed"),
    ("paper_low", "Little paper is left"),
    ("ready", "Ready to print"),
    ("reachable", "Reachable; this printer does not say how it is"),
    ("silent", "Sent; this printer does not say whether it printed"),
    ("unreachable", "Cannot be reached: is it switched on, is the address right?"),
    ("paper_out", "Out of paper"),
    ("cover_open", "Cover open"),
    ("stopped", "Stopped by an error of its own: cutter, heat or drawer"),
    ("mute", "Does not answer any more: switch it off and on again"),
    ("nonsense", "Answers as no printer does: is this the printer's address?"),
    ("refused", "The cloud printer's service refuses: are account, key and number right?"),
    ("broken", "The connection broke"),
    ("unconfirmed", "Did not say that it has printed"),
    ("unreadable", "This ticket cannot be set in type"),
    ("expired", "Waited too long; print again by hand"),
]

HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.:-]*[A-Za-z0-9])?")
USB_ID = re.compile(r"[0-9a-fA-F]{4}:[0-9a-fA-F]{4}")
DEVICE = re.compile(r"/dev/[\w./:-]+|COM[0-9]{1,3}")
CLOUD_URL = re.compile(r"https?://[^\s/]+(/\S*)?")
#: Where another printer is reached; whether it answers must be learned anew.
_ADDRESS_FIELDS = {"driver", "host", "port", "usb_id", "serial_device", "baud_rate", "cloud_url", "cloud_serial"}


class DiningPrinter(models.Model):
    """A receipt printer of a store, spoken to by the print worker or by an agent in the store's network."""

    _name = "dining.printer"
    _description = "Kitchen printer"
    _inherit = ["dining.store.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "config_id, name"

    driver = fields.Selection(
        [
            ("tcp", "Network (TCP)"),
            ("usb", "USB"),
            ("serial", "Serial"),
            ("cloud", "Cloud printer (Feie protocol)"),
        ],
        "Connection",
        default="tcp",
        required=True,
    )
    host = fields.Char("Address", help="IP address or name of the printer in the store's network.")
    port = fields.Integer(default=9100, required=True)
    usb_id = fields.Char("USB id", help="Vendor and product as lsusb shows them, such as 04b8:0202.")
    serial_device = fields.Char("Device", help="The serial port, such as /dev/ttyUSB0 or COM3.")
    baud_rate = fields.Selection(
        [(rate, rate) for rate in ("9600", "19200", "38400", "57600", "115200")], "Speed (baud)", default="9600"
    )
    cloud_url = fields.Char("Service address", help="Where the maker's service takes orders, from its documentation.")
    cloud_serial = fields.Char("Printer number (SN)")
    cloud_user = fields.Char("Account")
    cloud_key = fields.Char("Key", groups="point_of_sale.group_pos_manager", copy=False)
    agent_id = fields.Many2one(
        "dining.print.agent",
        "Print agent",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('config_id', '=', config_id)]",
        help="The program in the store's network that prints. Empty: the server's own print worker prints.",
    )
    paper_width = fields.Selection([("58", "58 mm"), ("80", "80 mm")], "Paper", default="80", required=True)
    backup_id = fields.Many2one(
        "dining.printer",
        "Backup printer",
        ondelete="restrict",
        domain="[('config_id', '=', config_id), ('id', '!=', id)]",
        help="Takes over what this printer could not print; the paper says so.",
    )
    tries = fields.Integer("Tries before the backup", default=3, required=True)
    user_id = fields.Many2one(
        "res.users", "Responsible", help="Is told when tickets are stuck. Empty: all managers of the store's company."
    )
    station_ids = fields.One2many("dining.station", "printer_id", "Stations")
    last_answer = fields.Selection(ANSWERS, readonly=True, copy=False)
    last_answer_at = fields.Datetime("Answered at", readonly=True, copy=False)
    failures = fields.Integer("Failures in a row", readonly=True, copy=False)
    speaks = fields.Boolean(
        "Confirms its paper",
        copy=False,
        help="It has answered before, so its silence is a fault. Untick it for another printer at the same address.",
    )
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

    @api.constrains("driver", "host", "port", "usb_id", "serial_device", "cloud_url", "cloud_serial", "cloud_user")
    def _check_address(self):
        for printer in self:
            if problem := printer._address_problem():
                raise ValidationError(problem)

    def _address_problem(self):
        """What is wrong with the way to this printer, in words; None when nothing is."""
        if self.driver == "tcp":
            return self._network_problem()
        if self.driver == "usb" and not USB_ID.fullmatch(self.usb_id or ""):
            return self.env._("A USB printer is named by vendor and product as lsusb shows them, such as 04b8:0202.")
        if self.driver == "serial" and not (DEVICE.fullmatch(self.serial_device or "") and self.baud_rate):
            return self.env._("Give the serial port, such as /dev/ttyUSB0 or COM3, and its speed.")
        if self.driver == "cloud":
            if not CLOUD_URL.fullmatch(self.cloud_url or ""):
                return self.env._("Give the address of the cloud printer's service, beginning with https://.")
            if not (self.cloud_serial and self.cloud_user):
                return self.env._("A cloud printer needs its number and the account at its service.")
        return None

    def _network_problem(self):
        if not HOST.fullmatch(self.host or ""):
            return self.env._(
                "“%(host)s” is no address. Give the printer's IP address, such as 192.168.1.50.",
                host=self.host or "",
            )
        if not 1 <= self.port <= 65535:
            return self.env._("A port is a number from 1 to 65535; receipt printers use 9100.")
        return None

    @api.constrains("backup_id", "config_id", "tries")
    def _check_backup(self):
        for printer in self:
            if printer.tries < 1:
                raise ValidationError(self.env._("A printer is tried at least once before its backup."))
            if printer.backup_id and printer.backup_id.config_id != printer.config_id:
                raise ValidationError(self.env._("A backup printer stands in the same store."))
            if printer._has_cycle("backup_id"):
                raise ValidationError(
                    self.env._("Printers must not be each other's backup: a ticket would wander between them for ever.")
                )

    @api.constrains("agent_id", "config_id")
    def _check_agent(self):
        for printer in self:
            if printer.agent_id and printer.agent_id.config_id != printer.config_id:
                raise ValidationError(self.env._("A print agent serves the printers of its own store only."))

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals["host"] = (vals.get("host") or "").strip()
        return super().create(vals_list)

    def write(self, vals):
        if "host" in vals:
            vals = {**vals, "host": (vals["host"] or "").strip()}
        if _ADDRESS_FIELDS & set(vals) and "speaks" not in vals:
            vals = {**vals, "speaks": False}
        return super().write(vals)

    def _place(self):
        """Where the printer is, for its test page."""
        self.ensure_one()
        return {
            "tcp": f"{self.host}:{self.port}",
            "usb": self.usb_id,
            "serial": self.serial_device,
            "cloud": self.cloud_serial,
        }[self.driver]

    def action_print_test(self):
        """Queue a page that shows every kind of type the kitchen's tickets use."""
        for printer in self:
            columns = COLUMNS[int(printer.paper_width)]
            now = fields.Datetime.context_timestamp(
                printer.with_context(tz=printer.config_id.dining_tz), fields.Datetime.now()
            )
            page = layout.test_page(printer.name, printer._place(), columns, now)
            # Cashiers and managers may print but not write jobs themselves.
            self.env["dining.print.job"].sudo()._queue(printer, layout.dump(page))
        problem = self._why_nothing_prints()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if problem else "info",
                "title": self.env._("Test page queued"),
                "message": problem or self.env._("The printer's answer stands below in a moment."),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _why_nothing_prints(self):
        """What a person must start before these printers print; None when it runs."""
        away = self.agent_id.filtered(lambda agent: not agent.is_online)
        if away:
            return self.env._(
                "The print agent “%(agent)s” is not connected, so nothing is printed: start it on its machine.",
                agent=away[0].name,
            )
        if self.filtered(lambda printer: not printer.agent_id) and not self._worker_running():
            return self.env._("The print worker is not running, so nothing is printed: start odoo dining_print_worker.")
        return None

    @api.model
    def action_get_agent(self):
        """The programs that print in a store's network, and how to get one."""
        return self.env["ir.actions.actions"]._for_xml_id("dining_kitchen.dining_print_agent_action")

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
