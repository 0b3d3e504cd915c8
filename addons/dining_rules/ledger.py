"""The chain of a wallet's entries: each names the one before it, so that no row can be changed, added or left out.

Amounts are integer fen, moments are UTC without a zone.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

#: What an entry's digest covers, and how; a later version never changes what an earlier one says.
VERSION = 1
#: What the first entry of an account names as the one before it.
NOTHING = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    """One change of an account, with the balances after it.

    `key` is the client's or WeChat's name of what caused it, unique in the account; `reverses` the sequence of the
    entry that this one corrects. `shares` are the lots concerned, (lot, principal,
    bonus, VAT within the principal) each, and `terms` a new
    lot's, as JSON; '' where the entry makes none. `digest` is lower-case hex.
    """

    account: str
    sequence: int
    at: datetime
    kind: str
    principal_fen: int
    bonus_fen: int
    principal_after_fen: int
    bonus_after_fen: int
    reason: str
    source: str
    key: str
    shares: tuple[tuple[int, int, int, int], ...] = ()
    terms: str = ""
    reverses: int | None = None
    previous: str = NOTHING
    digest: str = ""
    version: int = VERSION


@dataclass(frozen=True, slots=True)
class Wrong:
    """The first entry that does not hold, and why: 'version', 'account', 'sequence', 'previous', 'digest',
    'balance', 'shares', 'negative', 'key' or 'clock'."""

    sequence: int
    why: str


def digest_of(entry: Entry) -> str:
    """SHA-256 over the entry as a JSON list in UTF-8: version, account, sequence, moment to the microsecond, kind,
    both changes, both balances, reason, source, key, shares, terms, reverses, previous digest.

    :raises ValueError: a version that is not known
    """
    if entry.version != VERSION:
        raise ValueError(f"version {entry.version}")
    told = [
        entry.version,
        entry.account,
        entry.sequence,
        entry.at.isoformat(timespec="microseconds"),
        entry.kind,
        entry.principal_fen,
        entry.bonus_fen,
        entry.principal_after_fen,
        entry.bonus_after_fen,
        entry.reason,
        entry.source,
        entry.key,
        entry.shares,
        entry.terms,
        entry.reverses,
        entry.previous,
    ]
    return sha256(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def first_wrong(entries: Iterable[Entry], before: Entry | None = None) -> Wrong | None:
    """The first entry of an account that does not follow from those before it; None where all do.

    :param entries: of one account, in its sequence, read one by one
    :param before: where to go on from; its own digest is believed
    """
    keys: set[str] = set()
    for entry in entries:
        why = _why_wrong(entry, before)
        if why is None and entry.key in keys:
            why = "key"
        if why:
            return Wrong(entry.sequence, why)
        keys.add(entry.key)
        before = entry
    return None


def _why_wrong(entry: Entry, before: Entry | None) -> str | None:
    principal, bonus = (before.principal_after_fen, before.bonus_after_fen) if before else (0, 0)
    balances = (entry.principal_after_fen, entry.bonus_after_fen)
    checks = {
        "version": entry.version == VERSION,
        "account": before is None or entry.account == before.account,
        "sequence": entry.sequence == (before.sequence if before else 0) + 1,
        "previous": entry.previous == (before.digest if before else NOTHING),
        "clock": before is None or entry.at >= before.at,
        "balance": balances == (principal + entry.principal_fen, bonus + entry.bonus_fen),
        "shares": (entry.principal_fen, entry.bonus_fen) == _sums(entry.shares),
        "negative": min(balances) >= 0,
    }
    wrong = next((why for why, holds in checks.items() if not holds), None)
    return wrong or (None if entry.digest == digest_of(entry) else "digest")


def _sums(shares: tuple[tuple[int, int, int, int], ...]) -> tuple[int, int]:
    return sum(share[1] for share in shares), sum(share[2] for share in shares)
