"""Sold out and remaining portions: counted all or nothing, in one statement."""

from odoo.addons.dining_rules.refusals import Refusal
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common import MenuCase


@tagged("post_install", "-at_install")
class TestStock(MenuCase):
    def setUp(self):
        super().setUp()
        self.cake = self._dish("Rose cake", 6, self.drinks_category, name_zh="鲜花饼")
        self.noodles_stock = self._stock(self.noodles, limited=True, remaining=5)
        self.tea_stock = self._stock(self.tea, limited=True, remaining=3)
        self.env.flush_all()

    def _stock(self, dish, **values):
        return self.env["dining.dish.stock"].create({"config_id": self.store.id, "product_tmpl_id": dish.id, **values})

    def test_available_names_limited_dishes_only(self):
        self._stock(self.cake)
        with self.assertQueryCount(2):  # the flush of the new row, then the one statement
            self.assertEqual(self.store._dining_available(), {self.noodles.id: 5, self.tea.id: 3})
        with self.assertQueryCount(1):
            self.assertEqual(self.store._dining_available([self.tea.id, self.cake.id]), {self.tea.id: 3})
        self.tea_stock.sold_out = True
        self.assertEqual(self.store._dining_available([self.tea.id]), {self.tea.id: 0})

    def test_take_counts_down_in_one_statement(self):
        with self.assertQueryCount(1):
            self.store._dining_take({self.noodles.id: 2, self.tea.id: 3, self.cake.id: 7})
        self.assertEqual((self.noodles_stock.remaining, self.tea_stock.remaining), (3, 0))
        self.assertEqual(self.tea_stock.state, "sold_out")
        self.assertEqual(self.store._dining_available(), {self.noodles.id: 3, self.tea.id: 0})

    def test_take_is_all_or_nothing(self):
        with self.assertRaises(Refusal) as refused:
            self.store._dining_take({self.noodles.id: 5, self.tea.id: 4})
        self.assertEqual(refused.exception.code, "dish_sold_out")
        self.assertEqual(
            refused.exception.data,
            {
                "dish_id": self.tea.id,
                "dish": {"zh": "普洱茶", "en": "Pu'er tea"},
                "remaining": 3,
            },
        )
        self.assertEqual((self.noodles_stock.remaining, self.tea_stock.remaining), (5, 3))

    def test_sold_out_is_refused_whatever_remains(self):
        self.noodles_stock.sold_out = True
        with self.assertRaises(Refusal) as refused:
            self.store._dining_take({self.noodles.id: 1, self.tea.id: 1})
        self.assertEqual(refused.exception.data["remaining"], 0)
        self.assertEqual((self.noodles_stock.remaining, self.tea_stock.remaining), (5, 3))

    def test_give_back_returns_to_limited_dishes_only(self):
        cake = self._stock(self.cake)
        self.store._dining_take({self.tea.id: 3})
        self.env.flush_all()
        with self.assertQueryCount(1):
            self.store._dining_give_back({self.tea.id: 2, self.cake.id: 4})
        self.assertEqual((self.tea_stock.remaining, cake.remaining), (2, 0))

    def test_nothing_taken_costs_nothing(self):
        with self.assertQueryCount(0):
            self.store._dining_take({})
            self.store._dining_give_back({})

    def test_stores_count_apart(self):
        other = self.env["pos.config"].create({"name": "二店", "is_dining": True})
        other._dining_take({self.tea.id: 3})
        self.assertEqual(self.tea_stock.remaining, 3)
        self.assertEqual(other._dining_available(), {})

    @mute_logger("odoo.sql_db")
    def test_the_database_refuses_less_than_nothing_and_a_dish_twice(self):
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.tea_stock.remaining = -1
            self.tea_stock.flush_recordset()
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._stock(self.tea)
        self.assertEqual(self.tea_stock.remaining, 3)

    def test_a_cashier_marks_a_dish_sold_out_and_back(self):
        tea = self.tea.with_user(self.cashier)
        tea.action_dining_sell_out()
        self.assertTrue(tea.dining_sold_out)
        self.assertEqual(self.store._dining_available([self.tea.id]), {self.tea.id: 0})
        tea.action_dining_restore()
        self.assertFalse(tea.dining_sold_out)
        self.assertEqual(self.store._dining_available([self.tea.id]), {})

    def test_the_list_has_every_dish_and_keeps_what_was_set(self):
        action = self.env["dining.dish.stock"].with_user(self.cashier).action_open()
        self.assertEqual(action["res_model"], "dining.dish.stock")
        rows = self.env["dining.dish.stock"].with_user(self.cashier).search([("config_id", "=", self.store.id)])
        self.assertLessEqual(self.noodles | self.tea | self.cake, rows.product_tmpl_id)
        self.assertEqual(self.store._dining_available(), {self.noodles.id: 5, self.tea.id: 3})
        self.env["dining.dish.stock"].with_user(self.cashier).action_open()
        self.assertEqual(self.env["dining.dish.stock"].search_count([("config_id", "=", self.store.id)]), len(rows))
