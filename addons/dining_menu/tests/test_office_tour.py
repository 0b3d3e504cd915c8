"""The back office in a browser: a manager makes a dish, a cashier marks dishes sold out."""

from odoo.tests import HttpCase, tagged

from .common import MenuCase


@tagged("post_install", "-at_install")
class TestOfficeTour(MenuCase, HttpCase):
    def _tour(self, action, name, login):
        self.env.flush_all()
        self.start_tour(f"/odoo/action-dining_menu.{action}", name, login=login)
        self.env.invalidate_all()

    def test_a_manager_makes_a_dish(self):
        self.env.company.account_sale_tax_id = self.tax
        self._tour("product_template_action", "dining_menu_dish", "dining_manager")
        dish = self.env["product.template"].search([("name", "=", "Baked rice cake")])
        shown = self._dish_on_menu(dish)
        self.assertEqual(shown["price_fen"], 950)
        self.assertEqual([(group["min"], group["max"]) for group in shown["groups"]], [(0, 2)])
        prices = {option["name"]["en"]: option["price_fen"] for option in shown["groups"][0]["options"]}
        self.assertEqual(prices, {"Egg": 350, "Tofu": 250, "No coriander": 0})
        self.assertEqual(shown["hours"], [{"weekdays": list(range(7)), "start": "06:30", "end": "14:00"}])
        self.assertEqual(self.store._dining_available([dish.id]), {dish.id: 0})
        self.assertEqual(shown["allergens"], ["peanut"])

    def test_a_manager_names_an_allergen_and_the_dishes_with_it(self):
        self._tour("dining_allergen_action", "dining_menu_allergen", "dining_manager")
        self.assertEqual(self._dish_on_menu(self.tea)["allergens"], ["lupin"])

    def test_a_cashier_marks_dishes_sold_out(self):
        self._tour("dining_dish_stock_action_open", "dining_menu_sold_out", "dining_cashier")
        self.assertEqual(
            self.store._dining_available([self.tea.id, self.noodles.id]), {self.tea.id: 0, self.noodles.id: 7}
        )
