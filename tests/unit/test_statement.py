"""A signed statement holds, or says what is wrong with it."""

import copy
import json
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "addons"))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "addons/dining_wallet"))

import signing

from dining_rules.ledger import digest_of
from dining_rules.statement import build, canonical, fingerprint, problem_of
from dining_rules.tests.test_ledger import EVENING, chain

ISSUED = datetime(2026, 11, 23, 20, 0)
KEY = signing.new_private_key()


def sign(statement, key):
    return {"statement": statement, "signature": signing.sign(canonical(statement), key)}


def wrong_in(document):
    return problem_of(document, signing.verify)


def signed(entries=None, key=KEY):
    entries = chain(EVENING) if entries is None else entries
    statement = build(entries, company="翠湖餐饮", member="0000111122223333", account="a-1", issued_at=ISSUED)
    return sign(statement, key)


def test_an_honest_statement_holds_also_after_a_journey_as_text():
    document = signed()
    assert wrong_in(document) is None
    assert wrong_in(json.loads(json.dumps(document, ensure_ascii=False, indent=2))) is None
    assert (document["statement"]["principal_fen"], document["statement"]["bonus_fen"]) == (0, 0)


def test_what_entries_were_for_is_signed_and_needed_by_nobody():
    about = {1: {"offer": {"zh": "充 500 送 50", "en": "500 + 50"}}}
    told = {"company": "翠湖餐饮", "member": "0000111122223333", "account": "a-1", "issued_at": ISSUED}
    document = sign(build(chain(EVENING), **told, about=about), KEY)
    assert wrong_in(document) is None
    document["statement"]["about"]["1"]["offer"]["zh"] = "充 5000"
    assert wrong_in(document) == "signature"


def test_a_wallet_without_entries():
    assert wrong_in(signed([])) is None


@pytest.mark.parametrize("field", ["company", "member", "principal_fen", "bonus_fen", "digest", "issued_at"])
def test_nothing_that_it_says_can_be_changed(field):
    document = signed()
    document["statement"][field] = 1 if field.endswith("_fen") else "x"
    assert wrong_in(document) == "signature"


def test_no_entry_can_be_changed_or_left_out():
    for spoil in (
        lambda entries: entries.pop(),
        lambda entries: entries[1].update(principal_fen=-1),
        lambda entries: entries.reverse(),
        lambda entries: entries[0]["shares"][0].__setitem__(1, 1),
    ):
        document = copy.deepcopy(signed())
        spoil(document["statement"]["entries"])
        assert wrong_in(document) == "signature"


def test_whoever_signs_what_does_not_add_up_is_found():
    entries = chain(EVENING)
    entries[2] = replace(entries[2], principal_fen=1)
    assert wrong_in(signed(entries)) == "3: balance"
    statement = {**signed()["statement"], "principal_fen": 7}
    assert wrong_in(sign(statement, KEY)) == "balance"
    elsewhere = [replace(entry, account="a-2") for entry in chain(EVENING)[:1]]
    elsewhere[0] = replace(elsewhere[0], digest=digest_of(elsewhere[0]))
    assert wrong_in(signed(elsewhere)) == "account"


def test_another_key_has_another_fingerprint():
    ours, theirs = signed(), signed(key=signing.new_private_key())
    assert wrong_in(theirs) is None
    prints = {fingerprint(document["signature"]["public_key"]) for document in (ours, theirs)}
    assert len(prints) == 2
    assert all(len(told) == 19 for told in prints)
    forged = {**ours, "signature": {**ours["signature"], "public_key": theirs["signature"]["public_key"]}}
    assert wrong_in(forged) == "signature"


@pytest.mark.parametrize(
    "document",
    [None, [], "x", {}, {"statement": {}}, {"statement": [], "signature": {}}, {"statement": {"format": "x/9"}}],
)
def test_what_is_no_statement(document):
    assert wrong_in(document) == "format"


def test_a_signature_that_is_no_base64():
    document = signed()
    document["signature"]["value"] = "ä"
    assert wrong_in(document) == "format"
