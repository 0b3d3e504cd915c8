"""Opening a store: everything a register needs to take orders, or nothing."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError


@tagged("post_install", "-at_install")
class TestOpenStore(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = new_test_user(
            cls.env, "dining_manager", "base.group_user,point_of_sale.group_pos_manager", lang="en_US"
        )

    def _wizard(self):
        form = Form(self.env["dining.open.store"].with_user(self.manager))
        form.name = "翠湖店"
        form.name_en = "Green Lake"
        return form

    def test_a_manager_opens_a_store(self):
        form = self._wizard()
        form.address = "翠湖南路 1 号"
        form.seat_charge = 3
        form.printer_host = "192.168.1.50"
        with form.floor_ids.edit(0) as floor:
            floor.prefix = "C"
            floor.first = 11
            floor.count = 3
        action = form.save().action_open()
        store = self.env["pos.config"].browse(action["res_id"])
        self.assertEqual(
            (store.name, store.dining_name_en, store.dining_address, store.dining_seat_charge),
            ("翠湖店", "Green Lake", "翠湖南路 1 号", 3),
        )
        self.assertTrue(store.is_dining and store.module_pos_restaurant)
        self.assertEqual(store.floor_ids.table_ids.mapped("dining_name"), ["C11", "C12", "C13"])
        self.assertEqual(store.floor_ids.table_ids.mapped("table_number"), [11, 12, 13])
        self.assertEqual(store.dining_station_ids.mapped("is_pass"), [True])
        self.assertEqual(store.dining_station_ids.printer_id.host, "192.168.1.50")
        menu = store._dining_menu().menu
        self.assertEqual((menu.seat_charge_fen, menu.seat_product.tax_permille), (300, 60))

    def test_any_manager_saves_its_settings(self):
        """The store's pictures for Odoo's self-ordering are another user's, whom the manager may not overwrite."""
        store = self.env["pos.config"].browse(self._wizard().save().action_open()["res_id"])
        pictures = store.sudo().self_ordering_image_home_ids
        self.assertTrue(pictures)
        pictures.sudo().with_context(tracking_disable=True).create_uid = self.env.ref("base.user_root")
        other = new_test_user(self.env, "dining_other", "base.group_user,point_of_sale.group_pos_manager", lang="en_US")
        for number, user in enumerate((self.manager, other), 1):
            with Form(store.with_user(user), "dining_base.pos_config_view_form") as form:
                form.dining_address = f"翠湖南路 {number} 号"
            self.assertEqual(store.dining_address, f"翠湖南路 {number} 号")

    def test_its_register_opens(self):
        store = self.env["pos.config"].browse(self._wizard().save().action_open()["res_id"])
        session = self.env["pos.session"].with_user(self.manager).create({"config_id": store.id})
        session.set_opening_control(0, "")
        self.assertEqual(session.state, "opened")
        cash = store.payment_method_ids.filtered("is_cash_count")
        self.assertEqual(len(cash), 1)
        self.assertEqual(cash.journal_id.type, "cash")
        self.assertTrue(store._dining_wallet_method(), "members pay with stored value from the first day")

    def test_its_books_are_set_up(self):
        """Members pay with stored value from the first day, and the day closes."""
        company = self.env["res.company"].create({"name": "Large", "country_id": self.env.ref("base.cn").id})
        self.env["account.chart.template"].try_loading("cn_large_bis", company, install_demo=False)
        stores = self.env["pos.config"].browse()
        for name in ("一店", "二店"):
            stores |= stores._dining_open_store({"name": name, "company_id": company.id}, [])
        self.assertEqual(stores.payment_method_ids.filtered("dining_is_wallet"), stores[0]._dining_wallet_method())
        books = self.env["dining.books"].search([("company_id", "=", company.id)])
        self.assertEqual(len(books), 1)
        vat = company.account_sale_tax_id
        self.assertEqual((vat.amount, vat.price_include), (6, True))
        self.assertEqual(vat.invoice_repartition_line_ids.account_id, books.output_vat_account_id)

    def test_two_stores_have_drawers_of_their_own_and_share_the_tax(self):
        stores = self.env["pos.config"]
        for name in ("一店", "二店"):
            form = self._wizard()
            form.name = name
            stores |= stores.browse(form.save().action_open()["res_id"])
        self.assertEqual(len(stores.payment_method_ids.filtered("is_cash_count").journal_id), 2)
        company = self.env.company
        taxes = [self.env["account.tax"]._dining_vat(company, percent) for percent in (6, 6, 3)]
        self.assertEqual(taxes[0], taxes[1])
        self.assertNotEqual(taxes[0], taxes[2])
        self.assertEqual(company.account_sale_tax_id, taxes[0])
        self.assertEqual([tax._dining_permille() for tax in taxes], [60, 60, 30])

    def test_a_made_tax_books_on_the_chart_s_account(self):
        chart = self.env["account.tax"].search(
            [("company_id", "=", self.env.company.id), ("type_tax_use", "=", "sale")]
        )
        tax = self.env["account.tax"]._dining_vat(self.env.company, 1)
        self.assertEqual((tax.amount, tax.price_include, tax.type_tax_use), (1, True, "sale"))
        self.assertLessEqual(tax.invoice_repartition_line_ids.account_id, chart.invoice_repartition_line_ids.account_id)
        self.assertTrue(tax.invoice_repartition_line_ids.account_id)

    def test_tables_of_the_same_name_are_refused(self):
        before = self.env["pos.config"].search_count([])
        form = self._wizard()
        with form.floor_ids.new() as floor:
            floor.name = "Roof"
            floor.prefix = "A"
        with self.assertRaisesRegex(UserError, "same name"):
            form.save().action_open()
        self.assertEqual(self.env["pos.config"].search_count([]), before)

    def test_a_store_without_floors_is_refused(self):
        form = self._wizard()
        form.floor_ids.remove(0)
        with self.assertRaisesRegex(UserError, "floor"):
            form.save().action_open()

    @mute_logger("odoo.sql_db")
    def test_nonsense_counts_are_refused(self):
        for field, value in (("count", 0), ("count", 201), ("seats", 0), ("first", -1)):
            with self.subTest(field), self.assertRaises(IntegrityError), self.env.cr.savepoint():
                form = self._wizard()
                with form.floor_ids.edit(0) as floor:
                    floor[field] = value
                form.save().flush_recordset()

    def test_a_cashier_cannot_open_a_store(self):
        cashier = new_test_user(self.env, "dining_cashier", "base.group_user,point_of_sale.group_pos_user")
        with self.assertRaises(AccessError):
            self.env["dining.open.store"].with_user(cashier).create({"name": "店"})
