"""What the kitchen should have been told, kept on a slate beside the real one.

Its only rules: what stands on a bill and was sent is cooked once; what leaves it after that is cancelled once; what
waits for its course waits; a paid bill waits for nothing.
"""

import copy
from collections import Counter
from dataclasses import dataclass, field

from odoo.addons.dining_rules.tests.plates import Dish


@dataclass
class Line(Dish):
    """A line of an order.

    `waiting`: its round waits for the staff. `head`: the line that guests see it as, of a set meal's part its set.
    """

    order: int = 0
    dish: str = ""
    head: str = ""
    waiting: bool = False
    rushed: bool = False
    gone: bool = False
    again: bool = False


@dataclass
class Slate:
    lines: dict[str, Line] = field(default_factory=dict)
    #: Orders that can still be changed.
    open: set[int] = field(default_factory=set)
    cooked: Counter = field(default_factory=Counter)
    cancelled: Counter = field(default_factory=Counter)
    born: Counter = field(default_factory=Counter)

    def as_it_is(self):
        return copy.deepcopy(self)

    def of(self, order):
        """[(uuid, line)] of one order, also those that have left it."""
        return [(uuid, line) for uuid, line in self.lines.items() if line.order == order]

    def on_head(self, head):
        """[(uuid, line)] of what guests see as one line."""
        return [(uuid, line) for uuid, line in self.lines.items() if line.head == head]

    def fire(self, uuid, count):
        line = self.lines[uuid]
        self.cooked[line.dish] += count
        self.born[uuid] += count
        line.fire(count, uuid)

    def void(self, uuid, count):
        line = self.lines[uuid]
        self.cancelled[line.dish] += count
        line.void(count)

    def forbidden(self, order):
        """Whether somebody who is no manager may not have this order as its bill stands: begun dishes left it."""
        return any(len(line.plates) - line.bill > line.untouched for _uuid, line in self.of(order))

    def hear(self, order, claims, waits, *, voids=False, everything=False):
        """The kitchen is told what a register sent.

        :param claims: {uuid: portions} that the register holds as sent
        :param waits: uuids whose course nobody has fired
        :param voids: what left the bill is cancelled
        :param everything: the bill is paid
        """
        for uuid, line in self.of(order):
            claim = 0 if line.waiting else claims.get(uuid, 0)
            if uuid not in waits:
                # Its course was fired: what waited for it was sent long ago.
                claim = max(claim, len(line.plates) + line.held)
            sent = line.bill if everything else min(claim, line.bill)
            if uuid in waits and not everything:
                line.held = max(sent - len(line.plates), 0)
            elif sent > len(line.plates):
                self.fire(uuid, sent - len(line.plates))
            if uuid not in waits or everything:
                line.held = 0
            if line.bill < len(line.plates) and (voids or everything):
                self.void(uuid, len(line.plates) - line.bill)

    def move(self, old, new, count):
        """A bill is split: so many portions stand on another line now."""
        source, target = self.lines[old], self.lines[new]
        source.bill -= count
        source.held = min(source.held, max(source.bill - len(source.plates), 0))
        source.move(min(count, len(source.plates)), target)
        target.again = source.again

    def merge(self, source, target):
        for _uuid, line in self.of(source):
            line.order = target
        self.open.discard(source)

    def cancel(self, order):
        for uuid, line in self.of(order):
            self.void(uuid, len(line.plates))
            line.bill = line.held = 0
        self.open.discard(order)
