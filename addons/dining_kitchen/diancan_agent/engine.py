"""The engine: one thread a printer, so that a dead or slow one holds up nobody else.

It never asks what time it is: when a job is due and how long a lease lasts, the source decides by its own
clock; here only durations count.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable

from . import drivers
from .contract import Ended, Job, LeaseLost, Source, SourceDown, Trouble
from .rounds import Rounds

_logger = logging.getLogger(__name__)

LOOK_SECONDS = 5.0
"""What a notice missed is found by looking."""
RENEW_SECONDS = 8.0
"""Far below the lease, so that a delivery may take as long as it takes."""
RECONNECT_SECONDS = 2.0
FAREWELL_SECONDS = 20.0
"""Tickets in hand are finished for so long when the engine is told to stop."""


class PrinterThread(threading.Thread):
    """Prints the jobs of one printer, in the order they are given."""

    def __init__(self, engine: Engine, printer_id: int) -> None:
        super().__init__(name=f"printer {printer_id}", daemon=True)
        self._engine, self._printer_id = engine, printer_id
        self.inbox: queue.SimpleQueue[Job | None] = queue.SimpleQueue()

    def run(self) -> None:
        while job := self.inbox.get():
            while job:
                job = self._next() if self._print(job) else None

    def _next(self) -> Job | None:
        try:
            return self._engine.claim(self._printer_id)
        except SourceDown as down:
            _logger.warning("printer %s: %s", self._printer_id, down)
        except Exception:
            _logger.exception("printer %s: this should not happen", self._printer_id)
        return None

    def _print(self, job: Job) -> bool:
        try:
            return self._engine.print(job)
        except LeaseLost:
            _logger.info("print job %s was taken over", job.id)
        except SourceDown as down:
            _logger.warning("print job %s: %s", job.id, down)
        except Exception:
            _logger.exception("print job %s: this should not happen", job.id)
        finally:
            self._engine.let_go(job)
        return False


class Engine:
    """Prints what one source has, until it is told to stop."""

    def __init__(self, source: Source, look_seconds: float | None = None) -> None:
        self._source = source
        self._look_seconds = look_seconds
        self._threads: dict[int, PrinterThread] = {}
        self._hands: dict[int, Job] = {}
        self._lock = threading.Lock()
        self._rounds = Rounds(source, self._is_busy)
        self._end: Ended | None = None
        self._stopping, self._ended = threading.Event(), threading.Event()

    def stop(self) -> None:
        """End after the tickets that are being printed; may be called from a signal handler."""
        self._stopping.set()
        self._source.wake()

    def run(self, on_ready: Callable[[], None] = lambda: None) -> None:
        """Work until `stop`; waits for a source that is away.

        :param on_ready: called when the source has been reached for the first time
        :raises Ended: the source wants no more of this engine
        """
        renewer = threading.Thread(target=self._renew, name="leases", daemon=True)
        renewer.start()
        threading.Thread(target=self._rounds.run, args=(self._ended,), name="idle printers", daemon=True).start()
        looking = threading.Thread(target=self._look, args=(on_ready,), name="jobs", daemon=True)
        looking.start()
        while looking.is_alive() and not self._stopping.wait(1):
            pass
        with self._lock:
            threads = list(self._threads.values())
        for thread in threads:
            thread.inbox.put(None)
        deadline = time.monotonic() + FAREWELL_SECONDS
        for thread in threads:
            thread.join(max(deadline - time.monotonic(), 0))
        self._ended.set()
        renewer.join(RECONNECT_SECONDS)
        looking.join(RECONNECT_SECONDS)
        if self._end:
            raise self._end

    def claim(self, printer_id: int) -> Job | None:
        """The printer's next job, in hand; None when there is none or it is time to stop."""
        if self._stopping.is_set():
            return None
        job = self._source.claim(printer_id, self._holding())
        if job:
            self._take(job)
        return job

    def let_go(self, job: Job) -> None:
        """The job is no longer in hand."""
        with self._lock:
            if self._hands.get(job.id) is job:  # not when it has been leased anew meanwhile
                del self._hands[job.id]

    def print(self, job: Job) -> bool:
        """Deliver one job and tell what became of it; whether the printer's next may follow at once.

        :raises LeaseLost, SourceDown: nothing was sent, or what became of it could not be told
        """
        if self._stopping.is_set():
            return False
        self._rounds.interrupt(job.printer_id)
        try:
            answer = drivers.deliver(
                job.address, job.data, lambda: self._tell(lambda: self._source.sent(job), 2), job.again
            )
        except Trouble as trouble:
            _logger.info("print job %s: %s", job.id, trouble)
            self._tell(lambda failed=trouble: self._source.retry(job, failed))
            self._source.wake()
            return False
        self._tell(lambda: self._source.done(job, answer))
        return True

    def _tell(self, step: Callable[[], None], tries: int | None = None) -> None:
        """Take a step, again while the source is away: what was printed must not be printed twice for silence."""
        while True:
            try:
                return step()
            except SourceDown:
                tries = tries - 1 if tries else tries
                if tries == 0 or self._ended.is_set():
                    raise
                self._ended.wait(RECONNECT_SECONDS)

    def _look(self, on_ready: Callable[[], None]) -> None:
        if self._until_it_works(self._source.open):
            on_ready()
        while not self._stopping.is_set():
            self._until_it_works(self._look_once)

    def _look_once(self) -> None:
        for job in self._source.lease(self._look_seconds or LOOK_SECONDS, self._holding()):
            self._take(job)
            self._thread(job.printer_id).inbox.put(job)

    def _until_it_works(self, step: Callable[[], None]) -> bool:
        away = False
        while not self._stopping.is_set():
            try:
                step()
                return True
            except Ended as ended:
                self._end = ended
                self._stopping.set()
            except SourceDown as down:
                # A night without the network is one line in the log.
                _logger.log(logging.DEBUG if away else logging.WARNING, "trying again: %s", down)
                away = True
                self._stopping.wait(RECONNECT_SECONDS)
            except Exception:
                _logger.exception("jobs: this should not happen")
                self._stopping.wait(RECONNECT_SECONDS)
        return False

    def _renew(self) -> None:
        while not self._ended.wait(RENEW_SECONDS):
            with self._lock:
                jobs = list(self._hands.values())
            try:
                if jobs:
                    self._source.renew(jobs)
            except SourceDown as down:
                _logger.warning("leases not renewed: %s", down)
            except Exception:
                _logger.exception("leases not renewed: this should not happen")

    def _holding(self) -> list[int]:
        with self._lock:
            return list(self._hands)

    def _is_busy(self, printer_id: int) -> bool:
        with self._lock:
            return any(job.printer_id == printer_id for job in self._hands.values())

    def _take(self, job: Job) -> None:
        with self._lock:
            self._hands[job.id] = job

    def _thread(self, printer_id: int) -> PrinterThread:
        with self._lock:
            thread = self._threads.get(printer_id)
            if thread is None or not thread.is_alive():
                thread = self._threads[printer_id] = PrinterThread(self, printer_id)
                thread.start()
            return thread
