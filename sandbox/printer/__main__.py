"""`python -m sandbox.printer --printer kitchen:9100:80 --printer bar:9101:58 --web-port 8073`"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import re
import signal
import socket
import sys

import uvicorn

from .device import Printer
from .paper import PAPER_DOTS
from .picture import FontMissing, font_file
from .roll import Roll
from .web import application

CONTROLS = {"reset", "storm"}
NAME = re.compile(r"[\w-]+")


def printer_option(value: str) -> tuple[str, int, int]:
    """`name:port:width` from the command line; the width may be left out."""
    name, _, rest = value.partition(":")
    port, _, width = rest.partition(":")
    if not NAME.fullmatch(name) or not port.isdigit() or int(port) > 65535:
        raise argparse.ArgumentTypeError(f"{value!r} is not name:port:width, for example kitchen:9100:80")
    if (width or "80") not in map(str, PAPER_DOTS):
        raise argparse.ArgumentTypeError(f"paper is {' or '.join(map(str, PAPER_DOTS))} mm wide, not {width}")
    return name, int(port), int(width or 80)


def arguments(argv: list[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m sandbox.printer", description="ESC/POS printers to try with")
    parser.add_argument(
        "--printer",
        type=printer_option,
        action="append",
        metavar="NAME:PORT:WIDTH",
        help="one printer; may be given several times",
    )
    parser.add_argument("--port", type=int, default=9100, help="port of the only printer, 'kitchen'")
    parser.add_argument("--width", type=int, default=80, choices=sorted(PAPER_DOTS), help="its paper in mm")
    parser.add_argument("--web-port", type=int, default=8073, help="port of the web page; 0 takes a free one")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument(
        "--record", metavar="FILE", help="write every sheet, send and fault here, one JSON object a line"
    )
    options = parser.parse_args(argv)
    options.printer = options.printer or [("kitchen", options.port, options.width)]
    names = {name for name, _port, _width in options.printer}
    if len(names) < len(options.printer):
        parser.error("each printer needs a name of its own")
    if taken := names & CONTROLS:
        parser.error(f"no printer may be named {taken.pop()}: the control plane has that word")
    return options


class Web(uvicorn.Server):
    """uvicorn that leaves signals to us: it would raise them again after its own end."""

    def capture_signals(self):
        return contextlib.nullcontext()

    def leave(self) -> None:
        """Answer what has been asked, then end."""
        self.should_exit = True


async def serve(options: argparse.Namespace) -> None:
    """Run until SIGINT or SIGTERM."""
    with contextlib.ExitStack() as opened:
        record = opened.enter_context(open(options.record, "a", encoding="utf-8")) if options.record else None
        await _serve(options, Roll(record))


async def _serve(options: argparse.Namespace, roll: Roll) -> None:
    printers = {name: Printer(name, port, width, roll, options.host) for name, port, width in options.printer}
    web = socket.create_server((options.host, options.web_port))
    server = Web(
        uvicorn.Config(application(printers, roll), log_level="warning", lifespan="off", timeout_graceful_shutdown=2)
    )
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, server.leave)
    async with contextlib.AsyncExitStack() as stack:
        for printer in printers.values():
            await printer.start()
            stack.push_async_callback(printer.stop)
        running = ", ".join(f"{printer.name}={printer.host}:{printer.port}" for printer in printers.values())
        print(f"ready printer {running} web=http://{options.host}:{web.getsockname()[1]}/", flush=True)
        await server.serve(sockets=[web])


def main(argv: list[str]) -> int:
    """Entry point; returns the exit code."""
    options = arguments(argv)
    try:
        font_file(bold=True)
        asyncio.run(serve(options))
    except FontMissing as error:
        print(f"sandbox.printer: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        if options.record and error.filename == options.record:
            print(f"sandbox.printer: cannot write the record {error.filename}: {error.strerror}", file=sys.stderr)
            return 1
        remedy = "Is the port in use? Give another one with --printer and --web-port."
        print(f"sandbox.printer: cannot listen: {error.strerror or error}. {remedy}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
