"""The print jobs as a worker sees them: plain SQL, each step a transaction of its own.

A step is only taken by the worker that holds the lease. A lease that ran out is taken over by another
worker, which cannot know whether paper came out: the paper then says 补打.
"""

from contextlib import contextmanager
from dataclasses import dataclass
from uuid import uuid4

from odoo.sql_db import db_connect
from psycopg2.extensions import ISOLATION_LEVEL_READ_COMMITTED

#: A worker that says nothing for so long has died.
LEASE_SECONDS = 120
#: A job that could not be printed for so long is given to a person.
GIVE_UP_MINUTES = 30
#: The kitchen wants its tickets soon after somebody has put paper in.
LONGEST_WAIT_SECONDS = 15

# The printer's oldest job goes first and the others wait for it: paper comes out in the order of the work.
_CLAIM = """
WITH clock AS (SELECT clock_timestamp() AT TIME ZONE 'UTC' AS now),
     head AS (SELECT min(id) AS id FROM dining_print_job
               WHERE printer_id = %(printer_id)s AND state IN ('queued', 'leased', 'sent')),
     due AS (SELECT job.id FROM dining_print_job job, head, clock
              WHERE job.id = head.id
                AND CASE job.state WHEN 'queued' THEN next_try_at <= clock.now ELSE lease_until < clock.now END
                FOR UPDATE OF job SKIP LOCKED)
UPDATE dining_print_job job
   SET state = 'leased', lease_token = %(token)s, attempts = job.attempts + 1,
       lease_until = clock.now + %(lease)s * interval '1 second',
       reprint = coalesce(job.reprint, false) OR job.state != 'queued'
  FROM dining_printer printer, due, clock
 WHERE job.id = due.id AND printer.id = job.printer_id AND printer.active
RETURNING job.id, job.lease_token AS token, job.attempts, job.reprint, printer.host, printer.port,
          printer.paper_width,
          coalesce(job.layout, (SELECT layout FROM dining_ticket WHERE id = job.ticket_id)) AS layout,
          job.create_date < clock.now - %(give_up)s * interval '1 minute' AS expired,
          (SELECT order_id FROM dining_ticket WHERE id = job.ticket_id) AS order_id
"""

_WAITS = """
SELECT job.printer_id,
       greatest(extract(epoch FROM CASE job.state WHEN 'queued' THEN next_try_at ELSE lease_until END
                                   - clock_timestamp() AT TIME ZONE 'UTC'), 0)::float
  FROM dining_print_job job
  JOIN dining_printer printer ON printer.id = job.printer_id AND printer.active
 WHERE job.id IN (SELECT min(id) FROM dining_print_job WHERE state IN ('queued', 'leased', 'sent') GROUP BY printer_id)
"""

_SENT = """
UPDATE dining_print_job SET state = 'sent', sent_at = clock_timestamp() AT TIME ZONE 'UTC'
 WHERE id = %(id)s AND lease_token = %(token)s
"""
_DONE = """
UPDATE dining_print_job
   SET state = 'done', done_at = clock_timestamp() AT TIME ZONE 'UTC', lease_until = NULL, error = %(answer)s,
       error_detail = NULL
 WHERE id = %(id)s AND lease_token = %(token)s
"""
#: One acknowledgement for each firing, however often its ticket is printed.
_PRINTED = """
INSERT INTO dining_dish_event (at, kind, source, config_id, company_id, order_id, round_id, station_id, ticket_id,
                               line_uuid, origin_uuid, line_id, sequence, dish_id, product_id, quantity)
SELECT clock_timestamp() AT TIME ZONE 'UTC', 'printed', 'printer', e.config_id, e.company_id, e.order_id, e.round_id,
       e.station_id, e.ticket_id, e.line_uuid, e.origin_uuid, e.line_id, e.sequence, e.dish_id, e.product_id, e.quantity
  FROM dining_dish_event e
  JOIN dining_print_job job ON job.ticket_id = e.ticket_id
 WHERE job.id = %s AND e.kind = 'fired'
    ON CONFLICT (line_uuid, kind, sequence) DO NOTHING
"""
_RETRY = """
UPDATE dining_print_job
   SET state = 'queued', lease_until = NULL, error = %(answer)s, error_detail = %(detail)s,
       reprint = coalesce(reprint, false) OR %(maybe_printed)s,
       next_try_at = clock_timestamp() AT TIME ZONE 'UTC' + %(wait)s * interval '1 second'
 WHERE id = %(id)s AND lease_token = %(token)s
"""
_FAIL = """
UPDATE dining_print_job SET state = 'failed', lease_until = NULL, error = %(answer)s, error_detail = %(detail)s
 WHERE id = %(id)s AND lease_token = %(token)s
"""
_ANSWERED = """
UPDATE dining_printer SET last_answer = %s, last_answer_at = clock_timestamp() AT TIME ZONE 'UTC' WHERE id = %s
"""
_TELL_PHONES = "UPDATE dining_table_session SET revision = coalesce(revision, 0) + 1 WHERE order_id = %s"


def acknowledge(cr, job_id: int) -> None:
    """Write into the log that the dishes on a job's ticket are on paper."""
    cr.execute(_PRINTED, (job_id,))


@dataclass(frozen=True)
class Job:
    """A job that this worker holds. `layout` are the dumped blocks of its page."""

    id: int
    printer_id: int
    token: str
    attempts: int
    reprint: bool
    host: str
    port: int
    paper_width: str
    layout: list
    expired: bool
    order_id: int | None


class LeaseLost(Exception):
    """Another worker has taken the job over: this one must not touch it any more."""


class Queue:
    """The print jobs of one database."""

    def __init__(self, dbname: str) -> None:
        self.dbname = dbname

    def waits(self) -> dict[int, float]:
        """Seconds until the next job of each printer is due; printers without jobs are not named."""
        with self._transaction() as cr:
            cr.execute(_WAITS)
            return dict(cr.fetchall())

    def claim(self, printer_id: int) -> Job | None:
        """Lease the printer's next job, if it is due."""
        with self._transaction() as cr:
            cr.execute(
                _CLAIM,
                {
                    "printer_id": printer_id,
                    "token": str(uuid4()),
                    "lease": LEASE_SECONDS,
                    "give_up": GIVE_UP_MINUTES,
                },
            )
            row = cr.dictfetchone()
        return Job(printer_id=printer_id, **row) if row else None

    def sent(self, job: Job) -> None:
        """The bytes are out; whether they became paper is not known yet."""
        with self._transaction() as cr:
            self._step(cr, _SENT, job)

    def done(self, job: Job, answer: str) -> None:
        """Printed; phones at the table hear of it."""
        with self._transaction() as cr:
            self._step(cr, _DONE, job, answer)
            acknowledge(cr, job.id)
        if job.order_id:
            with self._transaction() as cr:
                cr.execute(_TELL_PHONES, (job.order_id,))

    def retry(self, job: Job, answer: str, detail: str, maybe_printed: bool) -> float:
        """Try again a little later; returns after how many seconds."""
        wait = min(2 ** min(job.attempts, 10), LONGEST_WAIT_SECONDS)
        with self._transaction() as cr:
            self._step(cr, _RETRY, job, answer, detail, wait=wait, maybe_printed=maybe_printed)
        return wait

    def fail(self, job: Job, answer: str, detail: str = "") -> None:
        """Give the job to a person."""
        with self._transaction() as cr:
            self._step(cr, _FAIL, job, answer, detail)

    def _step(self, cr, statement: str, job: Job, answer: str = "", detail: str = "", **more) -> None:
        cr.execute(statement, {"id": job.id, "token": job.token, "answer": answer, "detail": detail[:200], **more})
        if not cr.rowcount:
            raise LeaseLost(job.id)
        if answer:
            cr.execute(_ANSWERED, (answer, job.printer_id))

    @contextmanager
    def _transaction(self):
        with db_connect(self.dbname).cursor() as cr:
            # Single statements that guard themselves: a snapshot would only add conflicts.
            cr.connection.set_isolation_level(ISOLATION_LEVEL_READ_COMMITTED)
            yield cr
