"""Asking idle printers how they are, so that a person hears of an open cover before the next order does.

Each printer is asked on a thread of its own, which ends by itself: a dead one holds up no other. Whoever gets a job
for a printer interrupts its asking first, so no job waits for it.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable

from . import drivers
from .contract import Ended, Source, SourceDown, Trouble
from .lines import Line, NetworkLine

_logger = logging.getLogger(__name__)

ASK_SECONDS = 60.0
LET_GO_SECONDS = 5.0
"""Longer than a printer on a cable takes to answer, or not to."""


class Asking(threading.Thread):
    """One question to one printer."""

    def __init__(self, source: Source, printer_id: int, address: dict) -> None:
        super().__init__(name=f"asks printer {printer_id}", daemon=True)
        self._source, self._printer_id, self._address = source, printer_id, address
        self._line: Line | None = None
        self._lock = threading.Lock()
        self._interrupted = False
        self._hung_up = threading.Event()

    def run(self) -> None:
        try:
            # Where the source is away it is asked again; one that wants no more of this engine says so where jobs are
            # looked for.
            with contextlib.suppress(SourceDown, Ended), self._source.asking(self._printer_id) as held:
                answer = self._ask() if held else None
                self._hung_up.set()
                if answer and not self._interrupted:
                    self._source.seen(self._printer_id, answer)
        finally:
            self._hung_up.set()

    def _ask(self) -> str | None:
        try:
            return None if self._interrupted else drivers.ask(self._address, self._hold)
        except Trouble as trouble:
            return trouble.answer
        except Exception:
            if not self._interrupted:
                _logger.exception("printer %s: this should not happen", self._printer_id)
            return None

    def interrupt(self) -> None:
        """A job has come: hang up, and wait for it, because many a printer talks to one at a time.

        A cable has no second end to pull, so its answer, or its silence, is waited for.
        """
        with self._lock:
            self._interrupted = True
            line = self._line
        if isinstance(line, NetworkLine):
            line.interrupt()
        self._hung_up.wait(LET_GO_SECONDS)

    def _hold(self, line: Line) -> None:
        with self._lock:
            self._line = line
            if self._interrupted:
                raise Trouble("broken")


class Rounds:
    """Asks a source's idle printers, again and again.

    :param busy: whether a printer has a job in hand
    """

    def __init__(self, source: Source, busy: Callable[[int], bool]) -> None:
        self._source, self._busy = source, busy
        self._under_way: dict[int, Asking] = {}
        self._lock = threading.Lock()

    def run(self, ended: threading.Event) -> None:
        """Until `ended`."""
        while not ended.wait(ASK_SECONDS):
            try:
                self.ask_all()
            except (SourceDown, Ended) as down:
                _logger.debug("idle printers are not asked: %s", down)
            except Exception:
                _logger.exception("idle printers: this should not happen")

    def ask_all(self) -> None:
        """Begin to ask every printer that is idle and not being asked already."""
        for printer_id, address in self._source.idle().items():
            with self._lock:
                before = self._under_way.get(printer_id)
                if self._busy(printer_id) or (before and before.is_alive()):
                    continue
                asking = self._under_way[printer_id] = Asking(self._source, printer_id, address)
                asking.start()

    def interrupt(self, printer_id: int) -> None:
        """The printer is needed for a job, which is in hand already: nobody asks it again before it is done."""
        with self._lock:
            asking = self._under_way.pop(printer_id, None)
        if asking and asking.is_alive():
            asking.interrupt()
