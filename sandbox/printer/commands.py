"""ESC/POS bytes cut into commands.

Only lengths are decided here; what a command does is in `machine`. The command set is the one printed in
the Epson TM series reference and understood by the receipt printers sold in China.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

DLE, ESC, FS, GS = 0x10, 0x1B, 0x1C, 0x1D
REAL_TIME_STATUS = b"\x10\x04"


@dataclass(frozen=True)
class Command:
    """One command: `name` as in the reference ('ESC @', 'GS V', 'LF', 'text'), the bytes that follow it."""

    name: str
    data: bytes = b""


class Incomplete(Exception):
    """The bytes end inside a command: wait for more."""


class Splitter:
    """Collects bytes from the network and gives whole commands."""

    def __init__(self) -> None:
        self._pending = b""

    def feed(self, data: bytes) -> list[Command]:
        """Add bytes; return the commands that are complete now."""
        buffer, at, commands = self._pending + data, 0, []
        while at < len(buffer):
            try:
                command, length = _next(buffer, at)
            except Incomplete:
                break
            commands.append(command)
            at += length
        self._pending = buffer[at:]
        return commands


def _next(buffer: bytes, at: int) -> tuple[Command, int]:
    first = buffer[at]
    if first >= 0x20:
        end = at
        while end < len(buffer) and buffer[end] >= 0x20:
            end += 1
        return Command("text", buffer[at:end]), end - at
    if first not in PREFIXES:
        return Command(CONTROLS.get(first, f"0x{first:02X}")), 1
    prefix, arguments = PREFIXES[first]
    code = _byte(buffer, at + 1)
    length = arguments.get(code, 0)
    if callable(length):
        length = length(buffer, at + 2)
    end = at + 2 + length
    if end > len(buffer):
        raise Incomplete
    name = f"{prefix} {chr(code)}" if 0x20 < code < 0x7F else f"{prefix} 0x{code:02X}"
    return Command(name, buffer[at + 2 : end]), end - at


def _byte(buffer: bytes, at: int) -> int:
    if at >= len(buffer):
        raise Incomplete
    return buffer[at]


def _word(buffer: bytes, at: int) -> int:
    """Two bytes, low one first."""
    return _byte(buffer, at) | _byte(buffer, at + 1) << 8


def _to_nul(buffer: bytes, at: int) -> int:
    end = buffer.find(b"\0", at)
    if end < 0:
        raise Incomplete
    return end + 1 - at


def _extended(buffer: bytes, at: int) -> int:
    """`( x pL pH …`: the length stands behind one letter."""
    return 3 + _word(buffer, at + 1)


def _bit_image(buffer: bytes, at: int) -> int:
    """`ESC * m nL nH …`: one or three bytes a column."""
    return 3 + _word(buffer, at + 1) * (3 if _byte(buffer, at) >= 32 else 1)


def _raster(buffer: bytes, at: int) -> int:
    """`GS v 0 m xL xH yL yH …`: rows of xL+xH*256 bytes."""
    return 6 + _word(buffer, at + 2) * _word(buffer, at + 4)


def _cut(buffer: bytes, at: int) -> int:
    """`GS V m` or `GS V m n`, where n is paper to feed first."""
    return 1 if _byte(buffer, at) in (0, 1, 48, 49) else 2


def _barcode(buffer: bytes, at: int) -> int:
    """`GS k m … NUL` (m ≤ 6) or `GS k m n …`."""
    if _byte(buffer, at) <= 6:
        return 1 + _to_nul(buffer, at + 1)
    return 2 + _byte(buffer, at + 1)


def _large_graphics(buffer: bytes, at: int) -> int:
    """`GS 8 L p1 p2 p3 p4 …`."""
    return 5 + _word(buffer, at + 1) + (_word(buffer, at + 3) << 16)


def _defined_image(buffer: bytes, at: int) -> int:
    """`GS * x y …`: a picture kept in the printer."""
    return 2 + _byte(buffer, at) * _byte(buffer, at + 1) * 8


def _stored_images(buffer: bytes, at: int) -> int:
    """`FS q n [xL xH yL yH …]…`: pictures for the printer's flash."""
    length = 1
    for _picture in range(_byte(buffer, at)):
        length += 4 + _word(buffer, at + length) * _word(buffer, at + length + 2) * 8
    return length


def _real_time_request(buffer: bytes, at: int) -> int:
    """`DLE DC4 fn …`: pulse 2 more, power off 2 more, clear 7 more."""
    return {1: 3, 2: 3, 8: 8}.get(_byte(buffer, at), 3)


Length = int | Callable[[bytes, int], int]


def _table(fixed: str, one: str, two: str, more: dict[int, Length]) -> dict[int, Length]:
    return {
        **dict.fromkeys(fixed.encode(), 0),
        **dict.fromkeys(one.encode(), 1),
        **dict.fromkeys(two.encode(), 2),
        **more,
    }


PREFIXES: dict[int, tuple[str, dict[int, Length]]] = {
    DLE: ("DLE", {0x04: 1, 0x05: 1, 0x14: _real_time_request}),
    ESC: (
        "ESC",
        _table(
            "@2<LSimv",
            "!+-3=?AEGJKMRTUVadefrtu{",
            "$\\Bc",
            {
                ord(" "): 1,
                ord("("): _extended,
                ord("*"): _bit_image,
                ord("D"): _to_nul,
                ord("W"): 8,
                ord("p"): 3,
            },
        ),
    ),
    FS: (
        "FS",
        _table("&.", "!-CW", "Sp", {ord("("): _extended, ord("2"): 74, ord("q"): _stored_images}),
    ),
    GS: (
        "GS",
        _table(
            ":",
            "!/BHITabfhrw|",
            "$LPW\\",
            {
                ord("("): _extended,
                ord("*"): _defined_image,
                ord("8"): _large_graphics,
                ord("V"): _cut,
                ord("^"): 3,
                ord("k"): _barcode,
                ord("v"): _raster,
            },
        ),
    ),
}
CONTROLS = {0x09: "HT", 0x0A: "LF", 0x0C: "FF", 0x0D: "CR", 0x18: "CAN"}
