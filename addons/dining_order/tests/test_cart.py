from unittest.mock import patch
from uuid import uuid4

from odoo.addons.dining_order.services import cart
from odoo.tests import tagged

from .common import DiningCase


@tagged("post_install", "-at_install")
class TestCart(DiningCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.session = cls.env["dining.table.session"].sudo()._join(cls.store.id, cls.table.dining_code, cls.alice)
        cls.env["dining.table.session"].sudo()._join(cls.store.id, cls.table.dining_code, cls.bob)

    def test_both_phones_see_both_carts_and_who_added_what(self):
        self.add(self.session, self.noodles, options=[self.large], note="不要香菜")
        self.add(self.session, self.tea, 2, user=self.bob)
        seen = self.view(self.session, self.alice)["cart"]
        self.assertEqual(seen, self.view(self.session, self.bob)["cart"])
        self.assertEqual(
            [
                (line["name"]["en"], line["quantity"], line["seat"], line["note"], line["amount_fen"])
                for line in seen["lines"]
            ],
            [("Crossing-bridge noodles", 1, 1, "不要香菜", 4600), ("Pu'er tea", 2, 2, "", 2500)],
        )
        self.assertEqual(seen["total_fen"], 7100)

    def test_a_repeat_is_answered_and_written_once(self):
        key, client_key = str(uuid4()), str(uuid4())
        for _repeat in range(3):
            self.add(self.session, self.tea, 2, client_key=client_key, key=key)
        self.assertEqual(self.view(self.session)["cart"]["quantity"], 2)

    def test_the_same_key_with_another_body_is_refused(self):
        client_key = str(uuid4())
        self.add(self.session, self.tea, client_key=client_key)
        self.assertRefused("idempotency_key_reused", self.add, self.session, self.chicken, client_key=client_key)

    def test_a_line_key_names_one_line(self):
        key = self.add(self.session, self.tea)
        self.assertRefused("cart_line_exists", self.add, self.session, self.chicken, key=key)

    def test_quantities_change_by_steps_from_any_phone(self):
        key = self.add(self.session, self.tea)
        self.change(self.session, key, 2)
        self.change(self.session, key, -1, user=self.bob)
        [line] = self.view(self.session)["cart"]["lines"]
        self.assertEqual((line["quantity"], line["seat"]), (2, 1))
        self.change(self.session, key, -2)
        self.assertEqual(self.view(self.session)["cart"]["lines"], [])

    def test_a_repeated_change_is_made_once(self):
        key, client_key = self.add(self.session, self.tea), str(uuid4())
        for _repeat in range(2):
            self.change(self.session, key, 1, client_key=client_key)
        self.assertEqual(self.view(self.session)["cart"]["quantity"], 2)
        self.assertRefused("idempotency_key_reused", self.change, self.session, key, 2, client_key=client_key)

    def test_a_repeat_after_the_table_was_closed_is_answered_as_the_first_time(self):
        """The answer was lost on its way; meanwhile the bill was paid."""
        client_keys = [str(uuid4()), str(uuid4())]
        key = self.add(self.session, self.tea, client_key=client_keys[0])
        changed = self.change(self.session, key, 1, client_key=client_keys[1])
        self.session._set_closed()
        before = self.facts()
        self.assertEqual(self.add(self.session, self.tea, client_key=client_keys[0], key=key), key)
        self.assertEqual(self.change(self.session, key, 1, client_key=client_keys[1]), changed)
        self.assertEqual(self.facts(), before)
        self.assertRefused("idempotency_key_reused", self.change, self.session, key, 2, client_key=client_keys[1])
        self.assertRefused("table_session_closed", self.add, self.session, self.tea)
        self.assertRefused("table_session_closed", self.change, self.session, key, 1)

    def test_quantities_that_make_no_sense_are_refused(self):
        for quantity in (0, -1, 51, 10_000):
            with self.subTest(quantity=quantity):
                self.assertRefused("quantity_out_of_range", self.add, self.session, self.tea, quantity)
        key = self.add(self.session, self.tea)
        for delta in (0, -2, 50, 9999):
            with self.subTest(delta=delta):
                self.assertRefused("quantity_out_of_range", self.change, self.session, key, delta)

    def test_a_line_that_is_not_there_cannot_change(self):
        self.assertRefused("cart_line_unknown", self.change, self.session, str(uuid4()), 1)

    def test_dishes_and_options_that_are_not_sold_are_refused(self):
        other_company_dish = self.env["product.template"].create({"name": "Not sold", "type": "service"})
        cases = {
            "dish_unknown": (other_company_dish, {}),
            "option_unknown": (self.tea, {"options": [self.large]}),
            "option_required": (self.noodles, {}),
            "option_too_many": (self.noodles, {"options": [self.small, self.large]}),
            "option_repeated": (self.noodles, {"options": [self.large, self.large]}),
            "set_choice_missing": (self.lunch, {"components": self.lunch_components[:1]}),
            "set_choice_unknown": (self.tea, {"components": self.lunch_components[:1]}),
            "set_choice_too_many": (self.lunch, {"components": self.lunch_components * 2}),
        }
        for code, (dish, chosen) in cases.items():
            with self.subTest(code):
                self.assertRefused(code, self.add, self.session, dish, **chosen)

    def test_a_sold_out_dish_is_refused_and_named(self):
        self.env["dining.dish.stock"]._ensure_rows(self.store, self.tea)
        self.tea.dining_stock_ids.write({"limited": True, "remaining": 2})
        self.add(self.session, self.tea, 2)
        refusal = self.assertRefused("dish_sold_out", self.add, self.session, self.tea, 3)
        self.assertEqual(refusal.data["remaining"], 2)
        self.assertIn("Pu'er tea", refusal.message_by_language["en"])

    def test_a_part_of_a_set_meal_that_is_sold_out_is_refused(self):
        self.env["dining.dish.stock"]._ensure_rows(self.store, self.tea)
        self.tea.dining_stock_ids.sold_out = True
        self.assertRefused("dish_sold_out", self.add, self.session, self.lunch, components=self.lunch_components)

    def test_a_phone_may_not_write_without_end(self):
        self.store.dining_writes_per_minute = 5
        for _number in range(5):
            self.add(self.session, self.tea)
        self.assertRefused("too_many_requests", self.add, self.session, self.tea)
        self.add(self.session, self.tea, user=self.bob)

    def test_a_repeat_is_answered_even_when_the_limit_is_reached(self):
        self.store.dining_writes_per_minute = 1
        key, client_key = str(uuid4()), str(uuid4())
        self.add(self.session, self.tea, client_key=client_key, key=key)
        self.assertEqual(self.add(self.session, self.tea, client_key=client_key, key=key), key)
        self.assertRefused("too_many_requests", self.add, self.session, self.tea)

    def test_lines_taken_out_again_leave_room_for_others(self):
        self.store.dining_writes_per_minute = 1000
        with patch.object(cart, "MAX_CART_LINES", 3):
            for _number in range(4):
                self.change(self.session, self.add(self.session, self.tea), -1)
            for _number in range(3):
                self.add(self.session, self.tea)
            self.assertRefused("cart_full", self.add, self.session, self.tea)

    def test_an_unchanged_table_has_nothing_to_tell(self):
        self.add(self.session, self.tea)
        seen = self.view(self.session)
        self.assertIsNone(self.view(self.session, rev=seen["rev"]))
        self.add(self.session, self.tea, user=self.bob)
        self.assertIsNotNone(self.view(self.session, rev=seen["rev"]))

    def test_a_line_that_cannot_be_ordered_says_why(self):
        self.add(self.session, self.noodles, options=[self.large])
        self.noodles.available_in_pos = False
        self.env.flush_all()
        self.env.cr.precommit.run()
        [line] = self.view(self.session)["cart"]["lines"]
        self.assertEqual(line["problem"]["code"], "dish_unknown")
        self.assertEqual(line["amount_fen"], 0)
