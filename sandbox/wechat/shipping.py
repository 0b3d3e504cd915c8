"""Shipping information that some mini-programs owe WeChat before it releases their money."""

from .clock import parse_time, rfc3339
from .errors import ApiError

EXPRESS, SAME_CITY, VIRTUAL, SELF_PICKUP = 1, 2, 3, 4
BY_TRANSACTION_ID, BY_OUT_TRADE_NO = 2, 1
MAX_ITEMS = 15
MAX_UPLOADS = 2  # the first, and one chance to correct it


def _shape_error(field):
    return ApiError(47001, f"data format error: {field}")


class Shipping:
    def __init__(self, clock, orders):
        self._clock = clock
        self._orders = orders
        self.uploads = []

    def upload(self, payload):
        """Record one upload. Raises ApiError; then nothing is recorded."""
        _check_shape(payload)
        order = self._find(payload["order_key"])
        if order is None or not order.paid:
            raise ApiError(10060001, "支付单不存在")
        if payload["payer"].get("openid") != order.payer_openid:
            raise ApiError(40003, "invalid openid")
        if order.refunded_fen == order.total_fen:
            raise ApiError(10060004, "支付单处于不可发货的状态")
        if self._count(order) >= MAX_UPLOADS:
            raise ApiError(10060003, "支付单已使用重新发货机会")
        self.uploads.append(
            {
                "at": rfc3339(self._clock.now()),
                "out_trade_no": order.out_trade_no,
                "transaction_id": order.transaction_id,
                **payload,
            }
        )

    def _count(self, order):
        return sum(upload["out_trade_no"] == order.out_trade_no for upload in self.uploads)

    def _find(self, key):
        kind = key.get("order_number_type")
        if kind == BY_OUT_TRADE_NO:
            return self._match(mchid=key.get("mchid"), out_trade_no=key.get("out_trade_no"))
        if kind == BY_TRANSACTION_ID:
            return self._match(transaction_id=key.get("transaction_id"))
        raise _shape_error("order_key.order_number_type")

    def _match(self, **wanted):
        for order in self._orders.all():
            if all(value and getattr(order, name) == value for name, value in wanted.items()):
                return order
        return None

    def state(self, payload):
        """``order_state`` of get_order: 1 to be shipped, 2 shipped, 5 refunded."""
        if payload.get("transaction_id"):
            order = self._match(transaction_id=payload["transaction_id"])
        else:
            order = self._match(mchid=payload.get("merchant_id"), out_trade_no=payload.get("merchant_trade_no"))
        if order is None or not order.paid:
            raise ApiError(10060001, "支付单不存在")
        if order.refunded_fen == order.total_fen:
            return 5
        return 2 if self._count(order) else 1


def _check_shape(payload):
    for field in ("order_key", "payer"):
        if not isinstance(payload.get(field), dict):
            raise _shape_error(field)
    if payload.get("logistics_type") not in (EXPRESS, SAME_CITY, VIRTUAL, SELF_PICKUP):
        raise _shape_error("logistics_type")
    if payload.get("delivery_mode") not in (1, 2):
        raise _shape_error("delivery_mode")
    items = payload.get("shipping_list")
    if not isinstance(items, list) or not 1 <= len(items) <= MAX_ITEMS:
        raise _shape_error("shipping_list")
    for item in items:
        _check_item(payload["logistics_type"], item)
    try:
        parse_time(payload.get("upload_time"))
    except ValueError:
        raise ApiError(268485216, "上传时间非法，请按照 RFC 3339 格式填写") from None


def _check_item(logistics_type, item):
    description = item.get("item_desc") if isinstance(item, dict) else None
    if not isinstance(description, str) or not 1 <= len(description) <= 120:
        raise _shape_error("shipping_list.item_desc")
    if logistics_type == EXPRESS and not (item.get("tracking_no") and item.get("express_company")):
        raise _shape_error("shipping_list.tracking_no")
