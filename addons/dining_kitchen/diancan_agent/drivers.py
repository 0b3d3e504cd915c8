"""One door to every kind of printer.

`address["driver"]` and what it needs: `tcp` host, port; `serial` device, baud_rate; `usb` usb_id;
`cloud` url, user, key, serial_number. `speaks` is true for a printer that is known to answer.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

from . import cloud, talk
from .contract import Trouble
from .lines import Line, NetworkLine, SerialLine, UsbLine


def deliver(address: dict, data: bytes, before_send: Callable[[], None], again: bool = False) -> str:
    """Print `data`; returns 'ok', or 'silent' where nothing says whether it was printed.

    :param before_send: called right before the first byte leaves; what it raises stops the sending
    :param again: the printer may have got it before
    :raises Trouble: it was not, or perhaps not, printed
    """
    if address["driver"] == "cloud":
        return cloud.deliver(address, data, before_send)
    with _connected(address) as line:
        return talk.deliver(line, data, bool(address.get("speaks")), before_send, again)


def ask(address: dict, on_line: Callable[[Line], None] = lambda line: None) -> str:
    """How an idle printer is, as `talk.ask` says it.

    :param on_line: gets the open cable; who closes it from elsewhere ends the asking
    :raises Trouble: it could not print now
    """
    with _connected(address) as line:
        on_line(line)
        return talk.ask(line, bool(address.get("speaks")))


@contextlib.contextmanager
def _connected(address: dict) -> Iterator[Line]:
    try:
        line = _line(address)
    except (OSError, ValueError) as error:
        raise Trouble("unreachable", talk.plain(error)) from error
    try:
        yield line
    finally:
        with contextlib.suppress(OSError):  # what was said before counts
            line.close()


def _line(address: dict) -> Line:
    match address["driver"]:
        case "tcp":
            return NetworkLine(address["host"], address["port"])
        case "serial":
            return SerialLine(address["device"], int(address["baud_rate"]))
        case "usb":
            return UsbLine(address["usb_id"])
        case other:
            raise ValueError(f"this program knows no driver {other!r}: bring it up to date")
