"""`python -m diancan_agent pair https://shop.example.com 12345678`, then `python -m diancan_agent`."""

from __future__ import annotations

import argparse
import json
import logging
import os
import signal
import sys
from pathlib import Path
from urllib.parse import urlsplit

from . import VERSION, remote
from .contract import Ended, SourceDown
from .engine import Engine

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def arguments(argv: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="diancan_agent", description="打印厨房小票，在门店网络里运行。Prints kitchen tickets in a store's network."
    )
    parser.add_argument("--version", action="version", version=VERSION)
    parser.add_argument(
        "--state",
        type=Path,
        default=Path.home() / ".config" / "diancan_agent.json",
        help="配对信息存放处 where the pairing is kept (%(default)s)",
    )
    parser.add_argument(
        "--allow-http", action="store_true", help="允许不加密的连接，仅限自有网络 plain HTTP, in a network of your own"
    )
    commands = parser.add_subparsers(dest="command")
    pairing = commands.add_parser("pair", help="用后台显示的配对码配对 pair with the code that Odoo shows")
    pairing.add_argument("server", help="https://shop.example.com")
    pairing.add_argument("code", help="8 位数字 digits")
    commands.add_parser("run", help="打印，直到被停止 print until stopped (default)")
    return parser.parse_args(argv)


def main(argv: list[str] | None = None) -> None:
    """Entry point."""
    options = arguments(argv)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    # python-escpos tells the root logger of every connection it opens and closes.
    logging.getLogger().handlers[0].addFilter(lambda record: record.module not in ("network", "serial", "usb"))
    try:
        if options.command == "pair":
            pair(options)
        else:
            run(options)
    except (Ended, SourceDown) as error:
        sys.exit(f"diancan_agent: {error}")


def pair(options: argparse.Namespace) -> None:
    """Exchange the code for a token and keep it where only this user can read it."""
    check_server(options.server, options.allow_http)
    answer = remote.pair(options.server, options.code)
    options.state.parent.mkdir(parents=True, exist_ok=True)
    draft = options.state.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump({"server": options.server, "token": answer["token"]}, file)
    draft.replace(options.state)
    # pylint: disable-next=print-used
    print(f"已配对 paired: {answer['store']} · {answer['name']}", flush=True)


def run(options: argparse.Namespace) -> None:
    """Print until told to stop."""
    try:
        state = json.loads(options.state.read_text())
        server, token = state["server"], state["token"]
    except FileNotFoundError:
        sys.exit(
            "diancan_agent: 还没有配对，请先运行 pair 并输入后台显示的配对码\n"
            "Not paired yet: run pair with the code that Odoo shows"
        )
    except (ValueError, TypeError, KeyError):
        sys.exit(f"diancan_agent: {options.state} 已损坏，请重新配对 is damaged: pair again")
    check_server(server, options.allow_http)
    source = remote.HttpSource(server, token)
    engine = Engine(source, look_seconds=remote.POLL_SECONDS)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: engine.stop())
    engine.run(say_ready)
    source.leave()


def say_ready() -> None:
    """The server has been reached."""
    print(f"print agent ready, version {VERSION}", flush=True)  # pylint: disable=print-used


def check_server(server: str, allow_http: bool) -> None:
    """Tickets and the token travel encrypted, except on this machine or where it was asked for."""
    parts = urlsplit(server)
    if not parts.hostname or parts.scheme not in ("https", "http"):
        sys.exit(f"diancan_agent: {server} 不是网址 is no address; https://shop.example.com")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK and not allow_http:
        sys.exit(
            "diancan_agent: 请使用 https，自有网络可加 --allow-http\nUse https; in a network of your own --allow-http"
        )


if __name__ == "__main__":
    main()
