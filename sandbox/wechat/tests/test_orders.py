"""Placing, asking for and closing orders."""

import datetime

import pytest

from .client import Merchant, new_number

JSAPI = "/v3/pay/transactions/jsapi"
NATIVE = "/v3/pay/transactions/native"


@pytest.fixture
def openid(control):
    return control.openid("diner-a")


@pytest.fixture
def body(merchant, openid):
    return merchant.order(payer={"openid": openid})


@pytest.fixture
def refused(control, merchant):
    """Post an order that must be refused with nothing changed; returns status and code."""

    def refused(body, url=JSAPI):
        before = control.get("/orders")
        answer = merchant.refused("POST", url, body)
        assert control.get("/orders") == before
        return answer

    return refused


def test_jsapi_then_query(merchant, openid):
    body, prepay_id = merchant.jsapi(openid, attach="B12", amount={"total": 1, "currency": "CNY"})
    assert prepay_id.startswith("wx") and len(prepay_id) == 36
    assert merchant.query(body["out_trade_no"]) == (
        200,
        {
            "appid": merchant.appid,
            "mchid": merchant.mchid,
            "out_trade_no": body["out_trade_no"],
            "trade_state": "NOTPAY",
            "trade_state_desc": "订单未支付",
            "attach": "B12",
            "promotion_detail": [],
            "amount": {"total": 1, "currency": "CNY", "payer_currency": "CNY"},
        },
    )


def test_native(control, merchant):
    body = merchant.order()
    status, answer = merchant.call("POST", NATIVE, body)
    assert status == 200
    assert answer["code_url"].startswith("weixin://wxpay/bizpayurl?pr=")
    control.post("/pay", code_url=answer["code_url"], user="walker")
    _, order = merchant.query(body["out_trade_no"])
    assert (order["trade_state"], order["trade_type"]) == ("SUCCESS", "NATIVE")
    assert order["payer"] == {"openid": control.openid("walker")}


def test_every_optional_field(merchant, openid):
    body, _ = merchant.jsapi(
        openid,
        attach="x" * 128,
        goods_tag="WXG",
        support_fapiao=True,
        time_expire="2099-01-01T00:00:00+08:00",
        detail={
            "cost_price": 5900,
            "invoice_id": "1",
            "goods_detail": [{"merchant_goods_id": "1", "goods_name": "汽锅鸡", "quantity": 1, "unit_price": 5900}],
        },
        scene_info={
            "payer_client_ip": "127.0.0.1",
            "device_id": "B12",
            "store_info": {"id": "1", "name": "翠湖店", "area_code": "530102", "address": "昆明"},
        },
        settle_info={"profit_sharing": False},
    )
    assert merchant.query(body["out_trade_no"])[1]["scene_info"] == {"device_id": "B12"}


def test_same_number_same_body(control, merchant, body):
    first = merchant.call("POST", JSAPI, body)
    assert merchant.call("POST", JSAPI, body) == first
    assert len(control.get("/orders")["orders"]) == 1


def test_same_number_other_body(merchant, body, refused):
    merchant.call("POST", JSAPI, body)
    other = {**body, "amount": {"total": 5901, "currency": "CNY"}}
    assert refused(other) == (400, "INVALID_REQUEST")
    del other["payer"]
    assert refused({**other, "amount": body["amount"]}, NATIVE) == (400, "INVALID_REQUEST")


def test_same_number_paid(control, merchant, body, refused):
    merchant.call("POST", JSAPI, body)
    control.post("/pay", out_trade_no=body["out_trade_no"])
    assert refused(body) == (400, "ORDERPAID")


def test_same_number_closed(merchant, body, refused):
    merchant.call("POST", JSAPI, body)
    assert merchant.close(body["out_trade_no"]) == (204, None)
    assert refused(body) == (400, "ORDER_CLOSED")


def test_number_of_another_merchant(control, merchant, body, openid):
    merchant.call("POST", JSAPI, body)
    other = Merchant(control.post("/merchants", name="别家"))
    theirs = other.order(payer={"openid": openid}, out_trade_no=body["out_trade_no"])
    assert other.refused("POST", JSAPI, theirs) == (403, "OUT_TRADE_NO_USED")
    assert other.refused("GET", f"/v3/pay/transactions/out-trade-no/{body['out_trade_no']}?mchid={other.mchid}") == (
        404,
        "ORDER_NOT_EXIST",
    )
    assert other.close(body["out_trade_no"])[0] == 404
    assert merchant.state(body["out_trade_no"]) == "NOTPAY"


def test_appid_of_another_merchant(body, refused):
    assert refused({**body, "appid": "wx0000000000000000"}) == (400, "APPID_MCHID_NOT_MATCH")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("amount", {"total": 0, "currency": "CNY"}),
        ("amount", {"total": -1, "currency": "CNY"}),
        ("amount", {"total": 1.5, "currency": "CNY"}),
        ("amount", {"total": "100", "currency": "CNY"}),
        ("amount", {"total": True, "currency": "CNY"}),
        ("amount", {"total": 100, "currency": "USD"}),
        ("amount", {"total": 100, "discount": 1}),
        ("amount", None),
        ("out_trade_no", "short"),
        ("out_trade_no", "x" * 33),
        ("out_trade_no", "点餐订单一二三"),
        ("description", ""),
        ("description", "长" * 128),
        ("description", None),
        ("attach", "x" * 129),
        ("notify_url", "http://shop.example/notify"),
        ("notify_url", "https://shop.example/notify?order=1"),
        ("notify_url", "/notify"),
        ("time_expire", "tomorrow"),
        ("time_expire", "2099-01-01T00:00:00"),
        ("time_expire", "2020-01-01T00:00:00+08:00"),
        ("payer", {"openid": "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"}),
        ("payer", {}),
        ("payer", None),
        ("mchid", "1600000000"),
        ("price", 100),
    ],
)
def test_bad_field(body, refused, field, value):
    changed = {**body, field: value}
    if value is None:
        del changed[field]
    assert refused(changed) == (400, "PARAM_ERROR")


def test_error_names_the_field(merchant, body):
    _, answer = merchant.call("POST", JSAPI, {**body, "amount": {"total": 0, "currency": "CNY"}})
    assert answer["detail"]["field"] == "/amount/total"
    assert answer["detail"]["location"] == "body"
    assert answer["detail"]["value"] == 0


def test_not_json(merchant):
    header = merchant.authorization("POST", JSAPI, '"x"')
    reply = merchant.raw("POST", JSAPI, "x", headers={"Authorization": header})
    assert (reply.status_code, reply.json()["code"]) == (400, "PARAM_ERROR")


def test_query_of_nothing(merchant):
    assert merchant.query("nothing-here")[1]["code"] == "ORDER_NOT_EXIST"
    url = f"/v3/pay/transactions/id/4200000000?mchid={merchant.mchid}"
    assert merchant.refused("GET", url) == (404, "ORDER_NOT_EXIST")


@pytest.mark.parametrize("query", ["", "?mchid=1", "?mchid={mchid}&x=1", "?mchid={mchid}&mchid=1"])
def test_query_parameters(control, merchant, query):
    url = f"/v3/pay/transactions/out-trade-no/{merchant.paid(control)}"
    query = query.format(mchid=merchant.mchid)
    assert merchant.refused("GET", url + query) == (400, "PARAM_ERROR")


def test_paid_order(control, merchant, openid):
    number = merchant.paid(control, amount={"total": 8800, "currency": "CNY"})
    status, order = merchant.query(number)
    assert status == 200
    assert (order["trade_state"], order["trade_type"]) == ("SUCCESS", "JSAPI")
    assert order["amount"] == {
        "total": 8800, "payer_total": 8800, "currency": "CNY", "payer_currency": "CNY",
    }  # fmt: skip
    assert order["payer"] == {"openid": openid}
    assert order["bank_type"] == "OTHERS"
    assert datetime.datetime.fromisoformat(order["success_time"]).utcoffset().seconds == 8 * 3600
    assert len(order["transaction_id"]) == 28 and order["transaction_id"].startswith("4200")
    url = f"/v3/pay/transactions/id/{order['transaction_id']}?mchid={merchant.mchid}"
    assert merchant.call("GET", url) == (200, order)


def test_close(merchant, body):
    merchant.call("POST", JSAPI, body)
    assert merchant.close(body["out_trade_no"]) == (204, None)
    assert merchant.close(body["out_trade_no"]) == (204, None)
    assert merchant.state(body["out_trade_no"]) == "CLOSED"


def test_close_of_nothing(merchant):
    assert merchant.close(new_number())[0] == 404


def test_close_paid(control, merchant):
    number = merchant.paid(control)
    status, answer = merchant.close(number)
    assert (status, answer["code"]) == (400, "ORDERPAID")
    assert merchant.state(number) == "SUCCESS"


def test_close_while_paying(control, merchant, body):
    merchant.call("POST", JSAPI, body)
    number = body["out_trade_no"]
    control.post(f"/orders/{number}/state", trade_state="USERPAYING")
    status, answer = merchant.close(number)
    assert (status, answer["code"]) == (202, "USER_PAYING")
    assert merchant.state(number) == "USERPAYING"
    control.post("/cancel", out_trade_no=number)
    assert merchant.close(number) == (204, None)


@pytest.mark.parametrize("state", ["PAYERROR", "REVOKED", "USERPAYING", "NOTPAY"])
def test_states_the_phone_and_the_bank_cause(control, merchant, body, state):
    merchant.call("POST", JSAPI, body)
    control.post(f"/orders/{body['out_trade_no']}/state", trade_state=state)
    assert merchant.state(body["out_trade_no"]) == state


def test_failed_payment_may_be_tried_again(control, merchant, body):
    merchant.call("POST", JSAPI, body)
    control.post(f"/orders/{body['out_trade_no']}/state", trade_state="PAYERROR")
    control.post("/pay", out_trade_no=body["out_trade_no"])
    assert merchant.state(body["out_trade_no"]) == "SUCCESS"


def test_paid_state_cannot_be_undone(control, merchant):
    number = merchant.paid(control)
    path = f"/orders/{number}/state"
    assert control.refused(path, trade_state="NOTPAY") == (409, "INVALID_STATE")
    assert merchant.state(number) == "SUCCESS"


def test_prepay_id_lives_two_hours(control, merchant, body):
    control.post("/clock", rate=0)
    first = merchant.call("POST", JSAPI, body)[1]["prepay_id"]
    control.post("/clock", advance_seconds=7199)
    assert merchant.call("POST", JSAPI, body)[1]["prepay_id"] == first
    control.post("/clock", advance_seconds=1)
    assert control.refused("/pay", prepay_id=first) == (410, "PREPAY_EXPIRED")
    assert merchant.state(body["out_trade_no"]) == "NOTPAY"
    second = merchant.call("POST", JSAPI, body)[1]["prepay_id"]
    assert second != first
    control.post("/pay", prepay_id=second)
    assert merchant.state(body["out_trade_no"]) == "SUCCESS"


def test_time_expire(control, merchant, openid):
    control.post("/clock", now="2030-01-01T12:00:00+08:00", rate=0)
    body, prepay_id = merchant.jsapi(openid, time_expire="2030-01-01T12:05:00+08:00")
    control.post("/clock", advance_seconds=299)
    assert merchant.state(body["out_trade_no"]) == "NOTPAY"
    control.post("/clock", advance_seconds=1)
    assert merchant.state(body["out_trade_no"]) == "CLOSED"
    assert control.refused("/pay", prepay_id=prepay_id) == (409, "ORDER_CLOSED")
    assert merchant.refused("POST", JSAPI, body) == (400, "ORDER_CLOSED")


def test_pay_once(control, merchant):
    number = merchant.paid(control)
    assert control.refused("/pay", out_trade_no=number) == (409, "ORDERPAID")
    assert control.balance()["payers"] == -5900


def test_pay_with_another_openid(control, merchant, body):
    merchant.call("POST", JSAPI, body)
    number = body["out_trade_no"]
    assert control.refused("/pay", out_trade_no=number, user="diner-b") == (403, "PAYER_MISMATCH")
    assert merchant.state(number) == "NOTPAY"


def test_pay_after_close(control, merchant, body):
    """A payment that was under way when the order was closed."""
    merchant.call("POST", JSAPI, body)
    number = body["out_trade_no"]
    merchant.close(number)
    assert control.refused("/pay", out_trade_no=number) == (409, "ORDER_CLOSED")
    control.post("/pay", out_trade_no=number, after_close=True)
    assert merchant.state(number) == "SUCCESS"
    assert control.balance()["merchant"] == 5900 - 35
