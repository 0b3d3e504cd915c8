"""Each fault of the road: what the client sees, and whether the call took effect."""

import time

import pytest
import requests

JSAPI = "/v3/pay/transactions/jsapi"


@pytest.fixture
def body(control, merchant):
    return merchant.order(payer={"openid": control.openid("diner-a")})


def placed(control):
    return len(control.get("/orders")["orders"])


@pytest.mark.parametrize(("fault", "effect"), [("timeout_before", 0), ("timeout_after", 1)])
def test_timeout(control, merchant, body, fault, effect):
    control.post("/faults", call="jsapi", fault=fault)
    with pytest.raises(requests.ReadTimeout):
        merchant.raw("POST", JSAPI, body, timeout=0.4)
    assert placed(control) == effect
    assert merchant.call("POST", JSAPI, body)[0] == 200
    assert placed(control) == 1


def test_timeout_after_a_refund(control, merchant):
    """The valuable one: the client knows nothing, the money has moved, the repeat is harmless."""
    refund = merchant.refund_body(merchant.paid(control), 1000)
    control.post("/faults", call="refund", fault="timeout_after")
    with pytest.raises(requests.ReadTimeout):
        merchant.raw("POST", "/v3/refund/domestic/refunds", refund, timeout=0.4)
    assert control.balance()["refunding"] == 1000
    assert merchant.call("POST", "/v3/refund/domestic/refunds", refund)[0] == 200
    assert control.balance()["refunding"] == 1000


def test_timeout_ends_as_at_a_gateway(control, merchant, body):
    control.post("/faults", call="jsapi", fault="timeout_before", seconds=0.2)
    reply = merchant.raw("POST", JSAPI, body)
    assert reply.status_code == 504
    assert reply.headers["Content-Type"].startswith("text/html")


@pytest.mark.parametrize(
    ("fault", "status", "code", "effect"),
    [
        ("error_500_before", 500, "SYSTEM_ERROR", 0),
        ("error_500_after", 500, "SYSTEM_ERROR", 1),
        ("error_429", 429, "FREQUENCY_LIMITED", 0),
    ],
)
def test_error(control, merchant, body, fault, status, code, effect):
    control.post("/faults", call="jsapi", fault=fault)
    assert merchant.refused("POST", JSAPI, body) == (status, code)
    assert placed(control) == effect
    assert merchant.call("POST", JSAPI, body)[0] == 200
    assert placed(control) == 1


def test_html_502(control, merchant, body):
    control.post("/faults", call="jsapi", fault="html_502")
    reply = merchant.raw("POST", JSAPI, body)
    assert (reply.status_code, reply.headers["Content-Type"]) == (502, "text/html; charset=utf-8")
    assert "Wechatpay-Signature" not in reply.headers
    assert placed(control) == 0


@pytest.mark.parametrize("fault", ["bad_signature", "stale_timestamp", "unknown_serial"])
def test_untrustworthy_answer(control, merchant, body, fault):
    control.post("/faults", call="jsapi", fault=fault)
    reply = merchant.raw("POST", JSAPI, body)
    assert reply.status_code == 200
    assert not merchant.verifies(reply)
    age = time.time() - int(reply.headers["Wechatpay-Timestamp"])
    assert (age > 300) == (fault == "stale_timestamp")
    known = reply.headers["Wechatpay-Serial"] == merchant.credentials["platform_public_key_id"]
    assert known == (fault != "unknown_serial")
    assert merchant.verifies(merchant.raw("POST", JSAPI, body))


def test_unsigned(control, merchant, body):
    control.post("/faults", call="jsapi", fault="unsigned")
    reply = merchant.raw("POST", JSAPI, body)
    assert reply.status_code == 200
    assert not [name for name in reply.headers if name.lower().startswith("wechatpay-")]


def test_slow(control, merchant, body):
    control.post("/faults", call="jsapi", fault="slow", seconds=0.4)
    started = time.monotonic()
    assert merchant.call("POST", JSAPI, body)[0] == 200
    assert time.monotonic() - started >= 0.4


@pytest.mark.parametrize(
    ("call", "ask"),
    [
        ("native", lambda m, n: m.call("POST", "/v3/pay/transactions/native", m.order())),
        ("query", lambda m, n: m.query(n)),
        ("close", lambda m, n: m.close(n)),
        ("refund", lambda m, n: m.refund(n, 100)),
        ("refund_query", lambda m, n: m.call("GET", "/v3/refund/domestic/refunds/none")),
        ("tradebill", lambda m, n: m.call("GET", "/v3/bill/tradebill?bill_date=2030-01-01")),
        ("fundflowbill", lambda m, n: m.call("GET", "/v3/bill/fundflowbill?bill_date=2030-01-01")),
        ("billdownload", lambda m, n: m.call("GET", "/v3/billdownload/file?token=x")),
    ],
)
def test_every_call_can_fail(control, merchant, call, ask):
    number = merchant.paid(control)
    control.post("/faults", call=call, fault="error_500_before")
    status, answer = ask(merchant, number)
    assert (status, answer["code"]) == (500, "SYSTEM_ERROR")
    assert control.get("/faults") == {"faults": []}


def test_other_calls_are_not_hit(control, merchant, body):
    control.post("/faults", call="query", fault="error_500_before")
    assert merchant.call("POST", JSAPI, body)[0] == 200


def test_times(control, merchant, body):
    control.post("/faults", call="jsapi", fault="error_429", times=2)
    statuses = [merchant.call("POST", JSAPI, body)[0] for _ in range(4)]
    assert statuses == [429, 429, 200, 200]


def test_until_removed(control, merchant, body):
    fault = control.post("/faults", call="*", fault="html_502", times=None)
    assert [merchant.raw("POST", JSAPI, body).status_code for _ in range(3)] == [502] * 3
    assert control.call("DELETE", f"/faults/{fault['id']}").json() == {"faults": []}
    assert merchant.call("POST", JSAPI, body)[0] == 200
    assert control.call("DELETE", f"/faults/{fault['id']}").status_code == 404


def test_by_chance(control, merchant, body):
    control.post("/faults", call="jsapi", fault="error_429", times=None, probability=0.5, seed=7)
    first = [merchant.call("POST", JSAPI, body)[0] for _ in range(20)]
    control.call("DELETE", "/faults")
    control.post("/faults", call="jsapi", fault="error_429", times=None, probability=0.5, seed=7)
    assert [merchant.call("POST", JSAPI, body)[0] for _ in range(20)] == first
    assert {200, 429} == set(first)


def test_wildcard_spares_notices(control, merchant, receiver):
    control.post("/faults", call="*", fault="slow", seconds=0, times=None)
    merchant.paid(control, notify_url=receiver.url)
    assert control.wait_notice("delivered")["tries"][0]["fault"] is None


@pytest.mark.parametrize(
    ("call", "fault"),
    [("jsapi", "errcode"), ("wxacode", "error_429"), ("notice", "slow"), ("pay", "slow"), ("jsapi", "typo")],
)
def test_unknown_fault(control, call, fault):
    assert control.refused("/faults", call=call, fault=fault) == (422, "UNKNOWN_FAULT")
    assert control.get("/faults") == {"faults": []}
