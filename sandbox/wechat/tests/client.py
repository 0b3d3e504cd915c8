"""The tests' merchant and their hand on the control plane.

Signing and verifying use wechatpayv3's functions, so that no code of the simulator vouches for
itself.
"""

import functools
import itertools
import json
import time
import uuid

import requests
from urllib3.util import SKIP_HEADER
from wechatpayv3.utils import aes_decrypt, load_private_key, load_public_key, rsa_sign, rsa_verify

_numbers = itertools.count(1)
# One for all: connections are kept, and the environment's proxies are not asked about loopback.
_session = requests.Session()
_session.trust_env = False


# Reading a private key checks it, which takes far longer than signing.
_private_key = functools.cache(load_private_key)


def new_number(prefix="T"):
    return f"{prefix}{uuid.uuid4().hex[:16]}{next(_numbers):04d}"


class Control:
    def __init__(self, base_url):
        self.base_url = base_url

    def call(self, method, path, **body):
        url = f"{self.base_url}/_control{path}"
        return _session.request(method, url, json=body if method == "POST" else None, timeout=20)

    def get(self, path):
        reply = self.call("GET", path)
        assert reply.status_code == 200, reply.text
        return reply.json()

    def post(self, path, **body):
        reply = self.call("POST", path, **body)
        assert reply.status_code == 200, reply.text
        return reply.json()

    def refused(self, path, **body):
        """Status and code of a refusal."""
        reply = self.call("POST", path, **body)
        assert reply.status_code >= 400, reply.text
        return reply.status_code, reply.json()["code"]

    def openid(self, user):
        return self.post("/login-code", user=user)["openid"]

    def order(self, number):
        return self.get(f"/orders/{number}")

    def notices(self):
        return self.get("/notices")["notices"]

    def wait_notice(self, state, index=-1, seconds=5):
        """The notice at ``index`` once it is in ``state``."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            notices = self.notices()
            if notices and notices[index]["state"] == state:
                return notices[index]
            time.sleep(0.02)
        raise AssertionError(f"no notice became {state}: {self.notices()}")

    def balance(self):
        """The first merchant's accounts in fen; asserts that the ledger is sound."""
        ledger = self.get("/ledger")
        assert ledger["check"] == {"ok": True, "problems": []}
        return ledger["accounts"].get(self.get("/credentials")["mchid"], {})


class Merchant:
    """Signs each request and verifies each answer (but ``raw`` does not)."""

    def __init__(self, credentials):
        self.credentials = credentials
        self.mchid = credentials["mchid"]
        self.appid = credentials["appid"]
        self.key = _private_key(credentials["merchant_private_key"])
        self.platform_key = load_public_key(credentials["platform_public_key"])

    def authorization(self, method, url, body, timestamp=None, nonce=None, **changes):
        timestamp = str(int(time.time()) if timestamp is None else timestamp)
        nonce = nonce or uuid.uuid4().hex
        text = f"{method}\n{url}\n{timestamp}\n{nonce}\n{body}\n"
        fields = {
            "mchid": self.mchid,
            "nonce_str": nonce,
            "timestamp": timestamp,
            "serial_no": self.credentials["merchant_serial"],
            "signature": rsa_sign(self.key, text),
            **changes,
        }
        pairs = ",".join(f'{name}="{value}"' for name, value in fields.items())
        return f"WECHATPAY2-SHA256-RSA2048 {pairs}"

    def raw(self, method, url, payload=None, headers=None, timeout=10, **signing):
        """The unverified response. A header of None is left out."""
        body = "" if payload is None else json.dumps(payload)
        sent = {
            "Accept": "application/json",
            "User-Agent": "diancan-tests",
            "Content-Type": "application/json" if payload is not None else None,
            "Authorization": self.authorization(method, url, body, **signing),
            **(headers or {}),
        }
        request = requests.Request(method, self.credentials["pay_base_url"] + url, data=body.encode() or None)
        prepared = request.prepare()
        prepared.headers.update({k: v for k, v in sent.items() if v is not None})
        prepared.headers.setdefault("User-Agent", SKIP_HEADER)
        return _session.send(prepared, timeout=timeout)

    def verifies(self, reply):
        """Whether the answer's signature is WeChat's and fresh."""
        head = reply.headers
        return (
            head.get("Wechatpay-Serial") == self.credentials["platform_public_key_id"]
            and head.get("Wechatpay-Signature-Type") == "WECHATPAY2-SHA256-RSA2048"
            and abs(time.time() - int(head["Wechatpay-Timestamp"])) <= 300
            and rsa_verify(
                head["Wechatpay-Timestamp"],
                head["Wechatpay-Nonce"],
                reply.content.decode(),
                head["Wechatpay-Signature"],
                self.platform_key,
            )
        )

    def call(self, method, url, payload=None, **options):
        """Status and JSON (None when empty); the answer's signature must verify."""
        reply = self.raw(method, url, payload, **options)
        assert self.verifies(reply), reply.text
        return reply.status_code, reply.json() if reply.content else None

    def refused(self, method, url, payload=None):
        """Status and code of a signed refusal."""
        status, answer = self.call(method, url, payload)
        assert set(answer) <= {"code", "message", "detail"}, answer
        return status, answer["code"]

    def order(self, **changes):
        """The body of a JSAPI order; a change to None leaves a field out."""
        body = {
            "appid": self.appid,
            "mchid": self.mchid,
            "description": "滇味小馆 B12桌",
            "out_trade_no": new_number(),
            "notify_url": "http://127.0.0.1:9/notify",
            "amount": {"total": 5900, "currency": "CNY"},
            **changes,
        }
        return {name: value for name, value in body.items() if value is not None}

    def jsapi(self, openid, **changes):
        """Place a JSAPI order; returns its body and its prepay_id."""
        body = self.order(payer={"openid": openid}, **changes)
        status, answer = self.call("POST", "/v3/pay/transactions/jsapi", body)
        assert status == 200, answer
        return body, answer["prepay_id"]

    def paid(self, control, user="diner-a", **changes):
        """Place and pay an order; returns its number."""
        body, prepay_id = self.jsapi(control.openid(user), **changes)
        control.post("/pay", prepay_id=prepay_id, user=user)
        return body["out_trade_no"]

    def query(self, number):
        url = f"/v3/pay/transactions/out-trade-no/{number}?mchid={self.mchid}"
        return self.call("GET", url)

    def state(self, number):
        return self.query(number)[1]["trade_state"]

    def close(self, number):
        url = f"/v3/pay/transactions/out-trade-no/{number}/close"
        return self.call("POST", url, {"mchid": self.mchid})

    def refund_body(self, number, refund, total=5900, **changes):
        body = {
            "out_trade_no": number,
            "out_refund_no": new_number("R"),
            "amount": {"refund": refund, "total": total, "currency": "CNY"},
            **changes,
        }
        return {name: value for name, value in body.items() if value is not None}

    def refund(self, number, refund, total=5900, **changes):
        """Ask for a refund; returns status and answer."""
        body = self.refund_body(number, refund, total, **changes)
        return self.call("POST", "/v3/refund/domestic/refunds", body)

    def open_notice(self, headers, body):
        """Verify and decrypt a notice; returns it with its resource in clear, or None."""
        signed = rsa_verify(
            headers["Wechatpay-Timestamp"],
            headers["Wechatpay-Nonce"],
            body.decode(),
            headers["Wechatpay-Signature"],
            self.platform_key,
        )
        if not signed or headers["Wechatpay-Serial"] != self.credentials["platform_public_key_id"]:
            return None
        notice = json.loads(body)
        sealed = notice["resource"]
        clear = aes_decrypt(
            nonce=sealed["nonce"],
            ciphertext=sealed["ciphertext"],
            associated_data=sealed["associated_data"],
            apiv3_key=self.credentials["apiv3_key"],
        )
        return {**notice, "resource": json.loads(clear)}

    def pay_params(self, prepay_id, **changes):
        """What a page passes to wx.requestPayment, signed."""
        params = {
            "timeStamp": str(int(time.time())),
            "nonceStr": uuid.uuid4().hex,
            "package": f"prepay_id={prepay_id}",
            "signType": "RSA",
        }
        params["paySign"] = rsa_sign(
            self.key,
            f"{self.appid}\n{params['timeStamp']}\n{params['nonceStr']}\n{params['package']}\n",
        )
        return {**params, **changes}
