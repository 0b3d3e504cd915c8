"""Notices to the merchant: their content, their signature, and when each try is due."""

import base64
import json
import uuid
from dataclasses import dataclass, field

from . import envelope
from .clock import rfc3339
from .keyring import LETTERS_AND_DIGITS, new_private_key

# Seconds to wait after each failed try; 24 h 4 min in all.
SCHEDULE = (15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10_800, 10_800, 10_800, 21_600, 21_600)
SUMMARIES = {
    "TRANSACTION.SUCCESS": ("transaction", "支付成功"),
    "REFUND.SUCCESS": ("refund", "退款成功"),
    "REFUND.ABNORMAL": ("refund", "退款异常"),
    "REFUND.CLOSED": ("refund", "退款关闭"),
}
PENDING, SENDING, HELD, NEVER_SENT = "pending", "sending", "held", "never_sent"
DELIVERED, EXHAUSTED = "delivered", "exhausted"
STALE_SECONDS = envelope.TOLERANCE_SECONDS + 1


@dataclass(eq=False)
class Notice:
    id: str
    merchant: object
    url: str
    event_type: str
    resource: dict
    body: bytes
    created_at: float
    next_at: float | None
    state: str = PENDING
    failures: int = 0
    tries: list = field(default_factory=list)
    probes: list = field(default_factory=list)
    last_sent: object = None

    def view(self):
        return {
            "id": self.id,
            "mchid": self.merchant.mchid,
            "url": self.url,
            "event_type": self.event_type,
            "out_trade_no": self.resource.get("out_trade_no"),
            "out_refund_no": self.resource.get("out_refund_no"),
            "state": self.state,
            "created_at": self.created_at,
            "next_at": self.next_at,
            "tries": self.tries,
            "probes": self.probes,
        }


class NoticeWriter:
    """Writes and signs notices with the platform key; a stranger's key plays the forger."""

    def __init__(self, keyring, clock):
        self._keyring = keyring
        self._clock = clock
        self._forger = None

    def body(self, merchant, notice_id, event_type, resource):
        """The JSON bytes of a notice with its encrypted resource."""
        original_type, summary = SUMMARIES[event_type]
        nonce = envelope.random_text(12, LETTERS_AND_DIGITS)
        plaintext = json.dumps(resource, ensure_ascii=False).encode()
        content = {
            "id": notice_id,
            "create_time": rfc3339(self._clock.now()),
            "resource_type": "encrypt-resource",
            "event_type": event_type,
            "summary": summary,
            "resource": {
                "original_type": original_type,
                "algorithm": "AEAD_AES_256_GCM",
                "ciphertext": envelope.encrypt(merchant.apiv3_key, plaintext, original_type, nonce),
                "associated_data": original_type,
                "nonce": nonce,
            },
        }
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()

    def new(self, merchant, url, event_type, resource):
        notice_id = str(uuid.uuid4())
        now = self._clock.now()
        body = self.body(merchant, notice_id, event_type, resource)
        return Notice(notice_id, merchant, url, event_type, resource, body, now, now)

    def render(self, notice, fault=None):
        """Headers and body of one try, newly signed, with a content fault if one is named."""
        body = self._altered(notice, fault)
        timestamp = int(self._clock.wall())
        if fault == "stale":
            timestamp -= STALE_SECONDS
        key = self._stranger() if fault in ("forged_key", "unknown_serial") else self._platform()
        headers = self._sign(key, body, timestamp)
        if fault == "unknown_serial":
            headers["Wechatpay-Serial"] = "PUB_KEY_ID_02" + envelope.random_text(36, "0123456789")
        if fault == "tampered":
            body = _flip_ciphertext(body)
        return headers, body

    def probe(self, notice):
        """WeChat's test whether the merchant verifies: a signature that must be refused."""
        headers = self._sign(self._stranger(), notice.body, int(self._clock.wall()))
        headers["Wechatpay-Signature"] = envelope.SIGNTEST_PREFIX + headers["Wechatpay-Signature"]
        return headers, notice.body

    def _altered(self, notice, fault):
        resource = notice.resource
        if fault == "wrong_amount":
            amount = resource["amount"]
            field = "refund" if "refund" in amount else "total"
            resource = {**resource, "amount": {**amount, field: amount[field] + 1}}
        elif fault == "unknown_number":
            resource = {**resource, "out_trade_no": "unknown-" + envelope.random_text(16)}
        else:
            return notice.body
        return self.body(notice.merchant, notice.id, notice.event_type, resource)

    def _platform(self):
        return self._keyring.platform_key

    def _stranger(self):
        self._forger = self._forger or new_private_key()
        return self._forger

    def _sign(self, key, body, timestamp):
        nonce = envelope.random_text(32, LETTERS_AND_DIGITS)
        message = envelope.response_message(timestamp, nonce, body)
        return {
            "Content-Type": "application/json",
            "Accept": "*/*",
            "User-Agent": "Mozilla/4.0",
            "Request-ID": envelope.random_text(24),
            "Wechatpay-Timestamp": str(timestamp),
            "Wechatpay-Nonce": nonce,
            "Wechatpay-Serial": self._keyring.platform_public_key_id,
            "Wechatpay-Signature": envelope.sign(key, message),
            "Wechatpay-Signature-Type": envelope.SCHEME,
        }


def _flip_ciphertext(body):
    content = json.loads(body)
    sealed = bytearray(base64.b64decode(content["resource"]["ciphertext"]))
    sealed[0] ^= 1
    content["resource"]["ciphertext"] = base64.b64encode(sealed).decode()
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
