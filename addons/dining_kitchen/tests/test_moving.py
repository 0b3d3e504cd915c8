import json
from uuid import uuid4

from odoo import Command, fields
from odoo.tests import tagged

from ..printing.queue import acknowledge
from .test_register import RegisterCase


@tagged("post_install", "-at_install")
class TestMoving(RegisterCase):
    """转台, 并台 and split bills: no dish is fired twice and none is lost."""

    def mark(self, order, kind, quantity=1):
        fired = self.env["dining.dish.event"].search([("order_id", "=", order.id), ("kind", "=", "fired")], limit=1)
        row = fired.copy_data()[0] | {"kind": kind, "quantity": quantity, "at": fields.Datetime.now(), "sequence": 1}
        self.env["dining.dish.event"].sudo().create({**row, "source": "display"})

    def told(self):
        """Stores whose displays are told from now on."""
        stores = []
        self.patch(type(self.env["pos.config"]), "_dining_notify_displays", lambda store: stores.append(store.id))
        return stores

    def states(self, order):
        states = self.env["pos.order.line"]._dining_states(order.lines.ids)
        return [states.get(line.id) for line in order.lines]

    # -- 转台 -----------------------------------------------------------------------

    def test_a_table_that_moves_is_told_to_who_still_owes_its_dishes(self):
        self.add(self.session, self.chicken)
        order = self.place_tea()
        order.with_user(self.cashier)
        self.sync(self.header(order, table_id=self.other_table.id), dining_left={order.uuid: self.table.id})
        slips = self.tickets(order).filtered(lambda ticket: ticket.kind == "move")
        self.assertEqual(slips.station_id, self.wok | self.bar)
        for slip in slips:
            self.assertEqual([row.strip() for row in self.paper(slip)[1:3]], ["转台", "B12 → B13"])
            self.assertEqual(slip.table_name, "B13")
            self.assertEqual(len(slip.job_ids), 1)
        self.assertEqual([kind for _dish, kind, _quantity in self.events(order)], ["fired", "fired"])

    def test_a_table_with_nothing_owed_moves_in_silence(self):
        order = self.place_tea()
        self.mark(order, "ready")
        told = self.told()
        self.sync(self.header(order, table_id=self.other_table.id), dining_left={order.uuid: self.table.id})
        self.assertEqual(order.table_id, self.other_table)
        self.assertEqual(self.tickets(order).mapped("kind"), ["new"])
        self.assertEqual(told, [self.store.id], "the pass carries what is ready to the new table")

    def test_an_order_sent_again_from_its_table_is_no_move(self):
        order = self.place_tea()
        told = self.told()
        self.sync(self.header(order))
        self.assertEqual(self.tickets(order).mapped("kind"), ["new"])
        self.assertFalse(told)

    # -- 并台 -----------------------------------------------------------------------

    def test_merging_moves_what_was_done_and_fires_nothing(self):
        source = self.order_at(self.table, self.alice, self.chicken, 2)
        target = self.order_at(self.other_table, self.bob, self.tea)
        self.mark(source, "started", 2)
        self.mark(source, "ready")
        uuid = source.lines.uuid
        told = self.told()
        source.with_user(self.cashier).action_dining_merge(target.id)
        self.env.invalidate_all()
        self.assertEqual(set(told), {self.store.id})
        self.assertEqual(
            self.events(source)[-1:] + self.events(target),
            [
                ("Steam-pot chicken", "moved", -2),
                ("Pu'er tea", "fired", 1),
                ("Steam-pot chicken", "moved", 2),
            ],
        )
        moved = self.env["dining.dish.event"].search([("order_id", "=", target.id), ("kind", "=", "moved")])
        self.assertEqual((moved.carried, moved.line_uuid), ({"started": 2, "ready": 1}, uuid))
        self.assertEqual(moved.user_id, self.cashier)
        self.assertEqual(self.states(target), ["started", "fired"])
        slip = self.tickets(target)[-1]
        self.assertEqual((slip.kind, slip.station_id, self.paper(slip)[2].strip()), ("move", self.wok, "B12 → B13"))
        self.assertFalse(self.tickets(source).filtered(lambda ticket: ticket.kind == "cancel"))
        self.assertEqual(
            self.sent(target), dict(zip(target.lines.mapped("uuid"), target.lines.mapped("qty"), strict=True))
        )

    def test_the_register_goes_on_with_a_merged_order(self):
        source = self.order_at(self.table, self.alice, self.chicken)
        target = self.order_at(self.other_table, self.bob, self.tea)
        source.with_user(self.cashier).action_dining_merge(target.id)
        self.env.invalidate_all()
        facts = self.kitchen_facts()
        self.sync(self.header(target, last_order_preparation_change=self.pressed(target)), dining_send=[target.uuid])
        self.sync(self.header(source, state="draft"))
        self.assertEqual(self.kitchen_facts(), facts, "nothing is fired again and nothing voided")
        chicken = target.lines.filtered(lambda line: line.product_id == self.chicken.product_variant_id)
        memory = json.loads(self.pressed(target))
        del memory["lines"][chicken.uuid]
        self.sync(
            self.header(target, lines=[Command.delete(chicken.id)], last_order_preparation_change=json.dumps(memory)),
            dining_send=[target.uuid],
        )
        self.assertEqual(self.events(target)[-1], ("Steam-pot chicken", "voided", -1))

    def test_a_merge_that_is_refused_tells_nobody(self):
        source = self.order_at(self.table, self.alice, self.chicken)
        target = self.order_at(self.other_table, self.bob, self.tea)
        source.add_payment({"pos_order_id": source.id, "amount": 10, "payment_method_id": self.cash.id})
        before = self.kitchen_facts()
        self.assertRefused("merge_has_payment", source.with_user(self.cashier).action_dining_merge, target.id)
        self.assertEqual(self.kitchen_facts(), before)

    def test_what_was_taken_off_and_not_sent_is_cancelled_after_the_merge(self):
        self.add(self.session, self.tea)
        source = self.order_at(self.table, self.alice, self.chicken)
        target = self.order_at(self.other_table, self.bob, self.tea)
        chicken = source.lines.filtered(lambda line: line.product_id == self.chicken.product_variant_id)
        self.sync(self.header(source, lines=[Command.delete(chicken.id)]))
        source.with_user(self.cashier).action_dining_merge(target.id)
        self.env.invalidate_all()
        self.sync(self.header(target, last_order_preparation_change=self.pressed(target)), dining_send=[target.uuid])
        self.assertEqual(self.events(target)[-1], ("Steam-pot chicken", "voided", -1))
        self.assertEqual((self.tickets(target)[-1].kind, self.tickets(target)[-1].summary), ("cancel", "汽锅鸡"))

    def test_a_dish_taken_off_before_and_after_the_merge_is_cancelled_each_time(self):
        source = self.order_at(self.table, self.alice, self.chicken, 3)
        target = self.order_at(self.other_table, self.bob, self.tea)
        line = source.lines
        fewer = Command.update(line.id, {"qty": 2})
        self.sync(self.header(source, lines=[fewer]), dining_send=[source.uuid])
        source.with_user(self.cashier).action_dining_merge(target.id)
        self.env.invalidate_all()
        self.sync(self.header(target, lines=[Command.delete(line.id)]), dining_send=[target.uuid])
        self.assertEqual(self.events(source)[1], ("Steam-pot chicken", "voided", -1))
        self.assertEqual(self.events(target)[-1], ("Steam-pot chicken", "voided", -2))

    # -- splitting and changing -------------------------------------------------------

    def test_a_dish_split_off_after_it_was_ready_stays_ready(self):
        self.add(self.session, self.tea, 3, rush=True)
        order = self.order_of(self.place(self.session))
        self.mark(order, "ready", 2)
        facts, guest = order.lines.dining_facts, order.lines.dining_guest_id
        told = self.told()
        allergies = [{"zh": "花生", "en": "Peanuts", "seat": 1, "contained": True}]
        order.lines.dining_allergies = allergies
        split = self.split(order, 2)
        self.assertEqual(split.lines.dining_allergies, allergies, "whoever is allergic still is")
        self.assertEqual(set(told), {self.store.id}, "displays hear at once")
        self.assertEqual(self.states(split), ["ready"], "the furthest portions go")
        self.assertEqual(self.states(order), ["fired"])
        self.assertEqual((split.lines.dining_facts, split.lines.dining_guest_id), (facts, guest))
        self.assertTrue(split.lines.dining_rush)
        self.assertFalse(split.lines.dining_round_id)
        self.assertFalse(self.tickets(split))

    def test_what_is_split_off_before_its_ticket_is_on_paper_is_printed_too(self):
        order = self.place_tea(3)
        [job] = self.tickets(order).job_ids
        split = self.split(order, 2)
        again = self.split(split, 1)
        bills = order + split + again
        self.assertEqual([self.states(bill) for bill in bills], [["fired"]] * 3)
        for _twice in range(2):
            acknowledge(self.env.cr, job.id)
            self.assertEqual([self.states(bill) for bill in bills], [["printed"]] * 3)
            self.assertEqual([self.events(bill)[-1] for bill in bills], [("Pu'er tea", "printed", 1)] * 3)
        more, memory = [Command.update(order.lines.id, {"qty": 2})], json.loads(self.pressed(order))
        memory["lines"][order.lines.uuid]["quantity"] = 2
        sent = self.header(order, lines=more, last_order_preparation_change=json.dumps(memory))
        self.sync(sent, dining_send=[order.uuid])
        self.assertEqual(self.events(order)[-1], ("Pu'er tea", "fired", 1))
        self.assertEqual(self.states(order), ["fired"], "the new one's ticket is not on paper yet")
        acknowledge(self.env.cr, self.tickets(order)[-1].job_ids.id)
        self.assertEqual([self.states(bill) for bill in bills], [["printed"]] * 3)

    def test_what_is_split_off_after_its_ticket_was_on_paper_is_printed_once(self):
        order = self.place_tea(3)
        [job] = self.tickets(order).job_ids
        acknowledge(self.env.cr, job.id)
        split = self.split(order, 2)
        acknowledge(self.env.cr, job.id)
        self.assertEqual([self.states(bill) for bill in (order, split)], [["printed"]] * 2)
        printed = self.env["dining.dish.event"].search([("kind", "=", "printed")])
        self.assertEqual(printed.mapped("quantity"), [3])

    def test_what_waits_for_its_paper_when_two_tables_merge_is_printed_there(self):
        source = self.order_at(self.table, self.alice, self.chicken, 2)
        target = self.order_at(self.other_table, self.bob, self.tea)
        [job] = self.tickets(source).job_ids
        source.with_user(self.cashier).action_dining_merge(target.id)
        self.env.invalidate_all()
        acknowledge(self.env.cr, job.id)
        self.assertCountEqual(self.states(target), ["fired", "printed"])
        printed = self.env["dining.dish.event"].search([("kind", "=", "printed")])
        self.assertEqual((printed.quantity, printed.order_id), (2, target))

    def test_a_split_off_dish_stands_on_one_bill_at_every_moment(self):
        """The register tells of the new bill first, and another one may send or pay the old one before it goes on."""
        order = self.place_tea(3)
        moved = self.dish_line(self.tea, 2)
        new = self.header(
            order, uuid=str(uuid4()), access_token=str(uuid4()), table_id=False, pos_reference=False,
            lines=[Command.create(moved)], last_order_preparation_change=json.dumps({"lines": {}}),
        )  # fmt: skip
        moves = [{"from": order.lines.uuid, "to": moved["uuid"], "quantity": 2}]
        for _answer_was_lost in range(2):
            split = self.sync({**new, "lines": [Command.create(dict(moved))]}, dining_moves=moves)
            self.assertEqual((order.lines.qty, order.amount_total, split.amount_total), (1, 12.5, 25))
            self.assertEqual(self.sent(order), {order.lines.uuid: 1})
        self.sync(self.header(order, last_order_preparation_change=self.pressed(order)), dining_send=[order.uuid])
        self.assertEqual(self.events(order), [("Pu'er tea", "fired", 3), ("Pu'er tea", "moved", -2)])
        self.assertEqual(self.events(split), [("Pu'er tea", "moved", 2)])

    def test_a_dish_that_was_cooked_again_and_is_ready_stays_ready_when_it_is_split_off(self):
        order = self.place_tea(2)
        self.mark(order, "ready", 3)
        self.mark(order, "refired")
        self.assertEqual(self.states(order), ["ready"])
        split = self.split(order, 1)
        self.assertEqual((self.states(split), self.states(order)), (["ready"], ["ready"]))

    def test_a_dish_split_off_into_a_course_that_nobody_has_fired_does_not_wait(self):
        """The register gives the new bill courses of its own, and fires none of them."""
        order = self.place_tea(2)
        split = self.split(order, 1)
        self.env["restaurant.order.course"].create({"order_id": split.id, "index": 1, "line_ids": split.lines.ids})
        split.lines.course_id = split.course_ids
        for _each in range(2):
            self.sync(self.header(split, last_order_preparation_change=self.pressed(split)), dining_send=[split.uuid])
            self.assertEqual(self.events(split), [("Pu'er tea", "moved", 1)])
            self.assertEqual(self.sent(split), {split.lines.uuid: 1})

    def test_a_started_dish_split_off_whole_is_no_void(self):
        order = self.place_tea()
        self.mark(order, "started")
        split = self.split(order, 1)
        self.assertEqual(self.states(split), ["started"])
        self.assertFalse(order.lines)
        self.assertEqual([kind for _dish, kind, _quantity in self.events(order)], ["fired", "started", "moved"])

    def test_facts_are_not_given_to_another_dish(self):
        order = self.place_tea()
        other = self.dish_line(self.chicken)
        self.sync(
            self.header(order, lines=[Command.create(other)]),
            dining_moves=[{"from": order.lines.uuid, "to": other["uuid"], "quantity": 1}],
        )
        chicken = order.lines.filtered(lambda line: line.uuid == other["uuid"])
        self.assertFalse(chicken.dining_facts)

    def test_options_changed_before_firing_are_what_is_cooked(self):
        order = self.place_tea()
        noodles = self.dish_line(self.noodles, attribute_value_ids=[Command.set(self.small.ids)])
        self.sync(self.header(order, lines=[Command.create(noodles)]))
        self.assertEqual(self.events(order), [("Pu'er tea", "fired", 1)])
        line = order.lines.filtered(lambda each: each.uuid == noodles["uuid"])
        change = Command.update(line.id, {"attribute_value_ids": [Command.set(self.large.ids)]})
        memory = self.pressed(order)
        self.sync(self.header(order, lines=[change], last_order_preparation_change=memory), dining_send=[order.uuid])
        self.assertEqual(self.events(order)[1:], [("Crossing-bridge noodles", "fired", 1)])
        paper = "\n".join(self.paper(self.tickets(order)[-1]))
        self.assertIn("Large", paper)
        self.assertNotIn("Small", paper)
