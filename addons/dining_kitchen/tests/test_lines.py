"""Serial cables on a real terminal of the system; USB with what pyusb would hand over."""

import os
import threading
import tty
from unittest.mock import patch

import usb.core
from odoo.tests import BaseCase, tagged

from ..diancan_agent import drivers, talk
from ..diancan_agent.contract import Trouble

ANSWERS = {talk.WHY_OFFLINE: b"\x12", talk.PAPER: b"\x12", talk.PAPER_IN_TURN: b"\x00"}


class SerialPrinter:
    """The printer's end of a cable."""

    def __init__(self, answers):
        self.answers, self.got = answers, b""
        self.end, cable = os.openpty()
        tty.setraw(cable)
        self.device = os.ttyname(cable)
        self.cable = cable
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self):
        try:
            while data := os.read(self.end, 4096):
                self.got += data
                for question, answer in self.answers.items():
                    os.write(self.end, answer * data.count(question))
        except OSError:
            return  # the cable was pulled out

    def close(self):
        """Pull out the cable, when all that was sent has arrived."""
        if self.thread.is_alive():
            os.close(self.cable)
            self.thread.join(5)
            os.close(self.end)


class Endpoint:
    def __init__(self, address):
        self.bEndpointAddress = address


class UsbDevice:
    """What pyusb gives for a printer whose endpoints are not Epson's."""

    class backend:  # noqa: N801 - pyusb's name
        pass

    def __init__(self, answers):
        self.answers, self.got, self.waiting = answers, b"", b""
        self._ctx = self  # what pyusb frees when it hangs up

    def dispose(self, _device):
        pass

    def set_configuration(self):
        pass

    def reset(self):
        pass

    def get_active_configuration(self):
        return {(0, 0): self}

    def endpoints(self):
        return [Endpoint(0x84), Endpoint(0x03)]

    def write(self, endpoint, data, timeout):  # pylint: disable=method-required-super
        assert endpoint == 0x03 and timeout == 60000, (endpoint, timeout)
        self.got += data
        for question, answer in self.answers.items():
            self.waiting += answer * data.count(question)

    def read(self, endpoint, size, timeout):  # pylint: disable=method-required-super
        assert endpoint == 0x84, endpoint
        if not self.waiting:
            raise usb.core.USBTimeoutError("Operation timed out")
        data, self.waiting = self.waiting[:size], self.waiting[size:]
        return data


@tagged("post_install", "-at_install")
class TestLines(BaseCase):
    def setUp(self):
        super().setUp()
        self.patch(talk, "ANSWER_SECONDS", 0.2)
        self.patch(talk, "PRINT_SECONDS", 1.0)
        self.sent = []

    def deliver(self, **address):
        return drivers.deliver(address, b"ticket\n" * 200, lambda: self.sent.append(True))

    def serial(self, answers):
        printer = SerialPrinter(answers)
        self.addCleanup(printer.close)
        return printer

    def test_a_serial_printer_prints_and_confirms(self):
        printer = self.serial(ANSWERS)
        self.assertEqual(self.deliver(driver="serial", device=printer.device, baud_rate="115200"), "ok")
        self.assertIn(b"ticket\n" * 200, printer.got)
        self.assertEqual(self.sent, [True])

    def test_a_serial_printer_with_little_paper_prints_and_says_so(self):
        printer = self.serial({**ANSWERS, talk.PAPER: b"\x1e"})
        self.assertEqual(self.deliver(driver="serial", device=printer.device, baud_rate="115200"), "paper_low")
        self.assertIn(b"ticket\n" * 200, printer.got)

    def test_a_serial_printer_without_paper_gets_nothing(self):
        printer = self.serial({**ANSWERS, talk.PAPER: b"\x72"})
        with self.assertRaises(Trouble) as caught:
            self.deliver(driver="serial", device=printer.device, baud_rate="9600")
        self.assertEqual((caught.exception.answer, caught.exception.maybe_printed), ("paper_out", False))
        self.assertNotIn(b"ticket", printer.got)

    def test_a_serial_printer_that_never_answers_gets_the_whole_ticket(self):
        printer = self.serial({})
        self.assertEqual(self.deliver(driver="serial", device=printer.device, baud_rate="9600"), "silent")
        printer.close()
        self.assertIn(b"ticket\n" * 200, printer.got)

    def test_a_serial_port_that_is_not_there(self):
        with self.assertRaises(Trouble) as caught:
            self.deliver(driver="serial", device="/dev/ttyDiancan99", baud_rate="9600")
        self.assertEqual((caught.exception.answer, caught.exception.maybe_printed), ("unreachable", False))

    def test_a_usb_printer_prints_and_confirms_by_its_own_endpoints(self):
        device = UsbDevice(ANSWERS)
        with patch("usb.core.find", return_value=device) as find:
            self.assertEqual(self.deliver(driver="usb", usb_id="0416:5011"), "ok")
        find.assert_called_once_with(idVendor=0x0416, idProduct=0x5011)
        self.assertIn(b"ticket\n" * 200, device.got)

    def test_a_usb_printer_that_is_not_plugged_in(self):
        with patch("usb.core.find", return_value=None), self.assertRaises(Trouble) as caught:
            self.deliver(driver="usb", usb_id="0416:5011")
        self.assertEqual((caught.exception.answer, caught.exception.maybe_printed), ("unreachable", False))
        self.assertEqual(self.sent, [])
