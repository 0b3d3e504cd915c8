"""What a manager may set on a dish, and what is refused."""

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common import MenuCase


@tagged("post_install", "-at_install")
class TestDish(MenuCase):
    def test_limits_of_options_start_from_what_the_register_can_do(self):
        size, extras = self.noodles.attribute_line_ids
        self.assertEqual((size.dining_kind, size.dining_min, size.dining_max), ("size", 1, 1))
        self.assertEqual((extras.dining_kind, extras.dining_min, extras.dining_max), ("extra", 0, 0))

    def test_kind_of_an_attribute_is_the_start_for_its_dishes(self):
        spice = self._attribute("Spiciness", "pills", [("Mild", 0), ("Hot", 0)])
        spice.dining_kind = "method"
        dish = self._dish("Fish", 48, self.noodles_category, attributes=[spice])
        self.assertEqual(dish.attribute_line_ids.dining_kind, "method")

    def test_several_or_one_is_said_in_a_word(self):
        self.assertEqual((self.extras.dining_several, self.size.dining_several), (True, False))
        new = self.env["product.attribute"].create({"name": "Dips", "create_variant": "no_variant"})
        new.dining_several = True
        self.assertEqual((new.display_type, new.dining_kind), ("multi", "extra"))
        new.dining_several = False
        self.assertEqual(new.display_type, "pills")

    @mute_logger("odoo.sql_db")
    def test_limits_that_contradict_are_refused(self):
        extras = self.noodles.attribute_line_ids[1]
        for values in ({"dining_min": 3, "dining_max": 2}, {"dining_min": -1}, {"dining_max": -1}):
            with self.subTest(values), self.assertRaises(IntegrityError), self.env.cr.savepoint():
                extras.write(values)
                extras.flush_recordset()
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            extras.write({"dining_min": 4})
        self.assertEqual((extras.dining_min, extras.dining_max), (0, 0))

    def test_the_register_s_single_choice_stays_single(self):
        size = self.noodles.attribute_line_ids[0]
        with self.assertRaisesRegex(ValidationError, "let several be chosen"), self.env.cr.savepoint():
            size.dining_max = 2
        self.assertEqual(size.dining_max, 1)

    def test_options_never_make_a_dish_cost_less_than_nothing(self):
        small = self._option(self.noodles, "Small")
        small.price_extra = -28
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            small.price_extra = -28.5
        self.assertEqual(small.price_extra, -28)
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            self.noodles.list_price = 27
        self.assertEqual(self.noodles.list_price, 28)

    @mute_logger("odoo.sql_db")
    def test_hours_that_say_nothing_are_refused(self):
        hours = self.env["dining.dish.hours"].create({"product_tmpl_id": self.tea.id})
        days = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
        for values in ({"start": -1}, {"start": 24}, {"end": 24.5}, {"end": 0}, dict.fromkeys(days, False)):
            with self.subTest(values), self.assertRaises(IntegrityError), self.env.cr.savepoint():
                hours.write(values)
                hours.flush_recordset()
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            hours.end = hours.start
        self.assertEqual((hours.start, hours.end), (10, 14))

    @mute_logger("odoo.sql_db")
    def test_a_choice_of_a_set_meal_cannot_cost_less_than_nothing_extra(self):
        meal = self._set_meal("Lunch", 30, self.noodles_category, [("Main", 1, [(self.tea, 1)])])
        item = meal.combo_ids.combo_item_ids
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            item.extra_price = -1
            item.flush_recordset()
        self.assertEqual(item.extra_price, 1)

    def test_charges_need_a_tax_that_is_in_the_price(self):
        on_top = self.tax.copy({"name": "on top", "price_include_override": "tax_excluded"})
        self.env.ref("dining_menu.product_seat_charge").taxes_id = on_top
        with self.assertRaisesRegex(ValidationError, "Seat charge"), self.env.cr.savepoint():
            self.store.dining_seat_charge = 3
        self.assertEqual(self.store.dining_seat_charge, 0)
        self.store.dining_service_charge_percent = 10
        self.assertEqual(self._body()["store"]["service_charge_permille"], 100)

    def test_a_manager_makes_a_dish_in_the_form(self):
        env = self.env(user=self.manager, context={"default_type": "service", "default_available_in_pos": True})
        form = Form(env["product.template"], view="dining_menu.product_template_view_form")
        self.assertFalse(form.dining_problem, "what is being typed in is no problem yet")
        form.name = "Steam-pot chicken"
        form.list_price = 88
        form.pos_categ_ids.add(self.noodles_category)
        form.taxes_id.clear()
        form.taxes_id.add(self.tax)
        form.dining_spicy = "1"
        form.dining_serves = 3
        with form.attribute_line_ids.new() as line:
            line.attribute_id = self.extras
            line.dining_max = 2
        with form.dining_hours_ids.new() as hours:
            hours.start = 11
            hours.end = 21
        dish = form.save()
        self.assertFalse(dish.dining_problem)
        shown = self._dish_on_menu(dish)
        self.assertEqual((shown["price_fen"], shown["spicy"], shown["serves"]), (8800, 1, 3))
        self.assertEqual((shown["groups"][0]["min"], shown["groups"][0]["max"]), (0, 2))
        self.assertEqual(shown["hours"][0]["start"], "11:00")
        with (
            Form(dish, view="dining_menu.product_template_view_form") as form,
            form.dining_option_ids.edit(0) as option,
        ):
            option.price_extra = 4.5
        self.assertEqual(self._dish_on_menu(dish)["groups"][0]["options"][0]["price_fen"], 450)

    def test_register_knows_the_charge_products_without_showing_them(self):
        special = self.store._get_special_products()
        for name in ("seat", "service"):
            product = self.env.ref(f"dining_menu.product_{name}_charge")
            self.assertIn(product, special)
            self.assertFalse(product.available_in_pos)

    def test_copy_of_a_dish_keeps_its_options_and_hours(self):
        self.env["dining.dish.hours"].create({"product_tmpl_id": self.noodles.id})
        self.noodles.attribute_line_ids[1].write({"dining_max": 2})
        copy = self.noodles.copy()
        self.assertEqual(len(copy.dining_hours_ids), 1)
        self.assertEqual(copy.attribute_line_ids.mapped("dining_max"), [1, 2])

    def test_set_meal_in_the_form(self):
        env = self.env(user=self.manager, context={"default_type": "combo", "default_available_in_pos": True})
        part = env["product.combo"].create(
            {
                "name": "Main",
                "combo_item_ids": [Command.create({"product_id": self.noodles.product_variant_id.id})],
            }
        )
        form = Form(env["product.template"], view="dining_menu.product_template_view_form")
        form.name = "Lunch"
        form.list_price = 30
        form.pos_categ_ids.add(self.noodles_category)
        form.combo_ids.add(part)
        meal = form.save()
        self.assertFalse(meal.dining_problem)
        self.assertEqual(self._dish_on_menu(meal)["sets"][0]["id"], part.id)
        self.assertEqual(part.dining_meal_ids, meal)
