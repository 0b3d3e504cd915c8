"""Idle printers are asked how they are: what the printers' page shows is not as old as the last ticket."""

import socket
import threading
import time
from contextlib import nullcontext
from unittest.mock import patch

from odoo.sql_db import Cursor
from odoo.tests import BaseCase, tagged

from ..diancan_agent import rounds, talk
from ..diancan_agent.contract import Ended
from ..diancan_agent.rounds import Rounds
from ..printing import queue
from .printer_common import PrinterCase


@tagged("post_install", "-at_install")
class TestIdlePrinters(PrinterCase):
    def setUp(self):
        super().setUp()
        self.patch(rounds, "ASK_SECONDS", 0.3)
        self.patch(queue, "IDLE_SECONDS", 0)
        self.execute(
            "UPDATE dining_printer SET last_answer = NULL, last_answer_at = NULL WHERE id = ANY(%s)", self.printers
        )

    def answer(self, printer=0):
        [row] = self.execute("SELECT last_answer FROM dining_printer WHERE id = %s", self.printers[printer])
        return row[0]

    def facts(self):
        [row] = self.execute("SELECT last_answer, failures, speaks FROM dining_printer WHERE id = %s", self.printers[0])
        return row

    def test_the_state_of_a_printer_that_nothing_is_printed_on_is_known(self):
        self.start()
        for condition, answer in (
            ({}, "ready"),
            ({"paper": "low"}, "paper_low"),
            ({"paper": "out"}, "paper_out"),
            ({"paper": "ok", "cover_open": True}, "cover_open"),
            ({"cover_open": False, "offline": True}, "unreachable"),
            ({"offline": False}, "ready"),
        ):
            self.control("wok", **condition)
            self.wait_for(self.answer, answer)
        self.assertEqual(self.printed(), [])

    def test_what_an_idle_printer_says_moves_nothing_to_its_backup(self):
        self.execute("UPDATE dining_printer SET failures = 2 WHERE id = %s", self.printers[0])
        jobs = self.jobs()
        jobs.seen(self.printers[0], "unreachable")
        self.assertEqual(self.facts(), ("unreachable", 2, False))
        jobs.seen(self.printers[0], "reachable")
        self.assertEqual(self.facts(), ("reachable", 2, False), "it has not said that it can print")
        jobs.seen(self.printers[0], "ready")
        self.assertEqual(self.facts(), ("ready", 0, True))

    def test_who_has_a_ticket_is_not_asked(self):
        jobs = self.jobs()
        self.assertEqual(set(self.printers) - set(jobs.idle()), set())
        self.queue_page("汽锅鸡")
        self.assertEqual(set(self.printers) - set(jobs.idle()), {self.printers[0]})
        jobs.seen(self.printers[0], "cover_open")
        self.assertEqual(self.facts(), (None, 0, False), "the ticket's own answer comes")

    def test_who_has_just_answered_is_not_asked(self):
        self.patch(queue, "IDLE_SECONDS", 30)
        jobs = self.jobs()
        jobs.seen(self.printers[0], "ready")
        self.assertEqual(set(self.printers) - set(jobs.idle()), {self.printers[0]})
        self.execute(
            "UPDATE dining_printer SET last_answer_at = last_answer_at - interval '31 seconds' WHERE id = %s",
            self.printers[0],
        )
        self.assertEqual(set(self.printers) - set(jobs.idle()), set())

    def test_an_agent_asks_its_own_printers_only(self):
        [(agent_id,)] = self.execute(
            "INSERT INTO dining_print_agent (name, config_id, active) VALUES ('Far', %s, true) RETURNING id",
            self.config_id,
        )
        self.addCleanup(self.execute, "DELETE FROM dining_print_agent WHERE id = %s", agent_id)
        self.addCleanup(self.execute, "UPDATE dining_printer SET agent_id = NULL WHERE agent_id = %s", agent_id)
        self.execute("UPDATE dining_printer SET agent_id = %s WHERE id = %s", agent_id, self.printers[1])
        jobs = self.jobs()
        self.assertNotIn(self.printers[1], jobs.idle())
        jobs.seen(self.printers[1], "ready")
        self.assertIsNone(self.answer(1))

    def test_each_step_is_one_statement(self):
        jobs, said, real = self.jobs(), [], Cursor.execute

        def execute(cursor, statement, *args, **kwargs):
            said.append(statement)
            return real(cursor, statement, *args, **kwargs)

        with patch.object(Cursor, "execute", execute):
            jobs.idle()
            self.assertEqual(said, [queue.IDLE])
            jobs.seen(self.printers[0], "ready")
            self.assertEqual(said, [queue.IDLE, queue.SEEN])


class Jobs:
    """A source without jobs, for one printer."""

    def __init__(self, case):
        self.case = case

    def idle(self):
        return {1: self.case.address}

    def asking(self, _printer_id):
        return nullcontext(True)

    def seen(self, *said):
        if self.case.ended:
            raise Ended("this agent is not known")
        self.case.seen.append(said)


class TestRounds(BaseCase):
    """A job never waits for a question."""

    def setUp(self):
        super().setUp()
        self.patch(talk, "ANSWER_SECONDS", 30)
        # A printer that takes the connection and says nothing.
        self.printer = self.enterContext(socket.create_server(("127.0.0.1", 0)))
        self.printer.settimeout(5)
        self.address = {"driver": "tcp", "host": "127.0.0.1", "port": self.printer.getsockname()[1], "speaks": True}
        self.seen, self.busy, self.ended = [], False, False

    def asker(self):
        return Rounds(Jobs(self), lambda printer_id: self.busy)

    def test_a_job_ends_the_question_that_is_under_way(self):
        asker = self.asker()
        asker.ask_all()
        line, _address = self.printer.accept()
        with line:
            line.settimeout(5)
            self.assertEqual(line.recv(3), talk.WHY_OFFLINE)
            began = time.monotonic()
            asker.interrupt(1)
            self.assertEqual(line.recv(3), b"", "the line is free")
            self.assertLess(time.monotonic() - began, 1)
        for thread in threading.enumerate():
            if thread.name == "asks printer 1":
                thread.join(5)
        self.assertEqual(self.seen, [])

    def test_one_question_at_a_time(self):
        asker = self.asker()
        asker.ask_all()
        line, _address = self.printer.accept()
        self.printer.settimeout(0.3)
        asker.ask_all()
        with line, self.assertRaises(TimeoutError):
            self.printer.accept()
        asker.interrupt(1)

    def test_a_printer_with_a_job_in_hand_is_not_asked(self):
        self.busy = True
        self.printer.settimeout(0.3)
        self.asker().ask_all()
        with self.assertRaises(TimeoutError):
            self.printer.accept()

    def test_a_source_that_wants_no_more_of_it_ends_the_question_quietly(self):
        self.patch(talk, "ANSWER_SECONDS", 0.1)
        self.ended, died = True, []
        self.patch(threading, "excepthook", died.append)
        self.asker().ask_all()
        with self.printer.accept()[0]:
            for thread in threading.enumerate():
                if thread.name == "asks printer 1":
                    thread.join(5)
        self.assertEqual((self.seen, died), ([], []))
