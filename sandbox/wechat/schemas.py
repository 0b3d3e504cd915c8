"""What the pay host accepts. Unknown fields and wrong types are refused, as WeChat does."""

import ipaddress
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from .clock import parse_time
from .errors import PayError, param_error

MAX_FEN = 10**10


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def _rfc3339(value):
    parse_time(value)
    return value


def _notify_url(value):
    """WeChat wants https without a query; loopback may be http, there is no one in between."""
    url = urlsplit(value)
    if url.scheme != "https" and not (url.scheme == "http" and _is_loopback(url.hostname)):
        raise ValueError("通知地址必须为https（仅本机回环地址可用http）")
    if not url.hostname or "?" in value or "#" in value:
        raise ValueError("通知地址不能携带参数")
    return value


def _is_loopback(host):
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


def text(longest, shortest=1):
    return Annotated[str, Field(min_length=shortest, max_length=longest)]


Fen = Annotated[int, Field(ge=1, le=MAX_FEN)]
Currency = Annotated[str, Field(pattern=r"^CNY$")]
OutTradeNo = Annotated[str, Field(pattern=r"^[0-9a-zA-Z_\-|*]{6,32}$")]
OutRefundNo = Annotated[str, Field(pattern=r"^[0-9a-zA-Z_\-|*@]{1,64}$")]
Moment = Annotated[str, AfterValidator(_rfc3339)]
NotifyUrl = Annotated[str, Field(max_length=255), AfterValidator(_notify_url)]


class Amount(Strict):
    total: Fen
    currency: Currency = "CNY"


class Payer(Strict):
    openid: text(128)


class OrderGoods(Strict):
    merchant_goods_id: text(32)
    wechatpay_goods_id: text(32) | None = None
    goods_name: text(256) | None = None
    quantity: Fen
    unit_price: Annotated[int, Field(ge=0, le=MAX_FEN)]


class OrderDetail(Strict):
    cost_price: int | None = None
    invoice_id: text(32) | None = None
    goods_detail: list[OrderGoods] | None = None


class StoreInfo(Strict):
    id: text(32)
    name: text(256) | None = None
    area_code: text(32) | None = None
    address: text(512) | None = None


class SceneInfo(Strict):
    payer_client_ip: text(45)
    device_id: text(32) | None = None
    store_info: StoreInfo | None = None


class SettleInfo(Strict):
    profit_sharing: bool = False


class NativeOrder(Strict):
    appid: text(32)
    mchid: text(32)
    description: text(127)
    out_trade_no: OutTradeNo
    notify_url: NotifyUrl
    amount: Amount
    time_expire: Moment | None = None
    attach: text(128) | None = None
    goods_tag: text(32) | None = None
    support_fapiao: bool | None = None
    detail: OrderDetail | None = None
    scene_info: SceneInfo | None = None
    settle_info: SettleInfo | None = None


class JsapiOrder(NativeOrder):
    payer: Payer


class CloseRequest(Strict):
    mchid: text(32)


class RefundFrom(Strict):
    account: Annotated[str, Field(pattern=r"^(AVAILABLE|UNAVAILABLE)$")]
    amount: Fen


class RefundAmount(Strict):
    refund: Fen
    total: Fen
    currency: Currency
    from_: list[RefundFrom] | None = Field(None, alias="from")


class RefundGoods(Strict):
    merchant_goods_id: text(32)
    wechatpay_goods_id: text(32) | None = None
    goods_name: text(256) | None = None
    unit_price: Fen
    refund_amount: Fen
    refund_quantity: Fen


class RefundRequest(Strict):
    out_refund_no: OutRefundNo
    amount: RefundAmount
    transaction_id: text(32) | None = None
    out_trade_no: OutTradeNo | None = None
    reason: text(80) | None = None
    notify_url: NotifyUrl | None = None
    funds_account: Annotated[str, Field(pattern=r"^(AVAILABLE|UNSETTLED)$")] | None = None
    goods_detail: list[RefundGoods] | None = None


def parse(model, body):
    """The ``model`` in the JSON ``body`` (bytes). Raises PayError PARAM_ERROR naming the field."""
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        field = "/" + "/".join(str(part) for part in first["loc"])
        value = first["input"] if isinstance(first["input"], str | int | float) else None
        raise param_error(field, first["msg"], value) from None


def parse_query(query, required=(), optional=()):
    """A dict of single-valued query parameters. Raises PayError PARAM_ERROR.

    ``query`` is a Starlette QueryParams.
    """
    values = dict(query)
    for name in required:
        if not values.get(name):
            raise param_error(name, "必填参数缺失", location="query")
    for name in values:
        if name not in required and name not in optional:
            raise param_error(name, "未知的参数", values[name], location="query")
        if len(query.getlist(name)) > 1:
            raise param_error(name, "参数重复", location="query")
    return values


def check_mchid(merchant, mchid):
    """The merchant named in the request must be the one who signed it."""
    if mchid != merchant.mchid:
        raise PayError(400, "PARAM_ERROR", "请求中的商户号与签名商户号不一致")
