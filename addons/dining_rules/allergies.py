"""What guests said they must not eat, held against what a dish contains.

A dish on its way to the kitchen carries every allergy of the guest who ordered it, because a pan or a spoon is enough,
and those of everybody else at the table that the dish itself clashes with, because dishes are shared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from .menu import Dish, Text


class Said(NamedTuple):
    """One allergy of the guest on `seat`: the allergen's code and name."""

    seat: int
    code: str
    name: Text


@dataclass(frozen=True, slots=True)
class Allergy:
    """What the kitchen hears with one dish: who must not eat what, and whether the dish contains it."""

    name: Text
    seat: int
    contained: bool

    def as_dict(self) -> dict:
        """As JSON keeps it."""
        return {**self.name.as_dict(), "seat": self.seat, "contained": self.contained}

    @classmethod
    def of(cls, data: Mapping) -> Allergy:
        return cls(Text.of(data), data["seat"], data["contained"])


def contents(dish: Dish, option_ids: Iterable[int] = ()) -> frozenset[str]:
    """Codes of the allergens in a dish with these options; the parts of a set meal are dishes of their own."""
    chosen = set(option_ids)
    options = (option for group in dish.groups for option in group.options if option.id in chosen)
    return frozenset(dish.allergens).union(*(option.allergens for option in options))


def warnings(said: Iterable[Said], codes: frozenset[str], seat: int | None) -> tuple[Allergy, ...]:
    """What the kitchen must hear with a dish.

    :param said: the allergies of everybody at the table
    :param codes: what the dish contains, as `contents`
    :param seat: the guest who ordered it; None for staff
    :return: what the dish contains first, then in the order said
    """
    heard = [Allergy(one.name, one.seat, one.code in codes) for one in said if one.seat == seat or one.code in codes]
    return tuple(sorted(heard, key=lambda allergy: not allergy.contained))


def clashes(allergies: Iterable[Allergy]) -> bool:
    """Whether somebody must not eat the dish that these were said of."""
    return any(allergy.contained for allergy in allergies)
