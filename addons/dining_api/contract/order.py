"""Orders and paying them."""

from typing import Literal

from pydantic import Field

from .common import AmountFen, Answer, RecordId, Request, Text


class OrderPartOut(Answer):
    name: Text
    options: list[Text]


class WaitOut(Answer):
    """How much longer a dish is likely to take, from its station's last half hour and its queue."""

    low: int = Field(ge=1, description="minutes")
    high: int = Field(ge=1, description="minutes")


class OrderLineOut(Answer):
    id: str
    dish_id: RecordId
    name: Text
    options: list[Text]
    parts: list[OrderPartOut]
    note: str
    rush: bool
    quantity: int
    amount_fen: AmountFen
    seat: int | None = Field(description="the guest who added it; null for staff")
    allergens: list[str] = Field(description="codes of what it contains as it was chosen, parts of a set included")
    state: Literal["waiting", "ordered", "held", "fired", "printed", "started", "ready", "served", "voided"]
    can_rush: bool = Field(description="the kitchen may be asked to hurry with it now")
    wait: WaitOut | None = Field(description="null where there is too little to go by")


class RoundOut(Answer):
    number: int
    placed_at: str = Field(description="ISO 8601, UTC")
    state: Literal["waiting", "confirmed", "rejected"] = Field(
        description="waiting: staff confirm this table's first round"
    )
    lines: list[OrderLineOut]


class ChargeOut(Answer):
    """Seat charge (茶位费), service charge (服务费), or what the bonus of stored value took off (赠金抵扣)."""

    kind: Literal["seat", "service", "bonus"]
    name: Text
    quantity: int
    amount_fen: AmountFen


class OrderPaymentOut(Answer):
    method: Text
    amount_fen: AmountFen


class OrderOut(Answer):
    id: str = Field(description="the order's uuid")
    rev: str
    number: str = Field(description="what staff and diners call it")
    store_id: RecordId
    store_name: Text
    table_name: str
    placed_at: str
    state: Literal["open", "paid", "cancelled"]
    rounds: list[RoundOut]
    charges: list[ChargeOut]
    staff_lines: list[OrderLineOut] = Field(description="dishes added at the register")
    total_fen: AmountFen
    tax_fen: AmountFen
    paid_fen: AmountFen
    due_fen: AmountFen
    payments: list[OrderPaymentOut]
    payable: bool = Field(description="the diner may pay it in the mini-program now")


class OrderSummary(Answer):
    id: str
    number: str
    store_id: RecordId
    store_name: Text
    table_name: str
    placed_at: str
    state: Literal["open", "paid", "cancelled"]
    quantity: int
    total_fen: AmountFen
    first_dishes: list[Text]


class OrdersOut(Answer):
    orders: list[OrderSummary] = Field(description="newest first, at most 50")


class RushIn(Request):
    """Ask the kitchen to hurry (催菜)."""


class RushOut(Answer):
    """The kitchen was told; the same for every repeat of its Idempotency-Key."""

    line_id: str
    rushed_at: str = Field(description="ISO 8601, UTC")


class PayIn(Request):
    """Pay what is due. The amount is the server's to say."""


class PayRequest(Answer):
    """What wx.requestPayment takes, signed by the merchant."""

    timeStamp: str
    nonceStr: str
    package: str
    signType: Literal["RSA"]
    paySign: str


class PaymentOut(Answer):
    id: str
    order_id: str
    amount_fen: AmountFen
    state: Literal["pending", "done", "cancelled", "failed"]
    request: PayRequest | None = Field(description="null once it is no longer pending")
