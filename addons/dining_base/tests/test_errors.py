from odoo.addons.dining_base.errors import Refused
from odoo.exceptions import UserError
from odoo.tests import BaseCase


class TestRefused(BaseCase):
    def test_it_is_a_user_error_with_a_code_and_both_languages(self):
        refused = Refused("dish_sold_out", dish={"zh": "汽锅鸡", "en": "Chicken"}, remaining=2)
        self.assertIsInstance(refused, UserError)
        self.assertEqual((refused.code, refused.http_status), ("dish_sold_out", 409))
        self.assertEqual(refused.args[0], "「汽锅鸡」余量不足，还剩 2 份\nChicken: not enough left (2)")
