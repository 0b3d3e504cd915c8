"""A day's records against a bill."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ..bills import Difference, Ours, Theirs, compare, sums

DAY = date(2030, 3, 4)
NEXT = DAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ([], [], []),
        ([Ours("T", 590, True, DAY)], [Theirs("T", 590)], []),
        ([Ours("R", -590, True, DAY)], [Theirs("R", -590)], []),
        ([], [Theirs("T", 590)], [("missing_here", 0, 590)]),
        ([Ours("T", 590, True, DAY)], [], [("missing_there", 590, 0)]),
        ([Ours("T", 590, True, DAY)], [Theirs("T", 690)], [("amount", 590, 690)]),
        ([Ours("T", 590, False, DAY)], [Theirs("T", 590)], [("state", 0, 590)]),
        ([Ours("T", 590, False, DAY)], [], []),
        ([Ours("T", 590, True, DAY)], [Theirs("T", 590), Theirs("T", 590)], [("doubled", 590, 1180)]),
        ([Ours("T", 590, True, NEXT)], [Theirs("T", 590)], [("cross_day", 0, 590)]),
        ([Ours("T", 590, True, NEXT)], [], []),
        # A refund that WeChat closed: nothing where we know so, a difference where we do not.
        ([Ours("R", -590, False, DAY)], [Theirs("R", 0)], []),
        ([Ours("R", -590, True, DAY)], [Theirs("R", 0)], [("state", -590, 0)]),
        # It went out and came back under one number.
        ([Ours("R", -590, False, DAY)], [Theirs("R", -590, "refund"), Theirs("R", 590, "refund_back")], []),
    ],
)
def test_each_class(ours, theirs, expected):
    told = compare(DAY, ours, theirs)
    assert [each[:1] + each[2:] for each in told] == expected


def test_in_the_bill_of_the_next_day():
    ours = [Ours("R", -590, True, DAY)]
    assert compare(DAY, ours, [], {"R": NEXT}) == [Difference("cross_day", "R", -590, 0)]


numbers = st.sampled_from("ABCDE")
amounts = st.integers(-500, 500).filter(bool)


@given(
    st.dictionaries(numbers, st.tuples(amounts, st.booleans(), st.sampled_from([DAY, NEXT]))),
    st.lists(st.builds(Theirs, numbers, amounts, st.sampled_from(["trade", "refund"])), max_size=8),
)
def test_every_fen_is_told(records, theirs):
    ours = [Ours(number, *facts) for number, facts in records.items()]
    told = compare(DAY, ours, theirs)
    expected, found = sums(DAY, ours, theirs)
    assert sum(each.found_fen - each.expected_fen for each in told) == found - expected
    assert max(Counter(each.number for each in told).values(), default=0) <= 1
