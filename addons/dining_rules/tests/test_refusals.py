"""Every refusal has a status a client can act on and words in both languages."""

import re
import string

import pytest

from dining_rules.refusals import CATALOGUE, Refusal


@pytest.mark.parametrize("code", CATALOGUE)
def test_catalogue_entry_is_complete(code):
    status, zh, en = CATALOGUE[code]
    assert 400 <= status <= 503
    assert re.search("[\u4e00-\u9fff]", zh), "Chinese words"
    assert not re.search("[\u4e00-\u9fff]", en), "English words"
    assert _fields(zh) <= _fields(en) | _fields(zh)
    assert re.fullmatch("[a-z_]+", code)


def _fields(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_message_speaks_each_language():
    refusal = Refusal("dish_sold_out", dish={"zh": "汽锅鸡", "en": "Steam-pot chicken"}, remaining=2)
    assert refusal.http_status == 409
    assert refusal.message_by_language == {
        "zh": "「汽锅鸡」余量不足，还剩 2 份",
        "en": "Steam-pot chicken: not enough left (2)",
    }


def test_unknown_code_is_a_programming_error():
    with pytest.raises(KeyError):
        Refusal("no_such_code")
