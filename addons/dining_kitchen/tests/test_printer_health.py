from datetime import timedelta
from unittest.mock import patch

from odoo import Command, fields
from odoo.tests import new_test_user, tagged

from .common import KitchenCase


@tagged("post_install", "-at_install")
class TestPrinterHealth(KitchenCase):
    """The page on which a manager sees how the printers are."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cashier = new_test_user(
            cls.env,
            "health-cashier",
            groups="base.group_user,point_of_sale.group_pos_user",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    def setUp(self):
        super().setUp()
        self.worker = self.startPatcher(patch.object(type(self.printer), "_worker_running", return_value=True))

    def now(self, *names):
        self.printer.invalidate_recordset()
        return tuple(self.printer.with_user(self.cashier)[name] for name in names)

    def test_what_the_last_answer_means(self):
        self.assertEqual(self.now("health", "paper"), ("unknown", "unknown"))
        for answer, health, paper in (
            ("ok", "ok", "ok"),
            ("paper_low", "warning", "low"),
            ("silent", "ok", "unknown"),
            ("paper_out", "down", "out"),
            ("cover_open", "down", "unknown"),
            ("unreachable", "down", "unknown"),
            ("mute", "down", "unknown"),
        ):
            self.printer.last_answer = answer
            self.assertEqual(self.now("health", "paper"), (health, paper), answer)

    def test_what_waits(self):
        self.printer.last_answer = "ok"
        self.job(seconds_old=50)
        self.assertEqual(self.now("health", "waiting_count", "oldest_minutes"), ("ok", 1, 0))
        oldest = self.job(seconds_old=200)
        self.assertEqual(self.now("health", "waiting_count", "oldest_minutes"), ("down", 2, 3))
        self.assertEqual(self.now("oldest_at"), (oldest.create_date,))
        self.assertEqual((self.bar_printer.waiting_count, self.bar_printer.oldest_at), (0, False))
        self.env["dining.print.job"].search([("printer_id", "=", self.printer.id)]).state = "done"
        self.assertEqual(self.now("health", "waiting_count", "oldest_minutes", "oldest_at"), ("ok", 0, 0, False))

    def test_what_went_wrong_today(self):
        self.printer.last_answer = "ok"
        self.job(state="done", possibly_printed=True)
        self.job(state="done", possibly_printed=True, seconds_old=86400 * 2)
        self.assertEqual(self.now("health", "doubtful_count", "failed_count"), ("ok", 1, 0))
        self.add(self.join(), self.chicken)
        ticket = self.tickets(self.order_of(self.place(self.join())))
        ticket.job_ids.sudo().state = "failed"
        self.assertEqual(self.now("health", "failed_count"), ("warning", 1))
        ticket.job_ids.action_retry()
        self.assertEqual(self.now("health", "failed_count", "waiting_count"), ("ok", 0, 1))

    def test_who_prints(self):
        self.printer.last_answer = "ok"
        self.assertEqual(self.now("is_served", "health"), (True, "ok"))
        self.worker.return_value = False
        self.assertEqual(self.now("is_served", "health"), (False, "down"))
        agent = self.env["dining.print.agent"].create({"name": "Till", "config_id": self.store.id})
        self.printer.agent_id = agent
        self.worker.return_value = True
        self.assertEqual(self.now("is_served", "health"), (False, "down"), "the worker does not serve it")
        agent.sudo().write({"token_hash": "x" * 64, "last_seen_at": fields.Datetime.now() + timedelta(seconds=1)})
        agent.invalidate_recordset()
        self.assertEqual(self.now("is_served", "health"), (True, "ok"))

    def test_a_backup_that_prints_for_it(self):
        self.printer.write({"backup_id": self.bar_printer.id, "last_answer": "paper_out", "failures": 2})
        self.assertEqual(self.now("backup_in_use"), (False,))
        self.printer.failures = 3
        self.assertEqual(self.now("backup_in_use", "health"), (True, "down"))
        self.printer.write({"last_answer": "ok", "failures": 0})
        self.assertEqual(self.now("backup_in_use", "health"), (False, "ok"))

    def test_all_printers_of_a_page_by_two_statements(self):
        printers = self.printer | self.bar_printer
        self.job()
        self.env.flush_all()
        self.env.invalidate_all()
        printers.fetch(["last_answer", "failures", "tries", "backup_id", "agent_id"])
        with self.assertQueryCount(2):
            printers.mapped("health")
