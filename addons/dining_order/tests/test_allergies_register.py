from uuid import uuid4

from odoo import Command, fields
from odoo.tests import new_test_user, tagged

from .common import DiningCase


@tagged("post_install", "-at_install")
class TestAllergiesRegister(DiningCase):
    """What a guest has said stands at every dish, whoever types it and wherever its bill goes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.peanuts, cls.milk = (cls.env.ref(f"dining_menu.allergen_{code}") for code in ("peanut", "milk"))
        cls.noodles.dining_allergen_ids = cls.peanuts
        cls.tea.dining_allergen_ids = cls.milk
        cls.env.flush_all()
        cls.env.cr.precommit.run()
        sessions = cls.env["dining.table.session"].sudo()
        cls.session = sessions._join(cls.store.id, cls.table.dining_code, cls.alice, 2)
        sessions._join(cls.store.id, cls.table.dining_code, cls.bob, None)
        cls.carol = cls.env["wechat.user"].create({"app_id": cls.app.id, "openid": "o-carol-000000000000000000"})
        cls.cashier = new_test_user(
            cls.env,
            "cashier_allergies_register",
            "base.group_user,point_of_sale.group_pos_user",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    # -- what the register does ---------------------------------------------------

    def typed(self, dish, quantity=1):
        """A line as the register writes it."""
        amount = dish.list_price * quantity
        return Command.create(
            {
                "uuid": str(uuid4()),
                "product_id": dish.product_variant_id.id,
                "qty": quantity,
                "price_unit": dish.list_price,
                "price_subtotal": round(amount / 1.06, 2),
                "price_subtotal_incl": amount,
                "tax_ids": [Command.set(self.tax.ids)],
                "full_product_name": dish.name,
            }
        )

    def sync(self, values, **context):
        found = self.env["pos.order"].with_user(self.cashier).with_context(**context).sync_from_ui([values])
        self.env.invalidate_all()
        return self.env["pos.order"].browse(found["pos.order"][0]["id"])

    def bill_by_staff(self, *dishes, table=None, **more):
        """A bill that the waiter has begun, and sent."""
        total = sum(dish.list_price for dish in dishes)
        return self.sync(
            {
                "uuid": str(uuid4()),
                "access_token": str(uuid4()),
                "session_id": self.pos_session.id,
                "amount_total": total,
                "amount_tax": round(total - total / 1.06, 2),
                "amount_paid": 0,
                "amount_return": 0,
                "state": "draft",
                "table_id": (self.table if table is None else table).id,
                "pricelist_id": False,
                "fiscal_position_id": False,
                "partner_id": False,
                "company_id": self.company.id,
                "to_invoice": False,
                "user_id": self.cashier.id,
                "payment_ids": [],
                "lines": [self.typed(dish) for dish in dishes],
                **more,
            }
        )

    def split_off(self, order, line):
        """A line on a bill of its own, with what the kitchen's addon brings along with it."""
        bill = self.bill_by_staff(line.product_id.product_tmpl_id, table=self.env["restaurant.table"])
        bill.lines.write(
            {
                "dining_guest_id": line.dining_guest_id.id,
                "dining_facts": line.dining_facts,
                "dining_allergies": line.dining_allergies,
            }
        )
        line.unlink()
        return bill

    def move(self, order, table):
        return self.sync(self.sent_by_register(order, table_id=table.id), dining_left={order.uuid: order.table_id.id})

    # -- what is held against it --------------------------------------------------

    def said(self, order):
        """{dish: {(allergen, seat, whether it is in the dish)}}"""
        self.env.invalidate_all()
        return {
            line.product_id.name: {(one["en"], one["seat"], one["contained"]) for one in line.dining_allergies or ()}
            for line in order.lines
        }

    def order_by_phone(self, *dishes, user=None, session=None):
        keys = [
            self.add(session or self.session, dish, user=user, options=[self.small] if dish == self.noodles else ())
            for dish in dishes
        ]
        placed = self.place(session or self.session, user=user, clashes_seen=keys)
        return self.env["pos.order"].browse(placed.order_id)

    # -- typed by the waiter --------------------------------------------------------

    def test_the_waiter_types_for_guests_who_have_only_scanned(self):
        self.say(self.session, "peanut", user=self.bob)
        order = self.bill_by_staff(self.noodles, self.chicken)
        self.assertEqual(
            self.said(order), {"Crossing-bridge noodles": {("Peanuts", 2, True)}, "Steam-pot chicken": set()}
        )
        self.assertEqual(self.session.order_id, order)
        self.assertEqual(len(self.view(self.session)["order"]["staff_lines"]), 2, "phones show it")

    def test_said_after_the_waiter_has_typed(self):
        order = self.bill_by_staff(self.noodles)
        self.say(self.session, "peanut", user=self.bob)
        self.assertEqual(self.said(order), {"Crossing-bridge noodles": {("Peanuts", 2, True)}})

    def test_a_bill_that_is_taken_back_leaves_the_guests_and_what_they_said(self):
        self.say(self.session, "peanut", user=self.bob)
        order = self.bill_by_staff(self.noodles)
        order.with_user(self.cashier).action_pos_order_cancel()
        self.assertEqual((self.session.state, self.session.order_id.id), ("open", False))
        order = self.bill_by_staff(self.noodles)
        self.assertEqual(self.said(order), {"Crossing-bridge noodles": {("Peanuts", 2, True)}})

    def test_guests_who_have_left_do_not_get_the_bill_of_the_next(self):
        self.env.cr.execute(
            "UPDATE dining_table_guest SET create_date = %(then)s, write_date = %(then)s",
            {"then": fields.Datetime.subtract(fields.Datetime.now(), hours=2)},
        )
        self.env.invalidate_all()
        order = self.bill_by_staff(self.chicken)
        self.assertFalse(self.session.order_id)
        new = self.join(user=self.carol)
        self.assertEqual((self.session.state, new.order_id), ("closed", order))

    def test_paid_at_once(self):
        self.say(self.session, "peanut", user=self.bob)
        price = self.noodles.list_price
        payment = {"amount": price, "payment_method_id": self.cash.id, "name": fields.Datetime.now()}
        order = self.bill_by_staff(self.noodles, state="paid", amount_paid=price, payment_ids=[Command.create(payment)])
        self.assertEqual(order.state, "paid")
        self.assertEqual(self.said(order), {"Crossing-bridge noodles": {("Peanuts", 2, True)}})
        self.assertEqual(self.session.state, "open", "a bill that comes late may be of those who sat here before")

    # -- another visit, another table -------------------------------------------------

    def test_the_next_guests_who_scan_take_nothing_back(self):
        self.say(self.session, "peanut", user=self.bob)
        order = self.order_by_phone(self.noodles, self.chicken, user=self.bob)
        before = self.said(order)
        self.assertEqual(before["Steam-pot chicken"], {("Peanuts", 2, False)})
        self.session.with_user(self.cashier).action_close()
        later = self.join(user=self.carol)
        self.join(user=self.alice)
        self.sync(self.sent_by_register(order))
        self.assertEqual(self.said(order), before, "nobody has said anything")
        self.say(later, "milk", user=self.alice)
        self.sync(self.sent_by_register(order, lines=[self.typed(self.tea)]))
        self.assertEqual(self.said(order), {**before, "Pu'er tea": {("Milk", 2, True)}})

    def test_a_party_that_moves_to_a_table_where_one_of_them_has_scanned(self):
        self.say(self.session, "peanut", user=self.bob)
        order = self.order_by_phone(self.chicken, user=self.bob)
        there = self.join(user=self.carol, table=self.other_table)
        self.join(user=self.alice, table=self.other_table)
        self.say(there, "milk", user=self.alice)
        self.move(order, self.other_table)
        self.assertEqual(self.said(order), {"Steam-pot chicken": {("Peanuts", 3, False)}}, "Bob sits on seat 3 now")
        self.assertEqual(order.lines.dining_facts["seat"], 3)
        self.assertEqual((self.session.state, there.order_id), ("closed", order))
        self.sync(self.sent_by_register(order, lines=[self.typed(self.noodles)]))
        self.assertEqual(self.said(order)["Crossing-bridge noodles"], {("Peanuts", 3, True)})
        self.assertEqual(self.view(self.session, self.bob)["me"], self.view(there, self.bob)["me"])

    def test_a_dish_split_off_and_put_on_another_table_keeps_its_guest(self):
        self.say(self.session, "peanut", user=self.bob)
        order = self.order_by_phone(self.noodles, self.chicken, user=self.bob)
        there = self.join(user=self.carol, table=self.other_table)
        self.join(user=self.alice, table=self.other_table)
        target = self.order_by_phone(self.tea, session=there, user=self.carol)
        self.say(there, "milk", user=self.alice)
        bill = self.split_off(order, order.lines[0])
        bill.with_user(self.cashier).action_dining_merge(target.id)
        noodles = {("Peanuts", 2, True)}
        self.assertEqual(self.said(target), {"Pu'er tea": {("Milk", 2, True)}, "Crossing-bridge noodles": noodles})

    def test_at_a_larger_table_each_dish_is_still_of_who_chose_it(self):
        self.say(self.session, "peanut", user=self.bob)
        self.add(self.session, self.chicken, user=self.bob)
        order = self.order_by_phone(self.tea)
        there = self.join(user=self.carol, table=self.other_table)
        target = self.order_by_phone(self.tea, session=there, user=self.carol)
        chicken = order.lines[0]
        self.assertEqual(chicken.dining_guest_id.user_id, self.bob)
        order.with_user(self.cashier).action_dining_merge(target.id)
        self.assertEqual(chicken.dining_facts["seat"], 3)
        self.assertEqual(self.said(target)["Steam-pot chicken"], {("Peanuts", 3, False)})

    # -- whoever has only said something -----------------------------------------------

    def test_a_new_token_keeps_the_guest_who_has_only_said_an_allergy(self):
        self.say(self.session, "peanut", user=self.bob)
        self.session.with_user(self.cashier).action_rotate_token()
        self.assertEqual(self.session.guest_ids.user_id, self.bob, "Alice has written nothing")
        order = self.bill_by_staff(self.noodles)
        self.assertEqual(self.said(order), {"Crossing-bridge noodles": {("Peanuts", 2, True)}})

    def test_said_late_it_reaches_the_bills_that_were_split_off(self):
        order = self.order_by_phone(self.noodles, self.chicken)
        bill = self.split_off(order, order.lines[0])
        by_staff = self.bill_by_staff(self.noodles, table=self.other_table)
        self.say(self.session, "peanut", user=self.bob)
        self.assertEqual(self.said(bill), {"Crossing-bridge noodles": {("Peanuts", 2, True)}})
        self.assertEqual(self.said(by_staff), {"Crossing-bridge noodles": set()}, "another table's")
        self.say(self.session, user=self.bob)
        self.assertEqual(self.said(bill), {"Crossing-bridge noodles": set()})
