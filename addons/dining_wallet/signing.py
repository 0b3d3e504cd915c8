"""Ed25519 (RFC 8032) by the library; imports neither Odoo nor our own, so that a statement can be checked without."""

import base64

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ALGORITHM = "Ed25519"


def new_private_key():
    """32 bytes that sign from now on."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def sign(message, private_key):
    """The signature of a message as a statement carries it.

    :param message: bytes
    :param private_key: 32 bytes
    """
    key = Ed25519PrivateKey.from_private_bytes(private_key)
    return {
        "algorithm": ALGORITHM,
        "public_key": base64.b64encode(key.public_key().public_bytes_raw()).decode(),
        "value": base64.b64encode(key.sign(message)).decode(),
    }


def verify(public_key, value, message):
    """Whether the signature `value` is that of the key's owner on `message`; all bytes.

    :raises ValueError: no public key
    """
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(value, message)
    except InvalidSignature:
        return False
    return True
