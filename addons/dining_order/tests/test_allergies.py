from datetime import timedelta
from uuid import uuid4

from odoo import Command
from odoo.addons.dining_rules.allergies import Allergy
from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from .common import DiningCase

PEANUTS = {"zh": "花生", "en": "Peanuts", "code": "peanut"}
MILK = {"zh": "奶", "en": "Milk", "code": "milk"}


@tagged("post_install", "-at_install")
class TestAllergies(DiningCase):
    """What guests must not eat: said once a visit, shown to the table, written at every dish."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.peanuts, cls.milk = (cls.env.ref(f"dining_menu.allergen_{code}") for code in ("peanut", "milk"))
        for allergen, name in ((cls.peanuts, "花生"), (cls.milk, "奶")):
            cls.env["res.lang"]._activate_lang("zh_CN")
            allergen.update_field_translations("name", {"zh_CN": name})
        cls.noodles.dining_allergen_ids = cls.peanuts
        cls.tea.dining_allergen_ids = cls.milk
        cls.env.flush_all()
        cls.env.cr.precommit.run()
        sessions = cls.env["dining.table.session"].sudo()
        cls.session = sessions._join(cls.store.id, cls.table.dining_code, cls.alice, 2)
        sessions._join(cls.store.id, cls.table.dining_code, cls.bob, None)
        cls.cashier = new_test_user(
            cls.env,
            "cashier_allergies",
            "base.group_user,point_of_sale.group_pos_user",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    def allergies(self, order):
        """{dish: what stands at its line}"""
        return {line.product_id.name: self.shown(line) for line in order.lines}

    def shown(self, line):
        return [Allergy.of(data).as_shown() for data in line.dining_allergies or ()]

    def order_noodles(self, **more):
        key = self.add(self.session, self.noodles, options=[self.small], **more)
        return self.env["pos.order"].browse(self.place(self.session, clashes_seen=[key]).order_id)

    def test_everybody_at_the_table_hears_of_it(self):
        before = self.view(self.session)
        self.assertEqual([guest["allergens"] for guest in before["guests"]], [[], []])
        self.say(self.session, "milk", "peanut", user=self.bob)
        seen = self.view(self.session, rev=before["rev"])
        self.assertEqual([guest["allergens"] for guest in seen["guests"]], [[], ["peanut", "milk"]])
        self.assertEqual(seen["me"]["allergens"], [])
        self.say(self.session, user=self.bob)
        self.assertEqual(self.view(self.session)["guests"][1]["allergens"], [])

    def test_the_cart_says_what_each_line_contains(self):
        large = self.large.product_attribute_value_id
        large.dining_allergen_ids = self.milk
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.add(self.session, self.noodles, options=[self.large])
        self.add(self.session, self.noodles, options=[self.small])
        self.add(self.session, self.chicken)
        self.add(self.session, self.lunch, components=self.lunch_components)
        lines = self.view(self.session)["cart"]["lines"]
        self.assertEqual([line["allergens"] for line in lines], [["milk", "peanut"], ["peanut"], [], ["milk"]])

    def test_an_allergen_that_nobody_knows_is_refused(self):
        self.say(self.session, "milk")
        refusal = self.assertRefused("allergen_unknown", self.say, self.session, "peanut", "kryptonite")
        self.assertEqual(refusal.data, {"codes": ["kryptonite"]})
        self.peanuts.active = False
        self.assertRefused("allergen_unknown", self.say, self.session, "peanut")
        self.assertEqual(self.session.guest_ids.allergen_ids, self.milk)
        self.session.action_close()
        self.assertRefused("table_session_closed", self.say, self.session, "milk")

    def test_a_dish_carries_the_allergies_of_its_guest_and_the_clashes_of_the_table(self):
        self.say(self.session, "peanut", user=self.bob)
        self.say(self.session, "milk")
        self.add(self.session, self.chicken, user=self.bob)
        self.add(self.session, self.chicken)
        order = self.order_noodles()
        chicken_of_bob, chicken_of_alice, noodles = order.lines
        peanuts, milk = {**PEANUTS, "seat": 2}, {**MILK, "seat": 1}
        self.assertEqual(self.shown(chicken_of_bob), [{**peanuts, "contained": False}])
        self.assertEqual(self.shown(chicken_of_alice), [{**milk, "contained": False}])
        self.assertEqual(self.shown(noodles), [{**peanuts, "contained": True}, {**milk, "contained": False}])
        self.assertFalse(order._dining_warn(), "the ORM reckons the same as placing did")

    def test_of_a_set_meal_the_parts_carry_it(self):
        self.say(self.session, "milk")
        key = self.add(self.session, self.lunch, components=self.lunch_components)
        order = self.env["pos.order"].browse(self.place(self.session, clashes_seen=[key]).order_id)
        milk = {**MILK, "seat": 1}
        self.assertEqual(
            self.allergies(order),
            {
                "Lunch set": [],
                "Steam-pot chicken": [{**milk, "contained": False}],
                "Pu'er tea": [{**milk, "contained": True}],
            },
        )
        self.assertFalse(order._dining_warn())

    def test_nobody_places_a_clash_unaware(self):
        key = self.add(self.session, self.noodles, options=[self.small])
        other = self.add(self.session, self.noodles, options=[self.small])
        self.say(self.session, "peanut", user=self.bob)
        for seen in ((), (key,)):
            refusal = self.assertRefused("allergy_unconfirmed", self.place, self.session, clashes_seen=seen)
        self.assertEqual(refusal.data["key"], other)
        self.assertEqual(refusal.data["dish"]["en"], "Crossing-bridge noodles")
        self.assertTrue(self.place(self.session, clashes_seen=[key, other]).order_id)

    def test_what_a_further_guest_says_meanwhile_is_asked_for_too(self):
        key = self.add(self.session, self.noodles, options=[self.small])
        self.noodles.dining_allergen_ids |= self.milk
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.say(self.session, "peanut", user=self.bob)
        shown = self.clashes(self.session, [key])
        self.assertEqual(shown, {key: {"peanut": [2]}})
        for code in ("peanut", "milk"):
            with self.subTest(code):
                self.say(self.session, code)
                self.assertRefused("allergy_unconfirmed", self.place, self.session, clashes_seen=shown)
        self.say(self.session)
        self.assertTrue(self.place(self.session, clashes_seen=shown).order_id)

    def test_what_clashes_with_nobody_needs_no_word(self):
        self.say(self.session, "milk")
        self.add(self.session, self.noodles, options=[self.small])
        self.assertTrue(self.place(self.session).order_id)

    def test_said_late_it_reaches_what_is_ordered_already(self):
        order = self.order_noodles()
        self.assertEqual(self.allergies(order), {"Crossing-bridge noodles": []})
        self.say(self.session, "peanut", user=self.bob)
        self.assertEqual(
            self.allergies(order), {"Crossing-bridge noodles": [{**PEANUTS, "seat": 2, "contained": True}]}
        )
        self.say(self.session, user=self.bob)
        self.assertEqual(self.allergies(order), {"Crossing-bridge noodles": []})

    def test_what_is_no_longer_listed_makes_ill_all_the_same(self):
        self.say(self.session, "milk")
        self.milk.active = False
        self.env.flush_all()
        self.env.cr.precommit.run()
        order = self.order_noodles()
        said = [{**MILK, "seat": 1, "contained": False}]
        self.assertEqual(self.allergies(order), {"Crossing-bridge noodles": said})
        self.assertFalse(order._dining_warn())

    def test_what_is_no_longer_listed_is_in_the_dishes_of_others_all_the_same(self):
        self.say(self.session, "milk", user=self.bob)
        self.large.product_attribute_value_id.dining_allergen_ids = self.milk
        self.milk.active = False
        self.env.flush_all()
        self.env.cr.precommit.run()
        keys = [self.add(self.session, self.tea), self.add(self.session, self.noodles, options=[self.large])]
        self.assertRefused("allergy_unconfirmed", self.place, self.session)
        order = self.env["pos.order"].browse(self.place(self.session, clashes_seen=keys).order_id)
        milk = [{**MILK, "seat": 2, "contained": True}]
        self.assertEqual(self.allergies(order), {"Pu'er tea": milk, "Crossing-bridge noodles": milk})
        self.assertFalse(order._dining_warn(), "the ORM finds it too")
        self.say(self.session, "peanut", user=self.bob)
        self.assertEqual(self.view(self.session)["guests"][1]["allergens"], ["peanut", "milk"], "it is not offered")
        self.say(self.session, "milk", user=self.bob)
        self.assertEqual(self.view(self.session)["guests"][1]["allergens"], ["milk"], "who names it is right")

    def test_what_a_guest_has_said_is_not_deleted(self):
        lupin = self.env["dining.allergen"].create({"name": "Lupin", "code": "lupin"})
        self.say(self.session, "lupin")
        with self.assertRaises(UserError):
            lupin.unlink()
        self.assertEqual(self.session.guest_ids.allergen_ids, lupin)
        self.say(self.session)
        lupin.unlink()

    # -- said twice, late, or too often ------------------------------------------------

    def test_a_word_that_comes_late_takes_nothing_back(self):
        self.say(self.session, "peanut", "milk", after=0)
        self.assertRefused("allergies_changed", self.say, self.session, "peanut", after=0)
        self.assertEqual(self.session.guest_ids.allergen_ids, self.peanuts | self.milk)
        self.assertEqual(self.view(self.session)["allergies_rev"], 1)

    def test_a_repeat_is_answered_and_changes_nothing(self):
        first, second = str(uuid4()), str(uuid4())
        self.say(self.session, "peanut", client_key=first, after=0)
        revision = self.session.revision
        self.say(self.session, "peanut", client_key=first, after=0)
        self.assertEqual((self.session.revision, self.view(self.session)["allergies_rev"]), (revision, 1))
        self.assertRefused("idempotency_key_reused", self.say, self.session, "milk", client_key=first, after=0)
        self.say(self.session, client_key=second)
        self.assertRefused("allergies_changed", self.say, self.session, "peanut", client_key=first, after=0)
        self.assertFalse(self.session.guest_ids.allergen_ids)

    def test_nobody_says_it_without_end(self):
        self.store.dining_writes_per_minute = 3
        for codes in (("peanut",), (), ("milk",)):
            self.say(self.session, *codes)
        self.assertRefused("too_many_requests", self.say, self.session, "peanut")
        self.assertRefused("too_many_requests", self.add, self.session, self.tea)
        self.say(self.session, "peanut", user=self.bob)
        for guest in self.session.guest_ids:
            guest.said_since -= timedelta(minutes=2)
        self.say(self.session, "peanut")
        self.assertEqual(self.session.guest_ids.mapped("said_lately"), [1, 1], "of the last minute only")

    # -- shown with the order ----------------------------------------------------------

    def test_the_order_says_what_each_dish_contains_as_it_was_chosen(self):
        self.large.product_attribute_value_id.dining_allergen_ids = self.milk
        self.env.flush_all()
        self.env.cr.precommit.run()
        for option in (self.large, self.small):
            self.add(self.session, self.noodles, options=[option])
        self.add(self.session, self.chicken)
        self.add(self.session, self.lunch, components=self.lunch_components)
        self.place(self.session)
        [placed] = self.view(self.session)["order"]["rounds"]
        self.assertEqual(
            [line["allergens"] for line in placed["lines"]], [["milk", "peanut"], ["peanut"], [], ["milk"]]
        )

    def test_staff_add_a_dish_that_a_guest_is_allergic_to(self):
        self.say(self.session, "milk", user=self.bob)
        order = self.order_noodles()
        product = self.tea.product_variant_id
        line = {
            "uuid": "staff-line",
            "product_id": product.id,
            "qty": 1,
            "price_unit": 12.5,
            "price_subtotal": 11.79,
            "price_subtotal_incl": 12.5,
            "tax_ids": [Command.set(self.tax.ids)],
            "full_product_name": product.name,
            "dining_allergies": [],
        }
        values = self.sent_by_register(order, lines=[Command.create(line)])
        self.env["pos.order"].with_user(self.cashier).sync_from_ui([values])
        self.assertEqual(self.allergies(order)["Pu'er tea"], [{**MILK, "seat": 2, "contained": True}])

    def test_guests_of_merged_tables_keep_their_allergies(self):
        order = self.order_noodles()
        carol = self.env["wechat.user"].create({"app_id": self.app.id, "openid": "o-carol-000000000000000000"})
        there = self.join(user=carol, table=self.other_table)
        self.say(there, "peanut", user=carol)
        self.add(there, self.chicken, user=carol)
        other = self.env["pos.order"].browse(self.place(there, user=carol).order_id)
        other.action_dining_merge(order.id)
        self.assertEqual([guest["allergens"] for guest in self.view(self.session)["guests"]], [[], [], ["peanut"]])
        said = {**PEANUTS, "seat": 3}
        self.assertEqual(
            self.allergies(order),
            {
                "Crossing-bridge noodles": [{**said, "contained": True}],
                "Steam-pot chicken": [{**said, "contained": False}],
            },
        )

    def test_it_is_forgotten_with_the_visit_and_stays_with_what_was_ordered(self):
        self.say(self.session, "peanut", "milk", user=self.bob)
        self.milk.active = False
        order = self.order_noodles()
        said = self.allergies(order)
        self.session.action_close()
        self.assertFalse(self.session.guest_ids.with_context(active_test=False).allergen_ids)
        self.assertFalse(order._dining_warn())
        self.assertEqual(self.allergies(order), said)

    def test_staff_see_who_is_allergic(self):
        self.say(self.session, "milk", user=self.bob)
        guests = self.session.with_user(self.cashier).guest_ids
        self.assertEqual(guests.mapped("allergen_ids.code"), ["milk"])
