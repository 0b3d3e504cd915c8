from odoo.exceptions import ValidationError
from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestStore(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.store = cls.env["pos.config"].create({"name": "Green Lake", "is_dining": True})

    def has_sequence(self, store):
        self.env.cr.execute("SELECT to_regclass(%s)", (store._dining_sequence_name(),))
        return bool(self.env.cr.fetchone()[0])

    def test_a_store_numbers_its_orders_by_a_sequence_of_its_own(self):
        self.assertTrue(self.has_sequence(self.store))
        plain = self.env["pos.config"].create({"name": "A shop"})
        self.assertFalse(self.has_sequence(plain))
        plain.is_dining = True
        self.assertTrue(self.has_sequence(plain))

    def test_limits_and_charges_that_make_no_sense_are_refused(self):
        for name, value in (
            ("dining_max_dish_quantity", 0),
            ("dining_max_round_quantity", -1),
            ("dining_max_order_yuan", 0),
            ("dining_writes_per_minute", 0),
            ("dining_seat_charge", -1),
            ("dining_service_charge_percent", 31),
        ):
            with self.subTest(name), self.assertRaises(ValidationError), self.env.cr.savepoint():
                self.store[name] = value
