"""Keys and identities, generated at run time and kept in the state folder if there is one."""

import hashlib
import json
import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from .envelope import random_text

FILE_NAME = "keys.json"
LETTERS_AND_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def new_private_key():
    return rsa.generate_private_key(public_exponent=65_537, key_size=2048)


def private_pem(key):
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


def public_pem(key):
    return key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()


def load_private(pem):
    return serialization.load_pem_private_key(pem.encode(), password=None)


class Keyring:
    """What WeChat's consoles would hold: one mini-program, WeChat's key pair, the merchants.

    ``state_dir`` None keeps everything in memory; otherwise a restart finds the same keys.
    """

    def __init__(self, state_dir=None):
        self._path = Path(state_dir) / FILE_NAME if state_dir else None
        if self._path and self._path.exists():
            self._data = json.loads(self._path.read_text("utf-8"))
        else:
            self._data = self._generate()
            self._save()
        self.platform_key = load_private(self._data["platform_private_key"])

    @staticmethod
    def _generate():
        return {
            "appid": "wx" + secrets.token_hex(8),
            "app_secret": secrets.token_hex(16),
            "openid_secret": secrets.token_hex(16),
            "platform_public_key_id": "PUB_KEY_ID_01" + random_text(36, "0123456789"),
            "platform_private_key": private_pem(new_private_key()),
            "merchants": [_generate_merchant("滇味小馆（模拟）")],
        }

    def _save(self):
        if not self._path:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        draft = self._path.with_suffix(".new")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(self._data, file, ensure_ascii=False, indent=1)
        draft.replace(self._path)

    @property
    def appid(self):
        return self._data["appid"]

    @property
    def app_secret(self):
        return self._data["app_secret"]

    @property
    def openid_secret(self):
        return self._data["openid_secret"]

    @property
    def platform_public_key_id(self):
        return self._data["platform_public_key_id"]

    @property
    def merchants(self):
        return self._data["merchants"]

    def add_merchant(self, name):
        merchant = _generate_merchant(name)
        self._data["merchants"].append(merchant)
        self._save()
        return merchant


def _generate_merchant(name):
    private_key = private_pem(new_private_key())
    return {
        "mchid": "16" + random_text(8, "0123456789"),
        "name": name,
        # A merchant certificate's serial: 40 upper-case hexadecimal digits.
        "serial": hashlib.sha1(private_key.encode(), usedforsecurity=False).hexdigest().upper(),
        "private_key": private_key,
        "apiv3_key": random_text(32, LETTERS_AND_DIGITS),
    }
