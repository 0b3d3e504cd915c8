"""What the pay host demands of every request."""

import time

import pytest

from .client import Merchant

URL = "/v3/pay/transactions/jsapi"


@pytest.fixture
def body(control, merchant):
    return merchant.order(payer={"openid": control.openid("diner-a")})


def outcome(reply):
    return reply.status_code, reply.json().get("code")


def test_signed_answer(merchant, body):
    reply = merchant.raw("POST", URL, body)
    assert reply.status_code == 200
    assert list(reply.json()) == ["prepay_id"]
    assert merchant.verifies(reply)
    assert reply.headers["Request-ID"]
    assert reply.headers["Content-Type"] == "application/json"


@pytest.mark.parametrize("offset", [-299, 299])
def test_fresh_enough(merchant, body, offset):
    reply = merchant.raw("POST", URL, body, timestamp=int(time.time()) + offset)
    assert reply.status_code == 200


@pytest.mark.parametrize("offset", [-302, 302])
def test_stale(control, merchant, body, offset):
    reply = merchant.raw("POST", URL, body, timestamp=int(time.time()) + offset)
    assert outcome(reply) == (401, "SIGN_ERROR")
    assert control.get("/orders") == {"orders": []}


def test_replayed_nonce(control, merchant, body):
    first = merchant.raw("POST", URL, body, nonce="n" * 32)
    other = {**body, "out_trade_no": body["out_trade_no"] + "X"}
    second = merchant.raw("POST", URL, other, nonce="n" * 32)
    assert first.status_code == 200
    assert outcome(second) == (401, "SIGN_ERROR")
    assert len(control.get("/orders")["orders"]) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"signature": "A" * 342 + "=="},
        {"signature": "?"},
        {"serial_no": "0" * 40},
        {"mchid": "1600000000"},
        {"timestamp": "soon"},
        {"nonce_str": "another"},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_wrong_signature(control, merchant, body, changes):
    header = merchant.authorization("POST", URL, "", **changes)
    reply = merchant.raw("POST", URL, body, headers={"Authorization": header})
    assert outcome(reply) == (401, "SIGN_ERROR")
    assert control.get("/orders") == {"orders": []}


def test_url_is_signed_with_its_query(control, merchant):
    number = merchant.paid(control)
    url = f"/v3/pay/transactions/out-trade-no/{number}"
    query = f"?mchid={merchant.mchid}"
    header = merchant.authorization("GET", url, "")
    assert outcome(merchant.raw("GET", url + query, headers={"Authorization": header})) == (
        401,
        "SIGN_ERROR",
    )
    assert merchant.raw("GET", url + query).status_code == 200


def test_another_merchants_key(control, merchant, body):
    other = Merchant(control.post("/merchants", name="别家"))
    header = other.authorization("POST", URL, "{}", mchid=merchant.mchid)
    reply = merchant.raw("POST", URL, body, headers={"Authorization": header})
    assert outcome(reply) == (401, "SIGN_ERROR")


@pytest.mark.parametrize("missing", ["Accept", "User-Agent"])
def test_missing_header(merchant, body, missing):
    assert outcome(merchant.raw("POST", URL, body, headers={missing: None})) == (400, "PARAM_ERROR")


def test_missing_authorization(merchant, body):
    reply = merchant.raw("POST", URL, body, headers={"Authorization": None})
    assert outcome(reply) == (401, "SIGN_ERROR")
    assert merchant.verifies(reply)


def test_content_type(merchant, body):
    reply = merchant.raw("POST", URL, body, headers={"Content-Type": "text/plain"})
    assert reply.status_code == 415


def test_unknown_path_and_method(merchant):
    assert merchant.refused("GET", "/v3/nothing") == (404, "RESOURCE_NOT_EXISTS")
    assert merchant.refused("GET", URL) == (404, "RESOURCE_NOT_EXISTS")


def test_no_platform_certificates(merchant):
    """New merchants verify with WeChat's public key; there are no certificates to download."""
    assert merchant.refused("GET", "/v3/certificates") == (404, "RESOURCE_NOT_EXISTS")
