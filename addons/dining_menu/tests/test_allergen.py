"""Allergens: the standard ones, at dishes and options, and on the menu."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation, UniqueViolation

from .common import MenuCase

STANDARD = ["peanut", "tree_nut", "gluten", "milk", "egg", "fish", "crustacean", "mollusc", "soy", "sesame"]


@tagged("post_install", "-at_install")
class TestAllergen(MenuCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.peanuts, cls.eggs = (cls.env.ref(f"dining_menu.allergen_{code}") for code in ("peanut", "egg"))
        cls.peanuts.update_field_translations("name", {"zh_CN": "花生"})

    def rebuilt(self):
        self.env.flush_all()
        self.env.cr.precommit.run()
        return self._body()

    def test_the_standard_ones_are_there_in_both_languages(self):
        allergens = self.env["dining.allergen"].search([])
        self.assertEqual(allergens.mapped("code"), STANDARD)
        body = self.rebuilt()
        self.assertEqual([allergen["code"] for allergen in body["allergens"]], STANDARD)
        peanuts = {"code": "peanut", "name": {"zh": "花生", "en": "Peanuts"}, "retired": False}
        self.assertEqual(body["allergens"][0], peanuts)

    def test_at_a_dish_at_an_option_and_at_a_set_meal(self):
        meal = self._set_meal(
            "Lunch", 30, self.noodles_category, [("Noodles", 1, [(self.noodles, 0)]), ("Tea", 1, [(self.tea, 0)])]
        )
        self.noodles.dining_allergen_ids = self.peanuts
        self.tea.dining_allergen_ids = self.eggs
        self._option(self.noodles, "Egg").product_attribute_value_id.dining_allergen_ids = self.eggs
        self.rebuilt()
        noodles, lunch = self._dish_on_menu(self.noodles), self._dish_on_menu(meal)
        self.assertEqual(noodles["allergens"], ["peanut"])
        self.assertEqual([option["allergens"] for option in noodles["groups"][1]["options"]], [["egg"], [], []])
        self.assertEqual(lunch["allergens"], ["peanut", "egg"])
        self.assertEqual(meal.dining_set_allergen_ids, self.peanuts | self.eggs)
        self.assertEqual([group["choices"][0]["allergens"] for group in lunch["sets"]], [["peanut"], ["egg"]])

    def test_a_set_meal_has_none_of_its_own(self):
        meal = self._set_meal("Lunch", 30, self.noodles_category, [("Tea", 1, [(self.tea, 0)])])
        with self.assertRaisesRegex(ValidationError, "the dishes that Lunch is made of"), self.env.cr.savepoint():
            meal.dining_allergen_ids = self.peanuts
        self.env.invalidate_all()
        self.assertFalse(meal.dining_allergen_ids)

    def test_every_change_is_on_the_menu(self):
        version = self.rebuilt()["version"]
        self.peanuts.dish_ids = self.tea
        self.assertEqual(self.rebuilt()["version"], version + 1)
        self.assertEqual(self._dish_on_menu(self.tea)["allergens"], ["peanut"])
        self.peanuts.active = False
        self.assertEqual(self.rebuilt()["version"], version + 2)
        self.assertEqual(self._dish_on_menu(self.tea)["allergens"], ["peanut"], "it is in the dish all the same")
        retired = {allergen["code"]: allergen["retired"] for allergen in self._body()["allergens"]}
        self.assertEqual((retired["peanut"], retired["egg"]), (True, False))

    def test_what_is_used_is_archived_and_not_deleted(self):
        self.tea.dining_allergen_ids = self.peanuts
        self._option(self.noodles, "Egg").product_attribute_value_id.dining_allergen_ids = self.eggs
        self.tea.active = False
        for allergen in (self.peanuts, self.eggs):
            with self.subTest(allergen.code), self.assertRaisesRegex(UserError, "Archive it"):
                allergen.with_user(self.manager).unlink()
            self.assertTrue(allergen.exists())
        self.env["dining.allergen"].create({"name": "Lupin", "code": "lupin"}).with_user(self.manager).unlink()
        self.assertFalse(self.env["dining.allergen"].search([("code", "=", "lupin")]))

    @mute_logger("odoo.sql_db")
    def test_a_code_is_one_of_its_own_and_plain(self):
        for code, error in (("peanut", UniqueViolation), ("Nuts!", CheckViolation), ("", CheckViolation)):
            with self.subTest(code), self.assertRaises(error), self.env.cr.savepoint():
                self.eggs.write({"code": code})
                self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.eggs.code, "egg")

    def test_managers_keep_them_and_cashiers_read_them(self):
        lupin = self.env["dining.allergen"].with_user(self.manager).create({"name": "Lupin", "code": "lupin"})
        self.tea.with_user(self.manager).dining_allergen_ids = lupin
        as_cashier = lupin.with_user(self.cashier)
        self.assertEqual((as_cashier.name, as_cashier.dish_count), ("Lupin", 1))
        with self.assertRaises(AccessError):
            as_cashier.write({"name": "Beans"})
        with self.assertRaises(AccessError):
            self.env["dining.allergen"].with_user(self.cashier).create({"name": "Celery", "code": "celery"})
        with self.assertRaises(AccessError):
            as_cashier.unlink()
        self.assertEqual(lupin.name, "Lupin")
        self.assertFalse(self.env["dining.allergen"].search([("code", "=", "celery")]))
