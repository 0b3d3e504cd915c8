"""Refunds: accepted once for each number, and never more than was paid."""

import pytest

from .client import Merchant, new_number

YEAR_SECONDS = 365 * 86_400
URL = "/v3/refund/domestic/refunds"


@pytest.fixture
def number(control, merchant):
    """A paid order of 59.00 yuan, on a stopped clock."""
    control.post("/clock", rate=0)
    control.post("/settings", settle=False)
    return merchant.paid(control)


@pytest.fixture
def refused(control, merchant, number):
    """Ask for a refund that must be refused with nothing changed; returns status and code."""

    def refused(refund, total=5900, **changes):
        before = control.get("/refunds"), control.get("/ledger"), merchant.query(number)
        status, answer = merchant.refund(changes.pop("number", number), refund, total, **changes)
        after = control.get("/refunds"), control.get("/ledger"), merchant.query(number)
        assert after == before
        return status, answer["code"]

    return refused


def query(merchant, out_refund_no):
    return merchant.call("GET", f"{URL}/{out_refund_no}")


def test_full_refund(control, merchant, number):
    status, refund = merchant.refund(number, 5900, reason="菜品售罄")
    assert status == 200
    assert (refund["status"], refund["channel"]) == ("PROCESSING", "ORIGINAL")
    assert refund["out_trade_no"] == number
    assert refund["amount"]["refund"] == refund["amount"]["payer_refund"] == 5900
    assert "success_time" not in refund
    assert merchant.state(number) == "REFUND"
    assert control.balance() == {
        "payers": -5900, "merchant": 0, "fees": 0, "refunding": 5900,
    }  # fmt: skip
    control.post("/clock", advance_seconds=3)
    status, refund = query(merchant, refund["out_refund_no"])
    assert (status, refund["status"]) == (200, "SUCCESS")
    assert refund["success_time"]
    assert control.balance() == {"payers": 0, "merchant": 0, "fees": 0, "refunding": 0}


def test_by_transaction_id(merchant, number):
    transaction_id = merchant.query(number)[1]["transaction_id"]
    status, refund = merchant.refund(number, 100, out_trade_no=None, transaction_id=transaction_id)
    assert (status, refund["out_trade_no"]) == (200, number)


def test_same_number_refunds_once(control, merchant, number):
    body = merchant.refund_body(number, 100)
    first = merchant.call("POST", URL, body)
    assert merchant.call("POST", URL, body) == first
    assert control.balance()["refunding"] == 100
    control.post("/clock", advance_seconds=3600)
    status, refund = merchant.call("POST", URL, body)
    assert (status, refund["status"]) == (200, "SUCCESS")
    assert control.balance()["payers"] == -5800


def test_same_number_other_amount(merchant, number, refused):
    refund = merchant.refund(number, 100)[1]
    answer = refused(200, out_refund_no=refund["out_refund_no"])
    assert answer == (400, "INVALID_REQUEST")


def test_more_than_paid(control, merchant, number, refused):
    assert refused(5901) == (400, "INVALID_REQUEST")
    assert merchant.refund(number, 5800)[0] == 200
    control.post("/clock", advance_seconds=60)
    assert refused(101) == (400, "INVALID_REQUEST")
    assert merchant.refund(number, 100)[0] == 200


def test_wrong_total(refused):
    assert refused(100, total=6000) == (400, "INVALID_REQUEST")


@pytest.mark.parametrize("refund", [0, -1, 1.5, "100"])
def test_bad_amount(refused, refund):
    assert refused(refund) == (400, "PARAM_ERROR")


def test_unknown_field(refused):
    assert refused(100, operator="x") == (400, "PARAM_ERROR")


def test_one_order_must_be_named(merchant, number, refused):
    assert refused(100, out_trade_no=None) == (400, "PARAM_ERROR")
    transaction_id = merchant.query(number)[1]["transaction_id"]
    assert refused(100, transaction_id=transaction_id) == (400, "PARAM_ERROR")


def test_unpaid_and_unknown_orders(control, merchant, number, refused):
    unpaid, _ = merchant.jsapi(control.openid("diner-a"))
    assert refused(100, number=unpaid["out_trade_no"]) == (404, "RESOURCE_NOT_EXISTS")
    assert refused(100, number="unknown-number") == (404, "RESOURCE_NOT_EXISTS")


def test_order_of_another_merchant(control, number):
    other = Merchant(control.post("/merchants", name="别家"))
    status, answer = other.refund(number, 100)
    assert (status, answer["code"]) == (404, "RESOURCE_NOT_EXISTS")
    assert control.get("/refunds") == {"refunds": []}


def test_query_of_nothing(merchant):
    assert merchant.refused("GET", f"{URL}/{new_number()}") == (404, "RESOURCE_NOT_EXISTS")


def test_a_minute_apart(control, merchant, number, refused):
    assert merchant.refund(number, 100)[0] == 200
    control.post("/clock", advance_seconds=59)
    assert refused(100) == (429, "FREQUENCY_LIMITED")
    control.post("/clock", advance_seconds=1)
    assert merchant.refund(number, 100)[0] == 200


def test_fifty_parts(control, merchant, number, refused):
    for _ in range(50):
        assert merchant.refund(number, 1)[0] == 200
        control.post("/clock", advance_seconds=60)
    assert refused(1) == (400, "INVALID_REQUEST")
    assert control.balance()["payers"] == -5850


def test_within_a_year(control, merchant, number, refused):
    control.post("/clock", advance_seconds=YEAR_SECONDS)
    assert merchant.refund(number, 100)[0] == 200
    control.post("/clock", advance_seconds=60)
    assert refused(100) == (400, "INVALID_REQUEST")


def test_not_enough(control, merchant, number, refused):
    """Yesterday's takings went to the bank; the merchant must top up before refunding."""
    control.post("/settings", settle=True)
    control.post("/clock", advance_seconds=2 * 86_400)
    out_refund_no = new_number("R")
    assert refused(5900, out_refund_no=out_refund_no) == (403, "NOT_ENOUGH")
    control.post("/deposit", amount_fen=5865)
    assert merchant.refund(number, 5900, out_refund_no=out_refund_no)[0] == 200
    assert control.balance()["merchant"] == 0


def test_fee_comes_back_pro_rata(control, merchant, number):
    """Fee of 59.00: 0.354, so 35 fen; thirds return 12, 11 and 12 of them."""
    assert control.balance()["fees"] == 35
    fees = []
    for refund in (1967, 1967, 1966):
        assert merchant.refund(number, refund)[0] == 200
        fees.append(control.balance()["fees"])
        control.post("/clock", advance_seconds=60)
    assert fees == [23, 12, 0]
    assert control.balance()["merchant"] == 0


def test_closed_refund_gives_the_money_back(control, merchant, number):
    control.post("/settings", refund_outcome="CLOSED")
    out_refund_no = merchant.refund(number, 5900)[1]["out_refund_no"]
    control.post("/clock", advance_seconds=3)
    assert query(merchant, out_refund_no)[1]["status"] == "CLOSED"
    assert merchant.state(number) == "SUCCESS"
    assert control.balance() == {
        "payers": -5900, "merchant": 5865, "fees": 35, "refunding": 0,
    }  # fmt: skip
    control.post("/clock", advance_seconds=60)
    assert merchant.refund(number, 5900)[0] == 200


def test_abnormal_refund_is_ended_by_hand(control, merchant, number):
    control.post("/settings", refund_outcome="ABNORMAL")
    out_refund_no = merchant.refund(number, 100)[1]["out_refund_no"]
    control.post("/clock", advance_seconds=3)
    assert query(merchant, out_refund_no)[1]["status"] == "ABNORMAL"
    assert control.balance()["refunding"] == 100
    control.post(f"/refunds/{out_refund_no}/state", status="SUCCESS")
    assert query(merchant, out_refund_no)[1]["status"] == "SUCCESS"
    assert control.balance()["refunding"] == 0
    path = f"/refunds/{out_refund_no}/state"
    assert control.refused(path, status="CLOSED") == (409, "INVALID_STATE")
    assert control.refused("/refunds/nothing/state", status="CLOSED") == (404, "REFUND_NOT_EXIST")
