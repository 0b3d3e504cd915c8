"""The printer on the network, and everything that can go wrong with it.

Data waits in the printer's buffer while the paper is out or the cover open and is printed when that is
mended, also when the sender has long hung up: as with the real thing, a delivered ticket may be a printed
ticket, later. Status questions in real time (DLE EOT) are answered at once in any condition.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime

from .commands import Command, Splitter
from .machine import Machine
from .paper import Sheet

PAPER_STATES = ("ok", "low", "out")
MAXIMUM_SHEETS = 500
FIXED = 0x12
"""Bits that are set in every DLE EOT answer, so that it cannot be taken for flow control."""


class BadCondition(ValueError):
    """A condition that this printer cannot be in; the message names the field and what it may be."""


@dataclass(frozen=True)
class Condition:
    """What is wrong with the printer; the default is nothing.

    `offline` is the network gone: no connection is accepted. `delay_ms` is waited after each line.
    `break_after_bytes` cuts the connection once, when the current one has sent so many bytes more.
    """

    paper: str = "ok"
    cover_open: bool = False
    offline: bool = False
    delay_ms: int = 0
    break_after_bytes: int | None = None

    def changed(self, values: dict) -> Condition:
        """The condition with some fields changed; raises BadCondition and changes nothing."""
        known = {field.name for field in fields(self)}
        for name, value in values.items():
            if name not in known:
                raise BadCondition(f"unknown field {name!r}; one of {', '.join(sorted(known))}")
            _check(name, value)
        return Condition(**{**asdict(self), **values})

    @property
    def stopped(self) -> bool:
        """Nothing is printed in this condition."""
        return self.paper == "out" or self.cover_open


def _check(name: str, value) -> None:
    if name == "paper":
        good, expected = value in PAPER_STATES, f"one of {', '.join(PAPER_STATES)}"
    elif name in ("cover_open", "offline"):
        good, expected = isinstance(value, bool), "true or false"
    elif name == "delay_ms":
        good, expected = _whole(value) and 0 <= value <= 60_000, "0 to 60000"
    else:
        good, expected = value is None or (_whole(value) and value >= 0), "null or a number from 0"
    if not good:
        raise BadCondition(f"{name} is {expected}, not {value!r}")


def _whole(value) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


class Printer:
    """One printer: a TCP server, a buffer, a machine, and the sheets it has cut."""

    def __init__(self, name: str, port: int, width_mm: int, roll: Roll, host: str = "127.0.0.1") -> None:
        self.name, self.host, self.port, self.width_mm = name, host, port, width_mm
        self.condition = Condition()
        self.machine = Machine(width_mm, self._cut)
        self.connections = 0
        self._roll = roll
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self._reporting: set[asyncio.StreamWriter] = set()
        self._buffer: asyncio.Queue[tuple[Command | None, asyncio.StreamWriter]] = asyncio.Queue()
        self._working = asyncio.Event()
        self._working.set()
        self._task: asyncio.Task | None = None

    async def start(self) -> None:
        """Listen; port 0 takes a free one."""
        await self._listen()
        self._task = asyncio.create_task(self._print_forever())

    async def stop(self) -> None:
        """Close every connection and stop printing."""
        await self._hang_up()
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def change(self, values: dict) -> Condition:
        """Bring the printer into another condition; raises BadCondition and changes nothing."""
        before, self.condition = self.condition, self.condition.changed(values)
        if self.condition.stopped:
            self._working.clear()
        else:
            self._working.set()
        if self.condition.offline and not before.offline:
            await self._hang_up()
        elif before.offline and not self.condition.offline:
            await self._listen()
        self._report()
        self._roll.touch()
        return self.condition

    def status(self, question: int) -> bytes:
        """Answer of DLE EOT 1 (printer), 2 (why offline), 3 (errors), 4 (paper)."""
        now = self.condition
        bits = {
            1: 0x08 if now.stopped else 0,
            2: (0x04 if now.cover_open else 0) | (0x20 if now.paper == "out" else 0),
            3: 0,
            4: {"ok": 0, "low": 0x0C, "out": 0x6C}[now.paper],
        }
        return bytes([FIXED | bits.get(question, 0)])

    def automatic_status(self) -> bytes:
        """The four bytes of an automatic report (GS a)."""
        now = self.condition
        first = 0x10 | (0x08 if now.stopped else 0) | (0x20 if now.cover_open else 0)
        return bytes([first, 0, {"ok": 0, "low": 0x03, "out": 0x0F}[now.paper], 0])

    def describe(self) -> dict:
        """State for the web page and for tests."""
        return {
            "name": self.name,
            "host": self.host,
            "port": self.port,
            "width": self.width_mm,
            "connections": self.connections,
            "waiting": self._buffer.qsize(),
            **asdict(self.condition),
        }

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._serve, self.host, self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _hang_up(self) -> None:
        if self._server:
            self._server.close()
        for writer in list(self._writers):
            _reset(writer)
        if self._server:
            await self._server.wait_closed()
            self._server = None

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        self.connections += 1
        splitter = Splitter()
        try:
            while data := await reader.read(4096):
                data, broken = self._until_break(data)
                for command in splitter.feed(data):
                    self._take(command, writer)
                if broken:
                    self._buffer.put_nowait((None, writer))
                    _reset(writer)
                    return
        except ConnectionError:
            return
        finally:
            self._writers.discard(writer)
            self._reporting.discard(writer)
            with contextlib.suppress(ConnectionError):
                writer.close()

    def _until_break(self, data: bytes) -> tuple[bytes, bool]:
        """The bytes that arrive before the connection is to break, and whether it breaks now."""
        left = self.condition.break_after_bytes
        if left is None:
            return data, False
        broken = len(data) >= left
        self.condition = self.condition.changed({"break_after_bytes": None if broken else left - len(data)})
        return data[:left], broken

    def _take(self, command: Command, writer: asyncio.StreamWriter) -> None:
        if command.name == "DLE 0x04":
            writer.write(self.status(command.data[0]))
        else:
            self._buffer.put_nowait((command, writer))

    async def _print_forever(self) -> None:
        while True:
            command, writer = await self._buffer.get()
            await self._working.wait()
            if command is None:
                self.machine.tear_off(complete=False)
            elif not self._answered(command, writer):
                self.machine.do(command)
            if command and command.name == "LF" and self.condition.delay_ms:
                await asyncio.sleep(self.condition.delay_ms / 1000)

    def _answered(self, command: Command, writer: asyncio.StreamWriter) -> bool:
        """Carry out the commands that speak back: GS a, GS r, GS I."""
        if command.name == "GS a":
            (self._reporting.add if command.data[0] else self._reporting.discard)(writer)
            if command.data[0]:
                _say(writer, self.automatic_status())
        elif command.name == "GS r":
            _say(writer, bytes([{"ok": 0, "low": 0x03, "out": 0x0F}[self.condition.paper]]))
        elif command.name == "GS I":
            _say(writer, b"_Diancan sandbox\0")
        else:
            return False
        return True

    def _report(self) -> None:
        for writer in self._reporting:
            _say(writer, self.automatic_status())

    def _cut(self, sheet: Sheet) -> None:
        sheet.printed_at = datetime.now(UTC)
        self._roll.add(self.name, sheet)


def _say(writer: asyncio.StreamWriter, data: bytes) -> None:
    if not writer.is_closing():
        writer.write(data)


def _reset(writer: asyncio.StreamWriter) -> None:
    """Break a connection the hard way, so that the sender sees an error and not an orderly end."""
    with contextlib.suppress(OSError):
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


class Roll:
    """All sheets of all printers in this process, numbered from 1; the oldest are forgotten."""

    def __init__(self) -> None:
        self.sheets: dict[int, tuple[str, Sheet]] = {}
        self.revision = 0
        self._last = 0

    def add(self, printer: str, sheet: Sheet) -> int:
        """Keep a sheet; returns its number."""
        self._last += 1
        self.sheets[self._last] = (printer, sheet)
        self.sheets.pop(self._last - MAXIMUM_SHEETS, None)
        self.touch()
        return self._last

    def clear(self) -> None:
        """Throw the paper away; numbering goes on."""
        self.sheets.clear()
        self.touch()

    def touch(self) -> None:
        """Something changed: pages that watch read again."""
        self.revision += 1
