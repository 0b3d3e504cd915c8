"""The print worker on real transactions and real sockets, against the sandbox's printer."""

import json
import signal
import socket
import subprocess
import time

import requests
from odoo import api
from odoo.modules.registry import Registry
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..diancan_agent import engine, talk
from ..diancan_agent.contract import LeaseLost, Trouble
from ..printing import queue, source
from ..printing.source import SqlSource
from .printer_common import PrinterCase


@tagged("post_install", "-at_install")
class TestWorker(PrinterCase):
    def test_a_job_queued_is_paper_at_once(self):
        self.patch(engine, "LOOK_SECONDS", 600)
        self.start()
        job_id = self.queue_page("汽锅鸡")
        self.wait_for(lambda: self.job(job_id), ("done", 1, "ok", False))
        self.assertEqual(self.printed(), [("汽锅鸡", False)])
        [(answer,)] = self.execute("SELECT last_answer FROM dining_printer WHERE id = %s", self.printers[0])
        self.assertEqual(answer, "ok")

    def test_a_printer_with_little_paper_prints_and_says_so(self):
        self.control("wok", paper="low")
        self.execute("UPDATE dining_printer SET failures = 2 WHERE id = %s", self.printers[0])
        self.start()
        job_id = self.queue_page("汽锅鸡")
        self.wait_for(lambda: self.job(job_id), ("done", 1, "paper_low", False))
        [facts] = self.execute(
            "SELECT last_answer, failures, speaks FROM dining_printer WHERE id = %s", self.printers[0]
        )
        self.assertEqual(facts, ("paper_low", 0, True))

    def test_what_was_queued_before_it_started_is_printed_in_order(self):
        jobs = [self.queue_page(f"汽{number}") for number in range(5)]
        self.start()
        self.wait_for(lambda: self.job(jobs[-1])[0], "done")
        self.assertEqual([dish for dish, _again in self.printed()], [f"汽{number}" for number in range(5)])

    def test_a_notice_that_is_missed_is_found_by_looking(self):
        self.patch(engine, "LOOK_SECONDS", 0.3)
        self.start()
        job_id = self.queue_page("汽锅鸡")
        # Only then does the worker write to it no more.
        self.wait_for(lambda: self.job(job_id)[0], "done")
        self.execute("UPDATE dining_print_job SET state = 'queued', next_try_at = '2020-01-01' WHERE id = %s", job_id)
        self.wait_for(lambda: self.job(job_id)[0], "done")

    def test_a_dead_printer_does_not_hold_up_another(self):
        self.control("wok", offline=True)
        self.start()
        dead = [self.queue_page("汽死") for _each in range(3)]
        began = time.monotonic()
        alive = self.queue_page("汽活", printer=1)
        self.wait_for(lambda: self.job(alive)[0], "done")
        self.assertLess(time.monotonic() - began, 3)
        self.wait_for(lambda: self.job(dead[0])[2], "unreachable")
        self.control("wok", offline=False)
        self.wait_for(lambda: [self.job(job_id)[0] for job_id in dead], ["done"] * 3)
        self.assertEqual(self.printed(), [("汽死", False)] * 3, "nothing had been sent: none is a second print")

    def test_out_of_paper_waits_for_paper(self):
        self.control("wok", paper="out")
        self.start()
        job_id = self.queue_page("汽锅鸡")
        self.wait_for(lambda: self.job(job_id)[2], "paper_out")
        self.assertEqual(self.printed(), [])
        self.control("wok", paper="ok")
        self.wait_for(lambda: self.job(job_id)[0], "done")
        self.assertEqual(self.printed(), [("汽锅鸡", False)])

    def test_a_connection_broken_in_the_middle_is_printed_again_and_says_so(self):
        self.control("wok", break_after_bytes=60)
        self.start()
        job_id = self.queue_page("汽锅鸡")
        self.wait_for(lambda: self.job(job_id)[::3], ("done", True))
        self.assertEqual(self.printed(), [("汽锅鸡", True)])

    def test_a_slow_printer_is_waited_for_and_not_sent_the_ticket_twice(self):
        self.control("wok", delay_ms=400)
        self.start()
        job_id = self.queue_page("汽锅鸡")
        self.wait_for(lambda: self.job(job_id), ("done", 1, "ok", False))
        self.assertEqual(self.printed(), [("汽锅鸡", False)])

    def test_a_ticket_that_may_be_printing_is_not_sent_again_before_the_printer_is_through(self):
        self.patch(talk, "ANSWER_SECONDS", 0.3)
        self.patch(talk, "PRINT_SECONDS", 0.6)
        jobs = self.jobs()
        job_id = self.queue_page("汽锅鸡")
        # Known to answer: a slow answer must not be taken for a printer that never does.
        self.execute("UPDATE dining_printer SET speaks = true WHERE id = %s", self.printers[0])
        self.control("wok", delay_ms=1500)
        died = jobs.claim(self.printers[0])
        jobs.sent(died)
        with socket.create_connection(("127.0.0.1", self.ports[0])) as line:
            line.sendall(died.data)
        self.execute("UPDATE dining_print_job SET lease_until = '2020-01-01' WHERE id = %s", job_id)
        self.start()
        self.wait_for(lambda: self.job(job_id)[2:], ("mute", True))
        self.control("wok", delay_ms=0)
        self.wait_for(lambda: self.job(job_id)[0], "done")
        self.assertEqual(self.printed(), [("汽锅鸡", False), ("汽锅鸡", True)], "one copy, however often it was tried")

    def test_a_page_that_cannot_be_set_fails_and_lets_the_next_one_pass(self):
        bad = self.queue_page("汽坏")
        self.execute("UPDATE dining_print_job SET layout = %s WHERE id = %s", json.dumps([{"kind": "hologram"}]), bad)
        good = self.queue_page("汽好")
        with mute_logger(source.__name__):
            self.start()
            self.wait_for(lambda: self.job(good)[0], "done")
        self.assertEqual(self.job(bad)[::2], ("failed", "unreadable"))

    def test_a_job_nobody_could_print_for_long_is_given_to_a_person(self):
        self.control("wok", offline=True)
        job_id = self.queue_page("汽锅鸡")
        self.execute("UPDATE dining_print_job SET first_try_at = create_date - interval '1 hour' WHERE id = %s", job_id)
        self.start()
        self.wait_for(lambda: self.job(job_id)[::2], ("failed", "expired"))

    def test_a_lease_that_ran_out_is_taken_over_and_the_first_holder_is_told(self):
        jobs = self.jobs()
        job_id = self.queue_page("汽锅鸡")
        first = jobs.claim(self.printers[0])
        self.assertEqual(first.id, job_id)
        self.assertIsNone(jobs.claim(self.printers[0]), "leased: nobody else gets it")
        jobs.sent(first)
        self.execute("UPDATE dining_print_job SET lease_until = '2020-01-01' WHERE id = %s", job_id)
        second = jobs.claim(self.printers[0])
        self.assertEqual(second.id, job_id)
        before = self.execute("SELECT * FROM dining_print_job WHERE id = %s", job_id)
        for step in (
            lambda: jobs.sent(first),
            lambda: jobs.done(first, "ok"),
            lambda: jobs.retry(first, Trouble("broken")),
            lambda: jobs.fail(first, "expired"),
        ):
            with self.assertRaises(LeaseLost):
                step()
        jobs.renew([first])
        self.assertEqual(self.execute("SELECT * FROM dining_print_job WHERE id = %s", job_id), before)
        self.assertEqual(self.job(job_id), ("leased", 2, None, True), "bytes may have been out")
        jobs.done(second, "ok")
        jobs.done(second, "ok")
        self.assertEqual(self.job(job_id)[0], "done", "the answer may be asked for twice")

    def test_a_lease_that_sent_nothing_leaves_no_doubt(self):
        jobs = self.jobs()
        job_id = self.queue_page("汽锅鸡")
        jobs.claim(self.printers[0])
        self.execute("UPDATE dining_print_job SET lease_until = '2020-01-01' WHERE id = %s", job_id)
        self.start()
        self.wait_for(lambda: self.job(job_id), ("done", 2, "ok", False))
        self.assertEqual(self.printed(), [("汽锅鸡", False)])

    def test_a_delivery_may_take_longer_than_a_lease(self):
        self.assertLess(engine.RENEW_SECONDS * 3, queue.LEASE_SECONDS)
        self.patch(engine, "RENEW_SECONDS", 0.2)
        self.patch(engine, "LOOK_SECONDS", 0.2)
        self.patch(queue, "LEASE_SECONDS", 1)
        self.control("wok", delay_ms=800)
        self.start()
        self.start()
        began = time.monotonic()
        job_id = self.queue_page("汽锅鸡")
        self.wait_for(lambda: self.job(job_id), ("done", 1, "ok", False))
        self.assertGreater(time.monotonic() - began, 1)
        self.assertEqual(self.printed(), [("汽锅鸡", False)])

    def test_a_worker_that_died_is_known_to_be_dead_at_once(self):
        dead = SqlSource(self.dbname, name="a worker")
        dead.open()
        job_id = self.queue_page("汽锅鸡")
        dead.sent(dead.claim(self.printers[0]))
        self.assertIsNone(self.jobs().claim(self.printers[0]))
        dead.close()
        taken = self.jobs().claim(self.printers[0])
        self.assertEqual((taken.id, self.job(job_id)), (job_id, ("leased", 2, None, True)))

    def test_a_clock_that_jumps_breaks_no_lease(self):
        jobs = self.jobs()
        job_id = self.queue_page("汽锅鸡")
        self.execute("UPDATE dining_print_job SET next_try_at = next_try_at + interval '1 day' WHERE id = %s", job_id)
        self.patch(time, "time", lambda: 0.0)
        held = jobs.claim(self.printers[0])
        self.assertEqual(held.id, job_id, "what was never tried is due, whatever clock queued it")
        self.assertIsNone(jobs.claim(self.printers[0]))
        jobs.renew([held])
        [(left,)] = self.execute(
            "SELECT extract(epoch FROM lease_until - clock_timestamp() AT TIME ZONE 'UTC')::int FROM dining_print_job"
            " WHERE id = %s",
            job_id,
        )
        self.assertIn(left, (queue.LEASE_SECONDS - 1, queue.LEASE_SECONDS))
        # The database's own clock was set back by a day: the lease of a dead holder would last that long.
        self.execute("UPDATE dining_print_job SET lease_until = lease_until + interval '1 day' WHERE id = %s", job_id)
        self.assertEqual(jobs.claim(self.printers[0]).id, job_id)

    def test_what_cannot_be_printed_goes_to_the_backup_and_says_so(self):
        self.execute(
            "UPDATE dining_printer SET backup_id = %s, tries = 2 WHERE id = %s", self.printers[1], self.printers[0]
        )
        self.control("wok", offline=True)
        self.start()
        first, second = self.queue_page("汽锅鸡"), self.queue_page("汽锅鱼")
        self.wait_for(lambda: [self.job(job_id)[0] for job_id in (first, second)], ["done", "done"])
        self.assertEqual(self.printed("bar"), [("汽锅鸡", False), ("汽锅鱼", False)])
        tickets = requests.get(f"{self.web}/tickets", params={"printer": "bar"}, timeout=5).json()
        for ticket in tickets:
            self.assertIn("补打", ticket["emphasised"])
            self.assertIn("备用打印", ticket["text"])
            self.assertIn("原打印机 wok", ticket["text"])
        self.assertEqual(
            self.execute("SELECT printer_id, moved_from_id FROM dining_print_job WHERE id = %s", first),
            [(self.printers[1], self.printers[0])],
        )
        self.assertEqual(self.printed("wok"), [])
        self.control("wok", offline=False)
        third = self.queue_page("汽水")
        self.wait_for(lambda: self.job(third)[0], "done")
        self.assertEqual(self.printed("wok"), [("汽水", False)], "it is asked first again")

    def test_a_printer_that_used_to_answer_and_falls_silent_has_not_printed(self):
        self.start()
        first = self.queue_page("汽一")
        self.wait_for(lambda: self.job(first)[0], "done")
        with socket.create_server(("127.0.0.1", 0)) as hung:
            self.execute("UPDATE dining_printer SET port = %s WHERE id = %s", hung.getsockname()[1], self.printers[0])
            job_id = self.queue_page("汽二")
            self.wait_for(lambda: self.job(job_id)[2:], ("mute", False))
        self.execute("UPDATE dining_printer SET port = %s WHERE id = %s", self.ports[0], self.printers[0])
        self.wait_for(lambda: self.job(job_id)[0], "done")
        self.assertEqual(self.printed(), [("汽一", False), ("汽二", False)])

    def test_two_workers_print_each_job_once(self):
        self.start()
        self.start()
        jobs = [self.queue_page(f"汽{number}") for number in range(8)]
        self.wait_for(lambda: {self.job(job_id)[0] for job_id in jobs}, {"done"})
        self.assertEqual(self.printed(), [(f"汽{number}", False) for number in range(8)])

    def test_an_archived_printer_prints_nothing(self):
        self.execute("UPDATE dining_printer SET active = false WHERE id = %s", self.printers[0])
        self.addCleanup(self.execute, "UPDATE dining_printer SET active = true WHERE id = %s", self.printers[0])
        self.queue_page("汽锅鸡")
        self.assertEqual(self.jobs().waits(), {})
        self.assertIsNone(self.jobs().claim(self.printers[0]))

    def test_the_command_prints_says_when_it_is_ready_and_ends_when_told(self):
        process = subprocess.Popen(
            self.command("dining_print_worker", "-d", self.dbname),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=self.environ(),
        )
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        line = process.stdout.readline()
        if not line:
            self.fail(process.stderr.read())
        self.assertTrue(line.startswith("print worker ready"), line)
        with Registry(self.dbname).cursor() as cr:
            self.assertTrue(api.Environment(cr, api.SUPERUSER_ID, {})["dining.printer"]._worker_running())
        job_id = self.queue_page("汽锅鸡")
        self.wait_for(lambda: self.job(job_id)[0], "done")
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(20), 0)

    def test_the_command_says_what_is_missing(self):
        done = subprocess.run(
            self.command("dining_print_worker", "-d", "postgres"),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            env=self.environ(),
        )
        self.assertEqual(done.returncode, 1)
        self.assertIn("dining_kitchen is not installed in the database postgres", done.stderr)
