"""A manager opens a store in the browser."""

from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestOfficeTour(HttpCase):
    def test_a_manager_opens_a_store(self):
        new_test_user(self.env, "dining_manager", "base.group_user,point_of_sale.group_pos_manager", lang="en_US")
        self.env["wechat.app"].search([]).active = False
        # The refusal at the end of the tour is logged.
        with mute_logger("odoo.http"):
            self.start_tour("/odoo/action-dining.dining_open_store_action", "dining_open_store", login="dining_manager")
        store = self.env["pos.config"].search([("name", "=", "翠湖店")])
        self.assertEqual((store.dining_name_en, store.dining_seat_charge), ("Green Lake", 3))
        self.assertEqual(store.floor_ids.table_ids.mapped("dining_name"), ["A1", "A2", "A3", "A4"])
