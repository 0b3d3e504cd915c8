"""Stores, the menu and what is left of it."""

from typing import Annotated, Literal

from pydantic import Field

from .common import AmountFen, Answer, RecordId, Text


class StoreOut(Answer):
    """A store as the home page lists it."""

    id: RecordId
    name: Text
    address: str
    open: bool = Field(description="a register session is open, so orders can be placed")


class StoresOut(Answer):
    stores: list[StoreOut]


class MenuStore(Answer):
    id: RecordId
    name: Text
    seat_charge_fen: AmountFen = Field(description="per guest; 0 for none")
    service_charge_permille: int = Field(description="of the dishes' total; 0 for none")


class HoursOut(Answer):
    """When a dish is sold, in the store's own time zone."""

    weekdays: list[int] = Field(description="0 is Monday")
    start: str = Field(description="HH:MM", pattern=r"^\d\d:\d\d$")
    end: str = Field(description="HH:MM, 24:00 for midnight", pattern=r"^\d\d:\d\d$")


class OptionOut(Answer):
    id: RecordId
    name: Text
    price_fen: AmountFen = Field(description="added to the dish's price; may be negative")
    allergens: list[str] = Field(default_factory=list, description="codes; in the dish when this is chosen")


class OptionGroupOut(Answer):
    """Options of one kind: 规格 size, 做法 method, 加料 extra."""

    id: RecordId
    kind: Literal["size", "method", "extra"]
    name: Text
    min: int = Field(ge=0, description="0 when the group may be left out")
    max: int = Field(ge=1)
    options: list[OptionOut]


class SetChoiceOut(Answer):
    id: RecordId
    dish_id: RecordId
    name: Text
    extra_fen: AmountFen
    groups: list[OptionGroupOut] = Field(default_factory=list, description="the part's own options")
    allergens: list[str] = Field(default_factory=list, description="codes; in the part itself")


class SetGroupOut(Answer):
    """One part of a set meal: exactly `count` of its choices are taken."""

    id: RecordId
    name: Text
    count: int = Field(ge=1)
    choices: list[SetChoiceOut]


class DishOut(Answer):
    id: RecordId
    name: Text
    description: Text | None = None
    image: str | None = Field(default=None, description="path on the API's host")
    price_fen: AmountFen
    spicy: Annotated[int, Field(ge=0, le=3)] = 0
    serves: int | None = Field(default=None, description="suggested number of diners")
    tags: list[Text] = Field(default_factory=list)
    allergens: list[str] = Field(
        default_factory=list, description="codes; of a set meal all that its choices may contain"
    )
    hours: list[HoursOut] = Field(default_factory=list, description="empty: always")
    groups: list[OptionGroupOut] = Field(default_factory=list)
    sets: list[SetGroupOut] = Field(default_factory=list, description="not empty: a set meal")
    max_quantity: int = Field(description="most of this dish in one line")


class CategoryOut(Answer):
    id: RecordId
    name: Text
    dish_ids: list[RecordId]


class AllergenOut(Answer):
    """What a guest may have to avoid; dishes and guests name it by its code."""

    code: str
    name: Text
    retired: bool = Field(
        default=False, description="no longer on the list: not offered, and named only to whom it makes ill"
    )


class MenuOut(Answer):
    """A store's menu at one version; never changes for that version."""

    version: int
    store: MenuStore
    categories: list[CategoryOut]
    allergens: list[AllergenOut] = Field(
        default_factory=list, description="that this store knows or knew, in its order"
    )
    dishes: list[DishOut]


class AvailabilityOut(Answer):
    """Dishes that are limited today: 0 is sold out, a dish not named is not limited."""

    remaining: dict[str, int] = Field(description="dish id → portions left")
