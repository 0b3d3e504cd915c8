"""Printing with the printer's own word for it, over any cable.

Before sending, the printer is asked in real time whether it can print (DLE EOT). After sending, it is asked for
its paper status in turn (GS r): that answer comes from behind the ticket in its buffer, so the ticket has got
through. While that answer is awaited the real-time questions tell why it does not come. A printer that has
never answered anything is taken for one of the simple kind that never does; one that used to answer and falls
silent is not printing. A ticket that the printer may have got before is sent again only when that answer comes
first: one that is slow, or whose sender died, gets through what it has and not a heap of copies. Source of the
bytes: Epson's ESC/POS reference, DLE EOT and GS r.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from .contract import Trouble
from .lines import Line

ANSWER_SECONDS = 2.0
PRINT_SECONDS = 60.0
"""A long ticket on a slow printer."""

WHY_OFFLINE, PAPER = b"\x10\x04\x02", b"\x10\x04\x04"
PAPER_IN_TURN = b"\x1dr\x01"


def deliver(line: Line, data: bytes, speaks: bool, before_send: Callable[[], None], again: bool = False) -> str:
    """Print `data`; returns 'ok', 'paper_low' where little paper is left, 'silent' for a printer without answers.

    :param speaks: this printer is known to answer
    :param before_send: called right before the first byte leaves; what it raises stops the sending
    :param again: the printer may have got it before
    :raises Trouble: it was not, or perhaps not, printed
    """
    talks = _check(line, maybe_printed=False)
    if speaks and not talks:
        raise Trouble("mute")
    if talks and again and not _gets_through(line, maybe_printed=False):
        raise Trouble("mute")
    before_send()
    _write(line, data, maybe_printed=True)
    if not talks:
        return "silent"
    if not _gets_through(line, maybe_printed=True):
        raise Trouble("unconfirmed", maybe_printed=True)
    return talks


def ask(line: Line, speaks: bool) -> str:
    """How an idle printer is: 'ready', 'paper_low', or 'reachable' for one that never answers; nothing is printed.

    :raises Trouble: it could not print now
    """
    says = _check(line, maybe_printed=False)
    if speaks and not says:
        raise Trouble("mute")
    return {"ok": "ready", "": "reachable"}.get(says, says)


def _gets_through(line: Line, maybe_printed: bool) -> bool:
    """Wait for the answer from behind all that the printer has, asking meanwhile why it does not come."""
    deadline = time.monotonic() + PRINT_SECONDS
    _write(line, PAPER_IN_TURN, maybe_printed)
    while time.monotonic() < deadline:
        answer = _read(line, ANSWER_SECONDS, maybe_printed)
        if answer is None:
            if _check(line, maybe_printed, in_turn=True) is None:
                return True
        elif _is_in_turn(answer):
            return True
    return False


def _check(line: Line, maybe_printed: bool, in_turn: bool = False) -> str | None:
    """Ask in real time whether it can print: 'ok' or 'paper_low'; '' where it does not answer.

    :param in_turn: an answer in turn is awaited too; None when that came instead
    :raises Trouble: it says that it cannot, or talks as no printer does
    """
    why = _real_time_answer(line, WHY_OFFLINE, maybe_printed, in_turn)
    if why in (None, False):
        return None if why is None else ""
    paper = _real_time_answer(line, PAPER, maybe_printed, in_turn)
    if paper is None:
        return None
    for answer, wrong in (
        ("cover_open", why & 0x04),
        ("paper_out", (why & 0x20) | (paper & 0x60)),
        ("stopped", why & 0x40),
    ):
        if wrong:
            raise Trouble(answer, maybe_printed=maybe_printed)
    return "paper_low" if paper & 0x0C else "ok"


def _real_time_answer(line: Line, question: bytes, maybe_printed: bool, in_turn: bool) -> int | bool | None:
    """The answer to a real-time question; False when there is none.

    None when the answer in turn, where one is awaited, came first.

    :raises Trouble: 'nonsense' where bytes come that no printer says, unless it may be printing
    """
    _write(line, question, maybe_printed)
    deadline = time.monotonic() + ANSWER_SECONDS
    heard = b""
    while (left := deadline - time.monotonic()) > 0:
        answer = _read(line, left, maybe_printed)
        if answer is None:
            break
        if _is_real_time(answer):
            return answer
        if in_turn and _is_in_turn(answer):
            return None
        heard += bytes([answer])
    if heard and not in_turn:
        raise Trouble("nonsense", repr(heard[:40]))
    return False


def _write(line: Line, data: bytes, maybe_printed: bool) -> None:
    try:
        line.send(data)
    except OSError as error:
        raise Trouble("broken", plain(error), maybe_printed) from error


def _read(line: Line, seconds: float, maybe_printed: bool) -> int | None:
    try:
        return line.hear(seconds)
    except OSError as error:
        raise Trouble("broken", plain(error), maybe_printed) from error


def _is_real_time(answer: int) -> bool:
    """Answers to DLE EOT have bits 1 and 4 set and 0 and 7 clear."""
    return answer & 0x93 == 0x12


def _is_in_turn(answer: int) -> bool:
    """Answers to GS r 1 have bits 4 and 7 clear; 5 and 6 are reserved and zero."""
    return not answer & 0xF0


def plain(error: BaseException) -> str:
    """An error in one line."""
    return str(error).splitlines()[-1] if str(error) else type(error).__name__
