import socket
import threading
import time

from odoo.addons.dining_rules.typeset import CutRow, QrRow, Row, Span
from odoo.tests import BaseCase, tagged

from ..diancan_agent import drivers, lines, talk
from ..diancan_agent.contract import LeaseLost, Trouble
from ..printing import render
from ..printing.preview import html


class FakePrinter:
    """A printer on a free port that answers as its script says and keeps what it got.

    :param answers: {question bytes: answer byte or bytes}; a question not named gets none
    :param hang_up_after: close the connection when so many bytes came
    """

    def __init__(self, answers=None, hang_up_after=None):
        self.answers, self.hang_up_after, self.got = answers or {}, hang_up_after, b""
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self):
        connection, _address = self.server.accept()
        with connection:
            while data := connection.recv(4096):
                self.got += data
                if self.hang_up_after is not None and len(self.got) >= self.hang_up_after:
                    return
                for question, answer in self.answers.items():
                    for _each in range(data.count(question)):
                        connection.sendall(answer if isinstance(answer, bytes) else bytes([answer]))

    def close(self):
        self.server.close()
        self.thread.join(5)


FINE = {talk.WHY_OFFLINE: 0x12, talk.PAPER: 0x12, talk.PAPER_IN_TURN: 0x00}


@tagged("post_install", "-at_install")
class TestRender(BaseCase):
    """Rows as bytes."""

    def test_chinese_white_on_black_in_double_size(self):
        data = render.escpos([Row((Span("忌口", inverse=True),), width=2, height=2, bold=True)])
        self.assertTrue(data.startswith(b"\x1b@\x1c&"), "reset, then the printer's Chinese mode")
        self.assertIn(b"\x1d!\x11", data)
        self.assertIn(b"\x1bE\x01", data)
        self.assertIn(b"\x1dB\x01" + "忌口".encode("gb18030") + b"\n", data)

    def test_a_block_of_inverse_rows_has_no_gaps_inside(self):
        solid, plain = Row((Span("忌口", inverse=True),), height=2), Row((Span("x"),))
        data = render.escpos([solid, solid, plain])
        self.assertEqual([data[at + 2] for at in _positions(data, b"\x1b3")], [48, 54, 30])

    def test_code_and_cut(self):
        data = render.escpos([QrRow("B12"), CutRow()])
        self.assertIn(b"\x1d(k", data)
        self.assertIn(b"B12", data)
        self.assertEqual(data[-3:], b"\x1dV\x00")

    def test_preview_keeps_the_grid(self):
        paper = str(html([Row((Span("a忌"),), width=2), QrRow("x&y"), CutRow()], 32))
        self.assertIn("width:288px", paper)
        self.assertIn('<i style="width:18px">a</i><i style="width:36px">忌</i>', paper)
        self.assertIn("value=x%26y", paper)


@tagged("post_install", "-at_install")
class TestTransport(BaseCase):
    """What a printer says, and what it does not."""

    def setUp(self):
        super().setUp()
        self.patch(talk, "ANSWER_SECONDS", 0.15)
        self.patch(lines, "CONNECT_SECONDS", 1.0)
        self.patch(talk, "PRINT_SECONDS", 1.0)
        self.sent = []

    def printer(self, *args, **kwargs):
        printer = FakePrinter(*args, **kwargs)
        self.addCleanup(printer.close)
        return printer

    def deliver(self, printer, data=b"ticket\n", speaks=False, again=False):
        address = {"driver": "tcp", "host": "127.0.0.1", "port": printer.port, "speaks": speaks}
        return drivers.deliver(address, data, lambda: self.sent.append(True), again)

    def assertTrouble(self, answer, maybe_printed, printer, **more):
        with self.assertRaises(Trouble) as caught:
            self.deliver(printer, **more)
        self.assertEqual((caught.exception.answer, caught.exception.maybe_printed), (answer, maybe_printed))

    def test_printed_and_confirmed(self):
        printer = self.printer(FINE)
        self.assertEqual(self.deliver(printer), "ok")
        self.assertEqual(self.sent, [True])
        self.assertIn(b"ticket\n", printer.got)
        self.assertLess(printer.got.index(b"ticket\n"), printer.got.index(talk.PAPER_IN_TURN))

    def test_a_printer_that_never_answers(self):
        printer = self.printer()
        self.assertEqual(self.deliver(printer), "silent")
        self.assertEqual(self.sent, [True])

    def test_a_printer_that_used_to_answer_gets_nothing_when_it_is_silent(self):
        printer = self.printer()
        self.assertTrouble("mute", False, printer, speaks=True)
        self.assertNotIn(b"ticket", printer.got)
        self.assertEqual(self.sent, [])

    def test_what_answers_garbage_gets_no_ticket(self):
        for garbage in (b"HTTP/1.1 400 Bad Request\r\n\r\n".replace(b"R", b"."), b"\xff" * 50, b"\x00"):
            printer = self.printer({talk.WHY_OFFLINE: garbage, talk.PAPER: garbage, talk.PAPER_IN_TURN: garbage})
            self.assertTrouble("nonsense", False, printer)
            self.assertNotIn(b"ticket", printer.got)
        self.assertEqual(self.sent, [])

    def test_what_it_may_have_got_before_is_sent_again_when_it_has_got_through_that(self):
        busy = {key: value for key, value in FINE.items() if key != talk.PAPER_IN_TURN}
        printer = self.printer(busy)
        self.assertTrouble("mute", False, printer, again=True)
        self.assertNotIn(b"ticket", printer.got, "a slow printer gets no second copy behind the first")
        self.assertEqual(self.sent, [])
        for paper in (0x72, 0x1E):
            printer = self.printer({**FINE, talk.PAPER: paper})
            if paper == 0x72:
                self.assertTrouble("paper_out", False, printer, again=True)
            else:
                self.assertEqual(self.deliver(printer, again=True), "paper_low")
                self.assertEqual(printer.got.count(talk.PAPER_IN_TURN), 2, "before the ticket and behind it")
                self.assertLess(printer.got.index(talk.PAPER_IN_TURN), printer.got.index(b"ticket\n"))
        self.assertEqual(self.sent, [True])

    def test_what_it_may_have_got_before_goes_to_a_printer_that_never_answers(self):
        self.assertEqual(self.deliver(self.printer(), again=True), "silent")

    def test_garbage_after_the_ticket_is_no_confirmation(self):
        began = time.monotonic()
        self.assertTrouble("unconfirmed", True, self.printer({**FINE, talk.PAPER_IN_TURN: b"\xff\xfe" * 200}))
        self.assertLess(time.monotonic() - began, 4)

    def test_nothing_is_sent_when_the_lease_is_lost(self):
        printer = self.printer(FINE)
        with self.assertRaises(LeaseLost):
            drivers.deliver({"driver": "tcp", "host": "127.0.0.1", "port": printer.port}, b"ticket", self._lost)
        self.assertNotIn(b"ticket", printer.got)

    def _lost(self):
        raise LeaseLost(1)

    def test_what_is_wrong_before_is_found_before(self):
        for answers, trouble in (
            ({**FINE, talk.PAPER: 0x72}, "paper_out"),
            ({**FINE, talk.WHY_OFFLINE: 0x32}, "paper_out"),
            ({**FINE, talk.WHY_OFFLINE: 0x16}, "cover_open"),
            ({**FINE, talk.WHY_OFFLINE: 0x52}, "stopped"),
        ):
            printer = self.printer(answers)
            self.assertTrouble(trouble, False, printer)
            self.assertNotIn(b"ticket", printer.got, "nothing is sent to a printer that cannot print")
        self.assertEqual(self.sent, [])

    def test_nearly_out_of_paper_prints(self):
        self.assertEqual(self.deliver(self.printer({**FINE, talk.PAPER: 0x1E})), "paper_low")

    def test_no_word_from_behind_the_ticket(self):
        answers = {key: value for key, value in FINE.items() if key != talk.PAPER_IN_TURN}
        self.assertTrouble("unconfirmed", True, self.printer(answers))
        self.assertEqual(self.sent, [True])

    def test_a_connection_that_breaks_while_printing(self):
        self.assertTrouble("broken", True, self.printer(FINE, hang_up_after=7))

    def test_nobody_there(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
        began = time.monotonic()
        with self.assertRaises(Trouble) as caught:
            drivers.deliver({"driver": "tcp", "host": "127.0.0.1", "port": port}, b"x", self.fail)
        self.assertEqual((caught.exception.answer, caught.exception.maybe_printed), ("unreachable", False))
        self.assertLess(time.monotonic() - began, 2)


def _positions(data, what):
    at = data.find(what)
    while at >= 0:
        yield at
        at = data.find(what, at + 1)
