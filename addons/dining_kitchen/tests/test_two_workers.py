"""Two workers serve one restaurant, and its printers talk to one of them at a time."""

import threading
import time

import requests
from odoo.tests import tagged

from ..diancan_agent import rounds, talk
from ..diancan_agent.rounds import Rounds
from ..printing import queue
from .printer_common import PrinterCase

ASKING_SECONDS = 1.5


@tagged("post_install", "-at_install")
class TestTwoWorkers(PrinterCase):
    def setUp(self):
        super().setUp()
        self.patch(queue, "IDLE_SECONDS", 0)
        self.control("wok", single=True)
        self.execute(
            "UPDATE dining_printer SET last_answer = NULL, last_answer_at = NULL, active = id = %s WHERE id = ANY(%s)",
            self.printers[0],
            self.printers,
        )
        # A printer that takes its time to answer a question.
        ask = talk.ask

        def slowly(line, speaks):
            if line.hear(ASKING_SECONDS) is not None:
                self.fail("nobody had asked yet")
            return ask(line, speaks)

        self.patch(talk, "ask", slowly)
        self.before = self.wok()

    def wok(self):
        [wok] = [each for each in requests.get(f"{self.web}/printers", timeout=5).json() if each["name"] == "wok"]
        return wok

    def since(self, what):
        return self.wok()[what] - self.before[what]

    def wait_until_asked(self):
        before = self.since("connections")
        self.wait_for(lambda: self.since("connections") > before, True)

    def worker(self):
        """A worker's jobs and how it asks its idle printers."""
        jobs = self.jobs()
        rounds = Rounds(jobs, lambda _printer_id: False)
        self.addCleanup(self.silence)
        return jobs, rounds

    @staticmethod
    def silence():
        """Wait until nobody asks any more."""
        for thread in threading.enumerate():
            if thread.name.startswith("asks printer"):
                thread.join(10)

    def test_a_printer_that_is_asked_gets_its_ticket_from_who_asks(self):
        (jobs, asking), (others, _rounds) = self.worker(), self.worker()
        asking.ask_all()
        self.wait_for(lambda: self.since("connections"), 1)
        job_id = self.queue_page("汽锅鸡")
        self.assertIsNone(others.claim(self.printers[0]), "it would be hung up on")
        self.assertEqual(self.job(job_id), ("queued", 0, None, None))
        job = jobs.claim(self.printers[0])
        self.assertEqual(job.id, job_id)
        asking.interrupt(self.printers[0])
        self.silence()
        self.assertEqual(jobs.idle(), {})

    def test_who_has_asked_lets_go(self):
        (_jobs, asking), (others, _rounds) = self.worker(), self.worker()
        asking.ask_all()
        self.wait_for(lambda: self.since("connections"), 1)
        self.silence()
        job_id = self.queue_page("汽锅鸡")
        self.assertEqual(others.claim(self.printers[0]).id, job_id)

    def test_a_worker_that_dies_while_it_asks_holds_up_nobody(self):
        (jobs, asking), (others, _rounds) = self.worker(), self.worker()
        asking.ask_all()
        self.wait_for(lambda: self.since("connections"), 1)
        jobs.close()
        job_id = self.queue_page("汽锅鸡")
        self.assertEqual(others.claim(self.printers[0]).id, job_id)

    def test_two_who_ask_at_once_ask_once(self):
        (_jobs, one), (_others, other) = self.worker(), self.worker()
        one.ask_all()
        other.ask_all()
        self.silence()
        self.assertEqual((self.since("connections"), self.since("turned_away")), (1, 0))
        [(answer,)] = self.execute("SELECT last_answer FROM dining_printer WHERE id = %s", self.printers[0])
        self.assertEqual(answer, "ready")

    def test_a_ticket_that_comes_while_its_printer_is_about_to_be_asked_comes_first(self):
        (jobs, _asking), (others, asking) = self.worker(), self.worker()
        idle = others.idle()
        job_id = self.queue_page("汽锅鸡")
        self.patch(others, "idle", lambda: idle)
        self.assertEqual(jobs.claim(self.printers[0]).id, job_id)
        asking.ask_all()
        self.silence()
        self.assertEqual(self.since("connections"), 0)

    def test_two_workers_print_everything_at_the_first_try(self):
        self.patch(rounds, "ASK_SECONDS", 0.2)
        self.start()
        self.start()
        printed = []
        for number in range(6):
            self.wait_until_asked()
            began = time.monotonic()
            printed.append(self.queue_page(f"汽{number}"))
            self.wait_for(lambda: self.job(printed[-1])[0], "done")
            self.assertLess(time.monotonic() - began, ASKING_SECONDS, "no ticket waits for a question")
        self.assertEqual([self.job(job_id) for job_id in printed], [("done", 1, "ok", False)] * 6)
        self.assertEqual(self.since("turned_away"), 0)
