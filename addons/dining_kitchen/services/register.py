"""What the register did to an order, told to the kitchen.

The register sends whole orders and its own memory of what it sent to preparation. Our dish events are the
truth: what the register claims as sent and no event has fired is fired now, once.
"""

from collections import Counter
from dataclasses import replace
from datetime import UTC
from typing import NamedTuple

from odoo import fields
from odoo.addons.dining_base.errors import Refused
from odoo.addons.dining_base.words import name_of
from odoo.addons.dining_rules.allergies import unprinted
from odoo.addons.dining_rules.dish_state import KITCHEN_KINDS, DishState, carried, state_of
from odoo.addons.dining_rules.firing import FiredLine, Portion, kitchen_changes, prepared, settled
from odoo.addons.dining_rules.menu import Text

from .firing import Firing

#: What a line keeps when its portions go to another bill.
MOVED_FIELDS = ("dining_guest_id", "dining_rush", "dining_charge", "dining_facts", "dining_allergies")

BY_GUEST = Text("客人补充过敏", "A guest told of an allergy")
BY_CHANGE = Text("过敏信息有更新", "Allergies have changed")


class Move(NamedTuple):
    """Portions that have changed their line.

    :param old_uuid: the line that they left
    :param new_uuid: the line that they came to
    :param left: what the register has left of the old line since; None where it does not say
    """

    old_uuid: str
    new_uuid: str
    quantity: float
    left: float | None = None


class Kitchen:
    """One order as it stands and as the kitchen has it.

    :param order: a pos.order of a Diancan store; its row is locked until the transaction ends
    """

    def __init__(self, order):
        self.env = order.env
        # Cashiers may not read table sessions and guests of orders; what they sent is theirs to have cooked.
        self.order = order.sudo()
        self.order.env.flush_all()
        # Two who speak of one order meet here. The row is written, not only locked: the later one fails, tries again
        # and finds what the earlier one has done, instead of acting on what is no longer so.
        self.env.cr.execute("UPDATE pos_order SET write_date = write_date WHERE id = %s", (order.id,))
        self._read_lines()
        self._read_events()

    def _read_lines(self):
        self.lines = [line for line in self.order.lines._dining_fired_lines() if _is_dish(line)]
        self.leaves = {leaf.line_uuid: (leaf, line) for line in self.lines for leaf in line.leaves()}

    def _read_events(self):
        # Of a dish that came with another table, the beginning stands under the order that it left; also of one that
        # has left this one since.
        events = self.env["dining.dish.event"].sudo()
        known = events.search([("order_id", "=", self.order.id)]).mapped("line_uuid")
        self.events = events.search([("line_uuid", "in", list({*self.leaves, *known}))], order="id")
        self.states = {
            uuid: state_of(events._happenings()) for uuid, events in self.events.grouped("line_uuid").items()
        }
        self.counts = Counter((event.kind, event.line_uuid) for event in self.events)
        notes = {event.line_uuid: event.note or "" for event in self.events if event.kind in (*KITCHEN_KINDS, "noted")}
        self.fired = {uuid: Portion(state.portions, notes.get(uuid, "")) for uuid, state in self.states.items()}

    # -- hearing ------------------------------------------------------------

    def hear(self, source, *, voids=False, everything=False, reason=""):
        """Fire, cancel and correct what the register sent.

        :param source: 'register' or 'payment'
        :param voids: portions that left the order are cancelled; the register's Order button says so
        :param everything: the order is paid: all of its dishes are the kitchen's
        :param reason: why portions left the order
        :raises Refused: dish_started, where a cashier takes off what is being cooked, also before it is sent
        """
        self._hold(source)
        current = {uuid: Portion(leaf.quantity, leaf.note or line.note) for uuid, (leaf, line) in self.leaves.items()}
        changes = kitchen_changes(current, self._sent(), self.fired, voids=True, everything=everything)
        self._check_may_void(changes.void)
        self._tell(source, reason, new=changes.fire, cancel=changes.void if voids or everything else {})
        self._tell(source, note={uuid: self.fired[uuid].quantity for uuid in changes.renote})
        self.settle()

    def cancel(self, source, reason=""):
        """Cancel everything that the kitchen has of the order.

        :raises Refused: dish_started
        """
        had = {uuid: portion.quantity for uuid, portion in self.fired.items() if portion.quantity > 0}
        self._check_may_void(had)
        self.release(source, {uuid: -state.waiting for uuid, state in self.states.items() if state.waiting})
        self._tell(source, reason, cancel=had)
        self.settle()

    def _check_may_void(self, portions):
        """Whoever is no manager takes off only what nobody has begun to cook.

        What the server does of itself is not asked: a bill that guests have paid by phone is settled.

        :raises Refused: dish_started
        """
        if self.env.su or self.env.user.has_group("point_of_sale.group_pos_manager"):
            return
        for uuid, quantity in portions.items():
            state = self.states[uuid]
            # What is cooked once more has been begun.
            if quantity > state.portions - max(state.started, state.ready, state.served):
                raise Refused("dish_started", dish=self.line_of(uuid).name.as_dict())

    def warn(self, uuids, told_by):
        """Tell the stations anew of what they still owe, where no paper has told yet what the guests must not eat.

        So a phone that says now this and now that does not empty the roll, and nothing stays unsaid.

        :param uuids: lines of which something else is said than when they were fired
        :param told_by: Text at the foot
        """
        owed = {uuid: self.states[uuid].to_cook for uuid in uuids if self._is_news(uuid)}
        lines = [replace(line, held=False) for line in self._chosen({uuid: n for uuid, n in owed.items() if n > 0})]
        if lines:
            firing = Firing(self.env, source="phone", ordered_by=told_by, order_id=self.order.id)
            firing.fire(lines, "note", self.counts)
            self._read_events()

    def _is_news(self, uuid):
        """Whether the kitchen has the dish, on papers that lack an allergy of its line."""
        if uuid not in self.states or uuid not in self.leaves:
            return False
        papers = self.events.filtered(lambda event: event.line_uuid == uuid and event.allergies)
        printed = [allergy for event in papers for allergy in event.allergies]
        return bool(unprinted(self.leaves[uuid][0].allergies, printed))

    def brought(self, uuid):
        """The event that brought a line to its station."""
        return self.events.filtered(lambda event: event.line_uuid == uuid)._brought()

    def line_of(self, uuid, quantity=1):
        """One of the order's dishes, also one that has left it."""
        if uuid in self.leaves:
            return replace(self.leaves[uuid][0], quantity=quantity)
        return self._gone_line(uuid, quantity)

    def move(self, moves, new=()):
        """Portions that came here from another bill, already fired there: the kitchen hears nothing.

        :param moves: list of Move
        :param new: uuids of the lines that are here for the first time
        :raises Refused: order_not_open, where the other bill was paid or cancelled meanwhile
        """
        self._hold_others([move.old_uuid for move in moves if move.new_uuid in new])
        for move in moves:
            self._bring_facts(move.old_uuid, move.new_uuid)
            if move.new_uuid in self.leaves:
                self._move(move.old_uuid, move.new_uuid, move.quantity)
            if move.new_uuid in new:
                self._take_off(move)
        self._read_events()

    def take_over(self, uuids):
        """Dishes of a bill that is settled no more stand here: what was cooked of them, or is being cooked, stays so.

        :param uuids: {uuid of a line there: uuid of its copy here}
        """
        for old_uuid, new_uuid in uuids.items():
            if new_uuid in self.leaves:
                self._move(old_uuid, new_uuid, self.leaves[new_uuid][0].quantity)
        self.settle()

    def _hold_others(self, uuids):
        """Hold the bills that these lines stand on: nobody may pay, merge or split them meanwhile.

        :raises Refused: order_not_open
        """
        lines = self.order.lines.search([("uuid", "in", uuids), ("order_id.config_id", "=", self.order.config_id.id)])
        others = lines.order_id - self.order
        others._dining_lock()
        if any(other.state != "draft" for other in others):
            raise Refused("order_not_open")

    def _take_off(self, move):
        """What stands here stands on the other bill no more, from this moment on.

        The register tells so itself, a request later: until then somebody might pay or send the dishes twice. Where
        it has told so already, because its requests came in the wrong order, nothing is taken off once more.
        """
        new = self.order.lines.filtered(lambda line: line.uuid == move.new_uuid)
        old = new.search([("uuid", "=", move.old_uuid), ("order_id.config_id", "=", self.order.config_id.id)])
        if not (new and old) or old.order_id == self.order or old.product_id != new.product_id:
            return
        old.qty -= max(min(move.quantity, new.qty, old.qty - (move.left or 0)), 0)
        old._onchange_amount_line_all()
        old.order_id._dining_restore_amounts()
        other = Kitchen(old.order_id)
        other._hold("register")
        other.settle()
        old.order_id._dining_touch()

    def settle(self):
        """Make the register's memory agree with what was really fired."""
        self._read_events()
        known = {uuid: self.fired.get(uuid, Portion(0)) for uuid in {*self.leaves, *self.fired}}
        for uuid, state in self.states.items():
            # What waits for its course was sent, as the register sees it.
            if state.waiting and uuid in self.leaves:
                known[uuid] = Portion(known[uuid].quantity + state.waiting, known[uuid].note)
        for line in self.lines:
            if line.parts:
                begun = any(known[part.line_uuid].quantity > 0 for part in line.parts)
                known[line.line_uuid] = Portion(line.quantity if begun else 0, line.note)
        before = self.order.last_order_preparation_change or None
        # A register that has not heard that a line is no more may still claim to have sent it.
        gone = {*prepared(before)} - {*known, *self.order.lines.mapped("uuid")}
        known |= dict.fromkeys(gone, Portion(0))
        after = settled(before, known, self.lines, fields.Datetime.now().replace(tzinfo=UTC))
        if after != before:
            self.order.last_order_preparation_change = after

    # -- the parts ------------------------------------------------------------

    def _sent(self):
        """What the register holds as sent; dishes of a round that still waits for the staff are not sent."""
        held = prepared(self.order.last_order_preparation_change)
        unconfirmed, sent = self._unconfirmed(), {}
        for uuid, (_leaf, line) in self.leaves.items():
            if uuid in held and uuid not in unconfirmed and not _waits(_leaf, line):
                of_set = held.get(line.line_uuid, Portion(0)).note
                sent[uuid] = Portion(held[uuid].quantity, held[uuid].note or of_set)
            state = self.states.get(uuid)
            if state and state.waiting and not _waits(_leaf, line):
                # Its course was fired: it was sent long ago, whether this register has heard of it or not.
                before = sent.get(uuid, Portion(0))
                sent[uuid] = Portion(max(before.quantity, state.portions + state.waiting), before.note)
        return sent

    def _unconfirmed(self):
        """Uuids of the dishes of rounds that still wait for the staff."""
        return set(self.order.lines.filtered(lambda line: line.dining_round_id.state == "waiting").mapped("uuid"))

    def _hold(self, source):
        """Write which dishes wait for their course, and which no longer do because they left the order."""
        told = prepared(self.order.last_order_preparation_change)
        unconfirmed, changed = self._unconfirmed(), {}
        for uuid in {*self.leaves, *self.states}:
            state = self.states.get(uuid, DishState())
            if uuid not in self.leaves or uuid in unconfirmed:
                wanted = 0
            elif _waits(*self.leaves[uuid]):
                sent = min(self.leaves[uuid][0].quantity, told.get(uuid, Portion(0)).quantity)
                wanted = max(sent - state.portions, 0)
            else:
                # Its course was fired: what waits is fired in a moment, if it still stands on the bill.
                wanted = min(state.waiting, max(self.leaves[uuid][0].quantity - state.portions, 0))
            if wanted != state.waiting:
                changed[uuid] = wanted - state.waiting
        self.release(source, changed)

    def release(self, source, changed, order=None):
        """Write that portions wait from now on, or, with negative counts, that they no longer do.

        :param changed: {line uuid: portions}
        :param order: the order that is said to have waited, where it is another one
        """
        lines = self._chosen(changed)
        if lines:
            order = order or self.order
            firing = Firing(self.env, source=source, ordered_by=self.author(), order_id=order.id)
            firing.hold(lines, self.counts)
            self._read_events()

    def _tell(self, source, reason="", **portions):
        firing = Firing(self.env, source=source, ordered_by=self.author(), order_id=self.order.id, reason=reason)
        for kind, wanted in portions.items():
            lines = [replace(line, held=False) for line in self._chosen(wanted)]
            taken = {}
            if kind == "cancel":
                taken = {uuid: carried(self.states[uuid], count, nearest=True) for uuid, count in wanted.items()}
            if lines:
                firing.fire(lines, kind, self.counts, taken)

    def _chosen(self, portions):
        """The lines with these portions of their leaves; leaves that left the order come from their events."""
        chosen = []
        for line in self.lines:
            parts = tuple(
                replace(leaf, quantity=portions[leaf.line_uuid]) for leaf in line.leaves() if leaf.line_uuid in portions
            )
            if parts:
                chosen.append(replace(line, parts=parts) if line.parts else parts[0])
        gone = [uuid for uuid in portions if uuid not in self.leaves]
        return chosen + [self._gone_line(uuid, portions[uuid]) for uuid in gone]

    def _gone_line(self, uuid, quantity):
        event = self.events.filtered(lambda event: event.line_uuid == uuid)[-1:]
        product = event.product_id
        return FiredLine(
            line_id=event.line_id,
            line_uuid=uuid,
            dish_id=event.dish_id.id,
            product_id=product.id,
            category_ids=tuple(product.pos_categ_ids.ids),
            quantity=quantity,
            name=name_of(product),
            note=event.note or "",
        )

    def _bring_facts(self, old_uuid, new_uuid):
        """What only the server may say of a line goes with its portions: the register cannot bring it."""
        new = self.order.lines.filtered(lambda line: line.uuid == new_uuid)
        old = new.search([("uuid", "=", old_uuid), ("order_id.config_id", "=", self.order.config_id.id)], limit=1)
        if old and len(new) == 1 and old != new and old.product_id == new.product_id and not new.dining_facts:
            # Its round is the other order's, and stays there.
            new.write({name: old._fields[name].convert_to_write(old[name], old) for name in MOVED_FIELDS})
            self._read_lines()

    def _move(self, old_uuid, new_uuid, quantity):
        leaf, _line = self.leaves[new_uuid]
        self._read_events()
        source = (
            self.env["dining.dish.event"]
            .sudo()
            .search([("line_uuid", "=", old_uuid), ("config_id", "=", self.order.config_id.id)], order="id")
        )
        room = leaf.quantity - self.fired.get(new_uuid, Portion(0)).quantity
        state = state_of(source._happenings())
        portions = min(quantity, state.portions, room)
        if portions <= 0 or source[-1:].product_id.id != leaf.product_id:
            return
        moved = len(source.filtered(lambda event: event.kind == "moved"))
        last = source._brought()
        left = {"order_id": last.order_id.id, "line_uuid": old_uuid, "line_id": last.line_id, "sequence": moved + 1}
        came = {
            "order_id": self.order.id,
            "line_uuid": new_uuid,
            "line_id": leaf.line_id,
            "sequence": self.counts["moved", new_uuid] + 1,
        }
        source._append(last._move(portions, state, left, came))

    def author(self):
        """Who works at the register, for the foot of a ticket."""
        name = self.env.user.name
        return Text(f"收银台 {name}", f"Register {name}")


def _waits(leaf, line):
    return leaf.held or line.held


def _is_dish(line):
    """Whether a line is the kitchen's business: like the register, by having a category, itself or in a part."""
    return bool(line.category_ids or any(part.category_ids for part in line.parts)) and line.quantity > 0
