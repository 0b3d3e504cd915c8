from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import new_test_user, tagged

from .common import KitchenCase


@tagged("post_install", "-at_install")
class TestPrintAlarm(KitchenCase):
    """People are told what printers cannot do, once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        own = {"company_id": cls.company.id, "company_ids": [Command.set(cls.company.ids)]}
        cls.manager = new_test_user(
            cls.env, "printer-manager", groups="base.group_user,point_of_sale.group_pos_manager", lang="zh_CN", **own
        )
        cls.printer.user_id = cls.manager
        cls.env["dining.print.job"].search([]).stuck_told_at = cls.env.cr.now()

    def told(self, printer=None):
        activities = (printer or self.printer).activity_ids
        return sorted((activity.user_id.login, activity.summary) for activity in activities)

    def tell(self):
        self.env["dining.printer"]._tell_people()

    def test_a_ticket_that_waits_for_a_minute_is_told_of_once(self):
        self.job(seconds_old=50)
        self.tell()
        self.assertEqual(self.told(), [])
        stuck = self.job(seconds_old=61)
        self.tell()
        told = self.told()
        self.assertEqual([login for login, _summary in told], ["printer-manager"])
        self.assertTrue(stuck.stuck_told_at)
        note = self.printer.activity_ids.note
        self.tell()
        self.assertEqual((self.told(), self.printer.activity_ids.note), (told, note), "once")
        self.job(seconds_old=70)
        self.tell()
        self.assertEqual(self.told(), told, "a further ticket joins the open activity")
        self.assertNotEqual(self.printer.activity_ids.note, note)
        self.printer.activity_ids.action_feedback()
        self.tell()
        self.assertEqual(self.told(), [])

    def test_the_activity_leads_to_the_ticket(self):
        session = self.env["dining.table.session"].sudo()._join(self.store.id, self.table.dining_code, self.alice, 2)
        self.table.dining_name = "B<12>"
        self.add(session, self.chicken)
        ticket = self.tickets(self.order_of(self.place(session)))
        ticket.job_ids.sudo().state = "failed"
        self.tell()
        note = self.printer.activity_ids.note
        self.assertIn(f'data-oe-model="dining.print.job" data-oe-id="{ticket.job_ids.id}"', note)
        self.assertIn("B&lt;12&gt; · 热菜</a>", note)
        self.assertTrue(note.startswith("<p>未打印：<a "), note)

    def test_a_failed_ticket_is_told_of_at_once_and_a_printed_one_never(self):
        self.job(state="failed", error="unreadable")
        self.job(seconds_old=100, state="done")
        self.tell()
        self.assertEqual(len(self.told()), 1)

    def test_a_possible_duplicate_is_told_of_also_when_it_was_printed(self):
        job = self.job(state="done", possibly_printed=True)
        self.tell()
        self.assertEqual(len(self.told()), 1)
        self.assertTrue(job.doubt_told_at)
        self.tell()
        self.assertEqual(len(self.told()), 1)

    def test_without_a_responsible_the_managers_of_the_company_are_told(self):
        self.printer.user_id = False
        other = self.env["res.company"].create({"name": "Dali Kitchen"})
        new_test_user(
            self.env,
            "dali-manager",
            groups="base.group_user,point_of_sale.group_pos_manager",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        self.job(seconds_old=61)
        self.tell()
        logins = [login for login, _summary in self.told()]
        self.assertIn("printer-manager", logins)
        self.assertNotIn("dali-manager", logins)

    def test_a_retry_by_hand_keeps_the_doubt(self):
        job = self.job(state="failed", possibly_printed=True)
        job.action_retry()
        again = self.env["dining.print.job"].search([("printer_id", "=", self.printer.id)], limit=1)
        self.assertNotEqual(again, job)
        self.assertTrue(again.possibly_printed)
        with self.assertRaises(UserError):
            again.action_retry()

    def test_backups_stand_in_the_same_store_and_never_in_a_circle(self):
        third = self._printer("Cold")
        self.printer.backup_id = self.bar_printer
        self.bar_printer.backup_id = third
        for printer, backup in ((third, self.printer), (third, third), (self.bar_printer, self.printer)):
            before = printer.backup_id
            with self.assertRaises(ValidationError), self.cr.savepoint():
                printer.backup_id = backup
            printer.invalidate_recordset()
            self.assertEqual(printer.backup_id, before)
        elsewhere = self.store.copy({"name": "Second store"})
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self._printer("Far", config_id=elsewhere.id, backup_id=third.id)
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self.printer.tries = 0

    def test_each_driver_wants_its_own_address(self):
        wrong = (
            {"driver": "tcp", "host": "kitchen printer"},
            {"driver": "tcp", "host": False},
            {"driver": "tcp", "host": "10.0.0.9", "port": 0},
            {"driver": "usb", "usb_id": "Epson"},
            {"driver": "serial", "serial_device": "/etc/passwd"},
            {"driver": "cloud", "cloud_url": "api.example.com", "cloud_serial": "1", "cloud_user": "a"},
            {"driver": "cloud", "cloud_url": "https://api.example.com/Api/Open/"},
        )
        count = self.env["dining.printer"].search_count([])
        for values in wrong:
            with self.assertRaises(ValidationError, msg=values), self.cr.savepoint():
                self._printer("Wrong", **values)
        self.assertEqual(self.env["dining.printer"].search_count([]), count)
        self._printer("Usb", driver="usb", usb_id="04b8:0202")
        self._printer("Serial", driver="serial", serial_device="/dev/ttyUSB0")
        cloud = {"cloud_url": "https://api.example.com/Api/Open/", "cloud_serial": "1", "cloud_user": "a"}
        self._printer("Cloud", driver="cloud", **cloud)

    def test_another_address_must_be_learned_anew(self):
        self.printer.speaks = True
        self.printer.name = "Wok 2"
        self.assertTrue(self.printer.speaks)
        self.printer.host = "10.0.0.10"
        self.assertFalse(self.printer.speaks)
