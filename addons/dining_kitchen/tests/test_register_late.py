import json
from copy import deepcopy
from uuid import uuid4

from odoo import Command
from odoo.tests import tagged

from .test_register import RegisterCase


@tagged("post_install", "-at_install")
class TestRegisterLate(RegisterCase):
    """Registers that are slow, whose answers were lost, whose clocks are wrong."""

    def sends(self, order, *lines, **changed):
        """What a register sends when Order is pressed after these lines were typed."""
        lines_sent = [Command.create(line) for line in lines]
        return self.header(
            order, lines=lines_sent, last_order_preparation_change=self.pressed(order, *lines), **changed
        )

    def test_a_slow_clock_loses_no_dish(self):
        """Odoo takes what is sent for outdated where something was sent after it, by the clocks."""
        order = self.place_tea()
        line = self.dish_line(self.chicken)
        sent = self.sends(order, line)
        memory = json.loads(sent["last_order_preparation_change"])
        memory["metadata"] = {"serverDate": "2020-01-01 00:00:00"}
        self.sync({**sent, "last_order_preparation_change": json.dumps(memory)}, dining_send=[order.uuid])
        self.assertEqual(self.events(order), [("Pu'er tea", "fired", 1), ("Steam-pot chicken", "fired", 1)])
        self.assertEqual(self.sent(order), dict.fromkeys(order.lines.mapped("uuid"), 1))

    def test_an_answer_that_was_lost_is_asked_for_again(self):
        order = self.place_tea()
        line = self.dish_line(self.chicken, 2)
        for _twice in range(2):
            self.sync(self.sends(order, dict(line)), dining_send=[order.uuid])
            self.assertEqual(self.events(order), [("Pu'er tea", "fired", 1), ("Steam-pot chicken", "fired", 2)])
            self.assertEqual(order.lines.mapped("qty"), [1, 2])

    def test_a_paid_bill_that_is_told_again_is_no_news(self):
        """The answer to a payment was lost: the register sends the same bill once more, as paid."""
        order = self.place_tea()
        told = self.sends(order, self.dish_line(self.chicken))
        self.sync(deepcopy(told), dining_send=[order.uuid])
        paid = {"pos_order_id": order.id, "amount": order.amount_total, "payment_method_id": self.cash.id}
        order.add_payment(paid)
        order._process_saved_order(False)
        before = self.kitchen_facts()
        self.assertEqual(self.sync({**deepcopy(told), "state": "paid"}, dining_send=[order.uuid]), order)
        self.assertEqual((len(order.payment_ids), len(order.lines), self.kitchen_facts()), (1, 2, before))
        news = {**told, "state": "paid", "lines": [Command.create(self.dish_line(self.tea))]}
        self.assertRefused("order_not_open", self.sync, news, dining_send=[order.uuid])

    def test_a_line_that_another_register_took_off_is_not_changed(self):
        order = self.place_tea()
        gone = self.dish_line(self.chicken)
        self.sync(self.header(order, lines=[Command.create(gone)]))
        line = order.lines.filtered(lambda line: line.uuid == gone["uuid"])
        change, delete = Command.update(line.id, {"qty": 3}), Command.delete(line.id)
        self.sync(self.header(order, lines=[delete]))
        tea = self.dish_line(self.tea)
        self.sync(self.header(order, lines=[change, delete, Command.create(tea)]))
        lines = [(line.product_id.name, line.qty) for line in order.lines]
        self.assertEqual(lines, [("Pu'er tea", 1), ("Pu'er tea", 1)])

    def test_a_register_that_claims_to_have_sent_what_is_no_more_is_corrected(self):
        order, line = self.place_tea(), self.dish_line(self.chicken)
        memory = self.pressed(order, line)
        self.sync(self.header(order, last_order_preparation_change=memory), dining_send=[order.uuid])
        self.assertEqual(self.sent(order), {order.lines.uuid: 1})

    def test_a_register_that_has_not_heard_of_a_move_writes_on_its_own_bill(self):
        order = self.place_tea()
        stale = self.header(order, lines=[Command.create(self.dish_line(self.chicken))])
        order.table_id = self.other_table
        there = self.join(self.bob, guests=2)
        self.add(there, self.tea, user=self.bob)
        others = self.order_of(self.place(there, self.bob))
        self.assertEqual((others.table_id, self.sync(stale)), (self.table, order))
        self.assertEqual(order.table_id, self.other_table)
        self.assertEqual((len(order.lines), len(others.lines)), (2, 1))

    def test_what_is_sent_to_a_bill_that_is_no_more_is_refused(self):
        """Odoo would drop it, and the cashier believe that it was sent."""
        order, line = self.place_tea(), self.dish_line(self.chicken)
        sent, idle = self.sends(order, line), self.header(order)
        target_session = self.join(self.bob, self.other_table, 2)
        self.add(target_session, self.tea, user=self.bob)
        target = self.order_of(self.place(target_session, self.bob))
        order.with_user(self.cashier).action_dining_merge(target.id)
        self.env.invalidate_all()
        before = self.kitchen_facts()
        self.assertRefused("order_not_open", self.sync, sent, dining_send=[order.uuid])
        self.sync(idle)
        self.assertEqual(self.kitchen_facts(), before)
        self.assertEqual((order.state, order.lines, len(target.lines)), ("cancel", order.lines.browse(), 2))

    def test_a_bill_that_was_paid_meanwhile_is_not_split(self):
        paid, tea = self.order_of(self.place_paid()), self.dish_line(self.tea)
        new = self.header(
            paid,
            uuid=str(uuid4()),
            access_token=str(uuid4()),
            state="draft",
            table_id=False,
            pos_reference=False,
            lines=[Command.create(tea)],
        )
        moves = [{"from": paid.lines.uuid, "to": tea["uuid"], "quantity": 1}]
        before = self.kitchen_facts()
        self.assertRefused("order_not_open", self.sync, new, dining_moves=moves)
        self.assertEqual((paid.lines.qty, paid.state, self.kitchen_facts()), (1, "paid", before))

    def place_paid(self):
        session = self.join(self.bob, self.other_table, 2)
        self.add(session, self.tea, user=self.bob)
        placed = self.place(session, self.bob)
        order = self.order_of(placed)
        order.add_payment({"pos_order_id": order.id, "amount": 12.5, "payment_method_id": self.cash.id})
        order._process_saved_order(False)
        return placed
