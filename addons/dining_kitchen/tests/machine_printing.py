"""Workers that print, and die at every step, in the test's own transaction."""

import contextlib
from contextlib import contextmanager

from ..diancan_agent.contract import LeaseLost, Trouble
from ..printing.source import SqlSource

OUTCOMES = ("printed", "dies before", "dies sending", "dies after", "paper out", "connection lost", "late")


class Source(SqlSource):
    """Each step in a savepoint of the test's transaction."""

    def __init__(self, case):
        super().__init__(case.env.cr.dbname)
        self.case = case

    @contextmanager
    def _transaction(self):
        with self.case.env.cr.savepoint():
            yield self.case.env.cr


class Paper:
    """What lies at the printers: [(ticket, whether the paper says that it may be a second one)]."""

    def __init__(self, case):
        self.case = case
        self.source = Source(case)
        self.sheets = []
        #: Leases whose workers were thought dead.
        self.late = []

    def run(self, printer, outcome):
        """A worker takes the printer's next job, and this becomes of it."""
        self.case.env.flush_all()
        # Whoever held a job and says nothing more has died.
        self.case.env.cr.execute("UPDATE dining_print_job SET lease_until = '2020-01-01' WHERE lease_until IS NOT NULL")
        self.case.env.cr.execute("UPDATE dining_print_job SET next_try_at = '2020-01-01' WHERE state = 'queued'")
        job = self.source.claim(printer.id)
        if job:
            getattr(self, f"_{outcome.replace(' ', '_')}")(job)
        self.case.env.invalidate_all()
        return job

    def _send(self, job, *, arrives=True):
        self.source.sent(job)
        if arrives:
            held = self.case.env["dining.print.job"].browse(job.id)
            self.sheets.append((held.ticket_id.id, held.possibly_printed or held.reprint))

    def _printed(self, job):
        self._send(job)
        self.source.done(job, "ok")
        self.source.done(job, "ok")

    def _dies_before(self, job):
        self.late.append((job, self._printed))

    def _dies_sending(self, job):
        self._send(job, arrives=False)
        self.late.append((job, lambda job: self.source.retry(job, Trouble("broken", maybe_printed=True))))

    def _dies_after(self, job):
        self._send(job)
        self.late.append((job, lambda job: self.source.done(job, "ok")))

    def _paper_out(self, job):
        self.source.retry(job, Trouble("paper_out"))

    def _connection_lost(self, job):
        self._send(job)
        self.source.retry(job, Trouble("broken", maybe_printed=True))

    def _late(self, job):
        """Those who were thought dead wake up and go on where they were: nobody hears them who was replaced."""
        self._printed(job)
        late, self.late = self.late, []
        for old, goes_on in late:
            with contextlib.suppress(LeaseLost):
                goes_on(old)

    def finish(self, printers):
        """Print everything that waits."""
        for printer in printers:
            while self.run(printer, "printed"):
                pass
