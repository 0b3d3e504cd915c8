"""wx.requestPayment: what WeChat's client checks, and the sheet it shows."""

import pytest
import requests

from .client import Merchant


@pytest.fixture
def prepay_id(control, merchant):
    return merchant.jsapi(control.openid("diner-a"))[1]


def ask(control, params, user="diner-a"):
    return control.post("/request-payment", user=user, **params)


def test_facts_of_the_sheet(control, merchant, prepay_id):
    facts = ask(control, merchant.pay_params(prepay_id, appId=merchant.appid))
    order = control.get("/orders")["orders"][0]
    assert facts == {
        "prepay_id": prepay_id,
        "out_trade_no": order["out_trade_no"],
        "amount_fen": 5900,
        "currency": "CNY",
        "merchant_name": merchant.credentials["merchant_name"],
        "description": "滇味小馆 B12桌",
        "paysheet_url": f"{control.base_url}/_control/paysheet?prepay_id={prepay_id}&user=diner-a",
    }
    assert order["trade_state"] == "NOTPAY"


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"timeStamp": "1700000000"}, 400, "BAD_PAY_SIGN"),
        ({"nonceStr": "x"}, 400, "BAD_PAY_SIGN"),
        ({"paySign": "x"}, 400, "BAD_PAY_SIGN"),
        ({"signType": "MD5"}, 400, "BAD_SIGN_TYPE"),
        ({"timeStamp": "now"}, 400, "BAD_TIMESTAMP"),
        ({"package": "wx1"}, 400, "BAD_PACKAGE"),
        ({"package": "prepay_id=wx1"}, 404, "ORDER_NOT_EXIST"),
        ({"appId": "wx1"}, 400, "APPID_MISMATCH"),
        ({"total": 1}, 422, "BAD_REQUEST"),
    ],
)
def test_refused_parameters(control, merchant, prepay_id, changes, status, code):
    params = merchant.pay_params(prepay_id, **changes)
    assert control.refused("/request-payment", user="diner-a", **params) == (status, code)
    assert control.get("/orders")["orders"][0]["trade_state"] == "NOTPAY"


def test_sign_of_another_order(control, merchant, prepay_id):
    _, other = merchant.jsapi(control.openid("diner-a"))
    params = {**merchant.pay_params(other), "package": f"prepay_id={prepay_id}"}
    assert control.refused("/request-payment", user="diner-a", **params) == (400, "BAD_PAY_SIGN")


def test_sign_of_another_merchant(control, prepay_id):
    params = Merchant(control.post("/merchants", name="别家")).pay_params(prepay_id)
    assert control.refused("/request-payment", user="diner-a", **params) == (400, "BAD_PAY_SIGN")


def test_refusal_speaks_as_the_phone(control, merchant, prepay_id):
    params = merchant.pay_params(prepay_id)
    reply = control.call("POST", "/request-payment", user="diner-b", **params)
    assert reply.status_code == 403
    assert reply.json() == {
        "code": "PAYER_MISMATCH",
        "message": "下单账号与支付账号不一致，请核实后再支付。 The order was placed for another openid.",
        "errMsg": "requestPayment:fail 下单账号与支付账号不一致，请核实后再支付",
    }


@pytest.mark.parametrize(("then", "code"), [("pay", "ORDERPAID"), ("close", "ORDER_CLOSED")])
def test_order_no_longer_payable(control, merchant, prepay_id, then, code):
    if then == "pay":
        control.post("/pay", prepay_id=prepay_id)
    else:
        merchant.close(control.get("/orders")["orders"][0]["out_trade_no"])
    params = merchant.pay_params(prepay_id)
    assert control.refused("/request-payment", user="diner-a", **params) == (409, code)


def test_pay(control, merchant, prepay_id):
    answer = control.post("/pay", prepay_id=prepay_id, user="diner-a")
    order = control.get("/orders")["orders"][0]
    assert answer == {
        "errMsg": "requestPayment:ok",
        "out_trade_no": order["out_trade_no"],
        "transaction_id": order["transaction_id"],
        "trade_state": "SUCCESS",
        "payer_openid": control.openid("diner-a"),
        "amount_fen": 5900,
    }


def test_pay_refusals(control, prepay_id):
    assert control.refused("/pay", prepay_id="wx1") == (404, "ORDER_NOT_EXIST")
    assert control.refused("/pay") == (404, "ORDER_NOT_EXIST")
    assert control.refused("/pay", prepay_id=prepay_id, openid="oMadeUp") == (422, "BAD_OPENID")
    assert control.get("/orders")["orders"][0]["trade_state"] == "NOTPAY"
    assert control.notices() == []


def test_cancel(control, prepay_id):
    answer = control.post("/cancel", prepay_id=prepay_id)
    assert (answer["errMsg"], answer["trade_state"]) == ("requestPayment:fail cancel", "NOTPAY")
    assert control.post("/pay", prepay_id=prepay_id)["errMsg"] == "requestPayment:ok"


@pytest.mark.parametrize(
    ("lang", "texts"),
    [("zh", ["立即支付", "支付方式", "¥59.00"]), ("en", ["Pay now", "Pay with", "¥59.00"])],
)
def test_page(control, merchant, lang, texts):
    _, prepay_id = merchant.jsapi(control.openid("diner-a"), description='<b>"汽锅鸡"&米饭</b>')
    page = requests.get(
        f"{control.base_url}/_control/paysheet",
        {"prepay_id": prepay_id, "user": "diner-a", "lang": lang},
        timeout=10,
    )
    assert page.status_code == 200
    for text in [*texts, "&lt;b&gt;&quot;汽锅鸡&quot;&amp;米饭&lt;/b&gt;", f'data-prepay-id="{prepay_id}"']:
        assert text in page.text
    assert "<b>" not in page.text
    assert ("立即支付" in page.text) == (lang == "zh")


def test_page_of_nothing(control):
    assert control.call("GET", "/paysheet?prepay_id=wx1").status_code == 404


def test_console_page(control, merchant, prepay_id):
    merchant.paid(control, description="<script>")
    page = requests.get(control.base_url + "/", timeout=10).text
    assert f"/_control/paysheet?prepay_id={prepay_id}" in page
    assert "&lt;script&gt;" in page and "<script>" not in page
    assert "TRANSACTION.SUCCESS" in page


def test_other_origins(control, prepay_id):
    """The phone's pages call from another loopback port; nobody else may."""
    url = f"{control.base_url}/_control/paysheet?prepay_id={prepay_id}"
    for origin, allowed in (("http://127.0.0.1:8070", True), ("https://shop.example", False)):
        reply = requests.get(url, headers={"Origin": origin}, timeout=10)
        assert reply.headers.get("Access-Control-Allow-Origin") == (origin if allowed else None)
    reply = requests.get(f"{control.base_url}/cgi-bin/token", headers={"Origin": "http://127.0.0.1:8070"}, timeout=10)
    assert "Access-Control-Allow-Origin" not in reply.headers
