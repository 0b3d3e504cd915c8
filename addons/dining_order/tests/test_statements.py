from uuid import uuid4

from odoo.addons.dining_order.services import cart, table_view
from odoo.tests import tagged

from .common import DiningCase


@tagged("post_install", "-at_install")
class TestStatements(DiningCase):
    """The hot paths know how many SQL statements they need.

    The bearer token costs one more on each; the kitchen's own are counted in
    dining_api, where the whole house is installed.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.session = cls.env["dining.table.session"].sudo()._join(cls.store.id, cls.table.dining_code, cls.alice, 2)

    def count(self, function, *args):
        """Statements of a service called as the API calls it."""
        token = self.session.access_token
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        function(self.env(su=True), self.store.id, token, self.alice.id, *args)
        return self.env.cr.sql_log_count - before

    def test_adding_to_the_cart(self):
        self.add(self.session, self.tea)
        wanted = self.wanted(self.noodles, options=[self.large])
        self.assertEqual(self.count(cart.add_line, str(uuid4()), wanted), 2)

    def test_changing_a_line(self):
        key = self.add(self.session, self.tea)
        self.assertEqual(self.count(cart.change_line, str(uuid4()), key, 1), 2)

    def test_polling_an_unchanged_table(self):
        self.add(self.session, self.tea)
        rev = self.view(self.session)["rev"]
        self.assertEqual(self.count(table_view.read_table, rev), 1)
