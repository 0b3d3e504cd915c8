"""The print agent as a process of its own, against a real server and the sandbox's printers."""

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import requests
from odoo import Command, api
from odoo.addons.dining_base.errors import Refused
from odoo.exceptions import AccessError, ValidationError
from odoo.modules.registry import Registry
from odoo.tests import new_test_user, tagged

from ..diancan_agent import drivers
from ..models import dining_print_agent
from .common import KitchenCase
from .printer_common import CHECKOUT, PrinterCase


@tagged("post_install", "-at_install")
class TestPairing(KitchenCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent = cls.env["dining.print.agent"].create({"name": "Till", "config_id": cls.store.id})

    def code(self):
        self.agent.action_show_code()
        return self.agent.pairing_code

    def test_a_code_has_eight_digits_and_works_once(self):
        code = self.code()
        self.assertRegex(code, r"^[0-9]{8}$")
        answer = self.agent._pair(code, "1.0")
        self.assertEqual((answer["name"], answer["store"]), ("Till", self.store.name))
        self.assertTrue(self.agent.is_paired and self.agent.is_online)
        self.assertNotIn(answer["token"], str(self.agent.sudo().read()), "only its hash is kept")
        self.assertEqual(self.agent._of_token(answer["token"], "1.0"), self.agent)
        before = self.agent.sudo().token_hash
        self.assertIsNone(self.agent._pair(code, "1.0"))
        self.assertEqual(self.agent.sudo().token_hash, before)

    def test_a_code_lives_for_ten_minutes(self):
        code = self.code()
        self.env.cr.execute("UPDATE dining_print_agent SET pairing_until = pairing_until - interval '10 minutes'")
        self.assertIsNone(self.agent._pair(code, "1.0"))
        self.agent.invalidate_recordset()
        self.assertFalse(self.agent.is_paired)

    def test_nobody_guesses_a_code(self):
        code = self.code()
        wrong = f"{(int(code) + 1) % 10**8:08}"
        for _each in range(dining_print_agent.WRONG_TRIES):
            self.assertIsNone(self.agent._pair(wrong, "1.0"))
        self.assertIsNone(self.agent._pair(code, "1.0"), "worth nothing any more")

    def test_an_unpaired_or_archived_agent_is_not_known(self):
        token = self.agent._pair(self.code(), "1.0")["token"]
        self.agent.active = False
        self.env.flush_all()
        with self.assertRaises(Refused) as caught:
            self.agent._of_token(token, "1.0")
        self.assertEqual(caught.exception.code, "agent_unknown")
        self.agent.active = True
        self.agent.action_unpair()
        self.env.flush_all()
        with self.assertRaises(Refused):
            self.agent._of_token(token, "1.0")

    def test_a_cashier_sees_no_code(self):
        own = {"company_id": self.company.id, "company_ids": [Command.set(self.company.ids)]}
        cashier = new_test_user(self.env, "agent-user", groups="base.group_user,point_of_sale.group_pos_user", **own)
        self.code()
        agent = self.agent.with_user(cashier)
        self.assertEqual(agent.name, "Till")
        for refused in (lambda: agent.pairing_code, agent.action_show_code, agent.action_unpair):
            with self.assertRaises(AccessError):
                refused()

    def test_an_agent_serves_its_own_store_only(self):
        elsewhere = self.store.copy({"name": "Second store"})
        far = self.env["dining.print.agent"].create({"name": "Far", "config_id": elsewhere.id})
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self.printer.agent_id = far


@tagged("post_install", "-at_install")
class TestPrintAgent(PrinterCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        with socket.create_server(("127.0.0.1", 0)) as free:
            cls.url = f"http://127.0.0.1:{free.getsockname()[1]}"
        cls.server = None
        cls.addClassCleanup(cls.stop_server)
        cls.start_server()
        with Registry(cls.dbname).cursor() as cr:
            env = api.Environment(cr, api.SUPERUSER_ID, {})
            cls.agent_id = env["dining.print.agent"].create({"name": "Till", "config_id": cls.config_id}).id
        cls.addClassCleanup(cls.remove_agent)
        cls.program = cls.folder / "agent.pyz"
        cls.program.write_bytes(requests.get(f"{cls.url}/diancan/agent.pyz", timeout=20).content)
        cls.state = cls.folder / "state" / "agent.json"
        cls.pair()

    @classmethod
    def remove_agent(cls):
        with Registry(cls.dbname).cursor() as cr:
            cr.execute("DELETE FROM dining_print_job WHERE printer_id = ANY(%s)", (cls.printers,))
            cr.execute("UPDATE dining_printer SET agent_id = NULL WHERE id = ANY(%s)", (cls.printers,))
            cr.execute("DELETE FROM dining_print_agent WHERE id = %s", (cls.agent_id,))

    @classmethod
    def start_server(cls):
        port = cls.url.rpartition(":")[2]
        arguments = ["-d", cls.dbname, "--http-interface", "127.0.0.1", "--http-port", port, "--workers", "0"]
        cls.server = subprocess.Popen(
            cls.command("server", *arguments, "--max-cron-threads", "0", "--log-level", "error"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=cls.environ(),
        )
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline:
            try:
                if requests.get(f"{cls.url}/web/health", timeout=5).ok:
                    return
            except requests.RequestException:
                time.sleep(0.2)
        raise AssertionError("the server did not start")

    @classmethod
    def stop_server(cls):
        if cls.server:
            cls.server.kill()
            cls.server.wait(10)

    @classmethod
    def pair(cls):
        with Registry(cls.dbname).cursor() as cr:
            agent = api.Environment(cr, api.SUPERUSER_ID, {})["dining.print.agent"].browse(cls.agent_id)
            agent.action_show_code()
            code = agent.pairing_code
        done = subprocess.run(
            [sys.executable, str(cls.program), "--state", str(cls.state), "pair", cls.url, code],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            cwd=cls.folder,
        )
        assert done.returncode == 0, done.stderr
        assert "Worker's store · Till" in done.stdout, done.stdout
        cls.token = json.loads(cls.state.read_text())["token"]

    def setUp(self):
        super().setUp()
        self.execute("UPDATE dining_printer SET agent_id = %s WHERE id = %s", self.agent_id, self.printers[0])
        self.say("printers", {"starting": True})  # ends the poll that the agent of the test before left waiting

    def start_agent(self):
        process = subprocess.Popen(
            [sys.executable, str(self.program), "--state", str(self.state)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=self.folder,
        )
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        self.assertTrue(process.stdout.readline().startswith("print agent ready"))
        return process

    def say(self, name, body, token=None):
        return requests.post(
            f"{self.url}/diancan/agent/v1/{name}",
            json={"version": "1.0", **body},
            headers={"Authorization": f"Bearer {token or self.token}"},
            timeout=60,
        )

    def assertRefused(self, answer, status, code):
        self.assertEqual((answer.status_code, answer.json()["code"]), (status, code))
        self.assertEqual(set(answer.json()["message"]), {"zh", "en"})

    # -- what it promises ---------------------------------------------------------

    def test_it_prints_at_once_and_the_server_leaves_its_printers_to_it(self):
        self.assertEqual(stat.S_IMODE(self.state.stat().st_mode), 0o600)
        self.start_agent()
        time.sleep(1)
        began = time.monotonic()
        job_id = self.queue_page("汽锅鸡")
        self.assertNotIn(self.printers[0], self.jobs().waits(), "the server's own worker")
        self.wait_for(lambda: self.job(job_id), ("done", 1, "ok", False))
        self.assertLess(time.monotonic() - began, 5)
        self.assertEqual(self.printed(), [("汽锅鸡", False)])
        [(answer, speaks)] = self.execute(
            "SELECT last_answer, speaks FROM dining_printer WHERE id = %s", self.printers[0]
        )
        self.assertEqual((answer, speaks), ("ok", True))

    def test_killed_while_printing_it_says_that_there_may_be_two(self):
        self.control("wok", delay_ms=1000)
        agent = self.start_agent()
        job_id = self.queue_page("汽锅鸡")
        self.wait_for(lambda: self.job(job_id)[0], "sent")
        agent.send_signal(signal.SIGKILL)
        agent.wait(10)
        self.control("wok", delay_ms=0)
        self.start_agent()
        self.wait_for(lambda: self.job(job_id)[::3], ("done", True))
        self.wait_for(lambda: self.printed()[-1:], [("汽锅鸡", True)])
        self.assertLessEqual(len(self.printed()), 2)

    def test_killed_before_it_sent_it_prints_once_and_leaves_no_doubt(self):
        with socket.create_server(("127.0.0.1", 0)) as mute:
            self.execute(
                "UPDATE dining_printer SET port = %s, speaks = true WHERE id = %s",
                mute.getsockname()[1],
                self.printers[0],
            )
            agent = self.start_agent()
            job_id = self.queue_page("汽锅鸡")
            self.wait_for(lambda: self.job(job_id)[0], "leased")
            agent.send_signal(signal.SIGKILL)
            agent.wait(10)
        self.execute("UPDATE dining_printer SET port = %s WHERE id = %s", self.ports[0], self.printers[0])
        self.start_agent()
        self.wait_for(lambda: self.job(job_id)[::3], ("done", False))
        self.assertEqual(self.printed(), [("汽锅鸡", False)])

    def test_a_connection_broken_in_the_middle_is_told_to_a_person_at_once(self):
        self.control("wok", break_after_bytes=60)
        self.start_agent()
        job_id = self.queue_page("汽锅鸡")
        self.wait_for(lambda: self.job(job_id)[::3], ("done", True))
        self.assertEqual(self.printed(), [("汽锅鸡", True)])
        [(told, activities)] = self.execute(
            "SELECT doubt_told_at IS NOT NULL, (SELECT count(*) > 0 FROM mail_activity"
            " WHERE res_model = 'dining.printer' AND res_id = job.printer_id) FROM dining_print_job job WHERE id = %s",
            job_id,
        )
        self.assertEqual((told, activities), (True, True))

    def test_the_server_killed_while_it_prints_hears_of_it_later(self):
        self.control("wok", delay_ms=500)
        self.start_agent()
        job_id = self.queue_page("汽锅鸡")
        self.wait_for(lambda: self.job(job_id)[0], "sent")
        self.stop_server()
        self.wait_for(self.printed, [("汽锅鸡", False)])
        self.assertEqual(self.job(job_id)[0], "sent", "nobody has heard of it yet")
        self.start_server()
        self.wait_for(lambda: self.job(job_id), ("done", 1, "ok", False))
        later = self.queue_page("汽水")
        self.wait_for(lambda: self.job(later), ("done", 1, "ok", False))
        self.assertEqual(self.printed(), [("汽锅鸡", False), ("汽水", False)])

    def test_told_to_end_it_finishes_the_ticket_in_hand(self):
        self.control("wok", delay_ms=300)
        agent = self.start_agent()
        job_id = self.queue_page("汽锅鸡")
        self.wait_for(lambda: self.job(job_id)[0], "sent")
        agent.send_signal(signal.SIGTERM)
        self.assertEqual(agent.wait(30), 0)
        self.assertEqual(self.job(job_id), ("done", 1, "ok", False))

    def test_a_poll_waits_without_a_transaction_and_wakes_at_once(self):
        answers = []
        thread = threading.Thread(
            target=lambda: answers.append((self.say("lease", {"seconds": 20, "holding": []}).json(), time.monotonic()))
        )
        thread.start()
        time.sleep(1.5)
        [(waiting,)] = self.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in%%'"
            " AND now() - xact_start > interval '1 second'"
        )
        self.assertEqual((waiting, answers), (0, []))
        began = time.monotonic()
        other, job_id = self.queue_page("汽水", printer=1), self.queue_page("汽锅鸡")
        thread.join(20)
        [(answer, at)] = answers
        self.assertEqual([job["id"] for job in answer["jobs"]], [job_id], "its own printer's only")
        self.assertLess(at - began, 3)
        self.assertEqual(self.job(other)[:2], ("queued", 0))

    def test_every_step_is_fenced(self):
        job_id = self.queue_page("汽锅鸡")
        [job] = self.say("lease", {"seconds": 0}).json()["jobs"]
        before = self.execute("SELECT * FROM dining_print_job WHERE id = %s", job_id)
        for name, more in (
            ("sent", {}),
            ("done", {"answer": "ok"}),
            ("retry", {"answer": "broken"}),
        ):
            self.assertRefused(self.say(name, {"id": job_id, "token": "stale", **more}), 409, "lease_lost")
        self.assertEqual(self.say("renew", {"jobs": [{"id": job_id, "token": "stale"}]}).status_code, 200)
        self.assertEqual(self.execute("SELECT * FROM dining_print_job WHERE id = %s", job_id), before)
        held = {"id": job_id, "token": job["token"]}
        for name, more in (("sent", {}), ("sent", {}), ("done", {"answer": "ok"}), ("done", {"answer": "ok"})):
            self.assertEqual(self.say(name, {**held, **more}).status_code, 200, name)
        self.assertEqual(self.job(job_id), ("done", 1, "ok", False))

    def test_what_cannot_be_read_is_refused(self):
        job_id = self.queue_page("汽锅鸡")
        before = self.execute("SELECT * FROM dining_print_job WHERE id = %s", job_id)
        self.assertRefused(self.say("lease", {"seconds": 0}, token="nobody"), 401, "agent_unknown")
        self.assertRefused(self.say("pair", {"code": "00000000"}), 401, "agent_code_wrong")
        for name, body in (
            ("lease", {}),
            ("lease", {"seconds": "long"}),
            ("lease", {"seconds": 0, "holding": "all"}),
            ("done", {"id": job_id, "token": "x", "answer": "splendid"}),
            ("done", {"id": job_id, "token": "x", "answer": ["ok"]}),
            ("retry", {"id": job_id, "token": "x", "answer": {}}),
            ("sent", {"id": "1; DROP TABLE", "token": "x"}),
            ("sent", {"jobs": ["x"]}),
            ("seen", {"printer_id": self.printers[0], "answer": "splendid"}),
            ("seen", {"printer_id": self.printers[0], "answer": ["ready"]}),
            ("seen", {"printer_id": "x", "answer": "ready"}),
            ("pair", {"code": 12345678}),
            ("pair", {}),
        ):
            self.assertRefused(self.say(name, body), 400, "bad_request")
        headers = {"Authorization": f"Bearer {self.token}"}
        answer = requests.post(f"{self.url}/diancan/agent/v1/lease", data=b"{", headers=headers, timeout=20)
        self.assertRefused(answer, 400, "bad_request")
        self.assertEqual(self.execute("SELECT * FROM dining_print_job WHERE id = %s", job_id), before)

    def test_it_tells_how_its_idle_printers_are_and_nobody_elses(self):
        self.execute("UPDATE dining_printer SET last_answer = NULL, last_answer_at = NULL")
        [idle] = self.say("idle", {}).json()["printers"]
        self.assertEqual((idle["id"], drivers.ask(idle["address"])), (self.printers[0], "ready"))
        for printer_id in self.printers:
            self.assertEqual(self.say("seen", {"printer_id": printer_id, "answer": "cover_open"}).json(), {})
        told = dict(self.execute("SELECT id, last_answer FROM dining_printer WHERE id = ANY(%s)", self.printers))
        self.assertEqual([told[printer_id] for printer_id in self.printers], ["cover_open", None])
        self.assertRefused(self.say("idle", {}, token="wrong"), 401, "agent_unknown")

    def test_it_says_in_words_what_is_wrong(self):
        for arguments, words in (
            (["pair", "http://shop.example.com", "12345678"], "https"),
            (["pair", self.url, "00000000"], "配对码不对或已过期"),
            ([], "Not paired yet"),
        ):
            state = self.folder / "none" / "agent.json"
            done = subprocess.run(
                [sys.executable, str(self.program), "--state", str(state), *arguments],
                capture_output=True,
                text=True,
                timeout=60,
                check=False,
                cwd=self.folder,
            )
            self.assertEqual(done.returncode, 1)
            self.assertIn(words, done.stderr)
            self.assertFalse(state.exists())

    def test_the_package_runs_as_a_module_without_odoo(self):
        done = subprocess.run(
            [sys.executable, "-m", "diancan_agent", "--version"],
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
            cwd=CHECKOUT / "addons/dining_kitchen",
            env={key: value for key, value in os.environ.items() if key != "PYTHONPATH"},
        )
        self.assertEqual(done.stdout, "1.0\n")
