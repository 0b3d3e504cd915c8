"""What guests must not eat, on paper and on the kitchen's screens."""

from uuid import uuid4

from odoo import Command
from odoo.addons.dining_rules import ticket as layout
from odoo.addons.dining_rules.typeset import Row, rows
from odoo.tests import tagged

from ..services.board import read_board
from ..services.register import Kitchen
from .common import KitchenCase


@tagged("post_install", "-at_install")
class TestAllergies(KitchenCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.peanuts, cls.sesame = (cls.env.ref(f"dining_menu.allergen_{code}") for code in ("peanut", "sesame"))
        for allergen, name in ((cls.peanuts, "花生"), (cls.sesame, "芝麻")):
            allergen.update_field_translations("name", {"zh_CN": name})
        cls.chicken.dining_allergen_ids = cls.peanuts
        cls.env.flush_all()
        cls.env.cr.precommit.run()
        sessions = cls.env["dining.table.session"].sudo()
        cls.session = sessions._join(cls.store.id, cls.table.dining_code, cls.alice, 2)
        sessions._join(cls.store.id, cls.table.dining_code, cls.bob, None)

    def order(self, dish, user=None, **chosen):
        key = self.add(self.session, dish, user=user, **chosen)
        return self.order_of(self.place(self.session, clashes_seen=[key]))

    def shouted(self, ticket, columns=32):
        """What stands white on black, with the size of its type."""
        printed = rows(layout.load(ticket.layout), columns)
        return [
            (span.text.strip(), row.width)
            for row in printed
            if isinstance(row, Row)
            for span in row.spans
            if span.inverse
        ]

    def board(self, station=None):
        self.env.flush_all()
        chosen = station or self.service_pass
        return read_board(self.env(su=True), self.store.id, chosen.id, is_pass=not station)

    def test_the_ticket_says_who_is_allergic_and_shouts_what_is_in_the_dish(self):
        self.say(self.session, "peanut", "sesame", user=self.bob)
        ticket = self.tickets(self.order(self.chicken, user=self.bob, note="少油"))
        for columns in (32, 48):
            shouted = self.shouted(ticket, columns)
            self.assertEqual(shouted[0], ("▲含花生", 3))
            self.assertEqual("".join(text for text, _width in shouted[1:-1]), "【2号食客过敏】花生、芝麻")
            self.assertEqual(shouted[-1], ("【忌口】少油", 2))

    def test_of_another_guests_dish_only_what_is_in_it_is_said(self):
        self.say(self.session, "peanut", "sesame", user=self.bob)
        self.assertEqual(
            "".join(text for text, _width in self.shouted(self.tickets(self.order(self.chicken)))),
            "▲含花生【2号食客过敏】花生",
        )
        self.assertEqual(self.shouted(self.tickets(self.order(self.tea))[-1]), [])

    def test_a_set_meal_at_the_stations_of_its_parts(self):
        self.say(self.session, "peanut", user=self.bob)
        order = self.order(self.lunch, user=self.bob, components=self.lunch_components)
        wok, bar = self.tickets(order)
        self.assertEqual("".join(text for text, _width in self.shouted(wok)), "▲含花生【2号食客过敏】花生")
        self.assertEqual("".join(text for text, _width in self.shouted(bar)), "【2号食客过敏】花生")

    def test_the_screens_show_it(self):
        self.say(self.session, "peanut", user=self.bob)
        self.order(self.chicken)
        said = [{"zh": "花生", "en": "Peanuts", "seat": 2, "contained": True, "code": "peanut"}]
        for station in (self.wok, None):
            [card] = self.board(station)["cards"]
            self.assertEqual(card["dishes"][0]["allergies"], said)

    def test_said_late_the_station_that_still_cooks_is_told(self):
        order = self.order(self.chicken, quantity=2)
        self.place_tea()
        revision = self.board(self.wok)["revision"]
        self.say(self.session, "peanut", user=self.bob)
        *_before, told = self.tickets(order)
        self.assertEqual((told.kind, told.station_id, told.job_ids.state), ("note", self.wok, "queued"))
        self.assertEqual(self.shouted(told)[0], ("改备注", 3))
        self.assertIn(("▲含花生", 3), self.shouted(told))
        self.assertNotEqual(self.board(self.wok)["revision"], revision)
        self.assertEqual(
            [event for event in self.events(order) if event[1] == "noted"], [("Steam-pot chicken", "noted", 0)]
        )
        fired = [event for event in self.events(order) if event[1] == "fired"]
        self.assertEqual(len(fired), 2, "nothing is cooked again")

    def test_a_phone_that_says_this_and_that_does_not_empty_the_roll(self):
        order = self.order(self.chicken)
        for _time in range(5):
            self.say(self.session, "peanut", user=self.bob)
            self.say(self.session, user=self.bob)
        self.assertEqual(self.tickets(order).mapped("kind"), ["new", "note"])
        self.assertFalse(self.board(self.wok)["cards"][0]["dishes"][0]["allergies"])
        self.say(self.session, "peanut", user=self.bob)
        self.assertTrue(self.board(self.wok)["cards"][0]["dishes"][0]["allergies"])

    def place_tea(self):
        self.add(self.session, self.tea)
        self.place(self.session)

    def test_what_the_kitchen_no_longer_owes_is_not_told_again(self):
        order = self.order(self.chicken)
        [fired] = self.env["dining.dish.event"].search([("order_id", "=", order.id)])
        fired._append(
            [
                fired._further(
                    kind="ready",
                    source="display",
                    order_id=order.id,
                    line_uuid=fired.line_uuid,
                    line_id=fired.line_id,
                    sequence=1,
                    quantity=1,
                )
            ]
        )
        self.say(self.session, "peanut", user=self.bob)
        self.assertEqual(len(self.tickets(order)), 1)
        self.assertTrue(order.lines.dining_allergies, "the pass sees it all the same")

    def test_rush_and_move_slips_say_it_too(self):
        self.say(self.session, "peanut", user=self.bob)
        order = self.order(self.chicken)
        order.table_id = self.other_table
        *_first, slip = self.tickets(order)
        self.assertEqual(slip.kind, "move")
        self.assertIn(("▲含花生", 3), self.shouted(slip))

    def test_notes_of_other_kinds_do_not_silence_an_allergy(self):
        order = self.order(self.chicken)
        for wish in ("少油", "少盐", "不要葱", "少辣"):
            order.lines.customer_note = wish
            Kitchen(order)._tell("register", note={order.lines.uuid: 1})
        self.assertEqual(self.tickets(order).mapped("kind"), ["new"] + ["note"] * 4)
        self.say(self.session, "peanut", user=self.bob)
        *_before, told = self.tickets(order)
        self.assertIn(("▲含花生", 3), self.shouted(told))
        self.say(self.session, "peanut", "sesame")
        *before, told = self.tickets(order)
        self.assertEqual((len(before), told.kind), (6, "note"))
        said = "".join(text for text, _width in self.shouted(told))
        self.assertIn("【1号食客过敏】花生、芝麻【2号食客过敏】花生", said, "one more guest, and one more allergy")

    def test_who_says_the_same_in_another_order_prints_nothing(self):
        self.say(self.session, "peanut", "sesame", user=self.bob)
        order = self.order(self.chicken, user=self.bob)
        order.lines.dining_allergies = order.lines.dining_allergies[::-1]
        order._dining_warn()
        self.assertEqual(self.tickets(order).mapped("kind"), ["new"])

    def test_the_foot_names_a_guest_only_where_a_guest_has_said_it(self):
        order = self.order(self.chicken)
        self.say(self.session, "peanut", "sesame", user=self.bob)
        self.assertIn("客人补充过敏", "".join(self.paper(self.tickets(order)[-1])))
        self.chicken.dining_allergen_ids |= self.sesame
        order._dining_warn()
        self.assertEqual(self.tickets(order).mapped("kind"), ["new", "note", "note"])
        self.assertIn("过敏信息有更新", "".join(self.paper(self.tickets(order)[-1])))

    def test_a_dish_that_is_paid_before_it_is_sent_is_cooked_with_its_allergies(self):
        self.say(self.session, "peanut", user=self.bob)
        price = self.chicken.list_price
        line = {
            "uuid": str(uuid4()),
            "product_id": self.chicken.product_variant_id.id,
            "qty": 1,
            "price_unit": price,
            "price_subtotal": 83.02,
            "price_subtotal_incl": price,
            "tax_ids": [Command.set(self.tax.ids)],
        }
        order = self.env["pos.order"].create(
            {
                "session_id": self.pos_session.id,
                "company_id": self.company.id,
                "table_id": self.table.id,
                "amount_tax": 4.98,
                "amount_total": price,
                "amount_paid": 0,
                "amount_return": 0,
                "lines": [Command.create(line)],
            }
        )
        order.add_payment({"pos_order_id": order.id, "amount": price, "payment_method_id": self.cash.id})
        order.action_pos_order_paid()
        self.assertEqual(self.shouted(self.tickets(order))[0], ("▲含花生", 3))
        self.assertEqual(self.session.state, "closed")

    def test_a_ticket_printed_again_says_what_was_said_since(self):
        order = self.order(self.chicken)
        ticket = self.tickets(order)
        ticket.job_ids.state = "done"
        self.say(self.session, "peanut", user=self.bob)
        ticket._reprint("纸湿了")
        again = ticket.job_ids.sorted("id")[-1]
        printed = [getattr(row, "text", "").strip() for row in rows(layout.load(again.layout), 48)]
        told = printed.index("最新过敏信息")
        self.assertEqual(printed[told + 1 : told + 3], ["汽锅鸡", "▲含花生"])
        self.assertNotIn("最新过敏信息", self.paper(ticket), "the ticket itself stays as it was")
        again.state = "done"
        self.say(self.session, user=self.bob)
        ticket._reprint("又湿了")
        self.assertEqual(len(ticket.job_ids), 3)
        self.assertFalse(ticket.job_ids.sorted("id")[-1].layout, "nothing more to say")
