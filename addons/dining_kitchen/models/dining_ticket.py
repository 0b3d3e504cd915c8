from odoo import api, fields, models
from odoo.addons.dining_rules import ticket as layout
from odoo.addons.dining_rules.allergies import unprinted
from odoo.addons.dining_rules.typeset import COLUMNS, rows
from odoo.exceptions import UserError

from ..printing.preview import html


class DiningTicket(models.Model):
    """One station's share of what was handed to the kitchen at once."""

    _name = "dining.ticket"
    _description = "Kitchen ticket"
    _order = "id desc"
    _log_access = False

    create_date = fields.Datetime("Handed over", required=True, readonly=True)
    kind = fields.Selection(
        [
            ("new", "New"),
            ("cancel", "Cancelled"),
            ("note", "Note changed"),
            ("rush", "Hurry up"),
            ("move", "Table moved"),
            ("refire", "Cooked again"),
        ],
        required=True,
        readonly=True,
    )
    config_id = fields.Many2one("pos.config", "Store", required=True, readonly=True, ondelete="restrict", index=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="restrict")
    order_id = fields.Many2one("pos.order", required=True, readonly=True, ondelete="restrict", index=True)
    pos_reference = fields.Char("Receipt number", related="order_id.pos_reference")
    round_id = fields.Many2one("dining.round", readonly=True, ondelete="restrict")
    station_id = fields.Many2one("dining.station", readonly=True, ondelete="restrict", index="btree_not_null")
    assigned = fields.Boolean(readonly=True, help="Not set: no station takes these dishes, the pass assigns them.")
    is_whole = fields.Boolean("Whole order", readonly=True, help="总单: a copy; its dishes are on other tickets too.")
    table_name = fields.Char("Table", readonly=True)
    rush = fields.Boolean(readonly=True)
    summary = fields.Char("Dishes", readonly=True)
    layout = fields.Json(required=True, readonly=True, help="Blocks of dining_rules.ticket.")
    job_ids = fields.One2many("dining.print.job", "ticket_id", "Print jobs", readonly=True)
    print_state = fields.Selection(
        [("none", "No printer"), ("waiting", "Printing"), ("done", "Printed"), ("failed", "Not printed")],
        "Print",
        compute="_compute_print_state",
        search="_search_print_state",
    )
    preview = fields.Html(compute="_compute_preview", sanitize=False)

    @api.depends("station_id", "table_name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for ticket in self:
            station = ticket.station_id.name or self.env._("Pass")
            ticket.display_name = f"{ticket.table_name} · {station}"

    @api.depends("job_ids.state")
    def _compute_print_state(self):
        for ticket in self:
            states = set(ticket.job_ids.mapped("state"))
            if "done" in states:
                ticket.print_state = "done"
            elif states & {"queued", "leased", "sent"}:
                ticket.print_state = "waiting"
            else:
                ticket.print_state = "failed" if states else "none"

    def _search_print_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        pending = [
            ("job_ids.state", "in", ("queued", "leased", "sent")),
            ("job_ids", "not any", [("state", "=", "done")]),
        ]
        domains = {
            "none": [("job_ids", "=", False)],
            "done": [("job_ids.state", "=", "done")],
            "waiting": pending,
            "failed": [
                ("job_ids", "!=", False),
                ("job_ids", "not any", [("state", "!=", "failed")]),
            ],
        }
        return fields.Domain.OR([domains[each] for each in value])

    @api.depends("layout")
    def _compute_preview(self):
        for ticket in self:
            width = ticket.job_ids[:1].printer_id.paper_width or ticket.station_id.paper_width or "80"
            ticket.preview = html(rows(layout.load(ticket.layout), COLUMNS[int(width)]), COLUMNS[int(width)])

    def action_reprint(self):
        """Print the ticket, which asks why if it is for the second time."""
        self.ensure_one()
        if not self.job_ids:
            self._print()
            return True
        self._check_not_waiting()
        action = self.env["ir.actions.actions"]._for_xml_id("dining_kitchen.dining_reprint_action")
        return {**action, "context": {"default_ticket_id": self.id}}

    def _reprint(self, reason):
        """Print the ticket again; the paper says that it is a second print, and why.

        :raises UserError: no reason, no printer, or it still waits to be printed
        """
        self.ensure_one()
        self.check_access("read")
        reason = (reason or "").strip()[:100]
        if not reason:
            raise UserError(self.env._("Give the reason why the ticket is printed again."))
        self._check_not_waiting()
        self._print(layout=self._layout_now(), reprint=True, reason=reason)

    def _layout_now(self):
        """The ticket as it must read now, where guests have said more of its dishes than it tells; else None."""
        # Whoever may print again may not read what guests are allergic to; the paper is for the cook.
        ticket = self.sudo()
        fired = [("kind", "=", "fired"), ("order_id", "=", ticket.order_id.id), ("at", "=", ticket.create_date)]
        events = self.env["dining.dish.event"].sudo().search(fired)
        if not ticket.is_whole:
            events = events.filtered(lambda event: event.ticket_id == ticket)
        told = {event.line_uuid: event.allergies or [] for event in events}
        lines = self.env["pos.order.line"].sudo().search([("uuid", "in", list(told))], order="id")
        dishes = [line._dining_fired_line() for line in lines if not line.combo_line_ids]
        news = [dish for dish in dishes if unprinted(dish.allergies, told[dish.line_uuid])]
        if ticket.kind != "new" or not news:
            return None
        blocks = layout.with_allergies(layout.load(ticket.layout), news, ticket.station_id.language or "zh")
        return layout.dump(blocks)

    def _check_not_waiting(self):
        waiting = self.job_ids.filtered(lambda job: job.state in ("queued", "leased", "sent"))[:1]
        if waiting:
            raise UserError(
                self.env._(
                    "This ticket still waits at printer %(printer)s and will be printed. See what the printer needs.",
                    printer=waiting.printer_id.name,
                )
            )

    def _print(self, **marks):
        printer = self.job_ids[:1].printer_id.filtered("active") or self._printer()
        # Cooks and cashiers may print but not write jobs themselves.
        self.env["dining.print.job"].sudo()._queue(printer, ticket=self, **marks)

    def _printer(self):
        """The printer that prints this ticket now, as routing would choose."""
        stations = self.env["dining.station"].search(
            [("config_id", "=", self.config_id.id), ("printer_id.active", "=", True)]
        )
        own = self.station_id & stations
        return (own or stations.sorted(lambda station: not station.is_pass))[:1].printer_id
