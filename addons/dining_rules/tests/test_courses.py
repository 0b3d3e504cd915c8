from hypothesis import given
from hypothesis import strategies as st

from dining_rules.courses import ON_CALL, Course, plan


def test_one_course_alone_is_cooked_at_once():
    assert plan([], [2, 2]) == {2: None}
    assert plan([], []) == {}


def test_the_first_course_is_fired_and_the_others_wait():
    assert plan([], [3, 1, 2]) == {1: Course(1, True), 2: Course(2, False), 3: Course(3, False)}


def test_a_dish_without_a_course_never_waits():
    assert plan([Course(1, True, 10)], [0, 2]) == {0: None, 2: Course(2, False)}
    assert plan([], [0, 1]) == {0: None, 1: None}


def test_what_is_added_joins_its_course():
    first, second = Course(1, True, 10), Course(2, False, 11)
    assert plan([first, second], [2, 1]) == {1: first, 2: second}


def test_what_is_added_to_a_course_already_past_is_cooked_at_once():
    assert plan([Course(2, True, 11)], [1, 3]) == {1: Course(1, True), 3: Course(3, False)}


def test_on_call_everything_waits_together():
    assert plan([], [1, 3], on_call=True) == dict.fromkeys((1, 3), Course(ON_CALL, False))
    waiting = Course(ON_CALL, False, 7)
    assert plan([waiting], [1], on_call=True) == {1: waiting}
    assert plan([Course(ON_CALL, True, 7)], [1], on_call=True) == {1: Course(ON_CALL, False)}


courses = st.lists(st.tuples(st.integers(1, 5), st.booleans()), max_size=4, unique_by=lambda each: each[0])


@given(courses, st.lists(st.integers(1, 5), min_size=1, max_size=6))
def test_a_course_never_waits_for_a_later_one(existing, numbers):
    known = [Course(number, fired, index) for index, (number, fired) in enumerate(existing)]
    planned = plan(known, numbers)
    new = [course for course in planned.values() if course and course.id is None]
    fired = [course.number for course in known if course.fired]
    for course in new:
        if not course.fired:
            assert not fired or course.number > max(fired)
            assert any(other.number < course.number for other in [*known, *new])
