"""Telling people what a printer cannot: tickets that are stuck, and tickets that may be on paper twice."""

from markupsafe import Markup
from odoo import api, models
from odoo.tools import SQL

STUCK_SECONDS = 60

# The database's clock decides, and each job is told of once: whoever takes a job here is the only one.
_STUCK = """
UPDATE dining_print_job SET stuck_told_at = clock_timestamp() AT TIME ZONE 'UTC'
 WHERE id IN (SELECT job.id FROM dining_print_job job
                JOIN dining_printer printer ON printer.id = job.printer_id AND printer.active
               WHERE job.stuck_told_at IS NULL
                 AND (job.state = 'failed' OR job.state IN ('queued', 'leased', 'sent')
                      AND job.create_date < clock_timestamp() AT TIME ZONE 'UTC' - %s * interval '1 second')
               ORDER BY job.id FOR UPDATE OF job SKIP LOCKED)
RETURNING printer_id, id
"""
_DOUBTFUL = """
UPDATE dining_print_job SET doubt_told_at = clock_timestamp() AT TIME ZONE 'UTC'
 WHERE id IN (SELECT id FROM dining_print_job WHERE possibly_printed AND doubt_told_at IS NULL
               ORDER BY id FOR UPDATE SKIP LOCKED)
RETURNING printer_id, id
"""


class DiningPrinter(models.Model):
    _inherit = "dining.printer"

    @api.model
    def _tell_people(self):
        """Raise an activity for every ticket that waits for 60 s or failed, and for each that may be doubled.

        Each ticket is told of once; several of one printer share an activity. Called by the cron every minute
        and by whoever learns of such a ticket in an Odoo transaction.
        """
        for statement, values, summary in (
            (_STUCK, (STUCK_SECONDS,), self._stuck_words),
            (_DOUBTFUL, (), self._doubt_words),
        ):
            self.env.flush_all()
            self.env.cr.execute(SQL(statement, *values))
            jobs_by_printer = {}
            for printer_id, job_id in self.env.cr.fetchall():
                jobs_by_printer.setdefault(printer_id, []).append(job_id)
            self.env["dining.print.job"].invalidate_model(["stuck_told_at", "doubt_told_at"])
            for printer_id, job_ids in jobs_by_printer.items():
                printer = self.browse(printer_id)
                for user in printer._people():
                    spoken = printer.with_context(lang=user.lang)
                    words, note = summary(spoken, spoken.env["dining.print.job"].browse(job_ids))
                    spoken._raise_activity(user, words, note)

    def _people(self):
        """Who is told: the responsible, else the managers of the store's company."""
        self.ensure_one()
        if self.user_id:
            return self.user_id
        managers = self.env.ref("point_of_sale.group_pos_manager").all_user_ids
        return managers.filtered(lambda user: user.active and not user.share and self.company_id in user.company_ids)

    def _raise_activity(self, user, summary, note):
        """One open activity a person and matter; further tickets are added to it."""
        kind = self.env.ref("mail.mail_activity_data_todo")
        open_one = self.activity_ids.filtered(
            lambda activity: activity.user_id == user and activity.summary == summary and activity.active
        )[:1]
        if open_one:
            open_one.note = (open_one.note or Markup()) + note
        else:
            self.activity_schedule(activity_type_id=kind.id, summary=summary, note=note, user_id=user.id)

    @staticmethod
    def _stuck_words(printer, jobs):
        env = printer.env
        answer = dict(printer._fields["last_answer"]._description_selection(env)).get(printer.last_answer, "")
        return (
            env._("Tickets are stuck at printer %(printer)s", printer=printer.name),
            printer._list_of(env._("Not printed: %(tickets)s. %(answer)s", tickets=_names(jobs), answer=answer)),
        )

    @staticmethod
    def _doubt_words(printer, jobs):
        env = printer.env
        return (
            env._("A ticket may be on paper twice at printer %(printer)s", printer=printer.name),
            printer._list_of(
                env._(
                    "Sent without an answer, and printed again as a possible duplicate: %(tickets)s."
                    " See that it is cooked once.",
                    tickets=_names(jobs),
                )
            ),
        )

    @staticmethod
    def _list_of(words):
        return Markup("<p>%s</p>") % words


def _names(jobs):
    """The jobs by the names of their tickets, each a link to the job; escaped."""
    return Markup(", ").join(job._get_html_link() for job in jobs[:20])
