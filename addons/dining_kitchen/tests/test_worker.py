"""The print worker on real transactions and real sockets, against the sandbox's printer.

These tests commit, because the worker has connections of its own; they take away what they made.
"""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from unittest import SkipTest

import odoo
import requests
from odoo import api
from odoo.addons.dining_rules import ticket as layout
from odoo.modules.registry import Registry
from odoo.sql_db import db_connect
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import config, mute_logger

from ..printing import queue, transport, worker
from ..printing.queue import LeaseLost, Queue
from ..printing.worker import Worker

CHECKOUT = Path(__file__).resolve().parents[3]
PATIENCE_SECONDS = 20


@tagged("post_install", "-at_install")
class TestWorker(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not (CHECKOUT / "sandbox/printer").is_dir():
            raise SkipTest("the sandbox's printer is not beside the addons")
        cls.paper = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "sandbox.printer",
                "--printer",
                "wok:0:80",
                "--printer",
                "bar:0:58",
                "--web-port",
                "0",
            ],
            cwd=CHECKOUT,
            stdout=subprocess.PIPE,
            text=True,
        )
        cls.addClassCleanup(cls.paper.communicate)
        cls.addClassCleanup(cls.paper.terminate)
        ready = cls.paper.stdout.readline()
        cls.web = ready.rpartition("web=")[2].strip().rstrip("/")
        cls.ports = [
            int(part.rpartition(":")[2]) for part in ready.removeprefix("ready printer ").split(" web=")[0].split(", ")
        ]
        cls.dbname = get_db_name()
        with Registry(cls.dbname).cursor() as cr:
            env = api.Environment(cr, api.SUPERUSER_ID, {})
            cls.config_id = env["pos.config"].create({"name": "Worker's store", "is_dining": True}).id
            cls.printers = (
                env["dining.printer"]
                .create(
                    [
                        {
                            "name": name,
                            "config_id": cls.config_id,
                            "host": "127.0.0.1",
                            "port": port,
                            "paper_width": width,
                        }
                        for name, port, width in zip(("wok", "bar"), cls.ports, ("80", "58"), strict=True)
                    ]
                )
                .ids
            )
        cls.addClassCleanup(cls._remove)

    @classmethod
    def _remove(cls):
        with Registry(cls.dbname).cursor() as cr:
            env = api.Environment(cr, api.SUPERUSER_ID, {})
            cr.execute("DELETE FROM dining_print_job WHERE printer_id = ANY(%s)", (cls.printers,))
            env["dining.printer"].browse(cls.printers).unlink()
            env["pos.config"].browse(cls.config_id).unlink()

    def setUp(self):
        super().setUp()
        requests.post(self.web + "/_control/reset", timeout=5)
        self.patch(transport, "ANSWER_SECONDS", 0.3)
        self.patch(transport, "CONNECT_SECONDS", 1.0)
        self.patch(queue, "LONGEST_WAIT_SECONDS", 0.3)
        self.execute("DELETE FROM dining_print_job WHERE printer_id = ANY(%s)", self.printers)

    # -- helpers ------------------------------------------------------------

    def execute(self, statement, *values):
        with db_connect(self.dbname).cursor() as cr:
            cr.execute(statement, values)
            return cr.fetchall() if cr.description else None

    def queue_page(self, text, printer=0, **more):
        """Queue a page and commit, as placing a round does."""
        with Registry(self.dbname).cursor() as cr:
            env = api.Environment(cr, api.SUPERUSER_ID, {})
            blocks = layout.dump([layout.Banner("加急"), layout.Dish(text, "×1"), layout.Cut()])
            record = env["dining.printer"].browse(self.printers[printer])
            job = env["dining.print.job"]._queue(record, blocks, **more)
            return job.id

    def start(self):
        self.worker = Worker(self.dbname)
        ready = threading.Event()
        thread = threading.Thread(target=self.worker.run, args=(ready.set,))
        thread.start()
        self.addCleanup(thread.join, 30)
        self.addCleanup(self.worker.stop)
        self.assertTrue(ready.wait(10))
        return thread

    def job(self, job_id):
        [row] = self.execute("SELECT state, attempts, error, reprint FROM dining_print_job WHERE id = %s", job_id)
        return row

    def wait_for(self, question, expected):
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            if question() == expected:
                return
            time.sleep(0.05)
        self.assertEqual(question(), expected)

    def control(self, printer, **values):
        answer = requests.post(f"{self.web}/_control/{printer}", json=values, timeout=5)
        self.assertEqual(answer.status_code, 200, answer.text)

    def printed(self, printer="wok"):
        """The dishes on the printer's paper, oldest first, and whether each says 补打."""
        tickets = requests.get(f"{self.web}/tickets", params={"printer": printer}, timeout=5).json()
        return [
            ("汽" in ticket["text"] and ticket["text"].splitlines()[-1].split()[0], "补打" in ticket["emphasised"])
            for ticket in reversed(tickets)
            if ticket["complete"]
        ]

    # -- what it promises ---------------------------------------------------------

    def test_a_job_queued_is_paper_at_once(self):
        self.patch(worker, "LOOK_SECONDS", 600)
        self.start()
        job_id = self.queue_page("汽锅鸡")
        self.wait_for(lambda: self.job(job_id), ("done", 1, "ok", False))
        self.assertEqual(self.printed(), [("汽锅鸡", False)])
        [(answer,)] = self.execute("SELECT last_answer FROM dining_printer WHERE id = %s", self.printers[0])
        self.assertEqual(answer, "ok")

    def test_what_was_queued_before_it_started_is_printed_in_order(self):
        jobs = [self.queue_page(f"汽{number}") for number in range(5)]
        self.start()
        self.wait_for(lambda: self.job(jobs[-1])[0], "done")
        self.assertEqual([dish for dish, _again in self.printed()], [f"汽{number}" for number in range(5)])

    def test_a_notice_that_is_missed_is_found_by_looking(self):
        self.patch(worker, "LOOK_SECONDS", 0.3)
        self.start()
        job_id = self.queue_page("汽锅鸡")
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

    def test_a_page_that_cannot_be_set_fails_and_lets_the_next_one_pass(self):
        bad = self.queue_page("汽坏")
        self.execute("UPDATE dining_print_job SET layout = %s WHERE id = %s", json.dumps([{"kind": "hologram"}]), bad)
        good = self.queue_page("汽好")
        with mute_logger(worker.__name__):
            self.start()
            self.wait_for(lambda: self.job(good)[0], "done")
        self.assertEqual(self.job(bad)[::2], ("failed", "unreadable"))

    def test_a_job_nobody_could_print_for_long_is_given_to_a_person(self):
        self.control("wok", offline=True)
        job_id = self.queue_page("汽锅鸡")
        self.execute("UPDATE dining_print_job SET create_date = create_date - interval '1 hour' WHERE id = %s", job_id)
        self.start()
        self.wait_for(lambda: self.job(job_id)[::2], ("failed", "expired"))

    def test_a_lease_that_ran_out_is_taken_over_and_the_first_holder_is_told(self):
        jobs = Queue(self.dbname)
        job_id = self.queue_page("汽锅鸡")
        first = jobs.claim(self.printers[0])
        self.assertEqual(first.id, job_id)
        self.assertIsNone(jobs.claim(self.printers[0]), "leased: nobody else gets it")
        self.execute("UPDATE dining_print_job SET lease_until = '2020-01-01' WHERE id = %s", job_id)
        second = jobs.claim(self.printers[0])
        self.assertEqual((second.id, second.reprint, second.attempts), (job_id, True, 2))
        for step in (lambda: jobs.sent(first), lambda: jobs.done(first, "ok"), lambda: jobs.fail(first, "expired")):
            with self.assertRaises(LeaseLost):
                step()
        self.assertEqual(self.job(job_id)[0], "leased")
        jobs.done(second, "ok")

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
        self.assertEqual(Queue(self.dbname).waits(), {})
        self.assertIsNone(Queue(self.dbname).claim(self.printers[0]))

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

    def command(self, name, *arguments):
        paths = ",".join(config["addons_path"])
        return [
            sys.executable,
            "-m",
            "odoo",
            f"--addons-path={paths}",
            name,
            "--addons-path",
            paths,
            "--db_host",
            config["db_host"] or "",
            "--db_port",
            str(config["db_port"] or ""),
            "--db_user",
            config["db_user"] or "",
            *arguments,
        ]

    def environ(self):
        library = str(Path(odoo.__path__[0]).parent)
        return {
            **os.environ,
            "PYTHONPATH": os.pathsep.join([library, os.environ.get("PYTHONPATH", "")]),
            **({"PGPASSWORD": config["db_password"]} if config["db_password"] else {}),
        }
