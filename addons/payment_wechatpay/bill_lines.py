"""A bill's lines as values: trade bill and fund-flow bill, amounts in fen.

A backtick stands before each value and nothing is quoted, so a line is split at comma and backtick; two lines of
summary end the file. Source: pay.weixin.qq.com/doc/v3/merchant/4012791863 and 4012791866.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

CHINA = timezone(timedelta(hours=8))
_REFUND_NOTE = re.compile(r"退款总金额([0-9.]+)元;含手续费([0-9.]+)元")
#: What a fund-flow bill calls what happened.
_FLOW_KINDS = {
    "交易": "trade",
    "扣除交易手续费": "fee",
    "退款": "refund",
    "退款退回": "refund_back",
    "提现": "payout",
    "充值": "deposit",
}
#: A refund in this state has given nothing back.
REFUND_CLOSED = "CLOSED"


class BillUnreadable(Exception):
    """The bill is not of WeChat's format; the text says which line."""


@dataclass(frozen=True)
class Trade:
    """One line of a trade bill: a payment, or a refund where `refund_number` is set.

    :param number: the merchant's number of the payment
    :param amount_fen: what was paid; 0 on a refund's line
    :param fee_fen: WeChat's fee, negative where it gives some back
    """

    at: datetime
    number: str
    wechat_number: str
    amount_fen: int
    fee_fen: int
    refund_number: str = ""
    wechat_refund_number: str = ""
    refund_fen: int = 0
    refund_state: str = ""

    @property
    def own_number(self):
        return self.refund_number or self.number

    @property
    def signed_fen(self):
        return -self.refund_fen if self.refund_number else self.amount_fen


@dataclass(frozen=True)
class Flow:
    """One line of a fund-flow bill.

    :param kind: trade, fee, refund, refund_back, payout, deposit or other
    :param amount_fen: positive where money came in
    :param gross_fen: the same before WeChat's fee: a refund moves its amount less the fee that comes back with it
    :param number: the merchant's number of the payment or refund
    """

    at: datetime
    kind: str
    name: str
    number: str
    wechat_number: str
    amount_fen: int
    gross_fen: int
    balance_fen: int


@dataclass(frozen=True)
class Bill:
    """:param wrong: (what, fen or count by the lines, the same by the summary) of each sum that is not its lines'"""

    lines: tuple
    wrong: tuple


def read_trade_bill(content):
    """:param content: the bytes of a trade bill of type ALL
    :raises BillUnreadable:
    """
    rows, summary = _read(content)
    lines = tuple(_trade(row) for row in rows)
    told = {
        "count": (len(lines), int(_decimal(summary, "总交易单数"))),
        "paid": (sum(line.amount_fen for line in lines), _fen(summary, "订单总金额")),
        "refunded": (sum(line.refund_fen for line in lines), _fen(summary, "申请退款总金额")),
        "fee": (sum(line.fee_fen for line in lines), _fen(summary, "手续费总金额")),
    }
    return Bill(lines, _wrong(told))


def read_flow_bill(content):
    """:param content: the bytes of a fund-flow bill
    :raises BillUnreadable:
    """
    rows, summary = _read(content)
    lines = tuple(_flow(row) for row in rows)
    income = [line.amount_fen for line in lines if line.amount_fen > 0]
    spent = [-line.amount_fen for line in lines if line.amount_fen < 0]
    told = {
        "count": (len(lines), int(_decimal(summary, "资金流水总笔数"))),
        "income": (sum(income), _fen(summary, "收入金额")),
        "spent": (sum(spent), _fen(summary, "支出金额")),
    }
    return Bill(lines, _wrong(told))


def _read(content):
    """({column: text} of each line, {column: text} of the summary)"""
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise BillUnreadable("not UTF-8") from None
    lines = [line for line in lines if line.strip()]
    if len(lines) < 3 or lines[0].startswith("`") or not lines[-1].startswith("`"):
        raise BillUnreadable("no summary")
    rows = [_cells(lines[0], line, place) for place, line in enumerate(lines[1:-2], 2)]
    return rows, _cells(lines[-2], lines[-1], len(lines))


def _cells(header, line, place):
    names = header.split(",")
    cells = line.removeprefix("`").split(",`")
    if not line.startswith("`") or len(cells) != len(names):
        raise BillUnreadable(f"line {place}")
    return dict(zip(names, cells, strict=True))


def _trade(row):
    is_refund = row.get("交易状态") == "REFUND"
    return Trade(
        at=_time(row, "交易时间"),
        number=_text(row, "商户订单号"),
        wechat_number=_text(row, "微信订单号"),
        amount_fen=0 if is_refund else _fen(row, "订单金额"),
        fee_fen=_fen(row, "手续费"),
        refund_number=_text(row, "商户退款单号") if is_refund else "",
        wechat_refund_number=_text(row, "微信退款单号") if is_refund else "",
        refund_fen=_fen(row, "申请退款金额") if is_refund else 0,
        refund_state=_text(row, "退款状态") if is_refund else "",
    )


def _flow(row):
    sign = {"收入": 1, "支出": -1}.get(row.get("收支类型"))
    if not sign:
        raise BillUnreadable("收支类型")
    kind = _FLOW_KINDS.get(_text(row, "业务类型"), "other")
    amount = sign * _fen(row, "收支金额(元)")
    note = _REFUND_NOTE.search(row.get("备注", "")) if kind in ("refund", "refund_back") else None
    return Flow(
        at=_time(row, "记账时间"),
        kind=kind,
        name=_text(row, "业务类型"),
        number=_text(row, "业务凭证号"),
        wechat_number=_text(row, "微信支付业务单号"),
        amount_fen=amount,
        gross_fen=sign * _to_fen(note[1]) if note else amount,
        balance_fen=_fen(row, "账户结余(元)"),
    )


def _wrong(told):
    return tuple((what, lines, summary) for what, (lines, summary) in told.items() if lines != summary)


def _text(row, name):
    if name not in row:
        raise BillUnreadable(name)
    return row[name].strip()


def _time(row, name):
    try:
        return datetime.strptime(_text(row, name), "%Y-%m-%d %H:%M:%S").replace(tzinfo=CHINA)
    except ValueError:
        raise BillUnreadable(name) from None


def _decimal(row, name):
    try:
        return Decimal(_text(row, name))
    except InvalidOperation:
        raise BillUnreadable(name) from None


def _fen(row, name):
    """Yuan with any number of decimals; a fee has five."""
    return _to_fen(_decimal(row, name))


def _to_fen(yuan):
    return int((Decimal(yuan) * 100).quantize(Decimal(1), ROUND_HALF_UP))
