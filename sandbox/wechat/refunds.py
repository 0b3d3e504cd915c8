"""Refunds: accepted once for each number, then on their way to the diner."""

from dataclasses import dataclass

from . import fees, orders, schemas
from .clock import DAY_SECONDS, beijing, rfc3339
from .envelope import random_text
from .errors import ControlError, PayError
from .ledger import MERCHANT

MAX_PARTS = 50
INTERVAL_SECONDS = 60
LATEST_SECONDS = 365 * DAY_SECONDS
PROCESSING, SUCCESS, CLOSED, ABNORMAL = "PROCESSING", "SUCCESS", "CLOSED", "ABNORMAL"
# An abnormal refund (the diner's bank account is gone) is settled by hand, either way.
NEXT = {PROCESSING: {SUCCESS, CLOSED, ABNORMAL}, ABNORMAL: {SUCCESS, CLOSED}}


@dataclass(eq=False)
class Refund:
    order: orders.Order
    request: schemas.RefundRequest
    refund_id: str
    created_at: float
    fee_returned_fen: int
    due_at: float
    outcome: str
    status: str = PROCESSING
    success_at: float = 0.0

    @property
    def out_refund_no(self):
        return self.request.out_refund_no

    @property
    def refund_fen(self):
        return self.request.amount.refund

    def view(self):
        """The JSON of the refund calls."""
        order, refund = self.order, self.refund_fen
        view = {
            "refund_id": self.refund_id,
            "out_refund_no": self.out_refund_no,
            "transaction_id": order.transaction_id,
            "out_trade_no": order.out_trade_no,
            "channel": "ORIGINAL",
            "user_received_account": "支付用户零钱",
            "create_time": rfc3339(self.created_at),
            "status": self.status,
            "funds_account": self.request.funds_account or "AVAILABLE",
            "amount": {
                "total": order.total_fen,
                "refund": refund,
                "from": [],
                "payer_total": order.total_fen,
                "payer_refund": refund,
                "settlement_total": order.total_fen,
                "settlement_refund": refund,
                "discount_refund": 0,
                "currency": "CNY",
                "refund_fee": self.fee_returned_fen,
            },
            "promotion_detail": [],
        }
        if self.status == SUCCESS:
            view["success_time"] = rfc3339(self.success_at)
        return view

    def notice(self):
        """The resource of a refund notice, which differs from the calls' JSON."""
        order = self.order
        resource = {
            "mchid": order.mchid,
            "out_trade_no": order.out_trade_no,
            "transaction_id": order.transaction_id,
            "out_refund_no": self.out_refund_no,
            "refund_id": self.refund_id,
            "refund_status": self.status,
            "user_received_account": "支付用户零钱",
            "amount": {
                "total": order.total_fen,
                "refund": self.refund_fen,
                "payer_total": order.total_fen,
                "payer_refund": self.refund_fen,
            },
        }
        if self.status == SUCCESS:
            resource["success_time"] = rfc3339(self.success_at)
        return resource


class Refunds:
    """The refund book. ``on_end(refund)`` is told when one succeeds, closes or turns abnormal."""

    def __init__(self, clock, book, ledger, settings, on_end):
        self._clock = clock
        self._orders = book
        self._ledger = ledger
        self._settings = settings
        self._on_end = on_end
        self._by_number = {}

    def all(self):
        return list(self._by_number.values())

    def get(self, merchant, out_refund_no):
        refund = self._by_number.get((merchant.mchid, out_refund_no))
        if refund is None:
            raise PayError(404, "RESOURCE_NOT_EXISTS", "退款单不存在")
        return refund

    def find(self, out_refund_no):
        for refund in self.all():
            if refund.out_refund_no == out_refund_no:
                return refund
        raise ControlError(404, "REFUND_NOT_EXIST", "退款单不存在。", "There is no such refund.")

    def create(self, merchant, request):
        """Accept a refund, or answer the same number again. Raises PayError, nothing changed."""
        order = self._order_of(merchant, request)
        earlier = self._by_number.get((merchant.mchid, request.out_refund_no))
        if earlier is not None:
            if earlier.request != request:
                raise PayError(400, "INVALID_REQUEST", "商户退款单号已存在，但请求参数与原退款不一致")
            return earlier
        self._check(order, request)
        returned = fees.fee_returned(
            order.total_fen,
            order.fee_fen,
            order.refunded_fen + request.amount.refund,
            order.fee_returned_fen,
        )
        if self._ledger.balance(order.mchid, MERCHANT) < request.amount.refund - returned:
            raise PayError(403, "NOT_ENOUGH", "基本账户余额不足，请充值后重新发起")
        return self._accept(order, request, returned)

    def _order_of(self, merchant, request):
        if (request.transaction_id is None) == (request.out_trade_no is None):
            raise PayError(400, "PARAM_ERROR", "transaction_id与out_trade_no必须二选一")
        try:
            if request.transaction_id:
                order = self._orders.by_transaction_id(merchant, request.transaction_id)
            else:
                order = self._orders.by_number(merchant, request.out_trade_no)
        except PayError:
            order = None
        if order is None or not order.paid:
            raise PayError(404, "RESOURCE_NOT_EXISTS", "订单不存在或未支付")
        return order

    def _check(self, order, request):
        now = self._clock.now()
        if request.amount.total != order.total_fen:
            raise PayError(400, "INVALID_REQUEST", "订单金额与原订单不一致")
        if order.refunded_fen + request.amount.refund > order.total_fen:
            raise PayError(400, "INVALID_REQUEST", "累计退款金额大于支付金额")
        if now - order.success_at > LATEST_SECONDS:
            raise PayError(400, "INVALID_REQUEST", "订单已超过可退款的最大期限（一年）")
        if len(order.refunds) >= MAX_PARTS:
            raise PayError(400, "INVALID_REQUEST", "部分退款次数超过50次")
        if order.refunds and now - order.refunds[-1].created_at < INTERVAL_SECONDS:
            raise PayError(429, "FREQUENCY_LIMITED", "同一笔订单的多次退款请间隔1分钟")

    def _accept(self, order, request, returned):
        now = self._clock.now()
        refund_id = f"50{random_text(9, '0123456789')}{beijing(now):%Y%m%d}"
        refund = Refund(
            order=order,
            request=request,
            refund_id=refund_id + random_text(10, "0123456789"),
            created_at=now,
            fee_returned_fen=returned,
            due_at=now + self._settings.refund_seconds,
            outcome=self._settings.refund_outcome,
        )
        self._by_number[order.mchid, refund.out_refund_no] = refund
        order.refunds.append(refund)
        order.state = orders.REFUND
        self._ledger.refund_accepted(now, refund)
        return refund

    def next_due(self):
        waiting = [refund.due_at for refund in self.all() if refund.status == PROCESSING]
        return min(waiting, default=None)

    def run(self, until):
        """Finish the refunds that are due at business time ``until``."""
        for refund in self.all():
            if refund.status == PROCESSING and refund.due_at <= until:
                self.end(refund, refund.outcome, until)

    def end(self, refund, status, at):
        """Let a refund end. Raises ControlError when it already has."""
        if status not in NEXT.get(refund.status, ()):
            raise ControlError(
                409,
                "INVALID_STATE",
                f"不能从 {refund.status} 变为 {status}。",
                f"A refund cannot go from {refund.status} to {status}.",
            )
        refund.status = status
        if status == SUCCESS:
            refund.success_at = at
            self._ledger.refund_arrived(at, refund)
        elif status == CLOSED:
            self._ledger.refund_closed(at, refund)
            if not refund.order.refunded_fen:
                refund.order.state = orders.SUCCESS
        self._on_end(refund)
