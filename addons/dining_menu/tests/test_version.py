"""Versions: a new one exactly when the menu changed, reading costs nothing, old ones are kept for a while."""

from odoo.addons.dining_menu.models.dining_menu_version import KEPT_VERSIONS
from odoo.addons.dining_menu.snapshot_cache import SnapshotCache, snapshots
from odoo.addons.dining_rules.refusals import Refusal
from odoo.fields import Command
from odoo.tests import tagged

from .common import MenuCase


@tagged("post_install", "-at_install")
class TestVersion(MenuCase):
    def setUp(self):
        super().setUp()
        self.first = self.store._dining_menu()

    def _changed(self, change):
        """Whether `change` makes a new version by the time of the commit."""
        before = self.store._dining_menu().version
        change()
        self.env.cr.flush()
        after = self.store._dining_menu().version
        self.assertIn(after - before, (0, 1))
        return after > before

    def test_reading_costs_one_statement_then_and_two_at_first(self):
        self.env.flush_all()
        with self.assertQueryCount(1):
            self.assertIs(self.store._dining_menu(), self.first)
        snapshots.clear()
        with self.assertQueryCount(2):
            self.assertEqual(self.store._dining_menu().body, self.first.body)
        with self.assertQueryCount(1):
            self.store._dining_menu(self.first.version)

    def test_etag_names_store_version_and_content(self):
        digest = self.store.dining_menu_digest
        self.assertEqual(self.first.etag, f'"{self.store.id}-{self.first.version}-{digest[:12]}"')

    def test_every_source_of_the_menu_makes_a_new_version(self):
        egg = self._option(self.noodles, "Egg")
        meal = self._set_meal("Lunch", 30, self.noodles_category, [("Main", 1, [(self.noodles, 0)])])
        hours = {"product_tmpl_id": self.tea.id, "start": 9, "end": 12}
        changes = {
            "price": lambda: self.noodles.write({"list_price": 29}),
            "name": lambda: self.noodles.write({"name": "Noodles"}),
            "translation": lambda: self.noodles.update_field_translations("name", {"zh_CN": "小锅米线"}),
            "option price": lambda: egg.write({"price_extra": 4}),
            "option name": lambda: egg.product_attribute_value_id.write({"name": "Fried egg"}),
            "group name": lambda: self.size.write({"name": "Portion"}),
            "group limits": lambda: self.noodles.attribute_line_ids[1].write({"dining_max": 2}),
            "category": lambda: self.drinks_category.write({"name": "Tea"}),
            "category hours": lambda: self.drinks_category.write({"hour_after": 10}),
            "hours": lambda: self.env["dining.dish.hours"].create(hours),
            "hours removed": lambda: self.tea.write({"dining_hours_ids": [Command.clear()]}),
            "set meal part": lambda: meal.combo_ids.write({"name": "Dish"}),
            "set meal extra": lambda: meal.combo_ids.combo_item_ids.write({"extra_price": 1}),
            "tax": lambda: self.tax.write({"amount": 3}),
            "store name": lambda: self.store.write({"dining_name_en": "Dian"}),
            "seat charge": lambda: self.store.write({"dining_seat_charge": 2}),
            "cap": lambda: self.store.write({"dining_max_dish_quantity": 9}),
            "new dish": lambda: self._dish("Cake", 6, self.drinks_category),
            "archived": lambda: self.tea.write({"active": False}),
            "charge product": lambda: self.env.ref("dining_menu.product_seat_charge").write({"name": "Cover"}),
        }
        self.env.cr.flush()
        for name, change in changes.items():
            with self.subTest(name):
                self.assertTrue(self._changed(change))

    def test_what_phones_do_not_see_makes_none(self):
        stock = self.env["dining.dish.stock"].create({"config_id": self.store.id, "product_tmpl_id": self.tea.id})
        for name, change in {
            "same price": lambda: self.noodles.write({"list_price": 28}),
            "internal note": lambda: self.noodles.write({"description": "<p>recipe</p>"}),
            "sold out": lambda: stock.write({"sold_out": True}),
            "there and back": lambda: (self.noodles.write({"list_price": 1}), self.noodles.write({"list_price": 28})),
        }.items():
            with self.subTest(name):
                self.assertFalse(self._changed(change))

    def test_a_menu_read_in_the_transaction_of_its_change_is_the_new_one(self):
        self.noodles.list_price = 33
        self.assertEqual(self._dish_on_menu(self.noodles)["price_fen"], 3300)

    def test_a_version_never_changes_and_is_kept_for_a_while(self):
        for price in range(40, 40 + KEPT_VERSIONS - 1):
            self.noodles.list_price = price
            self.store._dining_menu()
        snapshots.clear()
        self.assertEqual(self.store._dining_menu(self.first.version).body, self.first.body)
        self.noodles.list_price = 99
        last = self.store._dining_menu()
        self.assertEqual(last.version, self.first.version + KEPT_VERSIONS)
        snapshots.clear()
        with self.assertRaises(Refusal) as refused:
            self.store._dining_menu(self.first.version)
        self.assertEqual(refused.exception.code, "menu_version_unknown")
        kept = self.env["dining.menu.version"].search([("config_id", "=", self.store.id)])
        self.assertEqual(len(kept), KEPT_VERSIONS)

    def test_rolled_back_version_is_not_answered_from_memory(self):
        with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
            self.noodles.list_price = 50
            self.assertEqual(self.store._dining_menu().version, self.first.version + 1)
            1 / 0  # noqa: B018
        self.noodles.list_price = 60
        again = self.store._dining_menu()
        self.assertEqual(again.version, self.first.version + 1)
        self.assertEqual(again.menu.dish(self.noodles.id).price_fen, 6000)

    def test_stores_have_menus_of_their_own(self):
        other = self.env["pos.config"].create(
            {
                "name": "二店",
                "is_dining": True,
                "limit_categories": True,
                "iface_available_categ_ids": [Command.set(self.drinks_category.ids)],
            }
        )
        self.assertEqual(other._dining_menu().version, 1)
        self.noodles.list_price = 31
        self.assertEqual(self.store._dining_menu().version, self.first.version + 1)
        self.assertEqual(other._dining_menu().version, 1)

    def test_an_unknown_version_is_refused(self):
        for version in (0, -1, 10**6):
            with self.assertRaises(Refusal) as refused:
                self.store._dining_menu(version)
            self.assertEqual(refused.exception.code, "menu_version_unknown")

    def test_memory_is_bounded(self):
        cache = SnapshotCache(size=2)
        for key in "abc":
            cache.put(key, key)
        self.assertEqual([cache.get(key) for key in "abc"], [None, "b", "c"])
        cache.get("b")
        cache.put("d", "d")
        self.assertEqual([cache.get(key) for key in "bcd"], ["b", None, "d"])
