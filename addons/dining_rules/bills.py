"""A day's own records against WeChat's bill of it: what is missing, doubled, of another amount, state or day.

Amounts are integer fen, what came in is positive, what was returned negative.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

#: Each way in which a record and a line of the bill can differ.
KINDS = ("missing_here", "missing_there", "amount", "state", "cross_day", "doubled")


class Ours(NamedTuple):
    """A payment or refund of ours, under the number that WeChat was given.

    `is_done`: we count it; one that is pending, was given up or failed is not counted.
    """

    number: str
    amount_fen: int
    is_done: bool
    day: date


class Theirs(NamedTuple):
    """A line of a bill. Lines of one number and one `kind` are the same thing told twice."""

    number: str
    amount_fen: int
    kind: str = ""


class Difference(NamedTuple):
    """`expected_fen` by our records, `found_fen` by the bill."""

    kind: str
    number: str
    expected_fen: int
    found_fen: int


def compare(
    day: date, ours: Iterable[Ours], theirs: Iterable[Theirs], elsewhere: Mapping[str, date] | None = None
) -> list[Difference]:
    """What differs; every fen between both sides' sums of the day is told.

    A line that comes to nothing (a refund that WeChat closed) is as good as none.

    :param ours: those of the day and those that the bill names
    :param theirs: the bill's lines
    :param elsewhere: {number: day} of the bills of the days before and after

    >>> day = date(2030, 3, 4)
    >>> compare(day, [Ours("T1", 5900, True, day)], [Theirs("T1", 5900), Theirs("T1", 5900)])
    [Difference(kind='doubled', number='T1', expected_fen=5900, found_fen=11800)]
    """
    known = {record.number: record for record in ours}
    lines = defaultdict(list)
    for line in theirs:
        lines[line.number].append(line)
    found = [_of_lines(day, number, own, known.get(number)) for number, own in lines.items()]
    found += [
        Difference("cross_day" if number in (elsewhere or {}) else "missing_there", number, record.amount_fen, 0)
        for number, record in known.items()
        if number not in lines and record.is_done and record.day == day
    ]
    return sorted(filter(None, found), key=lambda each: (KINDS.index(each.kind), each.number))


def sums(day: date, ours: Iterable[Ours], theirs: Iterable[Theirs]) -> tuple[int, int]:
    """What we count on the day, and what the bill does."""
    return (
        sum(record.amount_fen for record in ours if record.is_done and record.day == day),
        sum(line.amount_fen for line in theirs),
    )


def _of_lines(day, number, lines, record):
    found = sum(line.amount_fen for line in lines)
    expected = record.amount_fen if record and record.is_done and record.day == day else 0
    if len({line.kind for line in lines}) < len(lines):
        kind = "doubled"
    elif record is None:
        kind = "missing_here" if found else None
    elif not record.is_done:
        kind = "state" if found else None
    elif not found:
        kind = "state"
    elif found != record.amount_fen:
        kind = "amount"
    else:
        kind = None if record.day == day else "cross_day"
    return kind and Difference(kind, number, expected, found)
