"""Fees, the double-entry ledger, and the morning after."""

import pytest

from .. import fees
from ..ledger import MERCHANT, PAYERS, Ledger

DAY_SECONDS = 86_400


@pytest.mark.parametrize(
    ("total", "fee"),
    [(1, 0), (83, 0), (84, 1), (250, 2), (5900, 35), (9000, 54), (50_000, 300), (10_000_000, 60_000)],
)
def test_fee_is_rounded_half_up(total, fee):
    assert fees.fee_of(total) == fee


@pytest.mark.parametrize("total", [1, 84, 999, 5900, 50_000])
@pytest.mark.parametrize("parts", [1, 2, 3, 7, 50])
def test_refunded_parts_return_the_whole_fee(total, parts):
    fee, refunded, returned = fees.fee_of(total), 0, 0
    for index in range(parts):
        refunded += total // parts if index < parts - 1 else total - refunded
        part = fees.fee_returned(total, fee, refunded, returned)
        assert part >= 0
        returned += part
    assert returned == fee


def test_transfers_must_balance():
    ledger = Ledger()
    with pytest.raises(ValueError, match="unbalanced"):
        ledger._post(0, "1", "trade", {PAYERS: -1, MERCHANT: 2})
    assert ledger.transfers == [] and ledger.accounts() == {}


def test_payment(control, merchant):
    merchant.paid(control)
    assert control.balance() == {"payers": -5900, "merchant": 5865, "fees": 35}
    kinds = [transfer["kind"] for transfer in control.get("/ledger")["transfers"]]
    assert kinds == ["trade", "fee"]


def test_example_of_the_settlement(control, merchant):
    """500 and 90 yuan at 0.6 % an order: 586.46 reach the bank, 3.54 are fees."""
    control.post("/clock", now="2030-03-04T20:00:00+08:00", rate=0)
    for total in (50_000, 9_000):
        merchant.paid(control, amount={"total": total, "currency": "CNY"})
    assert control.balance() == {"payers": -59_000, "merchant": 58_646, "fees": 354}
    control.post("/clock", now="2030-03-05T07:59:59+08:00")
    assert control.balance()["merchant"] == 58_646
    control.post("/clock", now="2030-03-05T08:00:00+08:00")
    assert control.balance() == {
        "payers": -59_000, "merchant": 0, "fees": 354, "bank": 58_646,
    }  # fmt: skip


def test_todays_takings_wait(control, merchant):
    control.post("/clock", now="2030-03-05T07:00:00+08:00", rate=0)
    merchant.paid(control)
    control.post("/clock", now="2030-03-05T09:00:00+08:00")
    assert control.balance()["merchant"] == 5865
    control.post("/clock", now="2030-03-06T09:00:00+08:00")
    assert control.balance()["bank"] == 5865


def test_refund_before_the_settlement_lowers_it(control, merchant):
    control.post("/clock", now="2030-03-04T20:00:00+08:00", rate=0)
    number = merchant.paid(control)
    control.post("/clock", now="2030-03-05T01:00:00+08:00")
    assert merchant.refund(number, 1000)[0] == 200
    control.post("/clock", now="2030-03-05T09:00:00+08:00")
    assert control.balance()["bank"] == 5865 - (1000 - 6)
    control.post("/clock", advance_seconds=3 * DAY_SECONDS)
    assert control.balance()["merchant"] == 0


def test_deposit_is_not_settled(control, merchant):
    control.post("/deposit", amount_fen=10_000)
    merchant.paid(control)
    control.post("/clock", advance_seconds=2 * DAY_SECONDS)
    assert control.balance()["merchant"] == 10_000


def test_check_finds_a_missing_payment(control, merchant):
    """The oracle compares two books; one of them wrong must show."""

    class PaidOrder:
        out_trade_no, total_fen, fee_fen, paid, refunded_fen = "T1", 100, 1, True, 0

    assert Ledger().check([PaidOrder()], []) == ["order T1: ledger has paid 0, fee 0"]
