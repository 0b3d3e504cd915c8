"""What the menu says: the public JSON, exactly, and the server's part of it."""

import base64
from io import BytesIO

from odoo.addons.dining_rules.menu import Text
from odoo.fields import Command
from odoo.tests import tagged
from PIL import Image

from .common import MenuCase


@tagged("post_install", "-at_install")
class TestBuilder(MenuCase):
    def test_public_menu(self):
        large, small = self._option(self.noodles, "Large"), self._option(self.noodles, "Small")
        size, extras = self.noodles.attribute_line_ids
        body = self._body()
        self.assertEqual(
            body["store"],
            {
                "id": self.store.id,
                "name": {"zh": "滇味小馆", "en": "Dian Kitchen"},
                "seat_charge_fen": 0,
                "service_charge_permille": 0,
            },
        )
        self.assertEqual(
            body["categories"],
            [
                {
                    "id": self.noodles_category.id,
                    "name": {"zh": "米线", "en": "Noodles"},
                    "dish_ids": [self.noodles.id],
                },
                {
                    "id": self.drinks_category.id,
                    "name": {"zh": "Drinks", "en": "Drinks"},
                    "dish_ids": [self.tea.id],
                },
            ],
        )
        dish = body["dishes"][0]
        self.assertEqual(
            dish["groups"][0],
            {
                "id": size.id,
                "kind": "size",
                "name": {"zh": "Size", "en": "Size"},
                "min": 1,
                "max": 1,
                "options": [
                    {"id": small.id, "name": {"zh": "Small", "en": "Small"}, "price_fen": 0, "allergens": []},
                    {"id": large.id, "name": {"zh": "Large", "en": "Large"}, "price_fen": 600, "allergens": []},
                ],
            },
        )
        group = dish["groups"][1]
        self.assertEqual((group["id"], group["kind"], group["min"], group["max"]), (extras.id, "extra", 0, 3))
        self.assertEqual(
            {key: value for key, value in dish.items() if key != "groups"},
            {
                "id": self.noodles.id,
                "name": {"zh": "过桥米线", "en": "Crossing-the-bridge noodles"},
                "description": None,
                "image": None,
                "price_fen": 2800,
                "spicy": 0,
                "serves": None,
                "tags": [],
                "allergens": [],
                "hours": [],
                "sets": [],
                "max_quantity": 50,
            },
        )

    def test_details_of_a_dish(self):
        tag = self.env["product.tag"].create({"name": "Signature"})
        tag.update_field_translations("name", {"zh_CN": "招牌"})
        self.noodles.write(
            {
                "description_sale": "Broth,\nnoodles",
                "dining_spicy": "2",
                "dining_serves": 2,
                "product_tag_ids": [Command.set(tag.ids)],
            }
        )
        dish = self._dish_on_menu(self.noodles)
        self.assertEqual(dish["description"], {"zh": "Broth, noodles", "en": "Broth, noodles"})
        self.assertEqual((dish["spicy"], dish["serves"]), (2, 2))
        self.assertEqual(dish["tags"], [{"zh": "招牌", "en": "Signature"}])

    def test_the_server_s_part(self):
        menu = self.store._dining_menu().menu
        dish = menu.dish(self.noodles.id)
        self.assertEqual(dish.product_id, self.noodles.product_variant_id.id)
        self.assertEqual((dish.tax_ids, dish.tax_permille), ((self.tax.id,), 60))
        self.assertEqual(dish.category_ids, (self.noodles_category.id,))
        self.assertEqual((menu.max_round_quantity, menu.max_order_fen), (100, 500000))
        self.assertEqual(menu.seat_product.product_id, self.env.ref("dining_menu.product_seat_charge").id)
        self.assertEqual(menu.service_product.product_id, self.env.ref("dining_menu.product_service_charge").id)
        self.assertEqual(menu.seat_product.tax_permille, 60)
        self.assertEqual(menu.store_name, Text("滇味小馆", "Dian Kitchen"))

    def test_set_meal(self):
        sauce = self._dish("Sauce", 5, self.env["pos.category"])
        meal = self._set_meal(
            "Lunch",
            30,
            self.noodles_category,
            [
                ("Main", 1, [(self.noodles, 0), (self.tea, 4)]),
                ("Side", 2, [(sauce, 0)]),
            ],
        )
        main, side = meal.combo_ids
        dish = self._dish_on_menu(meal)
        self.assertEqual(dish["price_fen"], 3000)
        self.assertEqual([(group["id"], group["count"]) for group in dish["sets"]], [(main.id, 1), (side.id, 2)])
        choices = dish["sets"][0]["choices"]
        self.assertEqual(
            [(choice["id"], choice["dish_id"], choice["extra_fen"]) for choice in choices],
            [(main.combo_item_ids[0].id, self.noodles.id, 0), (main.combo_item_ids[1].id, self.tea.id, 400)],
        )
        self.assertEqual(choices[0]["groups"], self._dish_on_menu(self.noodles)["groups"])
        # Sold in the set meal only.
        self.assertIsNone(self._dish_on_menu(sauce))
        menu = self.store._dining_menu().menu
        self.assertFalse(menu.dishes[sauce.id].listed)
        self.assertEqual([group.base_fen for group in menu.dish(meal.id).sets], [900, 500])

    def test_a_set_meal_with_nothing_left_to_choose_is_not_sold(self):
        meal = self._set_meal("Lunch", 30, self.noodles_category, [("Main", 1, [(self.tea, 0)])])
        self.assertTrue(self._dish_on_menu(meal))
        self.tea.sale_ok = False
        self.assertIsNone(self._dish_on_menu(meal))

    def test_hours_of_the_dish_before_those_of_its_categories(self):
        self.assertEqual(self._dish_on_menu(self.noodles)["hours"], [])
        self.noodles_category.write({"hour_after": 6.5, "hour_until": 10})
        self.assertEqual(
            self._dish_on_menu(self.noodles)["hours"],
            [{"weekdays": [0, 1, 2, 3, 4, 5, 6], "start": "06:30", "end": "10:00"}],
        )
        self.env["dining.dish.hours"].create(
            {
                "product_tmpl_id": self.noodles.id,
                "saturday": False,
                "sunday": False,
                "start": 22,
                "end": 2,
            }
        )
        self.assertEqual(
            self._dish_on_menu(self.noodles)["hours"],
            [{"weekdays": [0, 1, 2, 3, 4], "start": "22:00", "end": "02:00"}],
        )

    def test_a_category_without_hours_sells_its_dishes_all_day(self):
        self.noodles_category.write({"hour_after": 6, "hour_until": 10})
        self.noodles.pos_categ_ids |= self.drinks_category
        self.assertEqual(self._dish_on_menu(self.noodles)["hours"], [])

    def test_only_the_store_s_own_categories(self):
        self.store.write(
            {"limit_categories": True, "iface_available_categ_ids": [Command.set(self.drinks_category.ids)]}
        )
        body = self._body()
        self.assertEqual([category["id"] for category in body["categories"]], [self.drinks_category.id])
        self.assertEqual([dish["id"] for dish in body["dishes"]], [self.tea.id])

    def test_what_phones_cannot_order_is_left_out_and_says_why(self):
        excluded = self.env["account.tax"].create(
            {
                "name": "13 % on top",
                "amount": 13,
                "type_tax_use": "sale",
                "price_include_override": "tax_excluded",
            }
        )
        cases = (
            ({"taxes_id": [Command.set(excluded.ids)]}, "Its tax is not included in the price."),
            ({"to_weight": True}, "It is weighed at the register."),
            ({"list_price": -5}, "Its price is negative."),
            ({"pos_categ_ids": [Command.clear()]}, "It is in no category, so it is sold inside set meals only."),
        )
        for values, reason in cases:
            with self.subTest(reason):
                dish = self._dish("Fish", 88, self.noodles_category)
                self.assertFalse(dish.dining_problem)
                self.assertTrue(self._dish_on_menu(dish))
                dish.write(values)
                self.assertEqual(dish.dining_problem, reason)
                self.assertIsNone(self._dish_on_menu(dish))

    def test_archived_and_unavailable_dishes_are_left_out(self):
        for field in ("available_in_pos", "sale_ok", "active"):
            with self.subTest(field):
                dish = self._dish("Fish", 88, self.noodles_category)
                self.assertTrue(self._dish_on_menu(dish))
                dish[field] = False
                self.assertIsNone(self._dish_on_menu(dish))

    def test_an_attribute_that_became_a_single_choice_is_one(self):
        self.extras.display_type = "pills"
        group = self._dish_on_menu(self.noodles)["groups"][1]
        self.assertEqual((group["min"], group["max"]), (0, 1))

    def test_removed_options_are_left_out(self):
        tofu = self._option(self.noodles, "Tofu")
        line = tofu.attribute_line_id
        line.value_ids -= tofu.product_attribute_value_id
        names = [option["name"]["en"] for option in self._dish_on_menu(self.noodles)["groups"][1]["options"]]
        self.assertEqual(names, ["Egg", "No coriander"])

    def test_picture_is_a_jpeg_480_wide_named_by_its_content(self):
        out = BytesIO()
        Image.new("RGBA", (800, 600), (200, 30, 30, 128)).save(out, "PNG")
        self.noodles.image_1920 = base64.b64encode(out.getvalue())
        path = self._dish_on_menu(self.noodles)["image"]
        prefix, dish_id, name = path.rsplit("/", 2)
        self.assertEqual((prefix, dish_id), ("/diancan/v1/images", str(self.noodles.id)))
        picture_hash = name.removesuffix(".jpg")
        self.assertEqual(len(picture_hash), 16)
        image = Image.open(BytesIO(self.noodles._dining_image(picture_hash)))
        self.assertEqual((image.format, image.size), ("JPEG", (480, 360)))
        # Half-transparent red lies on white.
        self.assertEqual(image.getpixel((10, 10))[0] > image.getpixel((10, 10))[1], True)
        self.assertIsNone(self.noodles._dining_image("0" * 16))
        self.assertIsNone(self.noodles._dining_image("%"))
        self.noodles.image_1920 = False
        self.assertIsNone(self._dish_on_menu(self.noodles)["image"])
        self.assertIsNone(self.noodles._dining_image(picture_hash))
