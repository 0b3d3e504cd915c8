"""A store's menu as it stands in one version: what pricing and the API read.

The snapshot is a plain dict that survives JSON, built when the menu changes. It holds the public menu (the
contract's `MenuOut`) plus what only the server may know: products, taxes, limits and dishes that are sold
inside set meals only. `Menu.from_snapshot` reads it; `public_view` drops the server's part.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from .refusals import Refusal

DAY_MINUTES = 24 * 60
PUBLIC_DISH_FIELDS = (
    "id",
    "name",
    "description",
    "image",
    "price_fen",
    "spicy",
    "serves",
    "tags",
    "allergens",
    "hours",
    "groups",
    "sets",
    "max_quantity",
)


class Text(NamedTuple):
    """A text in both languages of the interface."""

    zh: str
    en: str

    def as_dict(self) -> dict[str, str]:
        return {"zh": self.zh, "en": self.en}

    @classmethod
    def of(cls, pair: Mapping[str, str]) -> Text:
        return cls(pair["zh"], pair["en"])


@dataclass(frozen=True, slots=True)
class Hours:
    """A daily span in the store's own time zone; the weekday (0 is Monday) is that of its start.

    A span whose end is not after its start runs past midnight.
    """

    weekdays: frozenset[int]
    start_minute: int
    end_minute: int

    def covers(self, now: datetime) -> bool:
        """Whether the span holds at `now`, a datetime in the store's zone; the end is outside."""
        minute = now.hour * 60 + now.minute
        today = now.weekday() in self.weekdays
        if self.start_minute < self.end_minute:
            return today and self.start_minute <= minute < self.end_minute
        yesterday = (now.weekday() - 1) % 7 in self.weekdays
        return (today and minute >= self.start_minute) or (yesterday and minute < self.end_minute)

    @classmethod
    def of(cls, data: Mapping) -> Hours:
        return cls(frozenset(data["weekdays"]), minutes(data["start"]), minutes(data["end"]))


@dataclass(frozen=True, slots=True)
class Option:
    """One option; its price is added to the dish's and may be negative, its allergens to the dish's."""

    id: int
    name: Text
    price_fen: int
    allergens: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OptionGroup:
    """Options of one kind: 规格 'size', 做法 'method', 加料 'extra'; from `min` to `max` are taken."""

    id: int
    kind: str
    name: Text
    min: int
    max: int
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class SetChoice:
    """A dish that may be taken for one part of a set meal, for `extra_fen` more."""

    id: int
    dish_id: int
    extra_fen: int


@dataclass(frozen=True, slots=True)
class SetGroup:
    """One part of a set meal.

    `count` choices are in the price; up to `max_count` may be taken at the register, each further one for
    `base_fen`. `base_fen` also weighs this part when the set's price is spread over its parts: it is the
    cheapest price among its choices.
    """

    id: int
    name: Text
    count: int
    max_count: int
    base_fen: int
    choices: tuple[SetChoice, ...]


@dataclass(frozen=True, slots=True)
class Dish:
    """A dish or a set meal. `listed` is false for what is sold inside set meals only; `course` 0 is none."""

    id: int
    product_id: int
    name: Text
    price_fen: int
    category_ids: tuple[int, ...]
    groups: tuple[OptionGroup, ...]
    sets: tuple[SetGroup, ...]
    hours: tuple[Hours, ...]
    tax_ids: tuple[int, ...]
    tax_permille: int
    max_quantity: int
    listed: bool
    course: int = 0
    allergens: tuple[str, ...] = ()

    def served_at(self, now: datetime) -> bool:
        return not self.hours or any(span.covers(now) for span in self.hours)


@dataclass(frozen=True, slots=True)
class ChargeProduct:
    """The product that a seat or service charge is booked on."""

    product_id: int
    name: Text
    tax_ids: tuple[int, ...]
    tax_permille: int

    @classmethod
    def of(cls, data: Mapping | None) -> ChargeProduct | None:
        if not data:
            return None
        return cls(data["product_id"], Text.of(data["name"]), tuple(data["tax_ids"]), data["tax_permille"])


@dataclass(frozen=True, slots=True)
class Menu:
    """A store's menu at one version. Amounts are fen, tax included; 0 of a limit means no limit."""

    version: int
    store_id: int
    store_name: Text
    categories: dict[int, Text]
    dishes: dict[int, Dish]
    seat_charge_fen: int = 0
    service_charge_permille: int = 0
    seat_product: ChargeProduct | None = None
    service_product: ChargeProduct | None = None
    max_round_quantity: int = 0
    max_order_fen: int = 0
    choices: dict[int, tuple[SetGroup, SetChoice]] = field(default_factory=dict, repr=False)

    def dish(self, dish_id: int) -> Dish:
        """The dish as it may be ordered by itself.

        :raises Refusal: dish_unknown
        """
        dish = self.dishes.get(dish_id)
        if dish is None or not dish.listed:
            raise Refusal("dish_unknown", dish_id=dish_id)
        return dish

    @classmethod
    def from_snapshot(cls, snapshot: Mapping) -> Menu:
        """Read a snapshot, fresh or out of JSON."""
        store, charges, limits = snapshot["store"], snapshot["charges"], snapshot["limits"]
        dishes = {data["id"]: _dish(data) for data in snapshot["dishes"]}
        return cls(
            version=snapshot["version"],
            store_id=store["id"],
            store_name=Text.of(store["name"]),
            categories={data["id"]: Text.of(data["name"]) for data in snapshot["categories"]},
            dishes=dishes,
            seat_charge_fen=store["seat_charge_fen"],
            service_charge_permille=store["service_charge_permille"],
            seat_product=ChargeProduct.of(charges["seat"]),
            service_product=ChargeProduct.of(charges["service"]),
            max_round_quantity=limits["max_round_quantity"],
            max_order_fen=limits["max_order_fen"],
            choices={
                choice.id: (group, choice)
                for dish in dishes.values()
                for group in dish.sets
                for choice in group.choices
            },
        )


def public_view(snapshot: Mapping) -> dict:
    """The part of a snapshot that everyone may read: the contract's `MenuOut`."""
    dishes = {dish["id"]: dish for dish in snapshot["dishes"]}
    return {
        "version": snapshot["version"],
        "store": snapshot["store"],
        "categories": snapshot["categories"],
        "allergens": snapshot["allergens"],
        "dishes": [_public_dish(dish, dishes) for dish in snapshot["dishes"] if dish["listed"]],
    }


def minutes(clock: str) -> int:
    """Minutes since midnight of "HH:MM"; "24:00" is the day's end."""
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def clock(minute: int) -> str:
    """ "HH:MM" of minutes since midnight, from 0 to 1440."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _public_dish(dish: Mapping, dishes: Mapping[int, Mapping]) -> dict:
    public = {name: dish[name] for name in PUBLIC_DISH_FIELDS}
    # A set meal has none of its own: it shows what any of its choices may contain.
    parts = [dishes[choice["dish_id"]] for group in dish["sets"] for choice in group["choices"]]
    public["allergens"] = list(dict.fromkeys(code for one in (dish, *parts) for code in one["allergens"]))
    public["sets"] = [
        {
            "id": group["id"],
            "name": group["name"],
            "count": group["count"],
            "choices": [
                {**choice, **{name: dishes[choice["dish_id"]][name] for name in ("groups", "allergens")}}
                for choice in group["choices"]
            ],
        }
        for group in dish["sets"]
    ]
    return public


def _dish(data: Mapping) -> Dish:
    return Dish(
        id=data["id"],
        product_id=data["product_id"],
        name=Text.of(data["name"]),
        price_fen=data["price_fen"],
        category_ids=tuple(data["category_ids"]),
        groups=tuple(_group(group) for group in data["groups"]),
        sets=tuple(_set_group(group) for group in data["sets"]),
        hours=tuple(Hours.of(hours) for hours in data["hours"]),
        tax_ids=tuple(data["tax_ids"]),
        tax_permille=data["tax_permille"],
        max_quantity=data["max_quantity"],
        listed=data["listed"],
        # Versions written before there were courses and allergens are read too.
        course=data.get("course", 0),
        allergens=tuple(data.get("allergens", ())),
    )


def _group(data: Mapping) -> OptionGroup:
    return OptionGroup(
        id=data["id"],
        kind=data["kind"],
        name=Text.of(data["name"]),
        min=data["min"],
        max=data["max"],
        options=tuple(
            Option(option["id"], Text.of(option["name"]), option["price_fen"], tuple(option.get("allergens", ())))
            for option in data["options"]
        ),
    )


def _set_group(data: Mapping) -> SetGroup:
    return SetGroup(
        id=data["id"],
        name=Text.of(data["name"]),
        count=data["count"],
        max_count=data["max_count"],
        base_fen=data["base_fen"],
        choices=tuple(SetChoice(choice["id"], choice["dish_id"], choice["extra_fen"]) for choice in data["choices"]),
    )
