from odoo import Command
from odoo.addons.dining_rules import ticket as layout
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common import KitchenCase


@tagged("post_install", "-at_install")
class TestOffice(KitchenCase):
    """Stations and printers as a manager sets them up, tickets and jobs as one looks at them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.session = cls.env["dining.table.session"].sudo()._join(cls.store.id, cls.table.dining_code, cls.alice, 2)

    def place_chicken(self):
        self.add(self.session, self.chicken, 2, note="<b>少盐</b>")
        return self.tickets(self.order_of(self.place(self.session)))

    def test_an_address_that_is_none_is_refused(self):
        for host in ("", "192.168.1.50 ; reboot", "http://printer", "打印机"):
            with self.assertRaises(ValidationError):
                self._printer("New", host=host)
        for port in (0, 65536, -1):
            with self.assertRaises(ValidationError):
                self._printer("New", port=port)
        self.assertEqual(self._printer("New", host=" 192.168.1.50 ").host, "192.168.1.50")

    def test_a_store_has_one_pass(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._station("Second pass", "传菜口", is_pass=True)

    def test_a_dish_is_cooked_at_one_station(self):
        self.wok.dish_ids = self.chicken
        with self.assertRaisesRegex(ValidationError, "already cooked at Wok"):
            self.bar.dish_ids = self.chicken

    def test_a_printer_of_another_store_is_refused(self):
        other = self.env["pos.config"].create(
            {"name": "Other", "is_dining": True, "company_id": self.company.id, "payment_method_ids": False}
        )
        printer = self._printer("Other", config_id=other.id)
        with self.assertRaisesRegex(ValidationError, "another store"):
            self.wok.printer_id = printer

    def test_a_test_page_is_queued(self):
        action = self.printer.action_print_test()
        job = self.env["dining.print.job"].search([("printer_id", "=", self.printer.id)])
        self.assertEqual((job.state, job.ticket_id.id, job.config_id), ("queued", False, self.store))
        shown = layout.load(job.layout)
        self.assertIn(layout.Note("忌口", "不要香菜"), shown)
        self.assertIn(layout.Note("2号食客过敏", "花生"), shown)
        self.assertIn(layout.Banner("▲含花生"), shown)
        self.assertEqual((action["tag"], action["params"]["type"]), ("display_notification", "warning"))
        self.assertIn("dining_print_worker", action["params"]["message"], "nobody prints: say what to start")
        self.assertEqual(self.printer.waiting_count, 1)

    def test_the_preview_shows_the_paper_and_escapes_what_guests_wrote(self):
        ticket = self.place_chicken()
        preview = str(ticket.preview)
        self.assertIn("dining_inverse", preview)
        self.assertNotIn("<b>少盐</b>", preview)
        self.assertIn("&lt;", preview)
        self.assertIn(f"width:{48 * 9}px", preview)

    def cook(self):
        return new_test_user(
            self.env,
            "office-cook",
            groups="base.group_user,point_of_sale.group_pos_user",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )

    def reprint(self, ticket, reason, user=None):
        action = ticket.with_user(user or self.env.user).action_reprint()
        wizards = self.env[action["res_model"]].with_user(user or self.env.user).with_context(**action["context"])
        return wizards.create({"reason": reason}).action_print()

    def test_printing_again_says_so_and_why(self):
        ticket, cook = self.place_chicken(), self.cook()
        ticket.job_ids.sudo().state = "done"
        self.reprint(ticket, " 纸被汤泼湿 ", cook)
        first, second = ticket.job_ids.sorted("id")
        self.assertEqual(
            [(job.reprint, job.reason, job.asked_by_id, job.state, job.printer_id) for job in (first, second)],
            [
                (False, False, self.env["res.users"], "done", self.printer),
                (True, "纸被汤泼湿", cook, "queued", self.printer),
            ],
        )
        second.sudo().write({"state": "failed", "error": "expired"})
        second.action_retry()
        third = ticket.job_ids - first - second
        self.assertEqual((third.reprint, third.reason), (True, "纸被汤泼湿"))
        self.assertEqual(self.events(ticket.order_id), [("Steam-pot chicken", "fired", 2)], "paper cooks nothing")

    def test_printing_again_is_refused(self):
        ticket = self.place_chicken()
        before = self.kitchen_facts()
        with self.assertRaisesRegex(UserError, "still waits at printer Wok"):
            ticket.action_reprint()
        with self.assertRaisesRegex(UserError, "still waits at printer Wok"):
            ticket._reprint("没看见")
        self.assertEqual(self.kitchen_facts(), before)
        ticket.job_ids.sudo().state = "done"
        before = self.kitchen_facts()
        for reason in ("", "   ", False):
            with self.assertRaisesRegex(UserError, "Give the reason"):
                ticket._reprint(reason)
        self.assertEqual(self.kitchen_facts(), before)
        self.printer.action_print_test()
        page = self.env["dining.print.job"].search([("printer_id", "=", self.printer.id)], limit=1)
        page.sudo().state = "done"
        before = self.kitchen_facts()
        with self.assertRaisesRegex(UserError, "printed from its printer"):
            page.action_reprint()
        stranger = new_test_user(self.env, "office-stranger", groups="base.group_user")
        with self.assertRaises(AccessError):
            self.env["dining.reprint"].with_user(stranger).create({"ticket_id": ticket.id, "reason": "x"})
        other = self.env["res.company"].create({"name": "Dali Kitchen"})
        neighbour = new_test_user(
            self.env,
            "office-neighbour",
            groups="base.group_user,point_of_sale.group_pos_manager",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        with self.assertRaises(AccessError):
            ticket.with_user(neighbour).with_context(allowed_company_ids=other.ids)._reprint("x")
        self.assertEqual(self.kitchen_facts(), before)

    def test_a_ticket_without_printer_can_be_printed_once_there_is_one(self):
        (self.printer | self.bar_printer).active = False
        ticket = self.place_chicken()
        self.assertEqual(ticket.print_state, "none")
        with self.assertRaisesRegex(UserError, "No printer is set up"):
            ticket.action_reprint()
        self.printer.active = True
        ticket.action_reprint()
        self.assertEqual((ticket.job_ids.printer_id, ticket.job_ids.reprint), (self.printer, False))

    def test_only_failed_jobs_are_tried_again(self):
        job = self.place_chicken().job_ids
        with self.assertRaisesRegex(UserError, "Only jobs that failed"):
            job.action_retry()
        job.sudo().write({"state": "failed", "error": "expired"})
        cook = self.cook()
        job.with_user(cook).action_retry()
        again = job.ticket_id.job_ids - job
        self.assertEqual((again.state, again.printer_id, job.state), ("queued", self.printer, "failed"))

    def test_tickets_are_found_by_their_print_state(self):
        ticket = self.place_chicken()
        job = ticket.job_ids.sudo()
        for job_state, state in (("queued", "waiting"), ("sent", "waiting"), ("failed", "failed"), ("done", "done")):
            job.write({"state": job_state})
            self.env.flush_all()
            self.assertEqual(ticket.print_state, state)
            for other in ("none", "waiting", "failed", "done"):
                found = ticket in self.env["dining.ticket"].search([("print_state", "=", other)])
                self.assertEqual(found, other == state, f"{job_state} {other}")
