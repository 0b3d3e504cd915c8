"""Keys made at run time, notices signed here (not with the library under test), and the started simulator."""

import base64
import json
import secrets
import time
import unittest
from functools import lru_cache
from unittest.mock import patch

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from odoo.addons.payment_wechatpay.client import Merchant
from odoo.tests import HttpCase, TransactionCase

try:
    from sandbox.started import Started
except ImportError:
    Started = None

APIV3_KEY = "0123456789abcdef0123456789ABCDEF"
OPENID = "oTestOpenid0000000000000001"


@lru_cache
def key(_name):
    """A key pair for each name; making one takes a tenth of a second."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def private_pem(name):
    return (
        key(name)
        .private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        .decode()
    )


def public_pem(name):
    return (
        key(name)
        .public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        .decode()
    )


def sign(name, message):
    signature = key(name).sign(message.encode(), padding.PKCS1v15(), hashes.SHA256())
    return base64.b64encode(signature).decode()


MERCHANT = {
    "mchid": "1900000001",
    "appid": "wx0123456789abcdef",
    "serial": "0123456789ABCDEF0123456789ABCDEF01234567",
    "apiv3_key": APIV3_KEY,
    "public_key_id": "PUB_KEY_ID_0119000000012026",
}


def merchant(gateway="http://127.0.0.1:9"):
    return Merchant(**MERCHANT, private_key=private_pem("merchant"), public_key=public_pem("wechat"), gateway=gateway)


def credentials():
    """The provider's fields for `MERCHANT`."""
    return {
        **{f"wechatpay_{name}": value for name, value in MERCHANT.items()},
        "wechatpay_private_key": private_pem("merchant"),
        "wechatpay_public_key": public_pem("wechat"),
        "wechatpay_gateway": "http://127.0.0.1:9",
        "wechatpay_store_prefix": "ta",
        "state": "test",
    }


def notice(resource, event="TRANSACTION.SUCCESS", *, stamp=None, signer="wechat", apiv3_key=APIV3_KEY, **headers):
    """A notice as WeChat sends it.

    :returns: (headers, body)
    """
    nonce, stamp = secrets.token_hex(6), str(int(time.time()) if stamp is None else stamp)
    plain = json.dumps(resource, ensure_ascii=False).encode()
    ciphertext = AESGCM(apiv3_key.encode()).encrypt(nonce.encode(), plain, b"transaction")
    body = json.dumps(
        {
            "id": secrets.token_hex(16),
            "create_time": "2026-11-23T20:00:00+08:00",
            "resource_type": "encrypt-resource",
            "event_type": event,
            "summary": "支付成功",
            "resource": {
                "original_type": "transaction",
                "algorithm": "AEAD_AES_256_GCM",
                "ciphertext": base64.b64encode(ciphertext).decode(),
                "associated_data": "transaction",
                "nonce": nonce,
            },
        },
        ensure_ascii=False,
    )
    signature = sign(signer, f"{stamp}\nNONCE123\n{body}\n")
    return {
        "Content-Type": "application/json",
        "Wechatpay-Serial": MERCHANT["public_key_id"],
        "Wechatpay-Timestamp": stamp,
        "Wechatpay-Nonce": "NONCE123",
        "Wechatpay-Signature": signature,
        "Wechatpay-Signature-Type": "WECHATPAY2-SHA256-RSA2048",
        **headers,
    }, body.encode()


def trade(tx, **changes):
    """What WeChat says of a paid transaction."""
    amount = {
        "total": tx._wechatpay_fen(),
        "payer_total": tx._wechatpay_fen(),
        "currency": "CNY",
        "payer_currency": "CNY",
    }
    return {
        "mchid": tx.provider_id.wechatpay_mchid,
        "appid": tx.provider_id.wechatpay_appid,
        "out_trade_no": tx.reference,
        "transaction_id": f"42000{tx.id:023d}",
        "trade_type": "JSAPI",
        "trade_state": "SUCCESS",
        "trade_state_desc": "支付成功",
        "bank_type": "OTHERS",
        "success_time": "2026-11-23T20:00:01+08:00",
        "payer": {"openid": tx.wechatpay_openid or OPENID},
        **changes,
        "amount": {**amount, **changes.get("amount", {})},
    }


class PayMixin:
    """A provider of the main company and payments of it."""

    @classmethod
    def _set_up_provider(cls, **values):
        cls.env.ref("base.CNY").active = True
        cls.provider = cls._find_provider()
        cls.provider.write({**credentials(), **values})
        # Entries in the ledger are account_payment's business.
        if "payment_id" in cls.env["payment.transaction"]:
            patcher = patch("odoo.addons.account_payment.models.payment_transaction.PaymentTransaction._create_payment")
            patcher.start()
            cls.addClassCleanup(patcher.stop)

    @classmethod
    def _find_provider(cls):
        company = cls.env.ref("base.main_company")
        company.currency_id = cls.env.ref("base.CNY")
        return cls.env["payment.provider"].search(
            [("code", "=", "wechatpay"), ("company_id", "=", company.id)], limit=1
        )

    def intend(self, amount=88.0, channel="jsapi", openid=OPENID, **values):
        return self.env["payment.transaction"]._wechatpay_intend(
            self.provider,
            amount,
            channel=channel,
            openid=openid if channel == "jsapi" else None,
            description="云南小馆 B12",
            **values,
        )

    def pay_here(self, tx, **changes):
        """Let the transaction be confirmed without WeChat."""
        tx._process("wechatpay", trade(tx, **changes))
        return tx


class PayCase(PayMixin, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_provider()


class SimulatorMixin(PayMixin):
    """For an HttpCase: payments reach the WeChat simulator, really started, whose notices reach this Odoo."""

    @classmethod
    def setUpClass(cls):
        if Started is None:
            raise unittest.SkipTest("the WeChat simulator (sandbox/) is not beside these addons")
        super().setUpClass()
        cls.wechat = Started("wechat")
        cls.addClassCleanup(cls.wechat.stop)
        account = cls.wechat.control("credentials")[1]
        cls._set_up_provider(
            wechatpay_mchid=account["mchid"],
            wechatpay_appid=account["appid"],
            wechatpay_serial=account["merchant_serial"],
            wechatpay_private_key=account["merchant_private_key"],
            wechatpay_apiv3_key=account["apiv3_key"],
            wechatpay_public_key_id=account["platform_public_key_id"],
            wechatpay_public_key=account["platform_public_key"],
            wechatpay_gateway=cls.wechat.address,
            wechatpay_notify_base=cls.base_url(),
        )

    def setUp(self):
        super().setUp()
        self.control("reset", {})
        self.openid = self.control("login-code", {"user": "diner-a"})["openid"]

    def control(self, path, body=None):
        """Speak to the simulator; notices it sends meanwhile are let in."""
        self.env.flush_all()
        with self.allow_requests(all_requests=True):
            status, answer = self.wechat.control(path, body)
        self.env.invalidate_all()
        self.assertLess(status, 300, answer)
        return answer

    def fault(self, call, fault, **more):
        self.control("faults", {"call": call, "fault": fault, **more})

    def prepay(self, amount=88.0, channel="jsapi", **values):
        tx = self.intend(amount, channel, openid=self.openid, **values)
        tx._wechatpay_prepay_record(tx._wechatpay_prepay_call()())
        return tx

    def paid(self, amount=88.0):
        """A payment made by diner-a, its notice arrived."""
        tx = self.prepay(amount)
        self.control("pay", {"out_trade_no": tx.reference, "user": "diner-a"})
        self.wait_for(lambda: tx.state == "done")
        return tx

    def wait_for(self, condition, seconds=10):
        """Let requests in until `condition()` holds."""
        end = time.monotonic() + seconds
        while not condition() and time.monotonic() < end:
            with self.allow_requests(all_requests=True):
                time.sleep(0.05)
            self.env.invalidate_all()
        self.assertTrue(condition(), "it did not happen in time")


class SimulatorCase(SimulatorMixin, HttpCase):
    """Payments of the main company."""
