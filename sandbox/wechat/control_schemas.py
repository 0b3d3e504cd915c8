"""What the control plane accepts; unknown fields are refused so that a typo cannot pass."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


User = Annotated[str, Field(min_length=1, max_length=64)]


class NewMerchant(Body):
    name: Annotated[str, Field(min_length=1, max_length=64)] = "模拟商户"


class LoginCode(Body):
    user: User


class PhoneCode(Body):
    user: User
    phone: Annotated[str, Field(pattern=r"^1\d{10}$")] = "13800000000"


class Blocking(Body):
    user: User
    blocked: bool


class Consent(Body):
    user: User
    template_ids: Annotated[list[str], Field(min_length=1, max_length=3)]
    accept: bool = True


class NewTemplate(Body):
    title: Annotated[str, Field(min_length=1, max_length=32)]
    keys: Annotated[list[str], Field(min_length=1, max_length=5)]


class RequestPayment(Body):
    """The parameters of wx.requestPayment, as the page passed them, and who holds the phone."""

    appId: str | None = None
    timeStamp: str
    nonceStr: str
    package: str
    signType: str
    paySign: str
    user: User


class Which(Body):
    prepay_id: str | None = None
    out_trade_no: str | None = None
    code_url: str | None = None


class Pay(Which):
    user: User | None = None
    openid: str | None = None
    after_close: bool = False


class OrderState(Body):
    trade_state: Literal["USERPAYING", "PAYERROR", "REVOKED", "NOTPAY"]


class RefundState(Body):
    status: Literal["SUCCESS", "ABNORMAL", "CLOSED"]


class SetClock(Body):
    now: float | str | None = None
    advance_seconds: Annotated[float, Field(ge=0)] | None = None
    rate: Annotated[float, Field(ge=0, le=1_000_000)] | None = None


class NewFault(Body):
    call: str
    fault: str
    times: Annotated[int, Field(ge=1)] | None = 1
    probability: Annotated[float, Field(gt=0, le=1)] = 1.0
    seconds: Annotated[float, Field(ge=0, le=600)] | None = None
    errcode: int = -1
    copies: Annotated[int, Field(ge=2, le=32)] = 2
    seed: int | None = None


class SendNotice(Body):
    copies: Annotated[int, Field(ge=1, le=32)] = 1
    concurrent: bool = False
    replay: bool = False
    fault: str | None = None


class ForgeNotice(Body):
    url: Annotated[str, Field(pattern=r"^https?://")]
    resource: dict
    event_type: Literal["TRANSACTION.SUCCESS", "REFUND.SUCCESS", "REFUND.ABNORMAL", "REFUND.CLOSED"] = (
        "TRANSACTION.SUCCESS"
    )
    mchid: str | None = None
    fault: str | None = "forged_key"
    copies: Annotated[int, Field(ge=1, le=32)] = 1
    concurrent: bool = False


class Deposit(Body):
    amount_fen: Annotated[int, Field(ge=1)]
    mchid: str | None = None


class ChangeSettings(Body):
    refund_seconds: Annotated[float, Field(ge=0)] = 3.0
    refund_outcome: Literal["SUCCESS", "ABNORMAL", "CLOSED"] = "SUCCESS"
    signtest_every: Annotated[int, Field(ge=0)] = 10
    settle: bool = True
    trade_managed: bool = False
    pages: list[str] | None = None
    risky_words: list[str] = Field(default_factory=list)
