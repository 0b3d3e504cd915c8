"""The entries of a restaurant's books, to the fen."""

from hypothesis import given
from hypothesis import strategies as st

from dining_rules.bookkeeping import (
    balance_change,
    fee,
    points_given,
    points_redeemed,
    settlement,
    stored_value,
)

amounts = st.integers(-1_000_000, 1_000_000)


def test_a_top_up_of_500():
    assert balance_change(50_000, 2_830, 50_000, 60) == {
        "counter": 50_000,
        "liability": -47_170,
        "deferred_vat": -2_830,
    }


def test_100_of_principal_are_consumed():
    assert stored_value(-10_000, -566) == {"liability": 9_434, "deferred_vat": 566}


def test_400_of_a_balance_are_refunded():
    assert balance_change(-40_000, -2_264, -40_000, 60) == {
        "counter": -40_000,
        "liability": 37_736,
        "deferred_vat": 2_264,
    }


def test_a_refund_of_390_leaves_10_earned():
    assert balance_change(-40_000, -2_264, -39_000, 60) == {
        "counter": -39_000,
        "liability": 37_736,
        "deferred_vat": 2_264,
        "revenue": -943,
        "output_vat": -57,
    }


def test_its_reversal_is_the_opposite():
    there = balance_change(-40_000, -2_264, -39_000, 60)
    assert balance_change(40_000, 2_264, 39_000, 60) == {role: -amount for role, amount in there.items()}


def test_wechat_settles_500_and_90():
    assert (fee(50_000), fee(9_000)) == (300, 54)
    assert settlement(59_000, 354) == {"bank": 58_646, "fee": 354, "clearing": -59_000}


def test_points_of_a_month():
    assert points_given(10_000_000, 80_000) == {"revenue": 79_365, "points": -79_365}
    assert points_redeemed(79_365, 1, 2) == {"points": 39_683, "revenue": -39_683}
    assert points_redeemed(79_365, 2, 2, 39_683) == {"points": 39_682, "revenue": -39_682}
    assert points_given(0, 0) == {}


@given(amounts, amounts, amounts, st.integers(0, 130))
def test_debits_are_credits(principal, vat, paid, rate):
    assert sum(balance_change(principal, vat, paid, rate).values()) == 0
    assert 0 not in balance_change(principal, vat, paid, rate).values()
    assert sum(settlement(paid, vat).values()) == 0


@given(st.integers(1, 10_000_000), st.integers(0, 1_000_000), st.lists(st.integers(1, 50), min_size=1, max_size=20))
def test_points_redeemed_in_parts_end_exactly(sales, price, parts):
    given_fen = -points_given(sales, price).get("points", 0)
    issued, so_far, booked = sum(parts), 0, 0
    for part in parts:
        so_far += part
        booked += points_redeemed(given_fen, so_far, issued, booked).get("points", 0)
    assert booked == given_fen
