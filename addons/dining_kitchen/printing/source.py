"""The print jobs of one database as the engine's source: the print worker's, or one agent's."""

import contextlib
import logging
import random
import selectors
import socket
import time
from contextlib import contextmanager
from uuid import uuid4

import psycopg2
from odoo.sql_db import db_connect
from psycopg2.extensions import ISOLATION_LEVEL_READ_COMMITTED

from ..diancan_agent.contract import Job, LeaseLost, SourceDown
from . import queue
from .asking import Asking
from .page import page

_logger = logging.getLogger(__name__)


class SqlSource:
    """Jobs by SQL, each step in a short transaction of its own.

    :param agent_id: only this agent's printers; None for those that the server itself serves
    :param name: a worker's, by which it is seen in the database; the database then knows when it dies
    """

    def __init__(self, dbname, agent_id=None, name=""):
        self.dbname, self.agent_id, self.name = dbname, agent_id, name
        self.holder = random.SystemRandom().randint(1, 2**31 - 1) if name else None
        self._started = f"agent {agent_id} has started"
        self._ear = None
        self._asking = Asking(dbname)
        self._bell, self._cord = socket.socketpair()
        self._bell.setblocking(False)
        self._cord.setblocking(False)

    def open(self):
        """Listen for jobs."""
        try:
            self._listen()
        except psycopg2.Error as error:
            self.deafen()
            raise SourceDown(f"{self.dbname}: the database does not answer: {error}") from error

    def may_wait(self, places):
        """Take one of so many places for waiting, all over the database; False when they are taken."""
        taken = any(self._lock(self._ear, queue.WAITING_CLASS, place) for place in range(places))
        self._ear.commit()
        return taken

    # -- taking jobs ----------------------------------------------------------

    def lease(self, seconds, holding=()):
        """Lease what is due, one job a printer; waits so long for it. See `diancan_agent.contract.Source`."""
        deadline = time.monotonic() + seconds
        try:
            self._listen()
            while True:
                waits = self.waits(holding)
                jobs = [job for printer_id in _due(waits) if (job := self.claim(printer_id, holding))]
                left = deadline - time.monotonic()
                if jobs or left <= 0 or self._wait(min([left, *(wait for wait in waits.values() if wait > 0)])):
                    return jobs
        except psycopg2.Error as error:
            self.deafen()
            raise SourceDown(f"{self.dbname}: the database does not answer: {error}") from error

    def waits(self, holding=()):
        """{printer id: seconds until its next job is due}; printers without jobs are not named."""
        with self._transaction() as cr:
            cr.execute(queue.WAITS, self._values(holding=list(holding)))
            return dict(cr.fetchall())

    def claim(self, printer_id, holding=()):
        """Lease the printer's next job if it is due. One that no printer can print is given to a person."""
        while row := self._claimed(printer_id, holding):
            held = Job(row["id"], row["printer_id"], row["token"], row["address"], b"")
            if row["expired"] and row["attempts"] > 1:
                self.fail(held, "expired")
                continue
            try:
                data = page(
                    row["layout"],
                    row["driver"],
                    row["paper_width"],
                    row["reprint"],
                    row["possibly_printed"],
                    row["meant_for"] or "",
                    row["reason"] or "",
                )
            except (KeyError, TypeError, ValueError) as error:
                _logger.exception("print job %s cannot be set in type", held.id)
                self.fail(held, "unreadable", str(error))
                continue
            return Job(held.id, held.printer_id, held.token, held.address, data, bool(row["possibly_printed"]))
        return None

    def _claimed(self, printer_id, holding):
        with self._transaction() as cr:
            values = self._values(printer_id=printer_id, token=str(uuid4()), holding=list(holding))
            cr.execute(queue.CLAIM, values)
            return cr.dictfetchone()

    # -- what became of them -----------------------------------------------------

    def renew(self, jobs):
        """Hold these leases for longer."""
        with self._transaction() as cr:
            values = self._values(ids=[job.id for job in jobs], tokens=[job.token for job in jobs])
            cr.execute(queue.RENEW, values)

    def sent(self, job):
        """From now on bytes may be out."""
        with self._transaction() as cr:
            self._step(cr, queue.SENT, job)

    def done(self, job, answer):
        """Printed; phones at the table hear of it."""
        with self._transaction() as cr:
            printer_id, order_id = self._step(cr, queue.DONE, job, answer=answer)
            cr.execute(queue.ANSWERED, {"answer": answer, "printer_id": printer_id})
            queue.acknowledge(cr, job.id)
        if order_id:
            with self._transaction() as cr:
                cr.execute(queue.TELL_PHONES, (order_id,))

    def retry(self, job, trouble):
        """Try again a little later, on the backup printer when this one has failed too often."""
        with self._transaction() as cr:
            values = {
                "answer": trouble.answer,
                "detail": trouble.detail[:200] or None,
                "maybe_printed": trouble.maybe_printed,
            }
            [printer_id] = self._step(cr, queue.RETRY, job, **values)
            cr.execute(queue.ANSWERED, {"answer": trouble.answer, "printer_id": printer_id})
            cr.execute(queue.MOVE, {"printer_id": printer_id})
            # Whoever waits for this printer's jobs must look again when the next one is due.
            for each in {printer_id, *(row[0] for row in cr.fetchall())}:
                cr.execute("SELECT pg_notify(%s, %s)", (queue.CHANNEL, str(each)))

    def fail(self, job, answer, detail=""):
        """Give the job to a person."""
        with self._transaction() as cr:
            self._step(cr, queue.FAIL, job, answer=answer, detail=detail[:200] or None)

    def idle(self):
        """{printer id: address} of the printers that may be asked how they are; one statement."""
        with self._transaction() as cr:
            cr.execute(queue.IDLE, self._values())
            return dict(cr.fetchall())

    @contextmanager
    def asking(self, printer_id):
        """Hold an idle printer while it is asked. See `diancan_agent.contract.Source`."""
        try:
            held = self._asking.hold(printer_id, self._values(printer_id=printer_id))
        except psycopg2.Error as error:
            raise SourceDown(f"{self.dbname}: the database does not answer: {error}") from error
        try:
            yield held
        finally:
            if held:
                self._asking.let_go(printer_id)

    def seen(self, printer_id, answer):
        """How an idle printer is; one statement, which passes over one that has a job meanwhile."""
        with self._transaction() as cr:
            cr.execute(queue.SEEN, self._values(printer_id=printer_id, answer=answer))

    def let_go(self):
        """The agent has just started: what it held is free at once."""
        with self._transaction() as cr:
            cr.execute(queue.LET_GO, {"agent_id": self.agent_id})
            # A call that an earlier process of this agent left waiting must not take jobs nobody would print.
            cr.execute("SELECT pg_notify(%s, %s)", (queue.CHANNEL, self._started))

    def _step(self, cr, statement, job, **values):
        cr.execute(statement, self._values(id=job.id, token=job.token, **values))
        if not cr.rowcount:
            raise LeaseLost(job.id)
        return cr.fetchone() if cr.description else None

    # -- hearing of them ---------------------------------------------------------

    def wake(self):
        """End a `lease` that waits; a full bell is rung enough."""
        with contextlib.suppress(OSError):
            self._cord.send(b"!")

    def close(self):
        """Let go of the connection and the bell."""
        self.deafen()
        self._asking.close()
        self._bell.close()
        self._cord.close()

    def deafen(self):
        """Stop listening; the next `lease` listens again."""
        ear, self._ear = self._ear, None
        if ear is None:
            return
        with contextlib.suppress(psycopg2.Error):
            if not ear.connection.closed:
                ear.rollback()
                ear.execute("UNLISTEN *")
                ear.execute("SELECT pg_advisory_unlock_all()")
                ear.execute("SET application_name TO DEFAULT")
                ear.commit()
        with contextlib.suppress(psycopg2.Error):
            ear.close()

    def _listen(self):
        if self._ear is not None:
            return
        self._ear = cr = db_connect(self.dbname).cursor()
        if self.name:
            cr.execute("SELECT set_config('application_name', %s, false)", (self.name,))
            self._lock(cr, queue.HOLDER_CLASS, self.holder)
        cr.execute(queue.LISTEN)
        cr.commit()

    @staticmethod
    def _lock(cr, kind, number):
        """Take an advisory lock for as long as the connection lives; False where another has it."""
        cr.execute("SELECT pg_try_advisory_lock(%s, %s)", (kind, number))
        return cr.fetchone()[0]

    def _wait(self, seconds):
        """Wait for a notice; True when it is time to end instead. No transaction is open meanwhile."""
        connection = self._ear.connection
        with selectors.DefaultSelector() as selector:
            selector.register(connection, selectors.EVENT_READ)
            selector.register(self._bell, selectors.EVENT_READ)
            selector.select(max(seconds, 0))
        rung = False
        with contextlib.suppress(BlockingIOError):
            rung = bool(self._bell.recv(4096))
        connection.poll()
        rung |= any(notice.payload == self._started for notice in connection.notifies)
        connection.notifies.clear()
        return rung

    def _values(self, **more):
        return {
            "lease": queue.LEASE_SECONDS,
            "idle": queue.IDLE_SECONDS,
            "longest": queue.LONGEST_WAIT_SECONDS,
            "give_up": queue.GIVE_UP_MINUTES,
            "holder_class": queue.HOLDER_CLASS,
            "asking_class": queue.ASKING_CLASS,
            "asker": self._asking.pid,
            "holder": self.holder,
            "agent_id": self.agent_id,
            **more,
        }

    @contextmanager
    def _transaction(self):
        try:
            with db_connect(self.dbname).cursor() as cr:
                # Single statements that guard themselves: a snapshot would only add conflicts.
                cr.connection.set_isolation_level(ISOLATION_LEVEL_READ_COMMITTED)
                yield cr
        except psycopg2.Error as error:
            raise SourceDown(f"{self.dbname}: the database does not answer: {error}") from error


def _due(waits):
    return [printer_id for printer_id, seconds in waits.items() if seconds <= 0]
