from uuid import uuid4

from odoo.addons.dining_api.services import stores, tables
from odoo.addons.dining_order.services import cart
from odoo.tests import tagged

from .common import ApiCase


@tagged("post_install", "-at_install")
class TestStatements(ApiCase):
    """How many SQL statements the hot paths take in the whole house, the bearer token's included."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.session = cls.env["dining.table.session"].sudo()._join(cls.store.id, cls.table.dining_code, cls.alice, 2)
        # With a guest who is allergic to what somebody orders: the warnings cost no statement.
        cls.tea.dining_allergen_ids = cls.env.ref("dining_menu.allergen_milk")
        cls.env.flush_all()
        cls.env.cr.precommit.run()
        cls.session.guest_ids.allergen_ids = cls.env["dining.allergen"].search([])
        cls.menu_version = cls.store._dining_menu().version

    def count(self, function, *args, user=None):
        """Statements of a service with the caller's token, as the dispatcher calls it."""
        env = self.env(su=True)
        self.env.flush_all()
        self.env.invalidate_all()
        before = env.cr.sql_log_count
        if user:
            user_id = env["dining.api.token"]._user_id(self.tokens[user])
            args = (*args[:2], user_id, *args[2:])
        function(env, *args)
        env.flush_all()
        return env.cr.sql_log_count - before

    def seat(self):
        return self.store.id, self.session.access_token

    def fill_cart(self):
        """Fill the cart; returns the keys of the lines that somebody is allergic to."""
        self.add(self.session, self.noodles, options=[self.large], note="不要香菜")
        self.add(self.session, self.chicken)
        tea = self.add(self.session, self.tea, 2)
        return [tea, self.add(self.session, self.lunch, components=self.lunch_components)]

    def count_placing(self, clashes_seen):
        wanted = (str(uuid4()), self.menu_version, False, self.clashes(self.session, clashes_seen))
        return self.count(tables.place, *self.seat(), *wanted, user=self.alice)

    def test_placing_a_first_round(self):
        clashes = self.fill_cart()
        self.env["dining.dish.stock"]._ensure_rows(self.store, self.tea)
        self.tea.dining_stock_ids.write({"limited": True, "remaining": 30})
        self.place_warm_up()
        self.assertLessEqual(self.count_placing(clashes), 20)

    def place_warm_up(self):
        """The first order of a process reads the store's defaults; they stay."""
        self.env["pos.order"]._dining_default_row(self.store.sudo())
        self.env["pos.order.line"]._dining_default_row(self.store.sudo())

    def test_placing_a_further_round(self):
        self.place(self.session, clashes_seen=self.fill_cart())
        self.assertLessEqual(self.count_placing(self.fill_cart()), 20)

    def test_adding_to_the_cart(self):
        self.fill_cart()
        seat = self.seat()
        wanted = self.wanted(self.noodles, options=[self.large])
        self.assertEqual(self.count(cart.add_line, *seat, str(uuid4()), wanted, user=self.alice), 3)

    def test_reading_the_menu(self):
        stores.read_menu(self.env(su=True), self.store.id)
        self.assertLessEqual(self.count(stores.read_menu, self.store.id), 2)
