"""Trade and fund-flow bills in WeChat's format, and their short-lived download links.

UTF-8 with a byte-order mark and CRLF; a backtick before each value; two summary lines at the end.
A value is not quoted, whatever it holds: readers split at comma and backtick.
"""

import gzip
import hashlib
from dataclasses import dataclass
from datetime import date, timedelta

from . import bill_faults, fees
from .clock import DAY_SECONDS, beijing, bill_time, day_start
from .envelope import random_text
from .errors import PayError, param_error
from .keyring import LETTERS_AND_DIGITS
from .ledger import FEES, MERCHANT
from .money import short_yuan, yuan

READY_HOUR = 10
KEPT_DAYS = 92
URL_SECONDS = 30

# Columns of the trade bill with the bill types that show them: A(ll), S(uccess), R(efund).
TRADE_COLUMNS = (
    ("交易时间", "ASR"),
    ("公众账号ID", "ASR"),
    ("商户号", "ASR"),
    ("特约商户号", "ASR"),
    ("设备号", "ASR"),
    ("微信订单号", "ASR"),
    ("商户订单号", "ASR"),
    ("用户标识", "ASR"),
    ("交易类型", "ASR"),
    ("交易状态", "ASR"),
    ("付款银行", "ASR"),
    ("货币种类", "ASR"),
    ("应结订单金额", "ASR"),
    ("代金券金额", "ASR"),
    ("退款申请时间", "R"),
    ("退款成功时间", "R"),
    ("微信退款单号", "AR"),
    ("商户退款单号", "AR"),
    ("退款金额", "AR"),
    ("充值券退款金额", "AR"),
    ("退款类型", "AR"),
    ("退款状态", "AR"),
    ("商品名称", "ASR"),
    ("商户数据包", "ASR"),
    ("手续费", "ASR"),
    ("费率", "ASR"),
    ("订单金额", "ASR"),
    ("申请退款金额", "AR"),
    ("费率备注", "ASR"),
)
TRADE_SUMMARY = (
    "总交易单数",
    "应结订单总金额",
    "退款总金额",
    "充值券退款总金额",
    "手续费总金额",
    "订单总金额",
    "申请退款总金额",
)
FLOW_COLUMNS = (
    "记账时间",
    "微信支付业务单号",
    "资金流水单号",
    "业务名称",
    "业务类型",
    "收支类型",
    "收支金额(元)",
    "账户结余(元)",
    "资金变更提交申请人",
    "备注",
    "业务凭证号",
)
FLOW_SUMMARY = ("资金流水总笔数", "收入笔数", "收入金额", "支出笔数", "支出金额")
FLOW_NAMES = {
    "trade": ("交易", "交易"),
    "fee": ("交易", "扣除交易手续费"),
    "refund": ("退款", "退款"),
    "refund_closed": ("退款", "退款退回"),
    "settle": ("提现", "提现"),
    "deposit": ("充值", "充值"),
}


def _lines(header, rows, summary_header, summary):
    lines = [",".join(header)]
    lines += [",".join("`" + value for value in row) for row in rows]
    lines += [",".join(summary_header), ",".join("`" + value for value in summary)]
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()


@dataclass(frozen=True)
class Entry:
    """One line of the trade bill: a payment, or a refund where ``refund`` is set."""

    at: float
    order: object
    refund: object = None

    @property
    def order_fen(self):
        return 0 if self.refund else self.order.total_fen

    @property
    def refund_fen(self):
        return self.refund.refund_fen if self.refund else 0

    @property
    def fee_fen(self):
        return -self.refund.fee_returned_fen if self.refund else self.order.fee_fen

    def cells(self):
        order, refund, request = self.order, self.refund, self.order.request
        device = request.scene_info and request.scene_info.device_id
        succeeded = refund and refund.success_at
        return {
            "交易时间": bill_time(self.at),
            "公众账号ID": request.appid,
            "商户号": request.mchid,
            "特约商户号": "0",
            "设备号": device or "",
            "微信订单号": order.transaction_id,
            "商户订单号": order.out_trade_no,
            "用户标识": order.payer_openid,
            "交易类型": order.trade_type,
            "交易状态": "REFUND" if refund else "SUCCESS",
            "付款银行": "OTHERS",
            "货币种类": "CNY",
            "应结订单金额": yuan(self.order_fen),
            "代金券金额": "0.00",
            "退款申请时间": bill_time(refund.created_at) if refund else "",
            "退款成功时间": bill_time(succeeded) if succeeded else "",
            "微信退款单号": refund.refund_id if refund else "0",
            "商户退款单号": refund.out_refund_no if refund else "0",
            "退款金额": yuan(self.refund_fen),
            "充值券退款金额": "0.00",
            "退款类型": "ORIGINAL" if refund else "",
            "退款状态": refund.status if refund else "",
            "商品名称": request.description,
            "商户数据包": request.attach or "",
            "手续费": yuan(self.fee_fen) + "000",
            "费率": fees.RATE_TEXT,
            "订单金额": yuan(self.order_fen),
            "申请退款金额": yuan(self.refund_fen),
            "费率备注": "",
        }


def trade_bill(entries, letter):
    """The bytes of a trade bill; ``letter`` is A, S or R."""
    columns = [name for name, letters in TRADE_COLUMNS if letter in letters]
    rows = []
    for entry in entries:
        cells = entry.cells()
        rows.append([cells[name] for name in columns])
    orders = sum(entry.order_fen for entry in entries)
    refunds = sum(entry.refund_fen for entry in entries)
    fee = sum(entry.fee_fen for entry in entries)
    amounts = (orders, refunds, 0, fee, orders, refunds)
    summary = [f"{len(entries)}.0", *map(short_yuan, amounts)]
    return _lines(columns, rows, TRADE_SUMMARY, summary)


def _flow_note(transfer):
    if transfer.kind == "trade":
        order = transfer.order
        return f"结算总金额{yuan(order.total_fen)}元;含手续费{yuan(order.fee_fen)}元"
    if transfer.kind in ("refund", "refund_closed"):
        refund = transfer.refund
        return f"退款总金额{yuan(refund.refund_fen)}元;含手续费{yuan(refund.fee_returned_fen)}元"
    return {"settle": "T+1自动提现到银行账户", "deposit": "商户充值"}.get(transfer.kind, "")


def _flow_row(transfer, amount, balance):
    order, refund = transfer.order, transfer.refund
    name, kind = FLOW_NAMES[transfer.kind]
    business = refund.refund_id if refund else order.transaction_id if order else ""
    voucher = refund.out_refund_no if refund else order.out_trade_no if order else ""
    return [
        bill_time(transfer.at),
        business or f"{transfer.id:028d}",
        f"{transfer.mchid}{beijing(transfer.at):%Y%m%d}{transfer.id:010d}",
        name,
        kind,
        "收入" if amount > 0 else "支出",
        yuan(abs(amount)),
        yuan(balance),
        f"{transfer.mchid}API" if refund else "system",
        _flow_note(transfer),
        voucher or f"{transfer.id:028d}",
    ]


def fund_flow_bill(transfers, account, since, until):
    """The bytes of one account's bill; ``transfers`` are the merchant's, from the beginning.

    None when nothing moved between ``since`` and ``until``.
    """
    balance, rows, amounts = 0, [], []
    for transfer in transfers:
        amount = transfer.legs.get(account, 0)
        balance += amount
        if amount and since <= transfer.at < until:
            rows.append(_flow_row(transfer, amount, balance))
            amounts.append(amount)
    if not rows:
        return None
    income = [amount for amount in amounts if amount > 0]
    spent = [-amount for amount in amounts if amount < 0]
    counts = (len(rows), len(income), len(spent))
    summary = [str(counts[0]), str(counts[1]), yuan(sum(income)), str(counts[2]), yuan(sum(spent))]
    return _lines(FLOW_COLUMNS, rows, FLOW_SUMMARY, summary)


def _parse_day(text):
    try:
        # Python also reads 20300304; WeChat wants the hyphens.
        if len(text) == len("yyyy-MM-dd"):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise param_error("bill_date", "格式应为yyyy-MM-dd", text, "query")


class Bills:
    """Writes each bill once, when it is first asked for: its states are a snapshot."""

    def __init__(self, clock, orders, ledger):
        self._clock = clock
        self._orders = orders
        self._ledger = ledger
        self._files = {}
        self._links = {}

    def trade(self, merchant, query, fault=None):
        """``{hash_type, hash_value, token}`` of the trade bill; ``fault`` spoils this one. Raises PayError."""
        letters = {"ALL": "A", "SUCCESS": "S", "REFUND": "R"}
        bill_type = query.get("bill_type", "ALL")
        if bill_type not in letters:
            raise param_error("bill_type", "不支持的账单类型", bill_type, "query")
        day = self._day(query, fault)
        since = day_start(day)
        letter = letters[bill_type]

        def write():
            entries = self._entries(merchant, since, since + DAY_SECONDS, letter)
            return trade_bill(entries, letter) if entries else None

        return self._link(merchant, query, ("trade", day, letter), write, fault)

    def fund_flow(self, merchant, query, fault=None):
        """``{hash_type, hash_value, token}`` of the fund-flow bill; ``fault`` spoils this one. Raises PayError."""
        accounts = {"BASIC": MERCHANT, "FEES": FEES, "OPERATION": "operation"}
        account = query.get("account_type", "BASIC")
        if account not in accounts:
            raise param_error("account_type", "不支持的账户类型", account, "query")
        day = self._day(query, fault)
        since = day_start(day)

        def write():
            own = [t for t in self._ledger.transfers if t.mchid == merchant.mchid]
            return fund_flow_bill(own, accounts[account], since, since + DAY_SECONDS)

        return self._link(merchant, query, ("flow", day, account), write, fault)

    def _day(self, query, fault):
        if query.get("tar_type", "GZIP") != "GZIP":
            raise param_error("tar_type", "不支持的压缩类型", query["tar_type"], "query")
        day = _parse_day(query["bill_date"])
        today = beijing(self._clock.now()).date()
        if day >= today or day < today - timedelta(days=KEPT_DAYS):
            raise PayError(400, "INVALID_REQUEST", "账单日期须为今天之前的三个月内")
        ready_at = day_start(day + timedelta(days=1)) + READY_HOUR * 3600
        if fault == "not_ready" or self._clock.now() < ready_at:
            raise PayError(400, "STATEMENT_CREATING", "账单生成中，请在次日10点后获取")
        return day

    def _entries(self, merchant, since, until, letter):
        entries = []
        for order in self._orders.all():
            if order.mchid != merchant.mchid:
                continue
            if order.paid and letter in "AS":
                entries.append(Entry(order.success_at, order))
            if letter in "AR":
                entries += [Entry(refund.created_at, order, refund) for refund in order.refunds]
        entries = [entry for entry in entries if since <= entry.at < until]
        return sorted(entries, key=lambda entry: entry.at)

    def _link(self, merchant, query, key, write, fault):
        content = None if fault == "no_statement" else self._written((merchant.mchid, *key), write)
        if content is None:
            raise PayError(400, "NO_STATEMENT_EXIST", "账单文件不存在：当日没有数据")
        content = bill_faults.spoil(content, fault)
        token = random_text(32, LETTERS_AND_DIGITS)
        packed = gzip.compress(content) if "tar_type" in query else content
        expires_at = self._clock.now() + URL_SECONDS
        self._links[token] = (merchant.mchid, expires_at, packed)
        digest = hashlib.sha1(content, usedforsecurity=False).hexdigest()  # of the plain file
        digest = bill_faults.spoil_digest(digest, fault)
        return {"hash_type": "SHA1", "hash_value": digest, "token": token}

    def _written(self, key, write):
        if key not in self._files:
            content = write()
            if content is None:
                return None
            self._files[key] = content
        return self._files[key]

    def download(self, merchant, token):
        """The file behind a link that is fresh and the merchant's own. Raises PayError."""
        mchid, expires_at, content = self._links.get(token, (None, 0, b""))
        if mchid != merchant.mchid:
            raise PayError(403, "NO_AUTH", "没有权限下载该账单")
        if self._clock.now() >= expires_at:
            raise PayError(400, "INVALID_REQUEST", "账单下载地址已过期，请重新申请")
        return content
