"""What guests said they must not eat, held against what a dish contains.

A dish on its way to the kitchen carries every allergy of the guest who ordered it, because a pan or a spoon is enough,
and those of everybody else at the table that the dish itself clashes with, because dishes are shared.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from .menu import Dish, Text


class Said(NamedTuple):
    """One allergy of a guest, who is known by an id and called by the seat: the allergen's code and name."""

    guest: int
    seat: int
    code: str
    name: Text


@dataclass(frozen=True, slots=True)
class Allergy:
    """What the kitchen hears with one dish: who must not eat what, and whether the dish contains it."""

    name: Text
    seat: int
    contained: bool
    code: str = ""
    guest: int | None = None

    def as_dict(self) -> dict:
        """As JSON keeps it."""
        return {**self.as_shown(), "guest": self.guest}

    def as_shown(self) -> dict:
        """As screens get it."""
        return {**self.name.as_dict(), **self.on_paper()}

    @classmethod
    def of(cls, data: Mapping) -> Allergy:
        return cls(Text.of(data), data["seat"], data["contained"], data.get("code", ""), data.get("guest"))

    def on_paper(self) -> dict:
        """What a printed ticket tells of it."""
        return {"code": self.code, "seat": self.seat, "contained": self.contained}


def contents(dish: Dish, option_ids: Iterable[int] = ()) -> frozenset[str]:
    """Codes of the allergens in a dish with these options; the parts of a set meal are dishes of their own."""
    chosen = set(option_ids)
    options = (option for group in dish.groups for option in group.options if option.id in chosen)
    return frozenset(dish.allergens).union(*(option.allergens for option in options))


def warnings(said: Iterable[Said], codes: frozenset[str], guest: int | None) -> tuple[Allergy, ...]:
    """What the kitchen must hear with a dish.

    :param said: the allergies of everybody at the table
    :param codes: what the dish contains, as `contents`
    :param guest: who ordered it; None for staff
    :return: what the dish contains first, then in the order said
    """
    heard = (one for one in said if one.guest == guest or one.code in codes)
    return _loudest_first(Allergy(one.name, one.seat, one.code in codes, one.code, one.guest) for one in heard)


def renewed(told: Iterable[Allergy], heard: Iterable[Allergy], asked: Collection[int]) -> tuple[Allergy, ...]:
    """What the kitchen must hear with a dish once some guests were asked anew.

    :param told: what was said of the dish so far; what is of a guest who was not asked stays
    :param heard: `warnings` of the guests who were asked
    :param asked: these guests
    """
    return _loudest_first((*(allergy for allergy in told if allergy.guest not in asked), *heard))


def unprinted(allergies: Iterable[Allergy], printed: Iterable[Mapping]) -> list[Allergy]:
    """Of what must be heard with a dish, what none of its papers has told.

    :param printed: `Allergy.on_paper` of all that was printed
    """
    known = {(one["code"], one["seat"], loud) for one in printed for loud in {False, one["contained"]}}
    return [allergy for allergy in allergies if (allergy.code, allergy.seat, allergy.contained) not in known]


def _loudest_first(allergies: Iterable[Allergy]) -> tuple[Allergy, ...]:
    return tuple(sorted(allergies, key=lambda allergy: not allergy.contained))


def clashes(allergies: Iterable[Allergy]) -> set[tuple[str, int]]:
    """(allergen's code, seat) of all who must not eat the dish that these were said of."""
    return {(allergy.code, allergy.seat) for allergy in allergies if allergy.contained}
