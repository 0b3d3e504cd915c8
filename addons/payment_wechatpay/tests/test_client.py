import base64
import gzip
import hashlib
import re
import time
from datetime import date
from unittest.mock import patch

import requests
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from odoo.addons.payment_wechatpay.bill import fetch_bill
from odoo.addons.payment_wechatpay.client import Client, NotTrusted
from odoo.addons.payment_wechatpay.const import TIMEOUT
from odoo.addons.payment_wechatpay.outcome import attempt
from odoo.tests import BaseCase, tagged
from odoo.tools import mute_logger

from .common import APIV3_KEY, MERCHANT, key, merchant, notice, private_pem, sign

REQUEST = "odoo.addons.payment_wechatpay.client.requests.request"
BODY = {"out_trade_no": "ta1", "description": "过桥米线", "amount": {"total": 100, "currency": "CNY"}}


def answer(status=200, content=b"{}", *, signer="wechat", stamp=None, content_type="application/json", **headers):
    """An answer as WeChat signs it."""
    stamp = str(int(time.time()) if stamp is None else stamp)
    response = requests.Response()
    response.status_code, response._content = status, content
    response.headers.update({"Content-Type": content_type})
    if signer:
        response.headers.update(
            {
                "Wechatpay-Serial": MERCHANT["public_key_id"],
                "Wechatpay-Timestamp": stamp,
                "Wechatpay-Nonce": "N",
                "Wechatpay-Signature": sign(signer, f"{stamp}\nN\n{content.decode('utf-8', 'replace')}\n"),
                "Wechatpay-Signature-Type": "WECHATPAY2-SHA256-RSA2048",
            }
        )
    response.headers.update({name.replace("_", "-"): value for name, value in headers.items()})
    return response


@tagged("post_install", "-at_install")
class TestClient(BaseCase):
    def setUp(self):
        super().setUp()
        self.client = Client(merchant())

    def outcome(self, response):
        with patch(REQUEST, return_value=response):
            return attempt(self.client.query, out_trade_no="ta1")

    def test_signs_the_exact_bytes_sent(self):
        with patch(REQUEST, return_value=answer(content=b'{"prepay_id":"wx1"}')) as send:
            attempt(self.client.pay, payer={"openid": "o"}, notify_url="https://a.example/n", **BODY)
        (method, url), kwargs = send.call_args
        self.assertEqual((method, url), ("POST", "http://127.0.0.1:9/v3/pay/transactions/jsapi"))
        self.assertIn("过桥米线".encode(), kwargs["data"])
        claims = dict(re.findall(r'(\w+)="([^"]*)"', kwargs["headers"]["Authorization"]))
        message = f"POST\n/v3/pay/transactions/jsapi\n{claims['timestamp']}\n{claims['nonce_str']}\n".encode()
        key("merchant").public_key().verify(
            base64.b64decode(claims["signature"]), message + kwargs["data"] + b"\n", padding.PKCS1v15(), hashes.SHA256()
        )
        self.assertEqual((claims["mchid"], claims["serial_no"]), (MERCHANT["mchid"], MERCHANT["serial"]))

    def test_has_a_timeout_and_follows_no_redirect(self):
        with patch(REQUEST, return_value=answer(204, b"")) as send:
            attempt(self.client.close, "ta1")
        self.assertEqual((send.call_args.kwargs["timeout"], send.call_args.kwargs["allow_redirects"]), (TIMEOUT, False))
        with mute_logger("odoo.addons.payment_wechatpay.outcome"):
            self.assertEqual(
                self.outcome(answer(302, b"", signer=None, Location="https://evil.example")).kind, "uncertain"
            )

    def test_answers(self):
        for response, kind, code in (
            (answer(content='{"trade_state":"NOTPAY","a":"微信"}'.encode()), "ok", ""),
            (answer(204, b""), "ok", ""),
            (answer(404, b'{"code":"ORDER_NOT_EXIST","message":"m"}'), "refused", "ORDER_NOT_EXIST"),
            (answer(401, b'{"code":"SIGN_ERROR","message":"m"}', signer=None), "refused", "SIGN_ERROR"),
            (answer(429, b'{"code":"FREQUENCY_LIMITED","message":"m"}'), "uncertain", "FREQUENCY_LIMITED"),
            (answer(500, b'{"code":"SYSTEM_ERROR","message":"m"}'), "uncertain", "SYSTEM_ERROR"),
            (answer(202, b'{"code":"USER_PAYING","message":"m"}'), "uncertain", "USER_PAYING"),
            (answer(400, b'{"message":"no code"}', signer=None), "uncertain", "HTTP_400"),
            (answer(502, b"<html>", signer=None, content_type="text/html"), "uncertain", "UNREADABLE_ANSWER"),
        ):
            with self.subTest(status=response.status_code, code=code):
                outcome = self.outcome(response)
                self.assertEqual((outcome.kind, outcome.code), (kind, code))

    @mute_logger("odoo.addons.payment_wechatpay.outcome")
    def test_answers_that_prove_nothing(self):
        ok = b'{"trade_state":"SUCCESS"}'
        for name, response in {
            "unsigned": answer(content=ok, signer=None),
            "forged": answer(content=ok, signer="somebody"),
            "stale": answer(content=ok, stamp=int(time.time()) - 301),
            "from the future": answer(content=ok, stamp=int(time.time()) + 302),
            "unknown public key": answer(content=ok, Wechatpay_Serial="PUB_KEY_ID_9"),
            "a certificate's serial": answer(content=ok, Wechatpay_Serial="5157F09EFDC096DE15EBE81A47057A72"),
            "a bogus serial": answer(content=ok, Wechatpay_Serial="not hexadecimal"),
            "no signature type": answer(content=ok, Wechatpay_Signature_Type=""),
            "another signature type": answer(content=ok, Wechatpay_Signature_Type="WECHATPAY2-SM2-WITH-SM3"),
            "no timestamp": answer(content=ok, Wechatpay_Timestamp=""),
            "timestamp in words": answer(content=ok, Wechatpay_Timestamp="٣"),
            "not base64": answer(content=ok, Wechatpay_Signature="%%%"),
            "forged refusal": answer(404, b'{"code":"ORDER_NOT_EXIST"}', signer="somebody"),
        }.items():
            with self.subTest(name):
                outcome = self.outcome(response)
                self.assertEqual((outcome.kind, outcome.code, outcome.data), ("uncertain", "UNTRUSTED_ANSWER", {}))

    def test_unknown_serial_asks_nobody(self):
        headers, body = notice({"a": 1}, Wechatpay_Serial="x")
        headers["Wechatpay-Serial"] = "5157F09EFDC096DE15EBE81A47057A72"
        with patch(REQUEST) as send, self.assertRaises(NotTrusted):
            self.client.open_notice(headers, body)
        send.assert_not_called()

    def test_no_answer_tells_no_secret(self):
        with patch(REQUEST, side_effect=requests.ReadTimeout("http://x/?secret=1")):
            outcome = attempt(self.client.query, out_trade_no="ta1")
        self.assertEqual((outcome.kind, outcome.code, outcome.message), ("uncertain", "NO_ANSWER", "ReadTimeout"))

    def test_nothing_prints_a_key(self):
        words = repr(merchant()) + repr(self.client)
        self.assertNotIn(APIV3_KEY, words)
        self.assertNotIn(private_pem("merchant")[100:140], words)

    # -- bills ---------------------------------------------------------------------------
    def bill(self, *, digest=None, url="http://127.0.0.1:9/v3/billdownload/file?token=t%2B", sent=None):
        content = "﻿交易时间,公众账号ID\n`2026-11-23,`wx\n".encode()
        digest = digest or hashlib.sha1(content, usedforsecurity=False).hexdigest()
        asked = answer(content=f'{{"hash_type":"SHA1","hash_value":"{digest}","download_url":"{url}"}}'.encode())
        sent = sent or answer(content=gzip.compress(content), signer=None, content_type="text/plain")
        with patch(REQUEST, side_effect=[asked, sent]) as send:
            return fetch_bill(self.client, "trade", date(2026, 11, 22)), content, send

    def test_bill(self):
        outcome, content, send = self.bill()
        self.assertEqual((outcome.kind, outcome.data["content"]), ("ok", content))
        self.assertEqual(
            [call.args[1].removeprefix("http://127.0.0.1:9") for call in send.call_args_list],
            ["/v3/bill/tradebill?bill_date=2026-11-22&bill_type=ALL&tar_type=GZIP", "/v3/billdownload/file?token=t%2B"],
        )

    def test_bill_that_is_damaged(self):
        self.assertEqual(self.bill(digest="0" * 40)[0].code, "BILL_DAMAGED")
        broken = answer(content=b"\x1f\x8bbroken", signer=None, content_type="text/plain")
        self.assertEqual(self.bill(sent=broken)[0].code, "BILL_DAMAGED")

    @mute_logger("odoo.addons.payment_wechatpay.outcome")
    def test_bill_on_another_host(self):
        outcome, _content, send = self.bill(url="http://127.0.0.1:99/v3/billdownload/file?token=t")
        self.assertEqual((outcome.kind, outcome.code), ("uncertain", "UNTRUSTED_ANSWER"))
        self.assertEqual(send.call_count, 1)

    def test_bill_refused(self):
        with patch(REQUEST, return_value=answer(400, b'{"code":"NO_STATEMENT_EXIST","message":"m"}')):
            outcome = fetch_bill(self.client, "trade", date(2026, 11, 22))
        self.assertEqual((outcome.kind, outcome.code), ("refused", "NO_STATEMENT_EXIST"))
