import pytest
from hypothesis import given
from hypothesis import strategies as st

from dining_rules.dish_state import STAGES, DishState, Happening, carried, state_of


def after(*events):
    return state_of([Happening(*event) for event in events])


@pytest.mark.parametrize(
    ("events", "name"),
    [
        ([], "ordered"),
        ([("ordered", 1)], "ordered"),
        ([("ordered", 1), ("held", 1)], "held"),
        ([("ordered", 1), ("held", 1), ("fired", 1)], "fired"),
        ([("fired", 2), ("printed", 2)], "printed"),
        ([("fired", 2), ("printed", 2), ("started", 2)], "started"),
        ([("fired", 2), ("ready", 1)], "started"),
        ([("fired", 2), ("ready", 2)], "ready"),
        ([("fired", 2), ("ready", 2), ("served", 1)], "ready"),
        ([("fired", 2), ("ready", 2), ("served", 2)], "served"),
        ([("fired", 2), ("ready", 2), ("ready", -2)], "fired"),
        ([("fired", 2), ("voided", -2)], "voided"),
        ([("fired", 2), ("ready", 1), ("voided", -1)], "ready"),
        ([("fired", 1), ("ready", 1), ("refired", 1)], "started"),
        ([("fired", 1), ("ready", 1), ("refired", 1), ("ready", 1)], "ready"),
        ([("fired", 1), ("rushed", 0), ("noted", 0)], "fired"),
        ([("ordered", 1), ("ordered", -1)], "ordered"),
    ],
)
def test_the_state_is_that_of_the_slowest_portion(events, name):
    assert after(*events).name == name


def test_what_is_owed_and_what_stands_at_the_pass():
    state = after(("fired", 3), ("started", 3), ("ready", 2), ("served", 1))
    assert (state.portions, state.to_cook, state.to_serve) == (3, 1, 1)


def test_a_dish_that_came_back_is_served_again():
    back = [("fired", 1), ("ready", 1), ("served", 1), ("refired", 1), ("served", -1)]
    state = after(*back)
    assert (state.name, state.to_cook, state.to_serve) == ("started", 1, 0)
    state = after(*back, ("ready", 1))
    assert (state.name, state.to_cook, state.to_serve) == ("ready", 0, 1)
    assert after(*back, ("ready", 1), ("served", 1)).name == "served"


def test_a_move_takes_along_what_was_done():
    before = [Happening("fired", 3), Happening("printed", 3), Happening("ready", 2)]
    share = carried(state_of(before), 1)
    assert share == {"printed": 1, "ready": 1}
    left = state_of([*before, Happening("moved", -1, share)])
    there = state_of([Happening("moved", 1, share)])
    assert (left.portions, left.ready, left.to_cook) == (2, 1, 1)
    assert (there.portions, there.name, there.to_cook) == (1, "ready", 0)


stages = st.lists(st.tuples(st.sampled_from(STAGES), st.integers(1, 4)), max_size=8)


@given(st.integers(1, 6), stages, st.integers(0, 6))
def test_nothing_is_done_to_more_portions_than_there_are(fired, done, voided):
    state = after(("fired", fired), *done, ("voided", -min(voided, fired)))
    assert all(0 <= getattr(state, name) <= state.portions for name in STAGES)
    assert state.to_cook + min(state.ready, state.portions) == state.portions


@given(st.integers(1, 6), stages, st.data())
def test_a_move_neither_loses_nor_doubles(fired, done, data):
    before = [Happening("fired", fired), *(Happening(*event) for event in done)]
    whole = state_of(before)
    portions = data.draw(st.integers(1, fired))
    share = carried(whole, portions)
    left = state_of([*before, Happening("moved", -portions, share)])
    there = state_of([Happening("moved", portions, share)])
    assert left.portions + there.portions == whole.portions
    assert there.ready == min(whole.ready, portions)


def test_a_line_of_which_nothing_happened_is_nothing():
    assert state_of([]) == DishState()
