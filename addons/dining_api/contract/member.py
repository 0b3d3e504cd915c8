"""Members and their stored value."""

from typing import Annotated, Any, Literal

from pydantic import Field

from .common import AmountFen, Answer, Error, RecordId, Request, Text
from .order import PayRequest

Pin = Annotated[str, Field(pattern=r"^[0-9]{6}$", description="payment PIN")]
WeChatCode = Annotated[
    str, Field(min_length=1, max_length=128, description="that wx.login has just given; it works once")
]


class MemberIn(Request):
    """Join, with one tap."""

    consent_version: Annotated[
        str, Field(min_length=1, max_length=32, description="of the text that was shown and agreed to")
    ]


class MemberOut(Answer):
    """Whoever has this phone; all but the text's version is empty where they have not joined."""

    is_member: bool
    name: str
    code: str = Field(description="16 digits; the register scans them as a QR code")
    code_picture: str = Field(description="the code as QR, a data URI of a PNG")
    joined_at: str | None = Field(description="ISO 8601, UTC")
    consent_version: str = Field(description="of the text to show before joining")


class EntryAboutOut(Answer):
    """What an entry was for, as far as it is known."""

    store: Text | None
    order: str = Field(description="its number; empty where it was no order")
    table: str = Field(description="its name, may be empty")
    offer: Text | None = Field(description="of a top-up")


class WalletEntryOut(Answer):
    sequence: int
    at: str = Field(description="ISO 8601, UTC")
    kind: Literal["topup", "spend", "return", "refund", "reversal"]
    amount_fen: AmountFen = Field(description="principal and bonus, negative where they were taken")
    principal_fen: AmountFen
    bonus_fen: AmountFen
    balance_fen: AmountFen = Field(description="after it")
    reason: str
    source: str
    about: EntryAboutOut


class WalletOut(Answer):
    balance_fen: AmountFen
    available_fen: AmountFen = Field(description="the balance less what is held for orders")
    held_fen: AmountFen = Field(description="set aside for orders that are not yet final")
    principal_fen: AmountFen
    bonus_fen: AmountFen
    confirm_above_fen: AmountFen = Field(description="what is paid on one order above it is confirmed; 0: never")
    has_pin: bool = Field(description="whether the member has set a payment PIN")
    entries: list[WalletEntryOut] = Field(description="newest first, at most 50")


class PinIn(Request):
    """Set a payment PIN, or another one."""

    pin: Pin
    code: WeChatCode


class StatementOut(Answer):
    """The member's signed statement; `dining_rules/statement.py` says how it is checked."""

    statement: dict[str, Any] = Field(description="company, member, balances and every entry with its digest")
    signature: dict[str, str] = Field(description="Ed25519 over the statement as canonical JSON")


class StatementEntryOut(Answer):
    sequence: int
    at: str = Field(description="ISO 8601, UTC")
    kind: Literal["topup", "spend", "return", "refund", "reversal"]
    amount_fen: AmountFen = Field(description="principal and bonus, negative where they were taken")
    principal_fen: AmountFen
    bonus_fen: AmountFen
    balance_fen: AmountFen = Field(description="after it")
    digest: str = Field(description="SHA-256 of the entry and of the digest before it")
    about: EntryAboutOut


class StatementViewOut(Answer):
    """A period of the statement, to look at."""

    month: str = Field(description="such as 2026-11, on China's clock; empty for all")
    months: list[str] = Field(description="with entries, the latest first")
    opening_fen: AmountFen
    in_fen: AmountFen = Field(description="what was added")
    out_fen: AmountFen = Field(description="what was taken, negative")
    closing_fen: AmountFen
    entries: list[StatementEntryOut] = Field(description="the first first, the latest 80 of the period")
    left_out: int = Field(description="earlier entries of the period; the PDF has them")
    issued_at: str = Field(description="ISO 8601, UTC")
    digest: str = Field(description="of the wallet's last entry")
    fingerprint: str = Field(description="of the company's key that signs the statement")


class WalletPaymentIn(Request):
    """Pay with stored value."""

    amount_fen: Annotated[int, Field(gt=0, lt=2**31)] | None = Field(
        None, description="a part of what is due, such as one's own share; all of it if left out"
    )

    pin: Pin | None = Field(None, description="where the quote's `confirmation` says pin")
    code: WeChatCode | None = Field(None, description="where it says wechat")


class WalletQuoteIn(Request):
    """What is thought of paying with stored value."""

    amount_fen: Annotated[int, Field(gt=0, lt=2**31)] | None = Field(
        None, description="a part of what is due; if left out one's share among `people`, or all where they are too"
    )
    people: Annotated[int, Field(ge=1, le=99)] | None = Field(None, description="among whom the bill is split")


class WalletQuoteOut(Answer):
    """What a payment with stored value would come to."""

    due_fen: AmountFen = Field(description="left to pay on the order now")
    people: int = Field(ge=1, description="among whom the bill is split")
    share_fen: AmountFen = Field(description="one's own share of the bill, at most what is due")
    amount_fen: AmountFen = Field(description="that would be taken")
    due_after_fen: AmountFen = Field(description="left to pay on the order after it")
    available_fen: AmountFen = Field(description="in the wallet")
    payable_fen: AmountFen = Field(description="the most that can be paid now: what is due, or what is available")
    confirmation: Literal["none", "pin", "wechat"] = Field(description="what is to be sent with the payment")
    refusal: Error | None = Field(description="why it cannot be paid so")


class WalletPaymentOut(Answer):
    order_id: str
    amount_fen: AmountFen
    principal_fen: AmountFen
    bonus_fen: AmountFen
    balance_fen: AmountFen = Field(description="left in the wallet after it")
    due_fen: AmountFen = Field(description="left to pay on the order")


class TopupOfferOut(Answer):
    id: RecordId
    name: Text
    price_fen: AmountFen
    bonus_fen: AmountFen = Field(description="given with it")
    ends_at: str | None = Field(description="ISO 8601, UTC")
    refusal: Text | None = Field(description="why this member cannot take it now")


class TopupOffersOut(Answer):
    offers: list[TopupOfferOut]


class TopupIn(Request):
    """Choose an offer; what it costs is the server's to say."""

    offer_id: RecordId


class TopupOut(Answer):
    id: str
    offer: str
    principal_fen: AmountFen
    bonus_fen: AmountFen
    state: Literal["pending", "credited", "cancelled", "returned"] = Field(
        description="returned: it was paid, could not be credited, and goes back to the payer"
    )
    request: PayRequest | None = Field(description="null once it is no longer pending")
