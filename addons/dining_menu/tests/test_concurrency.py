"""Two transactions at once: no change is lost from a menu, no portion is sold twice."""

from contextlib import closing

from odoo import SUPERUSER_ID, api
from odoo.addons.dining_rules.refusals import Refusal
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger
from psycopg2.errors import SerializationFailure


@tagged("post_install", "-at_install")
class TestConcurrency(BaseCase):
    """Committed for real, and removed afterwards: a test's own transaction is one, and takes no turns."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self._transaction() as env:
            tax = env["account.tax"].create(
                {"name": "VAT", "amount": 6, "type_tax_use": "sale", "price_include_override": "tax_included"}
            )
            store = env["pos.config"].create({"name": "店", "is_dining": True})
            category = env["pos.category"].create({"name": "Soup"})
            dishes = env["product.template"].create(
                [
                    {
                        "name": name,
                        "type": "service",
                        "list_price": 10,
                        "available_in_pos": True,
                        "pos_categ_ids": category.ids,
                        "taxes_id": tax.ids,
                    }
                    for name in ("Chicken", "Fish")
                ]
            )
            env["dining.dish.stock"].create(
                {"config_id": store.id, "product_tmpl_id": dishes[0].id, "limited": True, "remaining": 1}
            )
            self.store_id, (self.chicken_id, self.fish_id) = store.id, dishes.ids
            self.made = [(record._name, record.ids) for record in (store, dishes, category, tax)]
        self.addCleanup(self._remove)

    def _transaction(self):
        return _Transaction(self.registry)

    def _remove(self):
        with self._transaction() as env:
            for model, ids in self.made:
                env[model].browse(ids).unlink()

    def _prices(self):
        with self._transaction() as env:
            menu = env["pos.config"].browse(self.store_id)._dining_menu().menu
            return [menu.dish(dish_id).price_fen for dish_id in (self.chicken_id, self.fish_id)]

    def _set_price(self, env, dish_id, price):
        env["product.template"].browse(dish_id).list_price = price

    def test_two_managers_at_once_lose_no_change(self):
        self.assertEqual(self._prices(), [1000, 1000])
        with closing(self.registry.cursor()) as first, closing(self.registry.cursor()) as second:
            for cr, dish_id, price in ((first, self.chicken_id, 11), (second, self.fish_id, 12)):
                self._set_price(api.Environment(cr, SUPERUSER_ID, {}), dish_id, price)
            first.commit()
            with self.assertRaises(SerializationFailure), mute_logger("odoo.sql_db"):
                second.commit()
        self.assertEqual(self._prices(), [1100, 1000])
        # As Odoo does with a request that failed so.
        with self._transaction() as env:
            self._set_price(env, self.fish_id, 12)
        self.assertEqual(self._prices(), [1100, 1200])

    def test_the_last_portion_is_sold_once(self):
        with closing(self.registry.cursor()) as first, closing(self.registry.cursor()) as second:
            stores = [
                api.Environment(cr, SUPERUSER_ID, {})["pos.config"].browse(self.store_id) for cr in (first, second)
            ]
            for store in stores:
                self.assertEqual(store._dining_available(), {self.chicken_id: 1})
            stores[0]._dining_take({self.chicken_id: 1})
            first.commit()
            with self.assertRaises(SerializationFailure), mute_logger("odoo.sql_db"):
                stores[1]._dining_take({self.chicken_id: 1})
        with self._transaction() as env:
            store = env["pos.config"].browse(self.store_id)
            with self.assertRaises(Refusal) as refused:
                store._dining_take({self.chicken_id: 1})
            self.assertEqual(refused.exception.data["remaining"], 0)
            self.assertEqual(store._dining_available(), {self.chicken_id: 0})


class _Transaction:
    """A superuser environment in a transaction of its own, committed at the end."""

    def __init__(self, registry):
        self._cr = registry.cursor()

    def __enter__(self):
        return api.Environment(self._cr, SUPERUSER_ID, {})

    def __exit__(self, kind, error, trace):
        if kind is None:
            self._cr.commit()
        self._cr.close()
