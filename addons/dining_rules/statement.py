"""A member's signed statement of a wallet: everything that is needed to check it, without the database.

The statement is a JSON object `{"statement": {…}, "signature": {…}}`. The signature is Ed25519 (RFC 8032) over the
statement as canonical JSON: UTF-8, keys sorted, no blanks. Amounts are integer fen, moments ISO 8601 in UTC.
"""

import base64
import binascii
import json
from collections.abc import Iterable
from dataclasses import asdict, fields
from datetime import datetime
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from .ledger import NOTHING, Entry, first_wrong

FORMAT = "diancan-wallet-statement/1"
ALGORITHM = "Ed25519"


def build(entries: Iterable[Entry], *, company: str, member: str, account: str, issued_at: datetime) -> dict[str, Any]:
    """The statement of a wallet, not signed yet.

    :param entries: all of them, the first first
    :param member: the member's code
    :param account: the wallet's uuid
    :param issued_at: UTC, without a zone
    """
    listed = [_entry_out(entry) for entry in entries]
    last = listed[-1] if listed else None
    return {
        "format": FORMAT,
        "company": company,
        "member": member,
        "account": account,
        "currency": "CNY",
        "issued_at": issued_at.isoformat(timespec="microseconds"),
        "principal_fen": last["principal_after_fen"] if last else 0,
        "bonus_fen": last["bonus_after_fen"] if last else 0,
        "digest": last["digest"] if last else NOTHING,
        "entries": listed,
    }


def sign(statement: dict[str, Any], private_key: bytes) -> dict[str, Any]:
    """The statement with its signature.

    :param private_key: 32 bytes
    """
    key = Ed25519PrivateKey.from_private_bytes(private_key)
    return {
        "statement": statement,
        "signature": {
            "algorithm": ALGORITHM,
            "public_key": _text(_raw(key.public_key())),
            "value": _text(key.sign(canonical(statement))),
        },
    }


def new_private_key() -> bytes:
    """32 bytes that sign statements from now on."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def fingerprint(public_key: str) -> str:
    """How a public key is told to people: the first 16 hex digits of its SHA-256 in groups of four.

    :param public_key: base64
    :raises ValueError: not base64
    """
    digits = sha256(base64.b64decode(public_key, validate=True)).hexdigest()[:16]
    return " ".join(digits[start : start + 4] for start in range(0, 16, 4))


def problem_of(document: Any) -> str | None:
    """What is wrong with a signed statement; None where it holds.

    'format' (not a statement of this version), 'signature', 'balance' (the balances are not those of the last
    entry), 'account', or '<sequence>: <why>' of the first entry that does not hold (`dining_rules.ledger.Wrong`).
    """
    try:
        statement, signature = document["statement"], document["signature"]
        if statement["format"] != FORMAT or signature["algorithm"] != ALGORITHM:
            return "format"
        entries = [_entry_in(told) for told in statement["entries"]]
        public_key, value = (base64.b64decode(signature[name], validate=True) for name in ("public_key", "value"))
        Ed25519PublicKey.from_public_bytes(public_key).verify(value, canonical(statement))
    except InvalidSignature:
        return "signature"
    except (KeyError, TypeError, ValueError, AttributeError, binascii.Error):
        return "format"
    wrong = first_wrong(entries)
    if wrong:
        return f"{wrong.sequence}: {wrong.why}"
    if any(entry.account != statement["account"] for entry in entries):
        return "account"
    told = (statement["principal_fen"], statement["bonus_fen"], statement["digest"])
    last = entries[-1] if entries else None
    known = (last.principal_after_fen, last.bonus_after_fen, last.digest) if last else (0, 0, NOTHING)
    return None if told == known else "balance"


def canonical(statement: Any) -> bytes:
    """What is signed."""
    return json.dumps(statement, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _entry_out(entry: Entry) -> dict[str, Any]:
    return {**asdict(entry), "at": entry.at.isoformat(timespec="microseconds"), "shares": [*map(list, entry.shares)]}


def _entry_in(told: dict[str, Any]) -> Entry:
    if set(told) != {field.name for field in fields(Entry)}:
        raise ValueError("not the fields of an entry")
    at = datetime.fromisoformat(told["at"])
    return Entry(**{**told, "at": at, "shares": tuple(map(tuple, told["shares"]))})


def _raw(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode()
