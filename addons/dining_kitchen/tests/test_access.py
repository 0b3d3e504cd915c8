from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import KitchenCase


@tagged("post_install", "-at_install")
class TestAccess(KitchenCase):
    """Who may see and touch the kitchen."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        own = {"company_id": cls.company.id, "company_ids": [Command.set(cls.company.ids)]}
        cls.cashier = new_test_user(
            cls.env, "kitchen-user", groups="base.group_user,point_of_sale.group_pos_user", **own
        )
        cls.stranger = new_test_user(cls.env, "kitchen-stranger", groups="base.group_user", **own)
        other = cls.env["res.company"].create({"name": "Dali Kitchen"})
        cls.neighbour = new_test_user(
            cls.env,
            "kitchen-neighbour",
            groups="base.group_user,point_of_sale.group_pos_manager",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )

    MODELS = ("dining.station", "dining.printer", "dining.ticket", "dining.print.job", "dining.dish.event")

    def setUp(self):
        super().setUp()
        session = self.join()
        self.add(session, self.chicken)
        self.order = self.order_of(self.place(session))

    def test_a_cashier_reads_and_changes_nothing(self):
        for model in self.MODELS:
            records = self.env[model].with_user(self.cashier).search([])
            self.assertTrue(records, model)
            for operation in ("write", "unlink", "create"):
                self.assertFalse(records.has_access(operation), f"{model} {operation}")

    def test_nobody_writes_tickets_jobs_and_events_by_hand(self):
        manager = new_test_user(
            self.env,
            "kitchen-manager",
            groups="base.group_user,point_of_sale.group_pos_manager",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        for model in self.MODELS[2:]:
            for operation in ("write", "unlink", "create"):
                self.assertFalse(self.env[model].with_user(manager).has_access(operation), f"{model} {operation}")
        self.assertTrue(self.env["dining.printer"].with_user(manager).has_access("write"))

    def test_an_employee_without_the_register_sees_nothing(self):
        for model in self.MODELS:
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.stranger).search([])

    def test_another_company_sees_nothing(self):
        for model in self.MODELS:
            self.assertFalse(
                self.env[model]
                .with_user(self.neighbour)
                .with_context(allowed_company_ids=self.neighbour.company_ids.ids)
                .search([]),
                model,
            )

    def test_cancelling_dishes_needs_the_right_to_the_order(self):
        before = self.kitchen_facts()
        with self.assertRaises(AccessError):
            self.order.with_user(self.stranger).action_dining_cancel_dishes()
        with self.assertRaises(AccessError):
            self.order.with_user(self.neighbour).action_dining_cancel_dishes()
        self.assertEqual(self.kitchen_facts(), before)
