"""Orders of the pay host: their life, and what a query shows of them."""

from dataclasses import dataclass, field

from . import fees, schemas
from .clock import beijing, parse_time, rfc3339
from .envelope import random_text
from .errors import ControlError, PayError, param_error
from .keyring import LETTERS_AND_DIGITS

PREPAY_SECONDS = 7_200
ORDER_SECONDS = 7 * 86_400  # an order that names no time_expire can be paid for seven days

NOTPAY, USERPAYING, SUCCESS, REFUND = "NOTPAY", "USERPAYING", "SUCCESS", "REFUND"
CLOSED, REVOKED, PAYERROR = "CLOSED", "REVOKED", "PAYERROR"
PAYABLE = frozenset({NOTPAY, USERPAYING, PAYERROR})
PAID = frozenset({SUCCESS, REFUND})
DESCRIPTIONS = {
    NOTPAY: "订单未支付",
    USERPAYING: "用户支付中，需要输入密码",
    SUCCESS: "支付成功",
    REFUND: "订单发生过退款，退款详情请查询退款单",
    CLOSED: "订单已关闭",
    REVOKED: "订单已撤销",
    PAYERROR: "支付失败(其他原因，如银行返回失败)",
}


@dataclass(eq=False)
class Order:
    request: schemas.NativeOrder
    trade_type: str
    created_at: float
    expires_at: float
    state: str = NOTPAY
    prepay_id: str = ""
    prepay_expires_at: float = 0.0
    code_url: str = ""
    payer_openid: str = ""
    transaction_id: str = ""
    success_at: float = 0.0
    refunds: list = field(default_factory=list)

    @property
    def out_trade_no(self):
        return self.request.out_trade_no

    @property
    def mchid(self):
        return self.request.mchid

    @property
    def total_fen(self):
        return self.request.amount.total

    @property
    def paid(self):
        return self.state in PAID

    @property
    def fee_fen(self):
        return fees.fee_of(self.total_fen)

    @property
    def refunded_fen(self):
        """Refunds accepted, whether they have arrived or not; closed ones do not count."""
        return sum(refund.refund_fen for refund in self.refunds if refund.status != CLOSED)

    @property
    def fee_returned_fen(self):
        return sum(refund.fee_returned_fen for refund in self.refunds if refund.status != CLOSED)

    def transaction(self):
        """The JSON of a query and of a payment notice."""
        request = self.request
        amount = {"total": self.total_fen, "currency": "CNY", "payer_currency": "CNY"}
        view = {
            "appid": request.appid,
            "mchid": request.mchid,
            "out_trade_no": request.out_trade_no,
            "trade_state": self.state,
            "trade_state_desc": DESCRIPTIONS[self.state],
            "attach": request.attach or "",
            "promotion_detail": [],
            "amount": amount,
        }
        if request.scene_info and request.scene_info.device_id:
            view["scene_info"] = {"device_id": request.scene_info.device_id}
        if self.paid:
            amount["payer_total"] = self.total_fen
            view["transaction_id"] = self.transaction_id
            view["trade_type"] = self.trade_type
            view["bank_type"] = "OTHERS"
            view["success_time"] = rfc3339(self.success_at)
            view["payer"] = {"openid": self.payer_openid}
        return view


class Orders:
    """The order book of every merchant. ``on_paid(order)`` is told of each payment once."""

    def __init__(self, clock, users, on_paid):
        self._clock = clock
        self._users = users
        self._on_paid = on_paid
        self._by_number = {}
        self._by_prepay_id = {}
        self._by_code_url = {}
        self._by_transaction_id = {}

    def all(self):
        return [self._refreshed(order) for order in self._by_number.values()]

    def create(self, merchant, trade_type, request):
        """Place an order, or answer the same one again. Raises PayError; returns the Order."""
        self._check_request(merchant, trade_type, request)
        order = self._by_number.get(request.out_trade_no)
        if order is None:
            order = self._place(trade_type, request)
        else:
            self._check_repeat(merchant, trade_type, request, self._refreshed(order))
        if self._clock.now() >= order.prepay_expires_at:
            self._issue(order)
        return order

    def _check_request(self, merchant, trade_type, request):
        schemas.check_mchid(merchant, request.mchid)
        if request.appid != merchant.appid:
            raise PayError(400, "APPID_MCHID_NOT_MATCH", "商户号与appid不匹配，请检查绑定关系")
        if trade_type == "JSAPI" and not self._users.is_openid(request.payer.openid):
            raise param_error("/payer/openid", "无效的openid", request.payer.openid)

    @staticmethod
    def _check_repeat(merchant, trade_type, request, order):
        if order.mchid != merchant.mchid:
            raise PayError(403, "OUT_TRADE_NO_USED", "商户订单号重复，请更换订单号")
        if order.paid:
            raise PayError(400, "ORDERPAID", "该订单已支付")
        if order.state in (CLOSED, REVOKED):
            raise PayError(400, "ORDER_CLOSED", "该订单已关闭")
        if order.trade_type != trade_type or order.request != request:
            raise PayError(400, "INVALID_REQUEST", "订单号已存在，但请求参数与原订单不一致")

    def _place(self, trade_type, request):
        now = self._clock.now()
        expires_at = parse_time(request.time_expire) if request.time_expire else now + ORDER_SECONDS
        if expires_at <= now:
            raise param_error("/time_expire", "订单失效时间早于当前时间", request.time_expire)
        order = Order(request, trade_type, now, expires_at)
        if trade_type == "JSAPI":
            order.payer_openid = request.payer.openid
        self._by_number[order.out_trade_no] = order
        return order

    def _issue(self, order):
        now = self._clock.now()
        order.prepay_id = f"wx{beijing(now):%d%H%M%S}" + random_text(26, "0123456789abcdef")
        order.prepay_expires_at = now + PREPAY_SECONDS
        self._by_prepay_id[order.prepay_id] = order
        if order.trade_type == "NATIVE":
            order.code_url = "weixin://wxpay/bizpayurl?pr=" + random_text(9, LETTERS_AND_DIGITS)
            self._by_code_url[order.code_url] = order

    def _refreshed(self, order):
        """The order as of now: one that ran out of time is closed."""
        if order.state in PAYABLE and self._clock.now() >= order.expires_at:
            order.state = CLOSED
        return order

    def _own(self, merchant, order):
        if order is None or order.mchid != merchant.mchid:
            raise PayError(404, "ORDER_NOT_EXIST", "订单不存在")
        return self._refreshed(order)

    def by_number(self, merchant, out_trade_no):
        """Raises PayError ORDER_NOT_EXIST, also for another merchant's order."""
        return self._own(merchant, self._by_number.get(out_trade_no))

    def by_transaction_id(self, merchant, transaction_id):
        return self._own(merchant, self._by_transaction_id.get(transaction_id))

    def close(self, merchant, out_trade_no):
        """Close an unpaid order; a closed one stays so. Raises PayError (202 is one too)."""
        order = self.by_number(merchant, out_trade_no)
        if order.paid:
            raise PayError(400, "ORDERPAID", "订单已支付，不能关单")
        if order.state == USERPAYING:
            raise PayError(202, "USER_PAYING", "用户支付中，需要输入密码")
        order.state = CLOSED

    def find(self, *, prepay_id=None, out_trade_no=None, code_url=None):
        """The order a person in front of the phone means. Raises ControlError 404."""
        for index, key in (
            (self._by_prepay_id, prepay_id),
            (self._by_number, out_trade_no),
            (self._by_code_url, code_url),
        ):
            if key and key in index:
                return self._refreshed(index[key])
        raise ControlError(
            404, "ORDER_NOT_EXIST", "订单不存在。", "There is no such order.", errMsg="requestPayment:fail 订单不存在"
        )

    def check_payable(self, order, openid, after_close=False):
        """Whether ``openid`` can pay now. Raises ControlError with the phone's ``errMsg``."""
        if order.paid:
            raise _fail(409, "ORDERPAID", "该订单已支付", "This order has been paid.")
        if order.state not in PAYABLE and not after_close:
            raise _fail(409, "ORDER_CLOSED", "该订单已关闭", "This order has been closed.")
        if self._clock.now() >= order.prepay_expires_at and not after_close:
            raise _fail(
                410, "PREPAY_EXPIRED", "订单已失效，请重新下单", "The prepay_id has lived its two hours; order again."
            )
        if order.trade_type == "JSAPI" and openid != order.payer_openid:
            raise _fail(
                403,
                "PAYER_MISMATCH",
                "下单账号与支付账号不一致，请核实后再支付",
                "The order was placed for another openid.",
            )

    def pay(self, order, openid, after_close=False):
        """Take the money of ``openid`` once. Raises ControlError; then nothing has changed."""
        self.check_payable(order, openid, after_close)
        now = self._clock.now()
        order.state = SUCCESS
        order.payer_openid = openid
        order.success_at = now
        order.transaction_id = f"4200{random_text(6, '0123456789')}{beijing(now):%Y%m%d}"
        order.transaction_id += random_text(10, "0123456789")
        self._by_transaction_id[order.transaction_id] = order
        self._on_paid(order)

    def set_state(self, order, state):
        """Play what happens at the phone or the bank, on an unpaid order."""
        if order.paid or order.state == CLOSED or state not in (*PAYABLE, REVOKED):
            raise ControlError(
                409,
                "INVALID_STATE",
                f"不能从 {order.state} 变为 {state}。",
                f"An order cannot go from {order.state} to {state}.",
            )
        order.state = state


def _fail(status, code, zh, en):
    return ControlError(status, code, zh + "。", en, errMsg=f"requestPayment:fail {zh}")
