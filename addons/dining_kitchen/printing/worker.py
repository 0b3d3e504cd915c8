"""The print worker: one thread a printer, woken by the database.

A printer that is dead or slow holds up nothing but its own thread. The database's notice only saves
waiting: what it misses is found by the regular look.
"""

from __future__ import annotations

import contextlib
import logging
import selectors
import socket
import threading
import time

import psycopg2
from odoo.addons.dining_rules.ticket import load, marked_reprint
from odoo.addons.dining_rules.typeset import COLUMNS, rows
from odoo.sql_db import db_connect

from .queue import Job, LeaseLost, Queue
from .render import escpos
from .transport import Trouble, deliver

_logger = logging.getLogger(__name__)

LOOK_SECONDS = 5.0
RECONNECT_SECONDS = 2.0
FAREWELL_SECONDS = 20.0
APPLICATION_NAME = "dining_print_worker"


class PrinterThread(threading.Thread):
    """Prints the jobs of one printer, oldest first."""

    def __init__(self, queue: Queue, printer_id: int, stopping: threading.Event, on_postponed) -> None:
        super().__init__(name=f"printer {printer_id}", daemon=True)
        self._queue, self._printer_id, self._stopping = queue, printer_id, stopping
        self._on_postponed = on_postponed
        self._wake = threading.Event()

    def wake(self) -> None:
        """There may be something to print."""
        self._wake.set()

    def run(self) -> None:
        while not self._stopping.is_set():
            self._wake.wait()
            self._wake.clear()
            try:
                while not self._stopping.is_set() and self._print_one():
                    pass
            except psycopg2.Error:
                _logger.warning("printer %s: the database does not answer", self._printer_id, exc_info=True)
            except LeaseLost as lost:
                _logger.info("print job %s was taken over by another worker", lost)
            except Exception:
                _logger.exception("printer %s: this should not happen", self._printer_id)

    def _print_one(self) -> bool:
        """Print the next job; False when there is none that is due."""
        job = self._queue.claim(self._printer_id)
        if job is None:
            return False
        if job.expired and job.attempts > 1:
            self._queue.fail(job, "expired")
            return True
        try:
            data = page(job)
        except (KeyError, TypeError, ValueError) as error:
            _logger.exception("print job %s cannot be set in type", job.id)
            self._queue.fail(job, "unreadable", str(error))
            return True
        try:
            answer = deliver(job.host, job.port, data, lambda: self._queue.sent(job))
        except Trouble as trouble:
            wait = self._queue.retry(job, trouble.answer, trouble.detail, trouble.maybe_printed)
            _logger.info("print job %s: %s; again in %s s", job.id, trouble, wait)
            self._on_postponed()
            return False
        self._queue.done(job, answer)
        return True


def page(job: Job) -> bytes:
    """The job's bytes for its printer's paper."""
    blocks = load(job.layout)
    if job.reprint:
        blocks = marked_reprint(blocks, "both")
    return escpos(rows(blocks, COLUMNS[int(job.paper_width)]))


class Worker:
    """Watches one database and keeps a thread for every printer that has something to print."""

    def __init__(self, dbname: str) -> None:
        self.dbname = dbname
        self._queue = Queue(dbname)
        self._threads: dict[int, PrinterThread] = {}
        self._stopping = threading.Event()
        self._bell, self._cord = socket.socketpair()
        self._bell.setblocking(False)
        self._cord.setblocking(False)

    def stop(self) -> None:
        """End after the tickets that are being printed; may be called from a signal handler."""
        self._stopping.set()
        self._ring()

    def _ring(self) -> None:
        """Have the main loop look at once; a full bell is rung enough."""
        with contextlib.suppress(BlockingIOError):
            self._cord.send(b"!")

    def run(self, on_ready=lambda: None) -> None:
        """Work until `stop`; waits for a database that is away."""
        while not self._stopping.is_set():
            try:
                self._listen(on_ready)
            except psycopg2.Error as error:
                _logger.warning("%s: the database does not answer, trying again: %s", self.dbname, error)
                self._stopping.wait(RECONNECT_SECONDS)
        for thread in self._threads.values():
            thread.wake()
        deadline = time.monotonic() + FAREWELL_SECONDS
        for thread in self._threads.values():
            thread.join(max(deadline - time.monotonic(), 0))

    def _listen(self, on_ready) -> None:
        with db_connect(self.dbname).cursor() as cr, selectors.DefaultSelector() as selector:
            cr.execute("SELECT set_config('application_name', %s, false)", (APPLICATION_NAME,))
            cr.execute("LISTEN dining_print")
            cr.commit()
            connection = cr.connection
            selector.register(connection, selectors.EVENT_READ)
            selector.register(self._bell, selectors.EVENT_READ)
            on_ready()
            wait = 0.0
            while not self._stopping.is_set():
                selector.select(wait)
                with contextlib.suppress(BlockingIOError):
                    self._bell.recv(4096)
                connection.poll()
                connection.notifies.clear()
                wait = self._wake_printers()
            cr.execute("UNLISTEN *")

    def _wake_printers(self) -> float:
        """Wake the printers whose next job is due; returns for how long there is nothing to do."""
        waits = self._queue.waits()
        for printer_id, seconds in waits.items():
            if seconds <= 0:
                self._thread(printer_id).wake()
        later = [seconds for seconds in waits.values() if seconds > 0]
        return min([LOOK_SECONDS, *later])

    def _thread(self, printer_id: int) -> PrinterThread:
        thread = self._threads.get(printer_id)
        if thread is None or not thread.is_alive():
            thread = PrinterThread(self._queue, printer_id, self._stopping, self._ring)
            self._threads[printer_id] = thread
            thread.start()
        return thread
