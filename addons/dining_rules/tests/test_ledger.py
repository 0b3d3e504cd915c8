"""A chain of entries holds, or names its first wrong row."""

from dataclasses import fields, replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dining_rules.ledger import NOTHING, Entry, Wrong, digest_of, first_wrong

START = datetime(2026, 11, 23, 12, 0)


def chain(changes, account="a-1"):
    """Entries of (principal, bonus) changes, a second apart."""
    entries, principal, bonus, previous = [], 0, 0, NOTHING
    for number, (principal_fen, bonus_fen) in enumerate(changes, 1):
        principal, bonus = principal + principal_fen, bonus + bonus_fen
        entry = Entry(
            account=account,
            sequence=number,
            at=START + timedelta(seconds=number),
            kind="topup" if principal_fen >= 0 else "spend",
            principal_fen=principal_fen,
            bonus_fen=bonus_fen,
            principal_after_fen=principal,
            bonus_after_fen=bonus,
            reason="充值",
            source="phone",
            key=f"key-{number}",
            shares=((1, principal_fen, bonus_fen, 0),),
            previous=previous,
        )
        entry = replace(entry, digest=digest_of(entry))
        previous = entry.digest
        entries.append(entry)
    return entries


EVENING = [(50_000, 5_000), (-10_000, -1_000), (20_000, 0), (-60_000, -4_000)]


def test_an_honest_chain_holds():
    assert first_wrong(chain(EVENING)) is None
    assert first_wrong([]) is None


def test_a_chain_can_be_followed_on_from_any_entry():
    entries = chain(EVENING)
    assert first_wrong(entries[2:], before=entries[1]) is None
    assert first_wrong(entries[2:]) == Wrong(3, "sequence")


def test_the_digest_of_version_1_never_changes():
    [entry] = chain([(50_000, 5_000)])
    assert entry.digest == DIGEST_OF_THE_FIRST


DIGEST_OF_THE_FIRST = "ccce0d33ea7f24024172962eefd72c0b6c65d578b9594c7fb61c7d3455f7c10f"


@pytest.mark.parametrize("field", [field.name for field in fields(Entry) if field.name not in ("digest", "version")])
def test_no_field_can_be_changed(field):
    entries = chain(EVENING)
    value = getattr(entries[1], field)
    entries[1] = replace(entries[1], **{field: another(value)})
    assert first_wrong(entries).sequence in (2, entries[1].sequence)


def another(value):
    if isinstance(value, datetime):
        return value + timedelta(milliseconds=1)
    return 7 if value is None else value * 2 or "x"


@given(st.integers(0, 3))
def test_no_entry_can_be_left_out_or_doubled(number):
    entries = chain(EVENING)
    left_out = entries[:number] + entries[number + 1 :]
    if number < 3:
        assert first_wrong(left_out) == Wrong(number + 2, "sequence")
    doubled = entries[: number + 1] + entries[number:]
    assert first_wrong(doubled) == Wrong(number + 1, "sequence")


def rewritten(entries, start, **changes):
    """The chain with one entry changed and every digest from there on made anew, as a thief would."""
    before = entries[start - 1].digest if start else NOTHING
    out = entries[:start]
    for number, entry in enumerate(entries[start:], start):
        entry = replace(entry, previous=before, **(changes if number == start else {}))
        entry = replace(entry, digest=digest_of(entry))
        before = entry.digest
        out.append(entry)
    return out


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"principal_fen": -9_000}, "balance"),
        ({"shares": ((1, -9_000, -1_000, 0),)}, "shares"),
        (
            {"principal_fen": -60_000, "principal_after_fen": -10_000, "shares": ((1, -60_000, -1_000, 0),)},
            "negative",
        ),
        ({"at": START}, "clock"),
        ({"key": "key-1"}, "key"),
        ({"account": "a-2"}, "account"),
    ],
)
def test_digests_made_anew_hide_nothing(changes, why):
    assert first_wrong(rewritten(chain(EVENING), 1, **changes)) == Wrong(2, why)


def test_a_later_version_is_not_guessed_at():
    entries = chain(EVENING)
    entries[0] = replace(entries[0], version=2)
    assert first_wrong(entries) == Wrong(1, "version")
    with pytest.raises(ValueError, match="version 2"):
        digest_of(entries[0])
