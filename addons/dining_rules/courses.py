"""Courses: which dishes of a round go to the kitchen at once and which wait (起菜/叫起).

An order's courses are Odoo's own (`restaurant.order.course`): the register shows them and fires them. A
dish without a course is cooked at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

#: 叫起: nothing is cooked until the staff say so; after every course that a menu can name.
ON_CALL = 99


@dataclass(frozen=True)
class Course:
    """A course of an order. `number` is the menu's (1 first) or ON_CALL; `id` is None while it is not written."""

    number: int
    fired: bool
    id: int | None = None


def plan(existing: Sequence[Course], numbers: Iterable[int], *, on_call: bool = False) -> dict[int, Course | None]:
    """The course of each number that a round brings.

    A round that is all of one course, on an order without courses, needs none: it is cooked at once. Else the
    lowest course of the order is fired with the round, a course that was fired before takes what is added to
    it at once, and the others wait.

    :param existing: the order's courses
    :param numbers: the courses of the round's dishes, 0 for a dish that is in none
    :param on_call: the guests want to say when (叫起): all dishes wait together
    :return: {number: its Course, or None for cooked at once}
    """
    numbers = set(numbers)
    if on_call:
        waiting = next((course for course in existing if course.number == ON_CALL and not course.fired), None)
        return dict.fromkeys(numbers, waiting or Course(ON_CALL, fired=False))
    wanted = numbers - {0}
    known = {course.number: course for course in existing}
    if not known and len(wanted) <= 1:
        return dict.fromkeys(numbers)
    served = max((course.number for course in existing if course.fired and course.number != ON_CALL), default=0)
    first = min((*wanted, *(number for number in known if number != ON_CALL)), default=0)
    return {
        number: None if number == 0 else known.get(number) or Course(number, fired=number <= max(served, first))
        for number in numbers
    }
