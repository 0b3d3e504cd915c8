import json

from odoo import Command, fields
from odoo.tests import new_test_user, tagged

from ..services.board import read_board
from .test_register import RegisterCase


@tagged("post_install", "-at_install")
class TestVoid(RegisterCase):
    """退菜: with a reason, and by a manager once the dish is being cooked."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = new_test_user(
            cls.env,
            "kitchen-manager",
            groups="base.group_user,point_of_sale.group_pos_manager",
            name="王经理",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    def start(self, order, quantity=1, kind="started"):
        fired = self.env["dining.dish.event"].search([("order_id", "=", order.id), ("kind", "=", "fired")], limit=1)
        row = fired.copy_data()[0] | {"kind": kind, "quantity": quantity, "at": fields.Datetime.now(), "sequence": 1}
        self.env["dining.dish.event"].sudo().create({**row, "source": "display"})

    def fewer(self, order, quantity):
        """The order as a register sends it after so many portions are left and Order was pressed."""
        line = order.lines
        if quantity:
            memory = self.pressed(order, {"uuid": line.uuid, "qty": quantity})
            lines = [Command.update(line.id, {"qty": quantity})]
        else:
            memory = json.dumps({**json.loads(self.pressed(order)), "lines": {}})
            lines = [Command.delete(line.id)]
        return self.header(order, lines=lines, last_order_preparation_change=memory)

    def take_off(self, order, quantity=0, user=None, reason="客人取消"):
        send = self.fewer(order, quantity)
        orders = self.env["pos.order"].with_user(user or self.cashier)
        orders = orders.with_context(dining_send=[order.uuid], dining_reasons={order.uuid: reason})
        orders.sync_from_ui([send])
        self.env.invalidate_all()

    def assertVoidRefused(self, function, *args, **kwargs):
        before = self.kitchen_facts()
        refusal = self.assertRefused("dish_started", function, *args, **kwargs)
        self.assertEqual(self.kitchen_facts(), before, "the kitchen hears nothing of what was refused")
        self.assertIn("只有门店经理可以退", str(refusal))

    def test_the_reason_is_printed_and_kept(self):
        order = self.place_tea(2)
        self.take_off(order, 1, reason=" 上错 ")
        event = self.env["dining.dish.event"].search([("order_id", "=", order.id), ("kind", "=", "voided")])
        self.assertEqual((event.quantity, event.reason, event.user_id), (-1, "上错", self.cashier))
        ticket = self.tickets(order)[-1]
        self.assertEqual([row.strip() for row in self.paper(ticket)[1:3]], ["退菜", "【原因】上错"])

    def test_a_reason_is_told_to_its_own_order_only(self):
        order = self.place_tea(2)
        orders = self.env["pos.order"].with_user(self.cashier)
        send = self.fewer(order, 1)
        orders.with_context(dining_send=["another"], dining_reasons={"another": "x"}).sync_from_ui([send])
        self.assertEqual(self.events(order), [("Pu'er tea", "fired", 2)], "this order's button was not pressed")

    def test_what_a_register_makes_up_is_no_reason(self):
        order = self.place_tea(2)
        self.take_off(order, 1, reason={"a": 1})
        event = self.env["dining.dish.event"].search([("order_id", "=", order.id), ("kind", "=", "voided")])
        self.assertEqual((event.quantity, event.reason), (-1, False))

    def test_a_dish_being_cooked_is_a_managers_to_take_off(self):
        for kind in ("started", "ready"):
            order = self.place_tea()
            self.start(order, kind=kind)
            self.assertVoidRefused(self.take_off, order)
            self.assertEqual(len(order.lines), 1)
            self.take_off(order, user=self.manager)
            self.assertEqual(self.events(order)[-1], ("Pu'er tea", "voided", -1))
            order.action_pos_order_cancel()
            self.session = self.join(guests=2)

    def test_a_cashier_takes_off_the_portions_that_nobody_has_begun(self):
        order = self.place_tea(3)
        self.start(order)
        self.assertVoidRefused(self.take_off, order)
        self.take_off(order, 1)
        self.assertEqual(self.events(order)[-1], ("Pu'er tea", "voided", -2))

    def test_it_is_refused_before_the_order_button_too(self):
        order = self.place_tea()
        self.start(order)
        quiet = self.header(order, lines=[Command.delete(order.lines.id)])
        self.assertVoidRefused(self.env["pos.order"].with_user(self.cashier).sync_from_ui, [quiet])

    def test_an_order_with_a_dish_being_cooked_is_a_managers_to_cancel(self):
        order = self.place_tea()
        self.start(order)
        self.assertVoidRefused(order.with_user(self.cashier).action_dining_cancel_dishes, "客人取消")
        self.assertVoidRefused(order.with_user(self.cashier).action_pos_order_cancel)
        order.with_user(self.manager).action_dining_cancel_dishes("客人取消")
        event = self.env["dining.dish.event"].search([("order_id", "=", order.id), ("kind", "=", "voided")])
        self.assertEqual((event.reason, event.user_id), ("客人取消", self.manager))

    def test_what_is_ordered_after_a_void_is_cooked(self):
        """A portion that was ready and is taken off takes that along: the next one is not ready before it is cooked."""
        order = self.place_tea(2)
        self.start(order, 2, "ready")
        self.take_off(order, 1, self.manager)
        voided = self.env["dining.dish.event"].search([("order_id", "=", order.id), ("kind", "=", "voided")])
        self.assertEqual(voided.carried, {"ready": 1})
        more = self.pressed(order, {"uuid": order.lines.uuid, "qty": 2})
        self.sync(
            self.header(order, lines=[Command.update(order.lines.id, {"qty": 2})], last_order_preparation_change=more)
        )
        self.assertEqual(self.events(order)[-1], ("Pu'er tea", "fired", 1))
        self.assertEqual(self.env["pos.order.line"]._dining_states(order.lines.ids), {order.lines.id: "started"})
        [card] = read_board(self.env(su=True), self.store.id, self.bar.id)["cards"]
        self.assertEqual((card["dishes"][0]["owed"], card["dishes"][0]["standing"]), (1, 1))

    def test_a_dish_that_is_cooked_again_has_been_begun(self):
        order = self.place_tea()
        self.start(order, kind="ready")
        self.start(order, kind="refired")
        self.assertVoidRefused(self.take_off, order)

    # -- the back office ------------------------------------------------------------

    def wizard(self, order, user=None, **values):
        values = {"order_id": order.id, "line_id": order.lines[:1].id, "portions": 1, "reason": "沽清", **values}
        return self.env["dining.void"].with_user(user or self.manager).create(values)

    def test_the_office_takes_off_portions(self):
        order = self.place_tea(3)
        self.wizard(order, portions=2).action_void()
        self.assertEqual((order.lines.qty, order.amount_total, order.amount_tax), (1, 12.5, 0.71))
        event = self.env["dining.dish.event"].search([("order_id", "=", order.id), ("kind", "=", "voided")])
        self.assertEqual((event.quantity, event.reason, event.source), (-2, "沽清", "office"))
        self.assertEqual(self.sent(order), {order.lines.uuid: 1})

    def test_the_office_takes_off_a_whole_line(self):
        order = self.place_tea(2)
        self.wizard(order, portions=2).action_void()
        self.assertFalse(order.lines)
        self.assertEqual(order.amount_total, 0)
        self.assertEqual(self.events(order)[-1], ("Pu'er tea", "voided", -2))

    def test_the_office_takes_off_a_set_meal_with_its_parts(self):
        self.add(self.session, self.lunch, 2, components=self.lunch_components)
        order = self.order_of(self.place(self.session))
        self.wizard(order).action_void()
        self.assertEqual(order.lines.mapped("qty"), [1, 1, 1])
        self.assertEqual(order.amount_total, 89.99)
        self.assertEqual(self.events(order)[-2:], [("Steam-pot chicken", "voided", -1), ("Pu'er tea", "voided", -1)])

    def test_what_the_office_cannot_take_off(self):
        order = self.place_tea(2)
        for portions in (0, 3):
            self.assertRefused("void_portions", self.wizard(order, portions=portions).action_void)
        self.start(order, 2)
        self.assertVoidRefused(self.wizard(order, user=self.cashier).action_void)
        self.add(self.session, self.lunch, components=self.lunch_components)
        self.place(self.session)
        part = order.lines.filtered("combo_parent_id")[:1]
        self.assertRefused("void_set_part", self.wizard(order, line_id=part.id).action_void)
        other = self.env["dining.table.session"].sudo()._join(self.store.id, self.other_table.dining_code, self.bob, 2)
        self.add(other, self.tea, user=self.bob)
        elsewhere = self.order_of(self.place(other, self.bob))
        self.assertRefused("order_line_unknown", self.wizard(order, line_id=elsewhere.lines.id).action_void)

    def test_the_office_rushes_a_dish(self):
        order = self.place_tea()
        self.wizard(order).action_rush()
        self.assertEqual(self.events(order)[-1], ("Pu'er tea", "rushed", 0))
        event = self.env["dining.dish.event"].search([("order_id", "=", order.id), ("kind", "=", "rushed")])
        self.assertEqual((event.source, event.user_id), ("office", self.manager))
