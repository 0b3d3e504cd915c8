"""Facts of WeChat Pay's API v3. Sources: pay.weixin.qq.com/doc/v3/merchant."""

#: Where merchants call WeChat Pay.
OFFICIAL_GATEWAY = "https://api.mch.weixin.qq.com"
#: Seconds to wait for a connection, and for an answer.
TIMEOUT = 10
#: A signed message is accepted when its clock differs by at most this many seconds.
SIGNATURE_WINDOW_SECONDS = 300
SIGNATURE_TYPE = "WECHATPAY2-SHA256-RSA2048"
SIGNATURE_HEADERS = (
    "Wechatpay-Serial",
    "Wechatpay-Timestamp",
    "Wechatpay-Nonce",
    "Wechatpay-Signature",
    "Wechatpay-Signature-Type",
)
#: A prepay_id can be paid for two hours.
PREPAY_SECONDS = 7200
#: How long a diner has to pay before the order is closed.
PAY_MINUTES = 15
CURRENCY = "CNY"

#: Error codes after which the effect is not known: ask again with the same number.
UNCERTAIN_CODES = frozenset(
    {"SYSTEM_ERROR", "FREQUENCY_LIMITED", "FREQUENCY_LIMIT_EXCEED", "BANK_ERROR", "USER_PAYING", "USERPAYING"}
)
#: WeChat does not know the number.
UNKNOWN_NUMBER_CODES = frozenset({"ORDER_NOT_EXIST", "RESOURCE_NOT_EXISTS"})
#: The order was paid before it could be closed or ordered again.
PAID_CODES = frozenset({"ORDERPAID", "ORDER_PAID"})

#: States of a trade in which the money was received.
PAID_STATES = frozenset({"SUCCESS", "REFUND"})
#: States in which no money will come any more.
CLOSED_STATES = frozenset({"CLOSED", "REVOKED"})

TRADE_EVENT = "TRANSACTION.SUCCESS"
REFUND_EVENTS = frozenset({"REFUND.SUCCESS", "REFUND.ABNORMAL", "REFUND.CLOSED"})
#: A notice is a few hundred bytes; more is not WeChat's.
NOTICE_BYTES_MAX = 64 * 1024

#: Seconds from one query of an open payment to the next; the last one repeats.
QUERY_DELAYS = (15, 30, 60, 120, 300, 600, 1800)
#: Seconds between two queries that a waiting person causes.
POLL_SECONDS = 3
