"""An evening in a restaurant as a state machine: how it opens, how things are tried, what must always hold."""

import contextlib
import sys
from collections import Counter

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant
from odoo.addons.dining_base.errors import Refused
from odoo.addons.dining_rules.dish_state import state_of
from odoo.addons.dining_rules.firing import prepared
from odoo.addons.dining_rules.refusals import Refusal

from .machine_printing import Paper
from .machine_register import Register
from .machine_slate import Line, Slate

PICK = st.integers(0, 99)
COUNT = st.integers(1, 3)
#: After so many statements the transaction is torn; most are not.
TORN = st.sampled_from([None, None, None, 2, 5, 9, 14, 21, 30, 45])


class Torn(Exception):
    """The server died in the middle of a transaction."""


class Evening(RuleBasedStateMachine):
    """The restaurant as it opens, and what must always hold in it."""

    #: The TestCase that the machine runs in.
    case = None

    @initialize(confirm_first=st.booleans(), by_course=st.booleans(), per_dish=st.booleans(), whole=st.booleans())
    def open(self, confirm_first, by_course, per_dish, whole):
        case = self.case
        self.env = case.env
        self.savepoint = self.env.cr.savepoint()
        self.slate = Slate()
        case.store.write({"dining_confirm_first": confirm_first, "dining_by_course": by_course})
        case.wok.ticket_mode = "dish" if per_dish else "station"
        case.service_pass.whole_ticket = whole
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.registers = [Register(case, skew) for skew in (0, -90)]
        self.paper = Paper(case)
        self.placed, self.taps, self.log = [], [], []

    def teardown(self):
        if not hasattr(self, "savepoint"):
            return
        try:
            if not sys.exc_info()[0]:
                self.finish()
        finally:
            self.env.cr.clear()
            self.savepoint.close(rollback=True)
            self.env.invalidate_all()

    # -- help --------------------------------------------------------------------------

    def attempt(self, torn, function, *args, **kwargs):
        """Do something in a transaction; where it is to be torn, it is torn first and then done again.

        :return: (what it returned, None) or (None, the code of its refusal)
        """
        if torn:
            self._tear(torn, function, *args, **kwargs)
        try:
            with self.env.cr.savepoint():
                result = function(*args, **kwargs)
                self.env.flush_all()
        except (Refused, Refusal) as refusal:
            self.env.invalidate_all()
            return None, refusal.code
        self.env.invalidate_all()
        return result, None

    def _tear(self, after, function, *args, **kwargs):
        before, cr, left = self.case.kitchen_facts(), self.env.cr, [after]
        execute = cr.execute

        def execute_and_die(*statement, **more):
            left[0] -= 1
            if left[0] == 0:
                raise Torn
            return execute(*statement, **more)

        with contextlib.suppress(Torn, Refused, Refusal), cr.savepoint():
            cr.execute = execute_and_die
            try:
                function(*args, **kwargs)
            finally:
                cr.execute = execute
            raise Torn
        self.env.invalidate_all()
        self.case.assertEqual(self.case.kitchen_facts(), before)

    def order(self, order_id):
        return self.env["pos.order"].browse(order_id)

    def pick(self, things, number):
        things = list(things)
        return things[number % len(things)] if things else None

    def waits(self, order_id):
        """Lines whose course nobody has fired."""
        lines = self.order(order_id).lines
        return set(lines.filtered(lambda line: line.course_id and not line.course_id.fired).mapped("uuid"))

    def stored_claims(self, order_id):
        memory = prepared(self.order(order_id).last_order_preparation_change)
        return {uuid: int(portion.quantity) for uuid, portion in memory.items()}

    def learn(self, order_id, **values):
        """Put the dishes on the slate that an order has got: charges and set meals themselves are not cooked."""
        known = set(self.slate.lines)
        for line in self.order(order_id).lines:
            if line.uuid not in known and not line.dining_charge and not line.combo_line_ids:
                self.slate.lines[line.uuid] = Line(
                    order=order_id,
                    bill=int(line.qty),
                    dish=line.product_id.with_context(lang="zh_CN").name,
                    head=(line.combo_parent_id or line).uuid,
                    **values,
                )
        self.slate.open.add(order_id)
        return [uuid for uuid in self.slate.lines if uuid not in known]

    # -- what must always hold -----------------------------------------------------------------------

    def state(self, uuid):
        events = self.env["dining.dish.event"].search([("line_uuid", "=", uuid)], order="id")
        return state_of(events._happenings())

    @invariant()
    def the_log_says_what_the_slate_says(self):
        if not hasattr(self, "savepoint"):
            return
        self.env.flush_all()
        events = self.env["dining.dish.event"].search([("config_id", "=", self.case.store.id)], order="id")
        rows = [(event.id, event.line_uuid, event.kind, event.quantity, event.order_id.id) for event in events]
        self.case.assertEqual(rows[: len(self.log)], self.log, "the log only grows")
        self.log = rows
        fired = Counter()
        for _id, uuid, kind, quantity, _order in rows:
            fired[uuid] += int(quantity) if kind == "fired" else 0
        self.case.assertEqual(+fired, +self.slate.born, "each portion is fired once")
        by_line = events.grouped("line_uuid")
        for uuid, line in self.slate.lines.items():
            state = state_of(by_line.get(uuid, events.browse())._happenings())
            self.case.assertEqual(
                (state.portions, state.to_cook, state.to_serve, state.waiting),
                (len(line.plates), line.owed, line.standing, line.held),
                f"{line.dish} {uuid}",
            )
            if not line.again and line.name:
                self.case.assertEqual(state.name.replace("printed", "fired"), line.name, f"{line.dish} {uuid}")
        self.the_memory_is_true()

    def the_memory_is_true(self):
        for order in self.order(sorted(self.slate.open)):
            memory = self.stored_claims(order.id)
            for uuid, line in self.slate.of(order.id):
                self.case.assertEqual(memory.get(uuid, 0), len(line.plates) + line.held, f"{line.dish} {uuid}")
            heads = {line.head for line in self.slate.lines.values()}
            self.case.assertLessEqual({uuid for uuid, count in memory.items() if count}, {*self.slate.lines, *heads})

    def finish(self):
        """The last guests pay, the kitchen prints what is left; then the paper is counted."""
        for order_id in sorted(self.slate.open):
            if self.order(order_id).lines:
                self.settle_bill(order_id)
        self.the_log_says_what_the_slate_says()
        for line in self.slate.lines.values():
            if line.order not in self.slate.open:
                self.case.assertEqual(line.bill, len(line.plates), "what was paid was cooked")
        self.paper.finish(self.case.printer | self.case.bar_printer)
        tickets = self.env["dining.ticket"].search([("config_id", "=", self.case.store.id)])
        self.case.assertEqual(set(tickets.job_ids.mapped("state")) - {"done"}, set())
        self.case.assertTrue(all(len(ticket.job_ids) == 1 for ticket in tickets), "one job a ticket")
        for kind, told in (("new", self.slate.cooked), ("cancel", self.slate.cancelled)):
            self.case.assertEqual(self.on_paper(tickets, kind), +told, f"{kind} tickets")
        sheets = Counter(ticket for ticket, again in self.paper.sheets if not again)
        self.case.assertEqual(
            {ticket for ticket, count in sheets.items() if count > 1}, set(), "no silent second print"
        )
        self.case.assertEqual({ticket for ticket, _again in self.paper.sheets}, set(tickets.ids))

    def on_paper(self, tickets, kind):
        """What the tickets of a kind say, by dish; copies of the whole apart."""
        told = Counter()
        for ticket in tickets.filtered(lambda ticket: ticket.kind == kind and not ticket.is_whole):
            for entry in ticket.summary.split("、"):
                dish, _times, count = entry.partition(" ×")
                told[dish] += int(count or 1)
        return told
