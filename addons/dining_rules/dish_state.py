"""Where a dish is, derived from what happened to it.

A dish's events are only ever added to. Each says how many portions it speaks of; a correction is a further
event with the opposite quantity (a recalled bump: `ready` −1). This module adds them up.

The way of a portion: ordered → held → fired → printed → started → ready → served. `ordered` and `held` are
written only where a dish is not fired at once. `voided` takes portions back, `moved` takes them from one bill
to another with everything that was done to them (`carried`), `refired` has them cooked once more, `rushed`
(催菜) and `noted` change no quantity.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

#: Kinds whose quantities add up to the portions that the kitchen has of a line.
KITCHEN_KINDS = ("fired", "voided", "moved")
#: What is done to portions that the kitchen has, in the order of the work.
STAGES = ("printed", "started", "ready", "served")
KINDS = ("ordered", "held", "fired", *STAGES, "voided", "noted", "moved", "refired", "rushed")


@dataclass(frozen=True)
class Happening:
    """One event: a kind and a quantity, negative where portions are taken back.

    `carried` are the portions by stage (and 'refired') that a move takes along, without sign.
    """

    kind: str
    quantity: float
    carried: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class DishState:
    """Portions of one line by what was done to them.

    `waiting` were ordered and neither fired nor taken back, `held` of them until somebody says 起菜.
    `portions` is what the kitchen has, `again` how many of them it cooks once more; a stage counts portions
    that have reached it, never more than there are.
    """

    waiting: float = 0
    held: float = 0
    portions: float = 0
    again: float = 0
    printed: float = 0
    started: float = 0
    ready: float = 0
    served: float = 0
    was_fired: bool = False

    @property
    def to_cook(self) -> float:
        """Portions that the station still owes."""
        return max(self.portions + self.again - self.ready, 0)

    @property
    def to_serve(self) -> float:
        """Portions that stand at the pass; of one that is cooked again, the first is thrown away."""
        return max(self.ready - self.again - self.served, 0)

    @property
    def name(self) -> str:
        """One word for all portions: the stage that the slowest of them has reached, or 'voided'."""
        if self.portions <= 0:
            if self.waiting > 0:
                return "held" if self.held > 0 else "ordered"
            return "voided" if self.was_fired else "ordered"
        if self.served >= self.portions:
            return "served"
        if self.to_cook <= 0:
            return "ready"
        if self.started > 0 or self.ready > 0:
            return "started"
        return "printed" if self.printed >= self.portions else "fired"


def state_of(happenings: Iterable[Happening]) -> DishState:
    """Add up one line's events; their order does not matter."""
    sums = dict.fromkeys((*KINDS, "kitchen"), 0.0)
    was_fired = False
    for event in happenings:
        sums[event.kind] += event.quantity
        if event.kind in KITCHEN_KINDS:
            sums["kitchen"] += event.quantity
            was_fired |= event.quantity > 0
        sign = -1 if event.quantity < 0 else 1
        for name, portions in event.carried.items():
            sums[name] += sign * portions
    portions = max(sums["kitchen"], 0.0)
    again = max(sums["refired"], 0.0) if portions else 0.0
    # A voided portion takes with it what was done to it last.
    done = {name: min(max(sums[name], 0.0), portions + again) for name in STAGES}
    waiting = max(sums["ordered"] - sums["fired"], 0.0)
    return DishState(
        waiting=waiting,
        held=min(max(sums["held"], 0.0), waiting),
        portions=portions,
        again=again,
        printed=done["printed"],
        started=done["started"],
        ready=done["ready"],
        served=min(done["served"], portions),
        was_fired=was_fired,
    )


def carried(state: DishState, portions: float) -> dict[str, float]:
    """What goes along when so many of a line's portions move to another bill: the furthest first."""
    share = {name: min(getattr(state, name), portions) for name in STAGES}
    share["refired"] = max(min(state.again, portions), 0.0)
    return {name: count for name, count in share.items() if count}
