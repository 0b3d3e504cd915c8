"""What a phone may promise about a dish, from what its station has just done."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dining_rules.estimate import FEWEST, LONGEST_MINUTES, Range, remaining, together

minutes = st.floats(min_value=0.1, max_value=60)
times = st.lists(minutes, min_size=FEWEST, max_size=40)
portions = st.floats(min_value=1, max_value=60)
waits = st.floats(min_value=0, max_value=120)


def test_a_quiet_station_takes_as_long_as_it_took():
    assert remaining([8, 9, 10, 11, 12], ahead=1, waited=0) == Range(9, 11)


def test_what_was_waited_is_taken_off():
    assert remaining([8, 9, 10, 11, 12], ahead=1, waited=4) == Range(5, 7)


def test_a_queue_longer_than_the_usual_load_stretches_it():
    # 6 dishes of 10 minutes in 30 minutes: 2 in work on average. With 6 in front it takes three times as long.
    assert remaining([10] * 6, ahead=2, waited=0) == Range(10, 10)
    assert remaining([10] * 6, ahead=6, waited=0) == Range(30, 30)


def test_too_few_dishes_say_nothing():
    assert remaining([10] * (FEWEST - 1), ahead=1, waited=0) is None


def test_a_dish_later_than_most_were_has_no_estimate():
    assert remaining([8, 9, 10, 11, 12], ahead=1, waited=11) is None
    assert remaining([8, 9, 10, 11, 12], ahead=1, waited=10.5) == Range(1, 1)


def test_hours_are_not_promised():
    assert remaining([30] * 6, ahead=60, waited=0) is None


def test_a_set_meal_is_ready_with_its_last_part():
    assert together([Range(2, 4), Range(8, 12)]) == Range(8, 12)
    assert together([Range(2, 4), None]) is None
    assert together([]) is None


@given(times, portions, waits)
def test_a_range_is_whole_minutes_in_order(done, ahead, waited):
    answer = remaining(done, ahead, waited)
    if answer:
        assert 1 <= answer.low <= answer.high <= LONGEST_MINUTES


@given(times, portions, waits, st.floats(min_value=0, max_value=30))
def test_more_in_front_is_never_sooner(done, ahead, waited, more):
    first, second = remaining(done, ahead, waited), remaining(done, ahead + more, waited)
    if first and second:
        assert second.low >= first.low
        assert second.high >= first.high


@given(times, portions, waits, st.floats(min_value=0, max_value=30))
def test_who_has_waited_longer_waits_no_longer(done, ahead, waited, more):
    first, second = remaining(done, ahead, waited), remaining(done, ahead, waited + more)
    if first and second:
        assert second.low <= first.low
        assert second.high <= first.high


@given(times, portions)
def test_no_quicker_than_the_quicker_half_was(done, ahead):
    answer = remaining(done, ahead, waited=0)
    if answer:
        assert answer.high >= sorted(done)[len(done) // 2] - 1e-9


@pytest.mark.parametrize("order", [[8, 9, 10, 11, 12], [12, 8, 11, 9, 10]])
def test_the_order_of_the_times_does_not_matter(order):
    assert remaining(order, ahead=1, waited=0) == Range(9, 11)
