"""Money is integer fen: conversions are exact and splits lose nothing."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dining_rules.money import allocate, even_share, fen, tax_in, yuan


@pytest.mark.parametrize(
    ("amount", "expected"), [(0.29, 29), (1.005, 101), ("3.999", 400), (Decimal("12.34"), 1234), (-0.5, -50)]
)
def test_fen_reads_yuan_half_up(amount, expected):
    assert fen(amount) == expected


@given(st.integers(-(10**9), 10**9))
def test_yuan_and_back_is_the_same(amount_fen):
    assert fen(yuan(amount_fen)) == amount_fen


@given(st.integers(-(10**7), 10**7), st.lists(st.integers(0, 10**6), min_size=1, max_size=20))
def test_allocate_loses_nothing_and_stays_within_a_fen(total, weights):
    shares = allocate(total, weights)
    assert sum(shares) == total
    whole = sum(weights) or len(weights)
    for share, weight in zip(shares, weights if any(weights) else [1] * len(weights), strict=True):
        assert abs(share - total * weight / whole) < 1


def test_allocate_gives_the_odd_fen_to_the_largest_remainder():
    assert allocate(100, [1, 1, 1]) == [34, 33, 33]
    assert allocate(10, [0, 3, 7]) == [0, 3, 7]


@pytest.mark.parametrize("weights", [[], [1, -1]])
def test_allocate_refuses_weights_it_cannot_split_by(weights):
    with pytest.raises(ValueError):
        allocate(100, weights)


@given(st.integers(0, 10**8), st.sampled_from([0, 30, 60, 90, 130]))
def test_tax_inside_a_price_is_net_times_rate(gross, rate):
    tax = tax_in(gross, rate)
    assert 0 <= tax <= gross
    assert abs(tax - (gross - tax) * rate / 1000) <= 1


@given(st.integers(0, 10**8), st.integers(1, 99))
def test_even_shares_pay_the_bill_and_the_last_ones_pay_no_more(total, people):
    share, left = even_share(total, people), total
    for _one in range(people):
        left -= min(share, left)
    assert left == 0
    assert share * people - total < people
