"""Cables to a printer: network, serial, USB. Each sends bytes and hears one byte at a time, with time-outs.

Time-outs are seconds; everything that goes wrong with a cable is an OSError.
"""

from __future__ import annotations

import contextlib
import socket
import time
from typing import Protocol

from escpos.exceptions import Error as EscposError
from escpos.printer import Network, Serial, Usb

CONNECT_SECONDS = 3.0
WRITE_SECONDS = 60.0
"""A printer takes so long at most to accept a ticket."""


class Line(Protocol):
    """An open cable."""

    def send(self, data: bytes) -> None:
        """Send all of it."""

    def hear(self, seconds: float) -> int | None:
        """The next byte, None when none came in time."""

    def close(self) -> None:
        """Hang up."""


class NetworkLine:
    """TCP, usually port 9100."""

    def __init__(self, host: str, port: int) -> None:
        self._printer = _opened(Network(host, port, timeout=CONNECT_SECONDS))

    def send(self, data: bytes) -> None:
        self._printer.device.settimeout(WRITE_SECONDS)
        self._printer._raw(data)

    def hear(self, seconds: float) -> int | None:
        self._printer.device.settimeout(max(seconds, 0.001))
        try:
            data = self._printer.device.recv(1)
        except TimeoutError:
            return None
        if not data:
            raise ConnectionError("the printer closed the connection")
        return data[0]

    def interrupt(self) -> None:
        """End what another thread does on this line: it hears that the connection is closed."""
        with contextlib.suppress(OSError, AttributeError):  # it may have hung up already
            self._printer.device.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._printer.close()


class SerialLine:
    """RS-232, or a USB cable that says it is one; `/dev/ttyUSB0`, `COM3`."""

    def __init__(self, device: str, baud_rate: int) -> None:
        self._printer = _opened(Serial(device, baudrate=baud_rate, timeout=CONNECT_SECONDS))
        self._printer.device.write_timeout = WRITE_SECONDS

    def send(self, data: bytes) -> None:
        self._printer._raw(data)
        deadline = time.monotonic() + WRITE_SECONDS
        while self._printer.device.out_waiting:
            if time.monotonic() > deadline:
                raise TimeoutError("the printer takes no more bytes")
            time.sleep(0.01)

    def hear(self, seconds: float) -> int | None:
        self._printer.device.timeout = seconds
        data = self._printer.device.read(1)
        return data[0] if data else None

    def close(self) -> None:
        # Closing waits for the last byte to go, which a printer that is switched off never lets happen.
        if self._printer.device.out_waiting:
            self._printer.device.reset_output_buffer()
        self._printer.device.close()


class UsbLine:
    """USB printer class, named by vendor and product: `04b8:0202`."""

    def __init__(self, usb_id: str) -> None:
        vendor, product = (int(part, 16) for part in usb_id.split(":"))
        self._printer = _opened(Usb(vendor, product, timeout=int(WRITE_SECONDS * 1000)))
        interface = self._printer.device.get_active_configuration()[(0, 0)]
        # Which endpoints a printer has is its own choice; python-escpos takes Epson's unless told.
        for endpoint in interface.endpoints():
            if endpoint.bEndpointAddress & 0x80:
                self._printer.in_ep = endpoint.bEndpointAddress
            else:
                self._printer.out_ep = endpoint.bEndpointAddress
        self._waiting = b""

    def send(self, data: bytes) -> None:
        self._printer._raw(data)

    def hear(self, seconds: float) -> int | None:
        deadline = time.monotonic() + seconds
        while not self._waiting:
            left = deadline - time.monotonic()
            if left <= 0:
                return None
            try:
                self._waiting = bytes(self._printer.device.read(self._printer.in_ep, 64, max(int(left * 1000), 1)))
            except OSError as error:
                if "timed out" not in str(error).lower() and "timeout" not in str(error).lower():
                    raise
            if not self._waiting:
                time.sleep(min(0.02, max(left, 0)))  # some printers answer at once that they have nothing to say
        first, self._waiting = self._waiting[0], self._waiting[1:]
        return first

    def close(self) -> None:
        self._printer.close()


def _opened(printer):
    try:
        printer.open()
    except EscposError as error:
        raise ConnectionError(str(error)) from error
    except (OSError, RuntimeError) as error:  # RuntimeError: a package or a system library is missing
        raise ConnectionError(str(error)) from error
    return printer
