from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import DatabaseError

from .common import KitchenCase


@tagged("post_install", "-at_install")
class TestDishEvent(KitchenCase):
    """What happened in the kitchen stays as it was written."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.session = cls.env["dining.table.session"].sudo()._join(cls.store.id, cls.table.dining_code, cls.alice, 2)

    def setUp(self):
        super().setUp()
        self.add(self.session, self.chicken)
        self.order = self.order_of(self.place(self.session))
        self.event = self.env["dining.dish.event"].search([("order_id", "=", self.order.id)])

    def assertRefusedByDatabase(self, statement):
        before = self.kitchen_facts()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaisesRegex(DatabaseError, "^dining_dish_event is append-only: write a further event"),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(statement, [self.event.id] if "%s" in statement else None)
        self.assertEqual(self.kitchen_facts(), before)

    def test_the_database_refuses_changes(self):
        self.assertRefusedByDatabase("UPDATE dining_dish_event SET quantity = 99 WHERE id = %s")

    def test_the_database_refuses_a_change_that_changes_nothing(self):
        self.assertRefusedByDatabase("UPDATE dining_dish_event SET quantity = quantity WHERE id = %s")

    def test_the_database_refuses_deletion(self):
        self.assertRefusedByDatabase("DELETE FROM dining_dish_event WHERE id = %s")

    def test_the_database_refuses_to_be_emptied(self):
        self.assertRefusedByDatabase("TRUNCATE dining_dish_event CASCADE")

    def test_odoo_refuses_in_words(self):
        with self.assertRaisesRegex(UserError, "cannot be changed"):
            self.event.sudo().write({"quantity": 99})
        with self.assertRaisesRegex(UserError, "cannot be deleted"):
            self.event.sudo().unlink()
        self.assertEqual(self.event.quantity, 1)

    def test_an_order_that_was_cooked_cannot_be_deleted(self):
        self.order.state = "cancel"
        with mute_logger("odoo.sql_db"), self.assertRaises(DatabaseError), self.env.cr.savepoint():
            self.env.cr.execute("DELETE FROM pos_order WHERE id = %s", (self.order.id,))
        self.assertTrue(self.order.exists())

    def test_deleting_it_is_refused_in_words(self):
        self.order.state = "cancel"
        before = self.kitchen_facts()
        with self.assertRaisesRegex(UserError, "Cancel it instead"), self.env.cr.savepoint():
            self.order.sudo().unlink()
        self.assertTrue(self.order.exists())
        self.assertEqual(self.kitchen_facts(), before)

    def test_where_a_dish_is_follows_from_its_events(self):
        line = self.order.lines
        states = self.env["pos.order.line"]._dining_states
        self.assertEqual(states(line.ids), {line.id: "fired"})
        for kind in ("printed", "started", "ready", "served"):
            [values] = self.event.copy_data()
            self.event.create({**values, "kind": kind})
            self.assertEqual(states(line.ids), {line.id: kind})

    def test_a_line_that_leaves_its_order_stays_known(self):
        uuid = self.order.lines.uuid
        self.order.lines.unlink()
        self.assertEqual(self.event.line_uuid, uuid)
        self.assertEqual(self.events(self.order), [("Steam-pot chicken", "fired", 1)])
