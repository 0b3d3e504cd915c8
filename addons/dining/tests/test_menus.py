"""The application's menus: what each role finds, and that every screen opens."""

from odoo.tests import TransactionCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestMenus(TransactionCase):
    def _visible(self, groups):
        user = new_test_user(self.env, f"dining_{groups[-7:]}", f"base.group_user,{groups}")
        root = self.env.ref("dining.dining_menu_root")
        menus = self.env["ir.ui.menu"].with_user(user)
        visible = menus.browse(menus._visible_menu_ids()) & menus.search([("id", "child_of", root.id)])
        return user, visible

    def test_every_screen_opens_for_the_manager(self):
        user, menus = self._visible("point_of_sale.group_pos_manager")
        opened = 0
        for menu in menus.filtered("action"):
            action = menu.action
            if action._name == "ir.actions.server":
                action = action.with_user(user).run()
                if action["type"] == "ir.actions.act_url":
                    continue
                model, views = action["res_model"], action["views"]
            else:
                values = self.env["ir.actions.actions"]._for_xml_id(action.xml_id)
                model = values["res_model"]
                views = values["views"]
            with self.subTest(menu=menu.complete_name):
                self.env[model].with_user(user).get_views(views)
                opened += 1
        self.assertGreaterEqual(opened, 12)

    def test_a_cashier_sees_service_and_menu_only(self):
        _user, menus = self._visible("point_of_sale.group_pos_user")
        for name in ("dining_menu_service", "dining_menu_menu", "dining_menu_stock"):
            self.assertIn(self.env.ref(f"dining.{name}"), menus)
        for name in ("dining_menu_stores", "dining_menu_configuration", "dining_menu_open_store"):
            self.assertNotIn(self.env.ref(f"dining.{name}"), menus)
