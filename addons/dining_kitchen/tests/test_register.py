import json
from uuid import uuid4

from odoo import Command
from odoo.addons.dining_rules.firing import preparation_change, prepared
from odoo.tests import new_test_user, tagged

from .common import KitchenCase


class RegisterCase(KitchenCase):
    """A cashier's register, as the server hears it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.session = cls.env["dining.table.session"].sudo()._join(cls.store.id, cls.table.dining_code, cls.alice, 2)
        cls.cashier = new_test_user(
            cls.env,
            "kitchen-cashier",
            groups="base.group_user,point_of_sale.group_pos_user",
            name="小李",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    def place_tea(self, quantity=1):
        self.add(self.session, self.tea, quantity)
        return self.order_of(self.place(self.session))

    def header(self, order, **changed):
        """As `sent_by_register`, with what the register remembers of the kitchen."""
        return self.sent_by_register(order, "last_order_preparation_change", "dining_waiting", **changed)

    def dish_line(self, dish, quantity=1, **more):
        amount = dish.list_price * quantity
        return {
            "uuid": str(uuid4()),
            "product_id": dish.product_variant_id.id,
            "qty": quantity,
            "price_unit": dish.list_price,
            "price_subtotal": amount / 1.06,
            "price_subtotal_incl": amount,
            "tax_ids": [Command.set(self.tax.ids)],
            "full_product_name": dish.name,
            **more,
        }

    def pressed(self, order, *lines):
        """The register's memory after its Order button: every line of the order and the new ones as sent."""
        stored = order.lines.filtered(lambda line: line.uuid not in [each["uuid"] for each in lines])
        memory = json.loads(order.last_order_preparation_change or '{"lines": {}}')
        for line in stored:
            memory["lines"][line.uuid] = {
                "uuid": line.uuid,
                "quantity": line.qty,
                "customer_note": line.customer_note or "",
                "note": "[]",
            }
        for line in lines:
            memory["lines"][line["uuid"]] = {
                "uuid": line["uuid"],
                "quantity": line["qty"],
                "customer_note": line.get("customer_note") or "",
                "note": "[]",
            }
        memory["metadata"] = {"serverDate": "2099-01-01 00:00:00"}
        return json.dumps(memory)

    def sync(self, order, **context):
        result = self.env["pos.order"].with_user(self.cashier).with_context(**context).sync_from_ui([order])
        self.env.invalidate_all()
        return self.env["pos.order"].browse(result["pos.order"][0]["id"])

    def order_at(self, table, user, dish, quantity=1, **chosen):
        session = self.join(user, table, 2)
        self.add(session, dish, quantity, user=user, **chosen)
        return self.order_of(self.place(session, user))

    def split(self, order, quantity):
        """The bill that a register makes of portions of the order's only line; it goes first."""
        line, moved = order.lines, self.dish_line(order.lines.product_id.product_tmpl_id, quantity)
        new = self.header(
            order,
            uuid=str(uuid4()),
            access_token=str(uuid4()),
            table_id=False,
            pos_reference=False,
            lines=[Command.create(moved)],
            last_order_preparation_change=json.dumps({"lines": {}}),
        )
        left = line.qty - quantity
        split = self.sync(new, dining_moves=[{"from": line.uuid, "to": moved["uuid"], "quantity": quantity}])
        rest = [Command.update(line.id, {"qty": left}) if left else Command.delete(line.id)]
        self.sync(self.header(order, lines=rest))
        return split

    def sent(self, order):
        return {uuid: portion.quantity for uuid, portion in prepared(order.last_order_preparation_change).items()}


@tagged("post_install", "-at_install")
class TestRegister(RegisterCase):
    """What Odoo's own register sends, and what the kitchen gets of it."""

    def test_a_dish_sent_by_the_register_is_fired_once(self):
        order = self.place_tea()
        line = self.dish_line(self.chicken, 2, customer_note="少盐")
        self.sync(
            self.header(order, lines=[Command.create(line)], last_order_preparation_change=self.pressed(order, line))
        )
        self.assertEqual(self.events(order), [("Pu'er tea", "fired", 1), ("Steam-pot chicken", "fired", 2)])
        ticket = self.tickets(order)[-1]
        self.assertEqual((ticket.station_id, ticket.round_id.id), (self.wok, False))
        self.assertIn("【忌口】少盐", self.paper(ticket))
        self.assertTrue(self.paper(ticket)[-2].endswith("收银台 小李"))
        event = self.env["dining.dish.event"].search([("order_id", "=", order.id)], limit=1)
        self.assertEqual((event.source, event.user_id), ("register", self.cashier))
        self.sync(self.header(order))
        self.assertEqual(len(self.events(order)), 2, "sending the order again fires nothing")

    def test_a_dish_not_sent_waits(self):
        order = self.place_tea()
        self.sync(self.header(order, lines=[Command.create(self.dish_line(self.chicken))]))
        self.assertEqual(self.events(order), [("Pu'er tea", "fired", 1)])

    def test_only_the_difference_is_fired(self):
        order = self.place_tea()
        line = order.lines
        memory = self.pressed(order, {"uuid": line.uuid, "qty": 3})
        self.sync(self.header(order, lines=[Command.update(line.id, {"qty": 3})], last_order_preparation_change=memory))
        self.assertEqual(self.events(order), [("Pu'er tea", "fired", 1), ("Pu'er tea", "fired", 2)])
        self.assertEqual(self.sent(order), {line.uuid: 3})

    def test_what_phones_fired_the_register_does_not_send_again(self):
        order = self.place_tea(2)
        self.assertEqual(self.sent(order), {order.lines.uuid: 2})

    def test_a_register_that_missed_a_phones_round_neither_loses_nor_repeats_it(self):
        order = self.place_tea()
        stale = self.header(order)
        self.add(self.session, self.chicken)
        self.place(self.session)
        stale["last_order_preparation_change"] = stale["last_order_preparation_change"].replace("20", "21", 1)
        stale["last_order_preparation_change"] = json.dumps(
            {
                **json.loads(self.header(order)["last_order_preparation_change"]),
                "lines": {},
                "metadata": {"serverDate": "2099-01-01 00:00:00"},
            }
        )
        self.sync(stale, dining_send=[order.uuid])
        self.assertEqual(self.events(order), [("Pu'er tea", "fired", 1), ("Steam-pot chicken", "fired", 1)])
        self.assertEqual(self.sent(order), dict.fromkeys(order.lines.mapped("uuid"), 1))

    def test_a_new_order_of_the_register(self):
        line = self.dish_line(self.chicken)
        order = self.sync(
            {
                "uuid": str(uuid4()),
                "access_token": str(uuid4()),
                "session_id": self.pos_session.id,
                "state": "draft",
                "table_id": self.other_table.id,
                "company_id": self.company.id,
                "user_id": self.cashier.id,
                "amount_total": 88,
                "amount_tax": 4.98,
                "amount_paid": 0,
                "amount_return": 0,
                "to_invoice": False,
                "pricelist_id": False,
                "fiscal_position_id": False,
                "partner_id": False,
                "lines": [Command.create(line)],
                "payment_ids": [],
                "last_order_preparation_change": preparation_change(None, []).replace(
                    '"lines": {}', f'"lines": {{"{line["uuid"]}": {{"uuid": "{line["uuid"]}", "quantity": 1}}}}'
                ),
            }
        )
        self.assertEqual(self.events(order), [("Steam-pot chicken", "fired", 1)])
        self.assertEqual(self.tickets(order).table_name, "B13")

    def test_a_dish_paid_without_order_is_fired_by_the_payment(self):
        order = self.place_tea()
        self.sync(self.header(order, lines=[Command.create(self.dish_line(self.chicken))], amount_total=100.5))
        order.add_payment({"pos_order_id": order.id, "amount": 100.5, "payment_method_id": self.cash.id})
        order.with_user(self.cashier)._process_saved_order(False)
        self.assertEqual(order.state, "paid")
        self.assertEqual(self.events(order), [("Pu'er tea", "fired", 1), ("Steam-pot chicken", "fired", 1)])
        self.assertEqual(self.env["dining.dish.event"].search([("order_id", "=", order.id)], limit=1).source, "payment")

    def test_fewer_portions_are_cancelled_when_sent(self):
        order = self.place_tea(3)
        line = order.lines
        fewer = self.header(order, lines=[Command.update(line.id, {"qty": 1})])
        self.sync(fewer)
        self.assertEqual(self.events(order), [("Pu'er tea", "fired", 3)], "not yet sent")
        memory = self.pressed(order, {"uuid": line.uuid, "qty": 1})
        self.sync(self.header(order, last_order_preparation_change=memory), dining_send=[order.uuid])
        self.assertEqual(self.events(order), [("Pu'er tea", "fired", 3), ("Pu'er tea", "voided", -2)])
        ticket = self.tickets(order)[-1]
        self.assertEqual((ticket.kind, self.paper(ticket)[1].strip()), ("cancel", "退菜"))
        self.assertIn("普洱茶               ×2", self.paper(ticket))

    def test_a_deleted_line_is_cancelled_when_sent(self):
        order = self.place_tea()
        line = order.lines
        memory = json.loads(self.pressed(order))
        memory["lines"] = {}
        self.sync(
            self.header(order, lines=[Command.delete(line.id)], last_order_preparation_change=json.dumps(memory)),
            dining_send=[order.uuid],
        )
        self.assertEqual(self.events(order), [("Pu'er tea", "fired", 1), ("Pu'er tea", "voided", -1)])
        self.assertEqual(self.tickets(order)[-1].station_id, self.bar)

    def test_a_changed_note_is_told(self):
        order = self.place_tea()
        line = order.lines
        memory = self.pressed(order, {"uuid": line.uuid, "qty": 1, "customer_note": "花生过敏"})
        self.sync(
            self.header(
                order,
                lines=[Command.update(line.id, {"customer_note": "花生过敏"})],
                last_order_preparation_change=memory,
            )
        )
        self.assertEqual(self.events(order), [("Pu'er tea", "fired", 1), ("Pu'er tea", "noted", 0)])
        ticket = self.tickets(order)[-1]
        self.assertEqual((ticket.kind, self.paper(ticket)[1].strip()), ("note", "改备注"))
        self.assertIn("【忌口】花生过敏", self.paper(ticket))
        self.sync(self.header(order))
        self.assertEqual(len(self.events(order)), 2)

    def test_a_split_bill_does_not_cook_again(self):
        order = self.place_tea(3)
        line = order.lines
        moved = self.dish_line(self.tea, 2)
        rest = json.loads(order.last_order_preparation_change)
        rest["lines"][line.uuid]["quantity"] = 1
        rest["metadata"] = {"serverDate": "2099-01-01 00:00:00"}
        self.sync(
            self.header(
                order, lines=[Command.update(line.id, {"qty": 1})], last_order_preparation_change=json.dumps(rest)
            )
        )
        new = self.header(
            order,
            uuid=str(uuid4()),
            access_token=str(uuid4()),
            table_id=False,
            pos_reference=False,
            lines=[Command.create(moved)],
            amount_total=25,
            amount_tax=1.42,
            last_order_preparation_change=json.dumps(
                {**rest, "lines": {moved["uuid"]: {**rest["lines"][line.uuid], "uuid": moved["uuid"], "quantity": 2}}}
            ),
        )
        split = self.sync(new, dining_moves=[{"from": line.uuid, "to": moved["uuid"], "quantity": 2}])
        self.assertNotEqual(split, order)
        self.assertEqual(self.events(order), [("Pu'er tea", "fired", 3), ("Pu'er tea", "moved", -2)])
        self.assertEqual(self.events(split), [("Pu'er tea", "moved", 2)])
        self.assertFalse(self.tickets(split))
        self.assertEqual(self.env["pos.order.line"]._dining_states(split.lines.ids), {split.lines.id: "fired"})

    def test_a_move_that_was_made_up_moves_nothing(self):
        order = self.place_tea()
        for move in (
            {"from": "nothing", "to": order.lines.uuid, "quantity": 1},
            {"from": order.lines.uuid, "to": "nothing", "quantity": 1},
            {"from": order.lines.uuid, "to": order.lines.uuid, "quantity": 5},
            "?",
            {},
        ):
            self.sync(self.header(order), dining_moves=[move])
        self.assertEqual(self.events(order), [("Pu'er tea", "fired", 1)])

    def test_an_order_cancelled_by_the_register_stops_the_kitchen(self):
        order = self.place_tea()
        order.with_user(self.cashier).action_dining_cancel_dishes()
        order.with_user(self.cashier).with_context(device_identifier=7).action_pos_order_cancel()
        self.assertEqual(order.state, "cancel")
        self.assertEqual(self.events(order), [("Pu'er tea", "fired", 1), ("Pu'er tea", "voided", -1)])
        self.assertEqual(self.env["pos.order.line"]._dining_states(order.lines.ids), {order.lines.id: "voided"})

    def test_an_order_merged_by_the_register_keeps_cooking(self):
        order = self.place_tea()
        order.with_user(self.cashier).with_context(device_identifier=7).action_pos_order_cancel()
        self.assertEqual(self.events(order), [("Pu'er tea", "fired", 1)])

    def test_an_order_cancelled_in_the_office_stops_the_kitchen(self):
        order = self.place_tea()
        order.action_pos_order_cancel()
        self.assertEqual(self.events(order), [("Pu'er tea", "fired", 1), ("Pu'er tea", "voided", -1)])

    def test_a_waiting_round_is_not_sent_by_the_button_for_the_rest(self):
        self.store.dining_confirm_first = True
        order = self.place_tea()
        line = self.dish_line(self.chicken)
        self.sync(
            self.header(order, lines=[Command.create(line)], last_order_preparation_change=self.pressed(order, line))
        )
        self.assertEqual(self.events(order), [("Steam-pot chicken", "fired", 1)])
        self.assertEqual(self.sent(order), {line["uuid"]: 1}, "the tea is still to be confirmed")

    def test_another_store_of_odoo_is_left_alone(self):
        self.store.is_dining = False
        order = self.env["pos.order"].create(
            {
                "session_id": self.pos_session.id,
                "company_id": self.company.id,
                "amount_total": 88,
                "amount_tax": 4.98,
                "amount_paid": 0,
                "amount_return": 0,
                "lines": [Command.create(self.dish_line(self.chicken))],
            }
        )
        order.add_payment({"pos_order_id": order.id, "amount": 88, "payment_method_id": self.cash.id})
        order._process_saved_order(False)
        self.assertEqual(self.events(order), [])

    def test_the_register_cannot_write_what_the_server_computes(self):
        order = self.place_tea()
        self.sync(self.header(order, dining_waiting=5))
        self.assertEqual(order.dining_waiting, 0)
