"""How printers are, for a page that a manager reads at a glance."""

from odoo import api, fields, models
from odoo.tools import SQL

from .dining_printer_alarm import STUCK_SECONDS

#: The last answer of a printer that works.
WELL = ("ok", "ready", "paper_low", "silent", "reachable")

# By the database's clock, as all that is due; the day is the store's. Two small indexes answer it.
_JOBS = """
SELECT printer.id, waiting.count, waiting.since,
       extract(epoch FROM clock_timestamp() AT TIME ZONE 'UTC' - waiting.since)::int, trouble.doubtful, trouble.failed
  FROM dining_printer printer
  JOIN LATERAL (SELECT dining_tz AS tz FROM pos_config WHERE id = printer.config_id) store ON true
 CROSS JOIN LATERAL (
    SELECT count(*) AS count, min(create_date) AS since FROM dining_print_job
     WHERE printer_id = printer.id AND state IN ('queued', 'leased', 'sent')) waiting
 CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE possibly_printed) AS doubtful,
           count(*) FILTER (WHERE state = 'failed' AND NOT EXISTS (
               SELECT 1 FROM dining_print_job later
                WHERE later.ticket_id = job.ticket_id AND later.id > job.id)) AS failed
      FROM dining_print_job job
     WHERE printer_id = printer.id AND (possibly_printed OR state = 'failed')
       AND create_date >= timezone('UTC', timezone(tz, date_trunc('day', timezone(tz, now()))))) trouble
 WHERE printer.id = ANY(%s)
"""


class DiningPrinter(models.Model):
    _inherit = "dining.printer"

    health = fields.Selection(
        [("ok", "Prints"), ("warning", "Look after it"), ("down", "Does not print"), ("unknown", "Never heard of")],
        compute="_compute_health",
    )
    paper = fields.Selection(
        [("ok", "Enough"), ("low", "Nearly at its end"), ("out", "Used up"), ("unknown", "Not known")],
        "Paper left",
        compute="_compute_health",
        help="As of the last answer.",
    )
    is_served = fields.Boolean("Served", compute="_compute_health", help="The program that prints is running.")
    backup_in_use = fields.Boolean(compute="_compute_health", help="What waited for it went to its backup printer.")
    oldest_at = fields.Datetime("Oldest waiting ticket", compute="_compute_health")
    oldest_minutes = fields.Integer("Oldest waits for (min)", compute="_compute_health")
    doubtful_count = fields.Integer("Possibly printed today", compute="_compute_health")
    failed_count = fields.Integer("Not printed today", compute="_compute_health")

    @api.depends("last_answer", "failures", "tries", "backup_id", "agent_id")
    def _compute_health(self):
        jobs = self._jobs_now()
        worker = self._worker_running()
        for printer in self:
            waiting, since, seconds, doubtful, failed = jobs.get(printer.id, (0, False, 0, 0, 0))
            printer.oldest_at = since
            printer.oldest_minutes = (seconds or 0) // 60
            printer.doubtful_count, printer.failed_count = doubtful, failed
            printer.is_served = printer.agent_id.is_online if printer.agent_id else worker
            printer.backup_in_use = bool(printer.backup_id.active and printer.failures >= max(printer.tries, 1))
            printer.paper = printer._paper_now()
            stuck = waiting and seconds >= STUCK_SECONDS
            printer.health = printer._health_now(stuck, failed)

    def _health_now(self, stuck, failed):
        if not self.is_served or stuck or self.last_answer and self.last_answer not in WELL:
            return "down"
        if not self.last_answer:
            return "unknown"
        return "warning" if self.last_answer == "paper_low" or failed else "ok"

    def _paper_now(self):
        if self.last_answer in ("paper_low", "paper_out"):
            return self.last_answer.removeprefix("paper_")
        return "ok" if self.last_answer in ("ok", "ready") else "unknown"

    def _jobs_now(self):
        """{printer id: (jobs waiting, since when, for how many seconds, possibly printed today, not printed today)}"""
        self.env["dining.print.job"].flush_model()
        self.env.cr.execute(SQL(_JOBS, self.ids))
        return {row[0]: row[1:] for row in self.env.cr.fetchall()}
