"""What stored value takes and gives back, to the fen."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dining_rules.stored_value import (
    BONUS_FIRST,
    POLICIES,
    PRINCIPAL_FIRST,
    PRO_RATA,
    Lot,
    Share,
    give_back,
    refund,
    spend,
)

BOUGHT = date(2026, 1, 1)
LATER = date(2026, 3, 1)

lots = st.lists(
    st.builds(Lot, st.uuids().map(lambda key: key.int), st.integers(1, 500_000), st.integers(0, 100_000)),
    min_size=1,
    max_size=4,
    unique_by=lambda lot: lot.id,
)
parts = st.lists(st.integers(1, 200_000), min_size=1, max_size=30)


def spent_down(lots, amounts, policy):
    """[(lots before, shares)] of one spend after another, each as far as there is something left."""
    history = []
    for amount in amounts:
        amount = min(amount, sum(lot.left_fen for lot in lots))
        if not amount:
            break
        shares = spend(lots, amount, policy)
        history.append((lots, shares))
        taken = {share.lot_id: share for share in shares}
        lots = [lot.after(taken[lot.id]) if lot.id in taken else lot for lot in lots]
    return lots, history


def test_a_spend_takes_principal_and_bonus_as_they_were_bought():
    assert spend([Lot(1, 50_000, 5_000)], 11_000) == (Share(1, 10_000, 1_000),)


@pytest.mark.parametrize(
    ("policy", "share"),
    [(PRINCIPAL_FIRST, Share(1, 11_000, 0)), (BONUS_FIRST, Share(1, 6_000, 5_000))],
)
def test_a_policy_takes_one_of_them_first(policy, share):
    assert spend([Lot(1, 50_000, 5_000)], 11_000, policy) == (share,)


def test_the_oldest_lot_is_spent_first():
    wallet = [Lot(1, 10_000, 0), Lot(2, 50_000, 5_000)]
    assert spend(wallet, 21_000) == (Share(1, 10_000, 0), Share(2, 10_000, 1_000))


def test_many_small_spends_end_exactly():
    [lot], history = spent_down([Lot(1, 50_000, 5_000)], [333] * 200, PRO_RATA)
    assert (lot.principal_left_fen, lot.bonus_left_fen) == (0, 0)
    assert sum(share.principal_fen for _lots, shares in history for share in shares) == 50_000


@given(lots, parts, st.sampled_from(POLICIES))
def test_a_spend_takes_its_amount_and_never_more_than_is_there(wallet, amounts, policy):
    _left, history = spent_down(wallet, amounts, policy)
    for (before, shares), amount in zip(history, amounts, strict=False):
        here = {lot.id: lot for lot in before}
        assert sum(share.amount_fen for share in shares) == min(amount, sum(lot.left_fen for lot in before))
        for share in shares:
            assert 0 <= share.principal_fen <= here[share.lot_id].principal_left_fen
            assert 0 <= share.bonus_fen <= here[share.lot_id].bonus_left_fen


@given(lots, parts)
def test_pro_rata_is_never_further_off_than_half_a_fen(wallet, amounts):
    left, _history = spent_down(wallet, amounts, PRO_RATA)
    for lot in left:
        whole = lot.principal_fen + lot.bonus_fen
        assert abs(2 * (lot.principal_spent_fen * whole - lot.spent_fen * lot.principal_fen)) <= whole


@given(lots, parts, parts, st.sampled_from(POLICIES), st.sampled_from(POLICIES))
def test_another_policy_from_today_on_breaks_nothing(wallet, before, after, first, second):
    left, _history = spent_down(wallet, before, first)
    left, _history = spent_down(left, after, second)
    assert all(lot.principal_left_fen >= 0 and lot.bonus_left_fen >= 0 for lot in left)


@given(lots, parts, parts, st.sampled_from(POLICIES))
def test_what_a_spend_took_goes_back_whole_in_any_parts(wallet, amounts, backs, policy):
    left, history = spent_down(wallet, amounts, policy)
    _before, shares = history[-1]
    still = list(shares)
    for amount in [*backs, 10**9]:
        amount = min(amount, sum(share.amount_fen for share in still))
        if not amount:
            break
        back = give_back(left, still, amount)
        assert sum(share.amount_fen for share in back) == amount
        given = {share.lot_id: share for share in back}
        for share in back:
            assert share.principal_fen >= 0 and share.bonus_fen >= 0
        still = [
            Share(s.lot_id, s.principal_fen - given[s.lot_id].principal_fen, s.bonus_fen - given[s.lot_id].bonus_fen)
            if s.lot_id in given
            else s
            for s in still
        ]
    assert all((share.principal_fen, share.bonus_fen) == (0, 0) for share in still)


@pytest.mark.parametrize("amount", [0, -1, 55_001])
def test_an_amount_that_cannot_be_taken_is_refused(amount):
    with pytest.raises(ValueError, match="cannot take"):
        spend([Lot(1, 50_000, 5_000)], amount)


@pytest.mark.parametrize("amount", [0, -1, 11_001])
def test_more_than_was_spent_is_not_given_back(amount):
    lot = Lot(1, 50_000, 5_000, 10_000, 1_000)
    with pytest.raises(ValueError, match="cannot give back"):
        give_back([lot], [Share(1, 10_000, 1_000)], amount)


def test_an_unknown_policy_or_lot_is_refused():
    with pytest.raises(ValueError, match="no such policy"):
        spend([Lot(1, 100, 0)], 50, "lucky")
    with pytest.raises(ValueError, match="no lot 2"):
        give_back([Lot(1, 100, 0)], [Share(2, 50, 0)], 50)


def test_the_courts_example():
    """500 with 50 given, 110 consumed: 400 back, 390 where the diner is the cause."""
    lot = Lot(1, 50_000, 5_000).after(Share(1, 10_000, 1_000))
    assert refund(lot, BOUGHT, LATER).amount_fen == 40_000
    assert refund(lot, BOUGHT, LATER, diners_fault=True).amount_fen == 39_000


def test_within_seven_days_an_untouched_lot_goes_back_whole():
    lot = Lot(1, 50_000, 5_000)
    seventh, eighth = BOUGHT + timedelta(days=7), BOUGHT + timedelta(days=8)
    assert refund(lot, BOUGHT, seventh).rule == "cooling_off"
    assert refund(lot, BOUGHT, eighth).rule == "pro_rata"
    assert refund(lot, BOUGHT, seventh).amount_fen == refund(lot, BOUGHT, eighth).amount_fen == 50_000
    assert refund(lot, BOUGHT, seventh, diners_fault=True).amount_fen == 50_000


@pytest.mark.parametrize(
    ("lot", "amount", "earned"),
    [
        # 550 bought for 500. Spent 500 of principal: 45.45 are due by law and no principal is left.
        (Lot(1, 50_000, 5_000, 50_000, 0), 4_545, -4_545),
        # Spent the 50 of bonus: 454.55 are due, 45.45 of the principal were earned.
        (Lot(1, 50_000, 5_000, 0, 5_000), 45_455, 4_545),
        (Lot(1, 50_000, 5_000, 10_000, 1_000), 40_000, 0),
    ],
)
def test_the_law_does_not_ask_which_policy_spends_followed(lot, amount, earned):
    asked = refund(lot, BOUGHT, LATER)
    assert (asked.amount_fen, asked.earned_fen) == (amount, earned)
    assert (asked.principal_fen, asked.bonus_fen) == (lot.principal_left_fen, lot.bonus_left_fen)


@given(lots, parts, st.sampled_from(POLICIES), st.booleans())
def test_a_refund_is_never_below_zero_nor_above_what_was_paid(wallet, amounts, policy, fault):
    left, _history = spent_down(wallet, amounts, policy)
    for lot in left:
        assert 0 <= refund(lot, BOUGHT, LATER, diners_fault=fault).amount_fen <= lot.principal_fen
