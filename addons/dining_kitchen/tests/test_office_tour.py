from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time
from odoo import Command, fields
from odoo.tests import HttpCase, new_test_user, tagged

from ..services.progress import Step, advance
from .common import KitchenCase


@tagged("post_install", "-at_install")
class TestOfficeTour(KitchenCase, HttpCase):
    """A manager in the back office, in a browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = new_test_user(
            cls.env,
            "tour-manager",
            groups="base.group_user,point_of_sale.group_pos_manager",
            lang="en_US",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    def tour(self, action, name, record=None):
        self.env.flush_all()
        path = f"/odoo/action-{action if '.' in action else 'dining_kitchen.' + action}"
        self.start_tour(f"{path}/{record.id}" if record else path, name, login="tour-manager")
        self.env.invalidate_all()

    def place_chicken(self, quantity=1):
        session = self.join(guests=2)
        self.add(session, self.chicken, quantity, note="不要香菜", rush=True)
        return self.tickets(self.order_of(self.place(session)))

    def test_a_test_page(self):
        self.tour("dining_printer_action", "dining_kitchen_printer")
        job = self.env["dining.print.job"].search([("printer_id", "=", self.printer.id)])
        self.assertEqual((job.state, job.ticket_id.id), ("queued", False))

    def test_a_ticket_is_printed_again(self):
        ticket = self.place_chicken()
        ticket.job_ids.sudo().state = "done"
        self.tour("dining_ticket_action", "dining_kitchen_ticket")
        again = ticket.job_ids.sorted("id")[-1]
        self.assertEqual((again.reprint, again.reason, again.asked_by_id), (True, "Torn paper", self.manager))

    def test_a_station_is_added(self):
        self.tour("dining_station_action", "dining_kitchen_station")
        station = self.env["dining.station"].search([("name", "=", "Cold dishes")])
        self.assertEqual(station.config_id, self.store)

    def test_a_failed_job_is_tried_again(self):
        job = self.place_chicken().job_ids
        job.sudo().write({"state": "failed", "error": "expired"})
        self.tour("dining_print_job_action", "dining_kitchen_job")
        self.assertEqual(job.ticket_id.job_ids.sorted("id").mapped("state"), ["failed", "queued"])

    def test_a_dish_is_taken_off_and_another_hurried(self):
        order = self.place_chicken(2).order_id
        self.tour("point_of_sale.action_pos_pos_form", "dining_kitchen_void", order)
        line = order.lines.filtered(lambda line: not line.dining_charge)
        self.assertEqual(line.qty, 1)
        self.assertEqual(
            self.events(order),
            [
                ("Steam-pot chicken", "fired", 2),
                ("Steam-pot chicken", "voided", -1),
                ("Steam-pot chicken", "rushed", 0),
            ],
        )
        voided = self.env["dining.dish.event"].search([("order_id", "=", order.id), ("kind", "=", "voided")])
        self.assertEqual((voided.reason, voided.user_id), ("Sold out", self.manager))
        new, cancel, rush = self.tickets(order)
        self.assertEqual([ticket.kind for ticket in (new, cancel, rush)], ["new", "cancel", "rush"])
        self.assertIn("Sold out", "\n".join(self.paper(cancel)))

    def test_how_the_printers_are(self):
        self.printer.last_answer = "ok"
        with patch.object(type(self.printer), "_worker_running", return_value=True):
            self.tour("dining_printer_health_action", "dining_kitchen_printers_now")
        jobs = self.env["dining.print.job"].search([("printer_id", "in", (self.printer | self.bar_printer).ids)])
        self.assertEqual(jobs.sorted("id").printer_id, self.printer | self.bar_printer)

    def test_how_long_dishes_took(self):
        with freeze_time(fields.Datetime.now() - timedelta(minutes=14)):
            ticket = self.place_chicken()
        advance(
            self.env(su=True),
            self.store.id,
            [Step(ticket.order_id.lines.filtered(lambda line: not line.dining_charge).uuid, "ready")],
            source="display",
            client_key="cook",
        )
        self.tour("dining_dish_time_action", "dining_kitchen_times")
