"""The printer on the network, and everything that can go wrong with it.

Data waits in the printer's buffer while the paper is out or the cover open and is printed when that is
mended, also when the sender has long hung up: as with the real thing, a delivered ticket may be a printed
ticket, later. Status questions in real time (DLE EOT) are answered at once in any condition. Faults are set by
hand (`Printer.change`) or strike by themselves (`faults.Storm`).
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime

from .commands import REAL_TIME_STATUS, Command, Splitter
from .faults import Fault, Storm
from .machine import Machine
from .paper import Sheet
from .roll import Roll

PAPER_STATES = ("ok", "low", "out")
FIXED = 0x12
"""Bits that are set in every DLE EOT answer, so that it cannot be taken for flow control."""

HANG_UP_SECONDS = 0.05


class BadCondition(ValueError):
    """A condition that this printer cannot be in; the message names the field and what it may be."""


@dataclass(frozen=True)
class Condition:
    """What is wrong with the printer; the default is nothing.

    `offline` is the network gone: no connection is accepted. `delay_ms` is waited after each line.
    `break_after_bytes` cuts the connection once, when the current one has sent so many bytes more.
    `single` is a printer that talks to one at a time: whoever else connects is hung up on.
    """

    paper: str = "ok"
    cover_open: bool = False
    offline: bool = False
    delay_ms: int = 0
    break_after_bytes: int | None = None
    single: bool = False

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
    elif name in ("cover_open", "offline", "single"):
        good, expected = isinstance(value, bool), "true or false"
    elif name == "delay_ms":
        good, expected = _whole(value) and 0 <= value <= 60_000, "0 to 60000"
    else:
        good, expected = value is None or (_whole(value) and value >= 0), "null or a number from 0"
    if not good:
        raise BadCondition(f"{name} is {expected}, not {value!r}")


def _whole(value) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


@dataclass(eq=False)
class Sender:
    """Whoever is connected, and the fault that strikes what is sent."""

    writer: asyncio.StreamWriter
    sending: bool = False
    fault: Fault | None = None
    #: How many bytes come through before the connection breaks.
    left: int | None = None
    lines: int = 0


class Printer:
    """One printer: a TCP server, a buffer, a machine, and the sheets it has cut."""

    def __init__(self, name: str, port: int, width_mm: int, roll: Roll, host: str = "127.0.0.1") -> None:
        self.name, self.host, self.port, self.width_mm = name, host, port, width_mm
        self.condition = Condition()
        self.storm = Storm()
        self.machine = Machine(width_mm, self._cut)
        self.connections = self.turned_away = 0
        self._roll = roll
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self._reporting: set[asyncio.StreamWriter] = set()
        self._mending: set[asyncio.Task] = set()
        self._buffer: asyncio.Queue[tuple[Command | None, Sender]] = asyncio.Queue()
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
        for task in [*self._mending, *([self._task] if self._task else [])]:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

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
            "turned_away": self.turned_away,
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
        self.connections += 1
        if self.condition.single and not await self._is_free():
            self.turned_away += 1
            _reset(writer)
            return
        self._writers.add(writer)
        splitter, sender = Splitter(), Sender(writer)
        try:
            while data := await reader.read(4096):
                self._begin(sender, data)
                data, broken = self._until_break(sender, data)
                for command in splitter.feed(data):
                    self._take(command, sender)
                if broken:
                    self._buffer.put_nowait((None, sender))
                    _reset(writer)
                    return
        except ConnectionError:
            return
        finally:
            self._writers.discard(writer)
            self._reporting.discard(writer)
            with contextlib.suppress(ConnectionError):
                writer.close()

    async def _is_free(self) -> bool:
        """Whether nobody is connected; who has just hung up is heard of a moment later."""
        if self._writers:
            await asyncio.sleep(HANG_UP_SECONDS)
        return not self._writers

    def _begin(self, sender: Sender, data: bytes) -> None:
        """With the first bytes that are no status question a send begins, and its fault is drawn."""
        if sender.sending or data.startswith(REAL_TIME_STATUS):
            return
        sender.sending = True
        self._roll.begin(self.name)
        sender.fault = fault = self.storm.strike(self.name)
        if fault is None:
            return
        self._roll.note(self.name, fault)
        sender.left = fault.cuts_at
        if fault.kind == "offline":
            self._for_a_while(fault.seconds, {"offline": True}, {"offline": False})

    def _until_break(self, sender: Sender, data: bytes) -> tuple[bytes, bool]:
        """The bytes that arrive before the connection is to break, and whether it breaks now."""
        mine, left = sender.left is not None, self.condition.break_after_bytes
        if mine:
            left = sender.left
        if left is None:
            return data, False
        broken = len(data) >= left
        rest = None if broken else left - len(data)
        if mine:
            sender.left = rest
        else:
            self.condition = self.condition.changed({"break_after_bytes": rest})
        return data[:left], broken

    def _take(self, command: Command, sender: Sender) -> None:
        if command.name == "DLE 0x04":
            sender.writer.write(self.status(command.data[0]))
        else:
            self._buffer.put_nowait((command, sender))

    async def _print_forever(self) -> None:
        while True:
            command, sender = await self._buffer.get()
            await self._working.wait()
            if command is None:
                self.machine.tear_off(complete=False)
            elif not self._answered(command, sender.writer):
                self.machine.do(command)
                await self._suffer(command, sender)

    async def _suffer(self, command: Command, sender: Sender) -> None:
        """What goes wrong while a ticket is printed."""
        fault = sender.fault
        if command.name == "LF":
            sender.lines += 1
            if seconds := self.condition.delay_ms / 1000 + (fault.line_seconds if fault else 0):
                await asyncio.sleep(seconds)
            if fault and fault.kind == "paper_out" and sender.lines == fault.after:
                self._for_a_while(fault.seconds, {"paper": "out"}, {"paper": "ok"})
                await asyncio.sleep(0)  # it begins before the next line
        elif command.name == "GS V" and fault and fault.kind == "drop_after":
            _reset(sender.writer)

    def _for_a_while(self, seconds: float, values: dict, afterwards: dict) -> None:
        async def suffer() -> None:
            await self.change(values)
            await asyncio.sleep(seconds)
            await self.change(afterwards)

        task = asyncio.create_task(suffer())
        self._mending.add(task)
        task.add_done_callback(self._mending.discard)

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
