"""A member's signed statement of a wallet: everything that is needed to check it, without the database.

The statement is a JSON object `{"statement": {…}, "signature": {…}}`. The signature is Ed25519 (RFC 8032) over the
statement as canonical JSON: UTF-8, keys sorted, no blanks. Amounts are integer fen, moments ISO 8601 in UTC. What is
said beside `entries`, as `about`, is signed and not otherwise checked: files with and without it are of one format.
"""

import base64
import binascii
import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, fields
from datetime import datetime
from hashlib import sha256
from typing import Any

from .ledger import NOTHING, Entry, first_wrong

FORMAT = "diancan-wallet-statement/1"
ALGORITHM = "Ed25519"


def build(
    entries: Iterable[Entry],
    *,
    company: str,
    member: str,
    account: str,
    issued_at: datetime,
    about: dict[int, Any] | None = None,
) -> dict[str, Any]:
    """The statement of a wallet, not signed yet.

    :param entries: all of them, the first first
    :param member: the member's code
    :param account: the wallet's uuid
    :param issued_at: UTC, without a zone
    :param about: by an entry's sequence, what it was for in words. It is the company's word on that day: signed with
        the rest, and beside the entries, whose digests were made before
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
        **({"about": {str(sequence): told for sequence, told in about.items()}} if about else {}),
    }


def fingerprint(public_key: str) -> str:
    """How a public key is told to people: the first 16 hex digits of its SHA-256 in groups of four.

    :param public_key: base64
    :raises ValueError: not base64
    """
    digits = sha256(base64.b64decode(public_key, validate=True)).hexdigest()[:16]
    return " ".join(digits[start : start + 4] for start in range(0, 16, 4))


def problem_of(document: Any, verify: Callable[[bytes, bytes, bytes], bool]) -> str | None:
    """What is wrong with a signed statement; None where it holds.

    :param verify: whether (public key, signature, message) belong together, Ed25519

    'format' (not a statement of this version), 'signature', 'balance' (the balances are not those of the last
    entry), 'account', or '<sequence>: <why>' of the first entry that does not hold (`dining_rules.ledger.Wrong`).
    """
    try:
        statement, signature = document["statement"], document["signature"]
        if statement["format"] != FORMAT or signature["algorithm"] != ALGORITHM:
            return "format"
        entries = [_entry_in(told) for told in statement["entries"]]
        public_key, value = (base64.b64decode(signature[name], validate=True) for name in ("public_key", "value"))
        is_signed = verify(public_key, value, canonical(statement))
    except (KeyError, TypeError, ValueError, AttributeError, binascii.Error):
        return "format"
    if not is_signed:
        return "signature"
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
