"""Where a dish is, derived from what happened to it.

A dish's events are only ever added to. Each says how many portions it speaks of; a correction is a further
event with the opposite quantity (a recalled bump: `ready` −1). This module adds them up.

The way of a portion: ordered → held → fired → printed → started → ready → served. `ordered` and `held` are
written only where a dish is not fired at once. `voided` takes portions back, `moved` takes them from one bill
to another, both with everything that was done to them (`carried`); `refired` has them cooked once more, `rushed`
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

    `carried` are the portions by stage (and 'refired') that leave or come along with it, without sign.
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
    """Add up one line's events, in the order they were written.

    Only what waits depends on the order: what is fired takes from what waits by then.
    """
    sums = dict.fromkeys((*KINDS, "kitchen"), 0.0)
    was_fired, waiting = False, 0.0
    for event in happenings:
        if event.kind in ("ordered", "fired"):
            waiting = max(waiting + (event.quantity if event.kind == "ordered" else -event.quantity), 0.0)
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


def carried(state: DishState, portions: float, *, nearest: bool = False) -> dict[str, float]:
    """What goes along when so many of a line's portions leave it.

    :param nearest: those of which least was done leave, as when they are cancelled; else the furthest, as when they
        move to another bill
    """
    kept = state.portions - portions

    def leaving(done: float) -> float:
        return max(done - max(kept, 0), 0) if nearest else min(done, portions)

    # A portion that is cooked again has been started and ready once more than it is.
    ready = leaving(max(state.ready - state.again, 0))
    again = min(state.again, portions - ready) if kept > 0 else state.again
    share = {
        "printed": leaving(state.printed),
        "started": min(leaving(max(state.started - state.again, 0)) + again, state.started),
        "ready": ready + again,
        "served": leaving(state.served),
        "refired": again,
    }
    return {name: count for name, count in share.items() if count > 0}


def reach(state: DishState, kind: str, wanted: float | None = None) -> float:
    """How many portions an event of `kind` may speak of; 0 where none can get there.

    Who begins a portion while others were ready without a word about it has begun these too: else nobody could tell
    how many are on the stove.

    :param kind: 'started', 'ready', 'served' or 'refired'
    :param wanted: portions asked for; None: all that can
    """
    room = {
        "started": state.portions + state.again - max(state.started, state.ready),
        "ready": state.to_cook,
        "served": state.to_serve,
        "refired": min(state.ready - state.again, state.portions),
    }[kind]
    quantity = max(room if wanted is None else min(wanted, room), 0)
    unsaid = max(state.ready - state.started, 0) if kind == "started" and quantity else 0
    return quantity + unsaid
