from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..printing.queue import CHANNEL
from .dining_printer import ANSWERS


class DiningPrintJob(models.Model):
    """A ticket on its way to paper.

    queued → leased (a worker or an agent has it) → sent (bytes may be out) → done, or back to queued with a
    later `next_try_at`; failed when a person must decide. Jobs move by SQL (`printing/queue.py`), each step in
    its own transaction and only for whoever holds the lease.
    """

    _name = "dining.print.job"
    _description = "Print job"
    _order = "id desc"
    _log_access = False

    create_date = fields.Datetime("Queued at", required=True, readonly=True)
    ticket_id = fields.Many2one("dining.ticket", readonly=True, ondelete="restrict", index="btree_not_null")
    printer_id = fields.Many2one("dining.printer", required=True, readonly=True, ondelete="restrict")
    config_id = fields.Many2one(related="printer_id.config_id")
    company_id = fields.Many2one(related="printer_id.company_id")
    layout = fields.Json(readonly=True, help="Blocks of a page that is no ticket.")
    reprint = fields.Boolean("Second print", readonly=True, help="A person asked for it again: the paper says 补打.")
    reason = fields.Char(readonly=True, help="Why it is printed again.")
    asked_by_id = fields.Many2one("res.users", "Asked for by", readonly=True, ondelete="restrict")
    possibly_printed = fields.Boolean(
        "Possibly printed",
        readonly=True,
        help="It was sent and the printer did not say whether it printed: the next paper says 可能重复.",
    )
    moved_from_id = fields.Many2one(
        "dining.printer", "Meant for", readonly=True, ondelete="restrict", help="The printer that could not print it."
    )
    state = fields.Selection(
        [("queued", "Queued"), ("leased", "Printing"), ("sent", "Sending"), ("done", "Printed"), ("failed", "Failed")],
        required=True,
        readonly=True,
        default="queued",
    )
    attempts = fields.Integer(readonly=True, default=0)
    next_try_at = fields.Datetime("Next try", readonly=True)
    lease_token = fields.Char(readonly=True)
    lease_until = fields.Datetime(readonly=True)
    lease_holder = fields.Integer(readonly=True, help="The worker's lock, by which the database knows that it lives.")
    first_try_at = fields.Datetime(readonly=True)
    sent_at = fields.Datetime(readonly=True)
    done_at = fields.Datetime("Printed at", readonly=True)
    error = fields.Selection(ANSWERS, "Last answer", readonly=True)
    error_detail = fields.Char(readonly=True)
    stuck_told_at = fields.Datetime(readonly=True, help="When a person was told that it waits.")
    doubt_told_at = fields.Datetime(readonly=True, help="When a person was told that it may be on paper twice.")

    _pending = models.Index("(printer_id, id) WHERE state IN ('queued', 'leased', 'sent')")
    _troubled = models.Index("(printer_id, create_date) WHERE possibly_printed OR state = 'failed'")

    def action_retry(self):
        """Put failed jobs into the queue again."""
        if any(job.state != "failed" for job in self):
            raise UserError(self.env._("Only jobs that failed can be tried again."))
        # Whoever stands in the kitchen may try again; nobody may write jobs.
        for job in self.sudo():
            again = job._queue(job.printer_id, job.layout, job.ticket_id, reprint=job.reprint, reason=job.reason)
            again.write({"possibly_printed": job.possibly_printed, "moved_from_id": job.moved_from_id.id})

    def action_reprint(self):
        """Print the job's ticket again; asks why."""
        self.ensure_one()
        if not self.ticket_id:
            raise UserError(self.env._("A test page is printed from its printer."))
        return self.ticket_id.action_reprint()

    @api.depends("ticket_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for job in self:
            job.display_name = job.ticket_id.display_name or self.env._("Test page %s", job.id)

    def _queue(self, printer, layout=None, ticket=None, reprint=False, reason=""):
        """Queue one page and wake the worker.

        :param layout: dumped blocks, for a page that is no ticket
        :param reprint: a person, the user, asked for a second print; `reason`: why
        :raises UserError: without a printer
        """
        if not printer:
            raise UserError(self.env._("No printer is set up for this station or for the pass."))
        now = self.env.cr.now()  # the database's clock, as for all that is due
        job = self.create(
            {
                "create_date": now,
                "next_try_at": now,
                "printer_id": printer.id,
                "layout": layout or False,
                "ticket_id": ticket.id if ticket else False,
                "reprint": reprint,
                "reason": reason or False,
                "asked_by_id": self.env.uid if reprint else False,
            }
        )
        job.flush_recordset()
        self.env.cr.execute(SQL("SELECT pg_notify(%s, %s)", CHANNEL, str(printer.id)))
        return job
