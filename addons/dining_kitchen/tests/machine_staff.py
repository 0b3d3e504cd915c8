"""What cashiers and managers do, at two registers and in the back office."""

import json

from hypothesis import strategies as st
from hypothesis.stateful import rule

from ..services.void import void
from .machine_evening import COUNT, PICK, TORN, Evening
from .machine_slate import Line


class Cashiers(Evening):
    @rule(device=st.integers(0, 1))
    def refresh(self, device):
        self.registers[device].refresh()

    def local(self, device, number):
        register = self.registers[device]
        if not register.orders:
            register.refresh()
        return register, self.pick(register.orders.values(), number)

    def dishes_of(self, local):
        """Lines that a cashier may change there."""
        return [
            uuid
            for uuid, line in local.lines.items()
            if (uuid in local.created or self.slate.lines.get(uuid, Line()).head == uuid) and line["qty"]
        ]

    @rule(device=st.integers(0, 1), number=PICK, tea=st.booleans(), count=COUNT)
    def type_dish(self, device, number, tea, count):
        register, local = self.local(device, number)
        if local:
            register.add(local, self.case.tea if tea else self.case.chicken, count)

    @rule(device=st.integers(0, 1), table=st.integers(0, 2), count=COUNT)
    def open_table(self, device, table, count):
        """A cashier opens a table that the register believes to be free."""
        register, there = self.registers[device], self.case.tables[table]
        if all(local.header["table_id"] != there.id for local in register.orders.values()):
            register.add(register.new_order(there), self.case.chicken, count)

    @rule(device=st.integers(0, 1), number=PICK, which=PICK, count=st.integers(0, 4), note=st.booleans())
    def type_change(self, device, number, which, count, note):
        register, local = self.local(device, number)
        uuid = local and self.pick(self.dishes_of(local), which)
        if uuid and count:
            register.change(
                local, uuid, qty=count, customer_note="少盐" if note else local.lines[uuid]["customer_note"]
            )
        elif uuid:
            register.remove(local, uuid)

    @rule(device=st.integers(0, 1), number=PICK, pressed=st.booleans(), manager=st.booleans(), torn=TORN, twice=TORN)
    def send(self, device, number, pressed, manager, torn, twice):
        register, local = self.local(device, number)
        if local:
            self.sync(register, local, pressed=pressed, manager=manager, torn=torn, twice=bool(twice))

    def sync(self, register, local, *, pressed, manager=False, torn=None, twice=False):
        """One order goes to the server, and the slate hears what the register says."""
        user, slate = (self.case.manager if manager else self.case.cashier), self.slate.as_it_is()
        known = {order.uuid: order.id for order in self.order(list(self.slate.open))}
        if local.uuid not in known and local.header.get("id"):
            # Paid, cancelled or merged meanwhile: the register hears so and reads anew.
            facts = self.case.kitchen_facts()
            self.attempt(torn, register.send, local, user, pressed=pressed, reason="客人取消")
            self.case.assertEqual(self.case.kitchen_facts(), facts)
            register.refresh()
            return
        order_id = known.get(local.uuid) or self.at_table(local.header["table_id"])
        claims = self.claims(register, local, order_id, pressed)
        bills = {uuid: int(local.lines[uuid]["qty"]) for uuid in [*local.dirty, *local.created]}
        bills |= dict.fromkeys(self.env["pos.order.line"].browse(local.deleted).exists().mapped("uuid"), 0)
        moves = [(move["from"], move["to"], int(move["quantity"])) for move in local.moves]
        held, refused = self.attempt(torn, register.send, local, user, pressed=pressed, reason="客人取消")
        if refused:
            self.change_bills(bills)
            self.case.assertEqual(refused, "dish_started")
            self.case.assertTrue(self.slate.forbidden(order_id) and not manager)
            self.slate = slate
            register.refresh()
            return
        self.case.assertEqual(held.id, order_id or held.id)
        self.learn(held.id)
        self.change_bills(bills)
        for old, new, count in moves:
            self.slate.move(old, new, count)
        self.case.assertFalse(self.slate.forbidden(held.id) and not manager, "a manager's right")
        self.slate.hear(held.id, claims, self.waits(held.id), voids=pressed)
        register.heard(local, held)
        if twice:
            facts = self.case.kitchen_facts()
            self.case.assertEqual(register.send_again(user), held)
            self.case.assertEqual(self.case.kitchen_facts(), facts)

    def change_bills(self, bills):
        """The lines as a register has them; of what another has taken off nothing more is heard."""
        for uuid, bill in bills.items():
            line = self.slate.lines.get(uuid)
            if line and not line.gone:
                line.bill, line.gone = bill, not bill

    def at_table(self, table_id):
        found = [order for order in self.order(list(self.slate.open)) if table_id and order.table_id.id == table_id]
        return max((order.id for order in found), default=None)

    def claims(self, register, local, order_id, pressed):
        """What the register will be heard to claim: Odoo takes the stored memory where it is the younger one."""
        if pressed:
            return {uuid: int(line["qty"]) for uuid, line in local.lines.items()}
        stored = json.loads((order_id and self.order(order_id).last_order_preparation_change) or "{}")
        ours, theirs = local.memory.get("metadata"), stored.get("metadata")
        if theirs and (not ours or theirs["serverDate"] > ours["serverDate"]):
            return self.stored_claims(order_id)
        return {uuid: int(quantity) for uuid, (quantity, _note) in local.claims().items()}

    @rule(device=st.integers(0, 1), number=PICK, portions=st.lists(st.tuples(PICK, COUNT), min_size=1, max_size=3))
    def split(self, device, number, portions):
        register, local = self.local(device, number)
        if not local or local.created or local.dirty or local.deleted or not local.header.get("id"):
            return
        chosen = {}
        for which, count in portions:
            uuid = self.pick(self.dishes_of(local), which)
            if uuid:
                chosen[uuid] = min(count, int(local.lines[uuid]["qty"]))
        if not chosen or any(self.slate.lines[uuid].bill < count for uuid, count in chosen.items()):
            return
        other = register.split(local, chosen)
        if any(self.slate.lines[uuid].order not in self.slate.open for uuid in chosen):
            # Paid or cancelled meanwhile, by somebody else.
            _held, refused = self.attempt(None, register.send, other, self.case.cashier)
            self.case.assertEqual(refused, "order_not_open")
            register.refresh()
            return
        self.sync(register, other, pressed=False)
        if local.uuid in register.orders:
            self.sync(register, local, pressed=False)

    @rule(device=st.integers(0, 1), number=PICK, which=PICK, torn=TORN)
    def fire_course(self, device, number, which, torn):
        """起菜: Odoo's own button."""
        register, local = self.local(device, number)
        order = local and self.order(local.header.get("id")).exists()
        if order and order.id in self.slate.open:
            course = self.pick(order.course_ids.filtered(lambda course: not course.fired), which)
            if course:
                course.fired = True
                self.sync(register, local, pressed=True, manager=True, torn=torn)

    @rule(number=PICK, table=st.integers(0, 2), torn=TORN)
    def move_table(self, number, table, torn):
        order_id, there = self.pick(sorted(self.slate.open), number), self.case.tables[table]
        if order_id and not self.at_table(there.id):
            self.attempt(torn, self.order(order_id).with_user(self.case.cashier).write, {"table_id": there.id})
            self.registers[0].refresh()
            self.registers[1].refresh()

    @rule(one=PICK, other=PICK, torn=TORN)
    def merge(self, one, other, torn):
        source, target = self.pick(sorted(self.slate.open), one), self.pick(sorted(self.slate.open), other)
        if source and source != target:
            merge = self.order(source).with_user(self.case.cashier).action_dining_merge
            for _twice in range(2):
                self.case.assertEqual(self.attempt(torn, merge, target), (True, None))
            self.slate.merge(source, target)


class Office(Evening):
    @rule(number=PICK, count=COUNT, manager=st.booleans(), torn=TORN)
    def void(self, number, count, manager, torn):
        """退菜 in the back office."""
        heads = {line.head: line.order for line in self.slate.lines.values() if line.order in self.slate.open}
        head = self.pick(heads, number)
        line = self.env["pos.order.line"].search([("uuid", "=", head)]) if head else None
        if not line or line.qty < count:
            return
        order_id, slate, left = heads[head], self.slate.as_it_is(), (line.qty - count) / line.qty
        user = self.case.manager if manager else self.case.cashier
        claims = self.stored_claims(order_id)
        for uuid, each in self.slate.on_head(head):
            each.bill, each.gone = round(each.bill * left), not left
            claims[uuid] = min(claims.get(uuid, 0), each.bill)
        _done, refused = self.attempt(
            torn, void, self.order(order_id).with_user(user), line.with_user(user), count, "沽清"
        )
        if refused:
            self.case.assertEqual(refused, "dish_started")
            self.case.assertTrue(self.slate.forbidden(order_id) and not manager)
            self.slate = slate
            return
        self.case.assertFalse(self.slate.forbidden(order_id) and not manager, "a manager's right")
        self.slate.hear(order_id, claims, self.waits(order_id), voids=True)

    @rule(number=PICK, manager=st.booleans(), torn=TORN)
    def cancel(self, number, manager, torn):
        order_id = self.pick(sorted(self.slate.open), number)
        if not order_id or number % 4:
            return
        order = self.order(order_id).with_user(self.case.manager if manager else self.case.cashier)
        _done, refused = self.attempt(torn, self._cancel, order)
        begun = any(line.untouched < len(line.plates) for _uuid, line in self.slate.of(order_id))
        self.case.assertEqual(refused, "dish_started" if begun and not manager else None)
        if not refused:
            self.slate.cancel(order_id)

    @staticmethod
    def _cancel(order):
        order.action_dining_cancel_dishes("客人取消")
        order.with_context(device_identifier=7).action_pos_order_cancel()

    @rule(number=PICK, torn=TORN)
    def pay(self, number, torn):
        order_id = self.pick(sorted(self.slate.open), number)
        if order_id and not number % 3 and self.order(order_id).lines:
            self.settle_bill(order_id, torn)

    def settle_bill(self, order_id, torn=None):
        waits = self.waits(order_id)
        _done, refused = self.attempt(torn, self._pay, self.order(order_id).with_user(self.case.manager))
        self.case.assertIsNone(refused)
        for _uuid, line in self.slate.of(order_id):
            line.waiting = False
        self.slate.hear(order_id, {}, waits, everything=True)
        self.slate.open.discard(order_id)

    def _pay(self, order):
        order.add_payment(
            {"pos_order_id": order.id, "amount": order.amount_total, "payment_method_id": self.case.cash.id}
        )
        order._process_saved_order(False)
