"""The demo restaurant: a real-looking menu, tables, people and an open register, loaded once."""

import base64
from datetime import datetime
from zoneinfo import ZoneInfo

from odoo.addons.dining.demo import PICTURES, read
from odoo.addons.dining_rules.pricing import CartLine, Component, quote
from odoo.tests import Form, TransactionCase, tagged

NOON = datetime(2024, 5, 6, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


@tagged("post_install", "-at_install")
class TestDemo(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.logins = cls.env["dining.demo"]._load()
        cls.store = cls.env.ref("dining.store_main_demo")
        cls.menu = cls.store._dining_menu().menu

    def _dish(self, key):
        return self.env.ref(f"dining.dish_{key}_demo")

    def test_books_are_kept_in_china(self):
        company = self.store.company_id
        self.assertEqual(company.chart_template, "cn")
        self.assertEqual((company.currency_id.name, company.country_id.code), ("CNY", "CN"))
        self.assertEqual(company.tax_calculation_rounding_method, "round_per_line")
        self.assertEqual(self.store.currency_id.name, "CNY")

    def test_menu_is_as_large_as_a_restaurant_s(self):
        listed = [dish for dish in self.menu.dishes.values() if dish.listed and not dish.sets]
        meals = [dish for dish in self.menu.dishes.values() if dish.sets]
        self.assertEqual((len(listed), len(meals), len(self.menu.categories)), (74, 4, 12))

    def test_everything_is_named_in_both_languages(self):
        def texts():
            yield from self.menu.categories.values()
            for dish in self.menu.dishes.values():
                yield dish.name
                for group in (*dish.groups, *dish.sets):
                    yield group.name
                for group in dish.groups:
                    yield from (option.name for option in group.options)

        for text in texts():
            self.assertRegex(text.zh, r"[\u4e00-\u9fff]", text)
            self.assertNotRegex(text.en, r"[\u4e00-\u9fff]", text)

    def test_every_dish_has_its_picture_and_the_tax_inside(self):
        for dish in self.menu.dishes.values():
            self.assertEqual(dish.tax_permille, 60, dish.name.en)
            template = self.env["product.template"].browse(dish.id)
            self.assertTrue(template.dining_picture, dish.name.en)
            self.assertFalse(template.dining_problem, dish.name.en)
        keys = {*read("dishes")["dishes"], *read("set_meals")}
        self.assertEqual({picture.stem for picture in PICTURES.glob("*.jpg")}, keys)

    def test_dishes_and_options_name_what_they_contain(self):
        contents = {dish.product_id: dish.allergens for dish in self.menu.dishes.values()}
        for key, codes in (
            ("cold_noodles", ("peanut", "gluten", "soy", "sesame")),
            ("rushan", ("milk",)),
            ("steam_chicken", ()),
        ):
            self.assertEqual(contents[self._dish(key).product_variant_id.id], codes, key)
        options = self.menu.dishes[self._dish("bridge_mushroom").id].groups[1].options
        self.assertEqual({option.name.en: option.allergens for option in options}["Tofu skin"], ("soy",))

    def test_prices(self):
        noodles = self._dish("bridge_champion")
        options = {option.name: option.id for option in noodles.with_context(lang="en_US").dining_option_ids}
        line = CartLine("k", noodles.id, (options["Large"], options["Yunnan ham"]), quantity=2)
        priced = quote(self.menu, [line], guests=2, now=NOON)
        self.assertEqual(priced.dishes_fen, 2 * (4800 + 600 + 1000))
        self.assertEqual([(charge.kind, charge.amount_fen) for charge in priced.charges], [("seat", 400)])
        self.assertEqual(priced.total_fen, 13200)

    def test_a_set_meal_can_be_ordered(self):
        meal = self.menu.dish(self.env.ref("dining.meal_bridge_set_demo").id)
        components = []
        for group in meal.sets:
            dish = self.menu.dishes[group.choices[0].dish_id]
            first = tuple(own.options[0].id for own in dish.groups if own.min)
            components.append(Component(group.choices[0].id, first))
        priced = quote(self.menu, [CartLine("k", meal.id, components=tuple(components))], now=NOON)
        self.assertEqual(priced.total_fen, 4900)
        self.assertEqual(sum(part.amount_fen for part in priced.lines[0].parts), 4900)

    def test_tables_on_two_floors(self):
        tables = self.store.floor_ids.table_ids
        self.assertEqual(len(self.store.floor_ids), 2)
        self.assertEqual(len(tables), 18)
        table = self.env.ref("dining.table_b12_demo")
        self.assertEqual((table.dining_name, table.seats, table.floor_id.name), ("B12", 4, "二楼临湖"))
        self.assertEqual(len(set(tables.mapped("dining_code"))), 18)
        self.assertEqual(table._dining_store(), self.store)

    def test_register_is_open_and_takes_cash(self):
        self.assertEqual(self.store.current_session_id.state, "opened")
        self.assertIn("cash", self.store.payment_method_ids.mapped("type"))
        self.assertEqual(self.store.self_ordering_mode, "nothing")

    def test_two_stations_take_every_category_and_the_pass_the_rest(self):
        addresses = {"printer_host": "127.0.0.1", "printer_port": 9100}
        for _again in range(2):
            self.env["dining.demo"]._load(addresses)
        stations = self.store.dining_station_ids
        self.assertEqual(stations.with_context(lang="zh_CN").mapped("name"), ["热菜", "凉菜·饮品", "出餐口"])
        self.assertEqual(
            stations.with_context(lang="en_US").mapped("name"), ["Hot kitchen", "Cold dishes & drinks", "Pass"]
        )
        self.assertEqual(stations.mapped("is_pass"), [False, False, True])
        displays = self.env["dining.display"].search([("config_id", "=", self.store.id)], order="id")
        self.assertEqual(displays.mapped("name"), ["热菜", "凉菜·饮品", "出餐口"])
        self.assertEqual(displays.mapped("kind"), ["station", "station", "pass"])
        self.assertEqual(displays.station_id, stations[:2])
        self.assertEqual(set(stations.category_ids.ids), set(self.menu.categories))
        self.assertEqual(set(stations.printer_id.mapped("port")), {9100})

    def test_the_next_day_opens_with_what_was_left_in_the_drawer(self):
        self.store.current_session_id.post_closing_cash_details(50)
        self.assertEqual(self.store.current_session_id.close_session_from_ui(), {"successful": True})
        self.env["dining.demo"]._load()
        opened = self.store.current_session_id
        self.assertEqual((opened.state, opened.cash_register_balance_start), ("opened", 50))
        self.assertFalse(opened.statement_line_ids, "nothing is missing from it")

    def test_wechat_pay_is_on_the_register_and_off_until_there_is_an_account(self):
        method = self.store.payment_method_ids.filtered("dining_is_wechat")
        self.assertEqual(method.with_context(lang="zh_CN").name, "微信支付")
        self.assertFalse(self.store._dining_wechat_method())

    def test_members_top_up_and_the_store_takes_it(self):
        self.assertTrue(self.store._dining_wallet_method())
        offers = self.env["dining.topup.offer"].search([("company_id", "=", self.store.company_id.id)])
        self.assertEqual(
            [(offer.price, offer.bonus, offer.first_only) for offer in offers],
            [(100, 20, True), (200, 10, False), (500, 50, False)],
        )
        names = offers.with_context(lang="zh_CN").mapped("name")
        self.assertEqual(names, ["首充 100 送 20", "充 200 送 10", "充 500 送 50"])
        self.assertFalse(self.env["dining.member"].search([]))

    def test_people_can_log_in(self):
        self.assertEqual(
            self.logins,
            [
                ("店长", "Manager", "manager", "manager"),
                ("收银员", "Cashier", "cashier", "cashier"),
                ("会计", "Accountant", "accountant", "accountant"),
            ],
        )
        for _zh, _en, login, password in self.logins:
            user = self.env["res.users"].search([("login", "=", login)])
            answer = user.with_user(user)._check_credentials(
                {"type": "password", "password": password}, {"interactive": False}
            )
            self.assertEqual(answer["uid"], user.id)
        manager = self.env.ref("dining.user_manager_demo")
        self.assertTrue(manager.has_group("point_of_sale.group_pos_manager"))
        self.assertFalse(manager.has_group("base.group_system"))

    def test_the_manager_saves_the_store(self):
        manager = self.env.ref("dining.user_manager_demo")
        with Form(self.store.with_user(manager), "dining_base.pos_config_view_form") as form:
            form.dining_seat_charge = 5
        self.assertEqual(self.store.dining_seat_charge, 5)

    def test_the_accountant_reads_sales_and_sells_nothing(self):
        accountant = self.env.ref("dining.user_accountant_demo")
        for group in ("base.group_system", "point_of_sale.group_pos_user", "product.group_product_manager"):
            self.assertFalse(accountant.has_group(group), group)
        menus = self.env["ir.ui.menu"].with_user(accountant)._visible_menu_ids()
        for name in ("orders", "sessions", "entries", "transactions", "clearing"):
            self.assertIn(self.env.ref(f"dining.dining_menu_{name}").id, menus, name)
        for name in ("tables", "rounds", "register", "menu", "kitchen", "stores", "configuration"):
            self.assertNotIn(self.env.ref(f"dining.dining_menu_{name}").id, menus, name)

    def test_each_one_lands_in_the_application(self):
        for login in ("manager", "cashier", "accountant"):
            user = self.env.ref(f"dining.user_{login}_demo")
            menus = self.env["ir.ui.menu"].with_user(user)
            landing = menus.browse(menus._visible_menu_ids()).filtered(
                lambda menu, user=user: menu.action and menu.action.id == user.action_id.id
            )
            self.assertEqual(
                landing.mapped("parent_path")[0].split("/")[0], str(self.env.ref("dining.dining_menu_root").id)
            )

    def test_the_company_has_its_own_logo(self):
        self.assertEqual(base64.b64decode(self.store.company_id.logo), (PICTURES / "logo.png").read_bytes())
        self.assertFalse(self.store.company_id.uses_default_logo)

    def test_ways_to_pay_and_their_journals_speak_chinese(self):
        methods = self.store.payment_method_ids.with_context(lang="zh_CN").sorted("sequence")
        self.assertEqual(methods.mapped("name"), ["现金", "微信支付", "储值"])
        self.assertEqual(methods.journal_id.mapped("name"), ["现金 滇池边云南小馆", "微信支付"])
        self.assertEqual(self.store.journal_id.with_context(lang="zh_CN").name, "收银")

    def test_scarce_dishes_are_limited(self):
        self.assertEqual(self.store._dining_available(), {self._dish("matsutake").id: 6})

    def test_loading_again_changes_nothing_but_addresses(self):
        counted = (
            "product.template", "pos.config", "restaurant.table", "res.users", "pos.session", "account.tax",
            "dining.topup.offer",
        )  # fmt: skip
        before = {model: self.env[model].search_count([]) for model in counted}
        version = self.store._dining_menu().version
        again = self.env["dining.demo"]._load({"odoo": "http://127.0.0.1:18080"})
        self.assertEqual(again, self.logins)
        self.assertEqual({model: self.env[model].search_count([]) for model in counted}, before)
        self.assertEqual(self.store._dining_menu().version, version)
        self.assertEqual(self.env["ir.config_parameter"].get_param("web.base.url"), "http://127.0.0.1:18080")
