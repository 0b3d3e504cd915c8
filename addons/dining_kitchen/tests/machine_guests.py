"""What guests do on their phones, and cooks and printers with what they ordered."""

from uuid import uuid4

from hypothesis import strategies as st
from hypothesis.stateful import rule
from odoo.addons.dining_rules.dish_state import reach

from ..services.progress import Step, advance, recall
from ..services.rush import rush_by_phone
from .machine_evening import COUNT, PICK, TORN, Evening
from .machine_printing import OUTCOMES


class Guests(Evening):
    @rule(
        table=st.integers(0, 2),
        dishes=st.lists(st.tuples(st.integers(0, 2), COUNT), min_size=1, max_size=3),
        on_call=st.sampled_from([False, False, True]),
        torn=TORN,
    )
    def place(self, table, dishes, on_call, torn):
        case, user = self.case, self.case.guests[table]
        session = case.join(user, case.tables[table], 2)
        for number, count in dishes:
            dish = (case.tea, case.chicken, case.lunch)[number]
            case.add(session, dish, count, user=user, components=case.lunch_components if number == 2 else ())
        key = str(uuid4())
        placed, refused = self.attempt(torn, case.place, session, user, client_key=key, on_call=on_call)
        if refused:
            case.assertEqual(refused, "round_waiting")
            self.env.cr.execute(
                "DELETE FROM dining_cart_entry WHERE session_id = %s AND round_id IS NULL", (session.id,)
            )
            return
        self.placed.append((session, user, key, on_call))
        waiting = placed.round_state == "waiting"
        new, waits = self.learn(placed.order_id, waiting=waiting), self.waits(placed.order_id)
        case.assertTrue(new)
        for uuid in new:
            if uuid in waits and not waiting:
                self.slate.lines[uuid].held = self.slate.lines[uuid].bill
            elif not waiting:
                self.slate.fire(uuid, self.slate.lines[uuid].bill)

    @rule(number=PICK)
    def place_again(self, number):
        """A phone did not get its answer and sends the round once more."""
        if again := self.pick(self.placed, number):
            session, user, key, on_call = again
            facts = self.case.kitchen_facts()
            self.case.place(session, user, client_key=key, on_call=on_call)
            self.case.assertEqual(self.case.kitchen_facts(), facts)

    @rule(number=PICK, confirm=st.sampled_from([True, True, False]), torn=TORN)
    def decide(self, number, confirm, torn):
        """Staff confirm or reject a round that waits for them."""
        rounds = self.env["dining.round"].search(
            [("state", "=", "waiting"), ("order_id", "in", list(self.slate.open))], order="id"
        )
        if item := self.pick(rounds, number):
            order, uuids = item.order_id, set(item.line_ids.mapped("uuid"))
            self.attempt(torn, item.action_confirm if confirm else item.action_reject)
            for uuid in uuids & set(self.slate.lines):
                line = self.slate.lines[uuid]
                line.waiting = False
                if not confirm:
                    line.bill, line.gone = 0, True
                elif uuid in self.waits(order.id):
                    line.held = line.bill
                elif line.bill:
                    self.slate.fire(uuid, line.bill)

    @rule(number=PICK, phone=st.booleans(), torn=TORN)
    def rush(self, number, phone, torn):
        heads = {line.head: line.order for line in self.slate.lines.values() if line.order in self.slate.open}
        head = self.pick(heads, number)
        if not head or not self.env["pos.order.line"].search_count([("uuid", "=", head), ("qty", ">", 0)]):
            return
        order, lines = self.order(heads[head]), [line for line in self.slate.lines.values() if line.head == head]
        key, guest = str(uuid4()), order.dining_session_ids.guest_ids[:1].user_id
        for again in range(2):
            if phone and guest:
                _at, refused = self.attempt(torn, rush_by_phone, self.env(su=True), order.uuid, head, guest.id, key)
            else:
                _at, refused = self.attempt(torn, order.with_user(self.case.cashier).action_dining_rush, head)
                again = 0
            expected = None
            if not any(line.owed for line in lines):
                expected = "rush_ready" if any(line.plates for line in lines) else "rush_not_fired"
            elif any(line.rushed for line in lines) and not (again and phone and guest):
                expected = "rush_too_soon"
            self.case.assertEqual(refused, expected)
            if refused:
                return
            for line in lines:
                line.rushed |= line.owed > 0


class Cooks(Evening):
    @rule(
        number=PICK,
        kind=st.sampled_from(["started", "ready", "served", "refired"]),
        wanted=st.none() | COUNT,
        torn=TORN,
    )
    def tap(self, number, kind, wanted, torn):
        uuid = self.pick(
            [uuid for uuid, line in self.slate.lines.items() if self.slate.born[uuid] or line.plates], number
        )
        if not uuid:
            return
        line, key = self.slate.lines[uuid], str(uuid4())
        state = self.state(uuid)
        does = {"started": line.start, "ready": line.ready, "served": line.serve, "refired": line.cook_again}[kind]
        say = (self.env(su=True), self.case.store.id, [Step(uuid, kind, wanted)])
        how = {"source": "display", "client_key": key, "reason": "打翻了" if kind == "refired" else None}
        for again in range(2):
            rows, refused = self.attempt(torn, advance, *say, **how)
            if not again:
                done = does(99 if wanted is None else wanted)
                self.case.assertEqual(refused, None if done else "kitchen_nothing_left")
                self.case.assertEqual(reach(state, kind, wanted), rows[0]["quantity"] if rows else 0)
                line.again |= kind == "refired" and bool(done)
        if not refused and kind != "refired":
            self.taps.append((key, uuid, kind))

    @rule(number=PICK, torn=TORN)
    def take_back(self, number, torn):
        if not self.taps:
            return
        key, uuid, kind = self.taps.pop(number % len(self.taps))
        rows, refused = self.attempt(
            torn, recall, self.env(su=True), self.case.store.id, key, source="display", client_key=str(uuid4())
        )
        if refused:
            self.case.assertEqual(refused, "kitchen_nothing_to_recall")
        for row in rows or ():
            self.case.assertEqual((row["line"], row["kind"]), (uuid, kind))
            self.case.assertEqual(self.slate.lines[uuid].recall(kind, int(-row["quantity"])), -row["quantity"])

    @rule(printer=st.integers(0, 1), outcome=st.sampled_from(OUTCOMES))
    def print(self, printer, outcome):
        self.paper.run((self.case.printer, self.case.bar_printer)[printer], outcome)
