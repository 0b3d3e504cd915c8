"""A table: its code, the session of the diners at it, their cart and rounds."""

from typing import Annotated, Literal

from pydantic import Field

from .common import AmountFen, Answer, ClientKey, Error, RecordId, Request, Text
from .order import OrderOut

#: Of an allergen.
Code = Annotated[str, Field(max_length=32)]
Seat = Annotated[int, Field(ge=1)]


class ScanOut(Answer):
    """Where a scanned table code leads; needs no login."""

    store_id: RecordId
    store_name: Text
    table_id: RecordId
    table_name: str
    floor_name: str
    menu_version: int
    open: bool = Field(description="the store takes orders now")


class JoinIn(Request):
    scene: Annotated[str, Field(min_length=8, max_length=32, pattern=r"^[A-Za-z0-9_-]+$")]
    guests: Annotated[int, Field(ge=1, le=99)] | None = Field(
        default=None, description="how many sit down; the first to join tells"
    )


class AllergiesIn(Request):
    """What a guest must not eat, all of it: what is left out is eaten again."""

    allergens: Annotated[list[Code], Field(max_length=50)] = Field(description="codes of the menu's allergens")
    after: Annotated[int, Field(ge=0)] = Field(
        description="allergies_rev of the table as it was shown; where it is another one by now, nothing is changed"
    )


class ComponentIn(Request):
    """What was taken for one part of a set meal."""

    choice_id: RecordId
    option_ids: Annotated[list[RecordId], Field(max_length=30)] = []


class CartLineIn(Request):
    """A dish for the shared cart. What it costs is the server's to say."""

    key: ClientKey = Field(description="names the new line; made by the client")
    dish_id: RecordId
    option_ids: Annotated[list[RecordId], Field(max_length=30)] = []
    components: Annotated[list[ComponentIn], Field(max_length=30)] = []
    quantity: Annotated[int, Field(description="from 1 to the dish's max_quantity")]
    note: Annotated[str, Field(max_length=200)] = Field(default="", description="忌口 and wishes")
    rush: bool = Field(default=False, description="加急")


class CartChangeIn(Request):
    """More or fewer of a line that is in the cart."""

    delta: Annotated[int, Field(ge=-9999, le=9999)]


class CartEntryOut(Answer):
    """The write as recorded; the same for every repeat of its Idempotency-Key."""

    key: str
    delta: int


class ComponentOut(Answer):
    choice_id: RecordId
    name: Text
    options: list[Text]


class GuestOut(Answer):
    """A phone at the table. No name or number is asked for: a seat and a picture will do."""

    seat: int
    name: Text
    emoji: str
    allergens: list[str] = Field(description="codes of what the guest must not eat")


class CartLineOut(Answer):
    key: str
    dish_id: RecordId
    name: Text
    option_ids: list[RecordId]
    options: list[Text]
    components: list[ComponentOut]
    quantity: int
    note: str
    rush: bool
    seat: int = Field(description="the guest who added it")
    allergens: list[str] = Field(description="codes of what it contains as it was chosen")
    unit_price_fen: AmountFen
    amount_fen: AmountFen
    problem: Error | None = Field(default=None, description="why it cannot be ordered as it is")


class CartOut(Answer):
    lines: list[CartLineOut]
    quantity: int
    total_fen: AmountFen = Field(description="of the lines that can be ordered, without charges")


class TableOut(Answer):
    """Everything a phone at the table shows: guests, the cart and the order so far."""

    token: str = Field(description="names this table session in further calls; changes with it")
    rev: str = Field(description="send back as ?rev= to hear only of changes")
    state: Literal["open", "closed"]
    store_id: RecordId
    table_name: str
    floor_name: str
    guest_count: int
    me: GuestOut
    allergies_rev: int = Field(description="counts how often this guest has said what they must not eat")
    guests: list[GuestOut]
    cart: CartOut
    order: OrderOut | None
    menu_version: int
    remaining: dict[str, int]


class PlaceIn(Request):
    """Submit the table's cart as one round."""

    menu_version: Annotated[int, Field(ge=1)] = Field(
        description="the version the diner looked at; a changed price is answered, not charged"
    )
    on_call: bool = Field(default=False, description="叫起: the kitchen waits until the staff say so")
    # More lines than the carts of two full tables hold; a body may be no longer anyhow.
    clashes_seen: Annotated[dict[ClientKey, dict[Code, list[Seat]]], Field(max_length=500)] = Field(
        default={},
        description="what is wanted although guests at the table are allergic to it: line → allergen → seats",
    )


class PlacedOut(Answer):
    """The round as placed; a repeat of the same Idempotency-Key answers the same round."""

    order_id: str = Field(description="the order's uuid")
    order_number: str
    round_number: int
    round_state: Literal["waiting", "confirmed", "rejected"]
