"""Who may do what: cashiers mark dishes sold out, managers keep the menu, nobody edits a version."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import MenuCase


@tagged("post_install", "-at_install")
class TestAccess(MenuCase):
    def test_a_cashier_cannot_edit_the_menu(self):
        hours = self.env["dining.dish.hours"].create({"product_tmpl_id": self.tea.id})
        for record, values in (
            (self.tea, {"list_price": 1}),
            (hours, {"start": 1}),
            (self.noodles.attribute_line_ids, {"dining_min": 0}),
        ):
            with self.subTest(record._name), self.assertRaises(AccessError):
                record.with_user(self.cashier).write(values)
        self.assertEqual((self.tea.list_price, hours.start), (9, 10))

    def test_a_cashier_may_count_but_not_remove_rows(self):
        stock = self.env["dining.dish.stock"].create({"config_id": self.store.id, "product_tmpl_id": self.tea.id})
        stock.with_user(self.cashier).write({"limited": True, "remaining": 4})
        self.assertEqual(stock._left(), 4)
        with self.assertRaises(AccessError):
            stock.with_user(self.cashier).unlink()
        self.assertTrue(stock.exists())

    def test_versions_are_read_only_even_for_managers(self):
        self.store._dining_menu()
        version = self.env["dining.menu.version"].search([("config_id", "=", self.store.id)], limit=1)
        versions = version.with_user(self.manager)
        self.assertEqual(versions.version, self.store.dining_menu_version)
        with self.assertRaises(AccessError):
            versions.write({"public_body": "{}"})
        with self.assertRaises(AccessError):
            versions.unlink()
        with self.assertRaises(AccessError):
            version.with_user(self.cashier).read(["version"])

    def test_an_employee_without_the_register_sees_no_counts(self):
        clerk = new_test_user(self.env, "dining_clerk", "base.group_user")
        with self.assertRaises(AccessError):
            self.env["dining.dish.stock"].with_user(clerk).search([])

    def test_other_companies_counts_are_hidden(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        stock = self.env["dining.dish.stock"].create({"config_id": self.store.id, "product_tmpl_id": self.tea.id})
        stranger = new_test_user(
            self.env,
            "dining_stranger",
            "base.group_user,point_of_sale.group_pos_manager",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        found = self.env["dining.dish.stock"].with_user(stranger).search([("id", "=", stock.id)])
        self.assertFalse(found)

    def test_a_manager_rebuilds_the_menu(self):
        before = self.store._dining_menu().version
        self.store.with_user(self.manager).action_dining_rebuild_menu()
        self.assertEqual(self.store._dining_menu().version, before)
