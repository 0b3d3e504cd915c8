"""A store with two of the sandbox's printers, for tests on real transactions, sockets and processes.

They commit, because workers and agents have connections of their own; they take away what they made.
"""

import os
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
from odoo.tests import BaseCase, get_db_name
from odoo.tools import config

from ..diancan_agent import lines, talk
from ..printing import queue
from ..printing.source import SqlSource
from ..printing.worker import Worker

CHECKOUT = Path(__file__).resolve().parents[3]
PATIENCE_SECONDS = 20


class PrinterCase(BaseCase):
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
        self.patch(talk, "ANSWER_SECONDS", 0.3)
        self.patch(lines, "CONNECT_SECONDS", 1.0)
        self.patch(queue, "LONGEST_WAIT_SECONDS", 0.3)
        self.execute("DELETE FROM dining_print_job WHERE printer_id = ANY(%s)", self.printers)
        self.execute(
            "UPDATE dining_printer SET backup_id = NULL, failures = 0, speaks = false, agent_id = NULL, active = true"
            " WHERE id = ANY(%s)",
            self.printers,
        )

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
        [row] = self.execute(
            "SELECT state, attempts, error, possibly_printed FROM dining_print_job WHERE id = %s", job_id
        )
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
        """The dishes on the printer's paper, oldest first, and whether each says 可能重复."""
        tickets = requests.get(f"{self.web}/tickets", params={"printer": printer}, timeout=5).json()
        return [
            ("汽" in ticket["text"] and ticket["text"].splitlines()[-1].split()[0], "可能重复" in ticket["emphasised"])
            for ticket in reversed(tickets)
            if ticket["complete"]
        ]

    def jobs(self):
        """A source of its own, as a second worker has one."""
        jobs = SqlSource(self.dbname)
        self.addCleanup(jobs.close)
        return jobs

    @staticmethod
    def command(name, *arguments):
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

    @staticmethod
    def environ():
        library = str(Path(odoo.__path__[0]).parent)
        return {
            **os.environ,
            "PYTHONPATH": os.pathsep.join([library, os.environ.get("PYTHONPATH", "")]),
            **({"PGPASSWORD": config["db_password"]} if config["db_password"] else {}),
        }
