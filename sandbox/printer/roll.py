"""The paper of all printers, and a record of it that a program can read afterwards."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TextIO

from .faults import Fault
from .paper import Sheet

MAXIMUM_SHEETS = 500


class Roll:
    """All sheets of all printers in this process, numbered from 1; the oldest are forgotten.

    :param record: where every sheet, send and fault is written down, one JSON object a line; none is forgotten
    """

    def __init__(self, record: TextIO | None = None) -> None:
        self.sheets: dict[int, tuple[str, Sheet]] = {}
        self.revision = 0
        self._last = 0
        self._record = record

    def add(self, printer: str, sheet: Sheet) -> int:
        """Keep a sheet; returns its number."""
        self._last += 1
        self.sheets[self._last] = (printer, sheet)
        self.sheets.pop(self._last - MAXIMUM_SHEETS, None)
        self._write(printer, sheet=sheet.text(), complete=sheet.complete)
        self.touch()
        return self._last

    def begin(self, printer: str) -> None:
        """Somebody brings a printer something to print."""
        self._write(printer, send=True)

    def note(self, printer: str, fault: Fault) -> None:
        """A fault strikes a printer."""
        self._write(printer, fault=asdict(fault))

    def clear(self) -> None:
        """Throw the paper away; numbering goes on."""
        self.sheets.clear()
        self.touch()

    def touch(self) -> None:
        """Something changed: pages that watch read again."""
        self.revision += 1

    def _write(self, printer: str, **what) -> None:
        if self._record:
            entry = {"at": datetime.now(UTC).timestamp(), "printer": printer, **what}
            self._record.write(json.dumps(entry, ensure_ascii=False) + "\n")
            self._record.flush()
