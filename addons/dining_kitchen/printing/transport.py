"""Bytes to a network printer and its word that they were printed, with python-escpos and time-outs.

Before sending, the printer is asked in real time whether it can print (DLE EOT). After sending, it is
asked for its paper status in turn (GS r): that answer comes from behind the ticket in its buffer, so it has
got through. While that answer is awaited the real-time questions tell why it does not come. A printer that
answers nothing at all is taken for one of the simple kind that never does.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from escpos.exceptions import DeviceNotFoundError
from escpos.printer import Network

CONNECT_SECONDS = 3.0
ANSWER_SECONDS = 2.0
PRINT_SECONDS = 60.0
"""A long ticket on a slow printer."""

WHY_OFFLINE, PAPER = b"\x10\x04\x02", b"\x10\x04\x04"
PAPER_IN_TURN = b"\x1dr\x01"


class Trouble(Exception):
    """It was not printed, as far as one can know.

    :param answer: a key of `dining_printer.ANSWERS`
    :param maybe_printed: bytes were sent; paper may have come out
    """

    def __init__(self, answer: str, detail: str = "", maybe_printed: bool = False) -> None:
        super().__init__(f"{answer} {detail}".strip())
        self.answer, self.detail, self.maybe_printed = answer, detail, maybe_printed


def deliver(host: str, port: int, data: bytes, on_sent: Callable[[], None]) -> str:
    """Print `data`; returns 'ok', or 'silent' for a printer that gives no answers.

    :param on_sent: called when the last byte has left
    :raises Trouble: it was not, or perhaps not, printed
    """
    printer = Network(host, port, timeout=CONNECT_SECONDS)
    try:
        printer.open()
    except (DeviceNotFoundError, OSError) as error:
        raise Trouble("unreachable", _plain(error)) from error
    try:
        talks = _check(printer, maybe_printed=False)
        _send(printer, data)
        on_sent()
        if not talks:
            return "silent"
        _await_paper(printer)
        return "ok"
    finally:
        printer.close()


def _send(printer: Network, data: bytes) -> None:
    try:
        printer.device.settimeout(PRINT_SECONDS)
        printer._raw(data)
    except OSError as error:
        raise Trouble("broken", _plain(error), maybe_printed=True) from error


def _await_paper(printer: Network) -> None:
    """Wait for the answer from behind the ticket, asking meanwhile why it does not come."""
    deadline = time.monotonic() + PRINT_SECONDS
    _ask(printer, PAPER_IN_TURN, maybe_printed=True)
    while time.monotonic() < deadline:
        answer = _answer(printer, maybe_printed=True)
        if answer is None:
            _check(printer, maybe_printed=True)
        elif _is_in_turn(answer):
            return
    raise Trouble("unconfirmed", maybe_printed=True)


def _check(printer: Network, maybe_printed: bool) -> bool:
    """Ask in real time whether it can print; False where it does not answer.

    :raises Trouble: it says that it cannot
    """
    _ask(printer, WHY_OFFLINE, maybe_printed)
    why = _real_time_answer(printer, maybe_printed)
    if why is None:
        return False
    _ask(printer, PAPER, maybe_printed)
    paper = _real_time_answer(printer, maybe_printed) or 0
    for answer, wrong in (
        ("cover_open", why & 0x04),
        ("paper_out", (why & 0x20) | (paper & 0x60)),
        ("stopped", why & 0x40),
    ):
        if wrong:
            raise Trouble(answer, maybe_printed=maybe_printed)
    return True


def _ask(printer: Network, question: bytes, maybe_printed: bool) -> None:
    try:
        printer._raw(question)
    except OSError as error:
        raise Trouble("broken", _plain(error), maybe_printed) from error


def _real_time_answer(printer: Network, maybe_printed: bool) -> int | None:
    """The next real-time answer; an answer in turn that comes before it is kept for later by asking again."""
    answer = _answer(printer, maybe_printed)
    while answer is not None and _is_in_turn(answer):
        _ask(printer, PAPER_IN_TURN, maybe_printed)
        answer = _answer(printer, maybe_printed)
    return answer


def _answer(printer: Network, maybe_printed: bool) -> int | None:
    try:
        printer.device.settimeout(ANSWER_SECONDS)
        data = printer.device.recv(1)
    except TimeoutError:
        return None
    except OSError as error:
        raise Trouble("broken", _plain(error), maybe_printed) from error
    if not data:
        raise Trouble("broken", "the printer closed the connection", maybe_printed)
    return data[0]


def _is_in_turn(answer: int) -> bool:
    """Real-time answers have bits 1 and 4 set and 0 and 7 clear, answers in turn have 4 and 7 clear."""
    return not answer & 0x90


def _plain(error: BaseException) -> str:
    return str(error).splitlines()[-1] if str(error) else type(error).__name__
