"""Lines of bills in the kitchen: whatever is done to them in whatever order, our events know where each plate is.

`./manage test --seeds 20000` looks at so many other ones.
"""

import os

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from dining_rules.dish_state import Happening, carried, reach, state_of

from .plates import Dish

COUNTS = st.integers(1, 3)


class Kitchen(RuleBasedStateMachine):
    lines = Bundle("lines")

    def __init__(self):
        super().__init__()
        self.events = {}
        self.slate = {}
        self.were_again = set()

    def new_line(self):
        line = f"line {len(self.slate)}"
        self.events[line], self.slate[line] = [], Dish()
        return line

    def state(self, line):
        return state_of(self.events[line])

    def happens(self, line, kind, quantity, **more):
        self.events[line].append(Happening(kind, quantity, **more))

    @rule(target=lines, count=COUNTS)
    def order(self, count):
        line = self.new_line()
        self.fire(line, count)
        return line

    @rule(line=lines, count=COUNTS)
    def fire(self, line, count):
        self.happens(line, "fired", count)
        self.slate[line].fire(count, line)

    @rule(line=lines, count=COUNTS)
    def void(self, line, count):
        count = min(count, len(self.slate[line].plates))
        if count:
            self.happens(line, "voided", -count, carried=carried(self.state(line), count, nearest=True))
            self.slate[line].void(count)

    @rule(target=lines, line=lines, count=COUNTS)
    def move(self, line, count):
        """A bill is split: what goes gets a line of its own."""
        count = min(count, len(self.slate[line].plates))
        if not count:
            return line
        other, share = self.new_line(), carried(self.state(line), count)
        self.happens(line, "moved", -count, carried=share)
        self.happens(other, "moved", count, carried=share)
        self.slate[line].move(count, self.slate[other])
        self.were_again |= {other} if line in self.were_again else set()
        return other

    @rule(line=lines, kind=st.sampled_from(["started", "ready", "served", "refired"]), wanted=st.none() | COUNTS)
    def advance(self, line, kind, wanted):
        state, dish = self.state(line), self.slate[line]
        quantity = reach(state, kind, wanted)
        if quantity:
            self.happens(line, kind, quantity)
        does = {"started": dish.start, "ready": dish.ready, "served": dish.serve, "refired": dish.cook_again}[kind]
        # Beginning one also says that the ready ones were begun.
        unsaid = max(state.ready - state.started, 0) if kind == "started" and quantity else 0
        assert does(99 if wanted is None else wanted) == quantity - unsaid
        if kind == "refired" and quantity:
            self.were_again.add(line)
            # As the display's door writes it: what a guest sent back is served once more.
            after = self.state(line)
            returned = after.served - max(after.ready - after.again, 0)
            if returned > 0:
                self.happens(line, "served", -returned)

    @rule(line=lines, kind=st.sampled_from(["started", "ready", "served"]), count=COUNTS)
    def recall(self, line, kind, count):
        state = self.state(line)
        free = {"started": state.started - state.ready, "ready": state.to_serve, "served": state.served}[kind]
        quantity = max(min(count, free), 0)
        if quantity:
            self.happens(line, kind, -quantity)
        assert self.slate[line].recall(kind, count) == quantity

    @invariant()
    def the_events_know_where_each_plate_is(self):
        for line, dish in self.slate.items():
            state = self.state(line)
            found = (state.portions, state.to_cook, state.to_serve, state.served)
            assert found == (len(dish.plates), dish.owed, dish.standing, len(dish.plates) - dish.owed - dish.standing)
            if line not in self.were_again:
                assert state.started == sum(plate.begun for plate in dish.plates)
                assert state.name == (dish.name or ("voided" if state.was_fired else "ordered"))


EVENINGS = os.environ.get("DINING_SEEDS")
TestKitchen = Kitchen.TestCase
TestKitchen.settings = settings(
    max_examples=int(EVENINGS or 100),
    stateful_step_count=30,
    deadline=None,
    derandomize=not EVENINGS,
    print_blob=True,
)
