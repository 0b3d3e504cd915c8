"""Known answers that nobody of this project wrote."""

import json
import unittest
from pathlib import Path
from unittest.mock import patch

from cryptography.hazmat.primitives import serialization
from cryptography.x509 import load_pem_x509_certificate
from odoo.addons.payment_wechatpay.client import Client, Merchant, NotTrusted
from odoo.addons.payment_wechatpay.tests.common import private_pem
from odoo.tests import BaseCase, tagged
from wechatpayv3.utils import build_authorization, load_private_key

VECTORS = Path(__file__).resolve().parents[3].parent / "shared" / "vectors"
GO_NOW = 1624523846


def vector(name):
    path = VECTORS / name
    if not path.exists():
        raise unittest.SkipTest(f"the known-answer vectors are not beside this checkout (shared/vectors/{name})")
    return json.loads(path.read_text())


@tagged("post_install", "-at_install")
class TestVectors(BaseCase):
    def client(self, public_key, public_key_id, apiv3_key="0" * 32, private_key=None):
        return Client(
            Merchant(
                "1900007291", "wx1", "AB", private_key or private_pem("merchant"), apiv3_key, public_key_id, public_key
            )
        )

    def go_notice(self):
        """wechatpay-go's notice; it is older than the Signature-Type header."""
        data = vector("wechatpay_go_notify.json")
        certificate = load_pem_x509_certificate(data["certificate_pem"].encode())
        public = (
            certificate.public_key()
            .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
            .decode()
        )
        headers = {**data["headers"], "Wechatpay-Signature-Type": "WECHATPAY2-SHA256-RSA2048"}
        return self.client(public, headers["Wechatpay-Serial"], data["apiv3_key"]), headers, data

    def test_go_notice_is_opened(self):
        client, headers, data = self.go_notice()
        with patch_time(GO_NOW):
            notice = client.open_notice(headers, data["body"].encode())
        self.assertEqual(notice["resource"], json.loads(data["plaintext"]))

    def test_go_notice_at_the_edges_of_five_minutes(self):
        client, headers, data = self.go_notice()
        for late, good in ((300, True), (301, False), (-300, True), (-301, False)):
            with self.subTest(late=late), patch_time(GO_NOW + late):
                if good:
                    self.assertTrue(client.open_notice(headers, data["body"].encode()))
                else:
                    with self.assertRaisesRegex(NotTrusted, "300 seconds"):
                        client.open_notice(headers, data["body"].encode())

    def test_go_notice_spoilt(self):
        client, headers, data = self.go_notice()
        spoilt = {
            "body": (headers, data["body"].replace("3119", "3118")),
            "serialised again": (headers, json.dumps(json.loads(data["body"]))),
            "nonce": ({**headers, "Wechatpay-Nonce": "x"}, data["body"]),
            "timestamp": ({**headers, "Wechatpay-Timestamp": str(GO_NOW + 1)}, data["body"]),
            "probe": (
                {**headers, "Wechatpay-Signature": "WECHATPAY/SIGNTEST/" + headers["Wechatpay-Signature"]},
                data["body"],
            ),
            "serial": ({**headers, "Wechatpay-Serial": "PUB_KEY_ID_0000"}, data["body"]),
            "signature type": ({**headers, "Wechatpay-Signature-Type": "WECHATPAY2-RSA-2048-SHA256"}, data["body"]),
        }
        for name in data["headers"]:
            spoilt[f"no {name}"] = ({key: value for key, value in headers.items() if key != name}, data["body"])
        for name, (bad_headers, body) in spoilt.items():
            with self.subTest(name), patch_time(GO_NOW), self.assertRaises(NotTrusted):
                client.open_notice(bad_headers, body.encode())

    def test_wrong_apiv3_key(self):
        client, headers, data = self.go_notice()
        client._core._apiv3_key = "testMchAPIv3Key1"
        with patch_time(GO_NOW), self.assertRaisesRegex(NotTrusted, "APIv3 key"):
            client.open_notice(headers, data["body"].encode())

    def test_answer_signed_with_the_public_key(self):
        data = vector("tencent_doc_response_verify.json")
        client = self.client(data["public_key_pem"], "PUB_KEY_ID_01")
        headers = {
            **data["headers"],
            "Wechatpay-Serial": "PUB_KEY_ID_01",
            "Wechatpay-Signature-Type": "WECHATPAY2-SHA256-RSA2048",
        }
        with patch_time(int(headers["Wechatpay-Timestamp"])):
            self.assertTrue(client._core._verify_signature(headers, data["body"]))
            with self.assertRaises(NotTrusted):
                client._core._verify_signature(headers, data["body"] + " ")

    def demo_key(self):
        data = vector("tencent_doc_signatures.json")
        return data, data["merchant_demo_key_pkcs8_der_base64"]

    def test_pay_sign(self):
        data, demo_key = self.demo_key()
        expected = data["paysign_miniprogram"]
        client = self.client(public_of(demo_key), "PUB_KEY_ID_01", private_key=demo_key)
        signed = client.sign([expected["appid"], expected["timeStamp"], expected["nonceStr"], expected["package"]])
        self.assertEqual(signed, expected["paySign"])

    def test_request_signature(self):
        data, demo_key = self.demo_key()
        request = data["request"]
        with patch_time(int(request["timestamp"])):
            header = build_authorization(
                request["url"], request["method"], request["mchid"], "AB", load_private_key(demo_key),
                data=request["body"], nonce_str=request["nonce_str"],
            )  # fmt: skip
        self.assertIn(f'signature="{request["signature"]}"', header)


def patch_time(now):
    return patch("time.time", return_value=float(now))


def public_of(demo_key):
    return (
        load_private_key(demo_key)
        .public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        .decode()
    )
