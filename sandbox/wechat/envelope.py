"""The cryptography of API v3: signatures, paySign and encrypted resources.

Written from WeChat's documents, and independent of every client on purpose: a shared mistake
would pass its own tests. Messages are bytes, signatures base64 text.
"""

import base64
import binascii
import os
import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256

SCHEME = "WECHATPAY2-SHA256-RSA2048"
SIGNTEST_PREFIX = "WECHATPAY/SIGNTEST/"
TOLERANCE_SECONDS = 300
AUTHORIZATION_FIELDS = frozenset({"mchid", "nonce_str", "timestamp", "serial_no", "signature"})

_PAIR = re.compile(r'([a-z_]+)="([^"]*)"')


@dataclass(frozen=True)
class Authorization:
    mchid: str
    nonce_str: str
    timestamp: int
    serial_no: str
    signature: str


def _lines(*parts):
    return b"".join((part if isinstance(part, bytes) else str(part).encode()) + b"\n" for part in parts)


def request_message(method, url, timestamp, nonce, body=b""):
    """What a merchant signs. ``url`` is the path with its query, exactly as sent."""
    return _lines(method, url, timestamp, nonce, body)


def response_message(timestamp, nonce, body=b""):
    """What WeChat signs, in answers and in notices."""
    return _lines(timestamp, nonce, body)


def pay_message(appid, timestamp, nonce, package):
    """What ``paySign`` signs. ``package`` is ``prepay_id=…``."""
    return _lines(appid, timestamp, nonce, package)


def sign(private_key, message):
    return base64.b64encode(private_key.sign(message, PKCS1v15(), SHA256())).decode()


def verify(public_key, message, signature):
    """Whether the base64 ``signature`` fits; malformed base64 does not."""
    try:
        public_key.verify(base64.b64decode(signature, validate=True), message, PKCS1v15(), SHA256())
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


def parse_authorization(header):
    """Read an ``Authorization`` header. Raises ValueError saying what is wrong with it."""
    scheme, _, rest = (header or "").partition(" ")
    if scheme != SCHEME:
        raise ValueError(f"the scheme is not {SCHEME}")
    pairs = _PAIR.findall(rest)
    fields = dict(pairs)
    if len(pairs) != len(AUTHORIZATION_FIELDS) or set(fields) != AUTHORIZATION_FIELDS:
        raise ValueError("it must hold mchid, nonce_str, timestamp, serial_no and signature, once")
    if not fields["timestamp"].isdecimal():
        raise ValueError("its timestamp is not a number of seconds")
    return Authorization(**{**fields, "timestamp": int(fields["timestamp"])})


def encrypt(key, plaintext, associated_data, nonce):
    """AEAD_AES_256_GCM as in ``resource``: base64 of ciphertext and tag."""
    sealed = AESGCM(key.encode()).encrypt(nonce.encode(), plaintext, associated_data.encode())
    return base64.b64encode(sealed).decode()


def decrypt(key, ciphertext, associated_data, nonce):
    """Undo :func:`encrypt`. Raises cryptography's InvalidTag when anything was changed."""
    sealed = base64.b64decode(ciphertext)
    return AESGCM(key.encode()).decrypt(nonce.encode(), sealed, associated_data.encode())


def random_text(length, alphabet="0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"):
    """Unguessable text; the slight bias of the modulo does not matter for nonces."""
    return "".join(alphabet[byte % len(alphabet)] for byte in os.urandom(length))
