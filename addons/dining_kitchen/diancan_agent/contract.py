"""What the engine asks of whoever holds the jobs, and the words that both use."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True)
class Job:
    """A page that this engine holds a lease on.

    :param token: the fence: whoever has another one is refused
    :param address: how the printer is reached: `driver` and what that driver needs (see `drivers`)
    :param data: the bytes that the printer is to get
    :param again: the printer may have got it before
    """

    id: int
    printer_id: int
    token: str
    address: dict = field(repr=False)
    data: bytes = field(repr=False)
    again: bool = False


class LeaseLost(Exception):
    """Somebody else has taken the job over: this engine must not touch it any more."""


class SourceDown(Exception):
    """The jobs cannot be reached just now; what was asked may or may not have been done."""


class Ended(Exception):
    """The source wants no more of this engine; the message says why and what to do."""


class Trouble(Exception):
    """It was not printed, as far as one can know.

    :param answer: one of the answers that Odoo knows (`dining.printer.last_answer`)
    :param maybe_printed: bytes were sent; paper may have come out
    """

    def __init__(self, answer: str, detail: str = "", maybe_printed: bool = False) -> None:
        super().__init__(f"{answer} {detail}".strip())
        self.answer, self.detail, self.maybe_printed = answer, detail, maybe_printed


class Source(Protocol):
    """Where jobs come from and what became of them is told.

    Every method may raise SourceDown. Steps on a job raise LeaseLost when its lease went to somebody else;
    each may be asked twice, because the first answer may have been lost.
    """

    def open(self) -> None:
        """Get ready; called once, and again until it succeeds."""

    def lease(self, seconds: float, holding: Collection[int]) -> list[Job]:
        """Lease what is due, one job a printer; waits so long for something to become due.

        :param holding: ids of the jobs that the engine has in hand: they are not given again
        """

    def claim(self, printer_id: int, holding: Collection[int]) -> Job | None:
        """Lease the printer's next job if it is due; does not wait."""

    def renew(self, jobs: Collection[Job]) -> None:
        """Hold these leases for longer; those that were lost stay lost."""

    def sent(self, job: Job) -> None:
        """From now on bytes may be out. Nothing may be sent before this has been answered."""

    def done(self, job: Job, answer: str) -> None:
        """Printed."""

    def retry(self, job: Job, trouble: Trouble) -> None:
        """Not printed, or perhaps not: to be tried again."""

    def idle(self) -> dict[int, dict]:
        """{printer id: address} of the printers that nothing waits for and that have said nothing for a while."""

    def asking(self, printer_id: int) -> AbstractContextManager[bool]:
        """Hold an idle printer while it is asked: no other engine gets a job for it, or asks it, meanwhile.

        False where another has it, or a job has come: it must not be asked then. A job for it that this engine leases
        ends the asking.
        """

    def seen(self, printer_id: int, answer: str) -> None:
        """How an idle printer is; passed over where it has been given a job meanwhile."""

    def wake(self) -> None:
        """End a `lease` that waits in another thread, if that can be done."""
