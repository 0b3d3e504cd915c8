"""wechatpayv3, a client that nobody here wrote, drives the pay host from end to end."""

import gzip
import hashlib
import json
import time
import uuid

import pytest
from wechatpayv3 import WeChatPay, WeChatPayType

from .client import new_number


@pytest.fixture
def wechatpay(control, receiver):
    keys = control.get("/credentials")
    client = WeChatPay(
        wechatpay_type=WeChatPayType.MINIPROG,
        mchid=keys["mchid"],
        private_key=keys["merchant_private_key"],
        cert_serial_no=keys["merchant_serial"],
        appid=keys["appid"],
        apiv3_key=keys["apiv3_key"],
        notify_url=receiver.url,
        public_key=keys["platform_public_key"],
        public_key_id=keys["platform_public_key_id"],
        timeout=(2, 5),
    )
    client._core._gate_way = keys["pay_base_url"]
    return client


@pytest.fixture
def order(control, wechatpay):
    """Place a mini-program order of 59.00; returns its number and prepay_id."""

    def order():
        number = new_number()
        status, answer = wechatpay.pay(
            description="滇味小馆 B12桌",
            out_trade_no=number,
            amount={"total": 5900, "currency": "CNY"},
            payer={"openid": control.openid("diner-a")},
            attach="B12",
        )
        assert status == 200, answer
        return number, json.loads(answer)["prepay_id"]

    return order


def ask(call, *arguments, **options):
    status, answer = call(*arguments, **options)
    return status, json.loads(answer) if answer else None


def test_jsapi_paid_on_the_phone_and_notified(control, wechatpay, receiver, order):
    number, prepay_id = order()
    assert ask(wechatpay.query, out_trade_no=number)[1]["trade_state"] == "NOTPAY"
    stamps = str(int(time.time())), uuid.uuid4().hex, f"prepay_id={prepay_id}"
    params = {
        "timeStamp": stamps[0],
        "nonceStr": stamps[1],
        "package": stamps[2],
        "signType": "RSA",
        "paySign": wechatpay.sign([wechatpay._appid, *stamps]),
    }
    sheet = control.post("/request-payment", user="diner-a", **params)
    assert (sheet["out_trade_no"], sheet["amount_fen"]) == (number, 5900)
    control.post("/pay", prepay_id=prepay_id, user="diner-a")

    ((headers, body),) = receiver.wait_for(1)
    notice = wechatpay.callback(headers, body)
    assert notice["event_type"] == "TRANSACTION.SUCCESS"
    resource = notice["resource"]
    assert (resource["out_trade_no"], resource["amount"]["total"]) == (number, 5900)
    status, found = ask(wechatpay.query, transaction_id=resource["transaction_id"])
    assert (status, found) == (200, resource)


def test_tampered_notice_is_refused(control, wechatpay, receiver, order):
    control.post("/faults", call="notice", fault="tampered")
    control.post("/pay", prepay_id=order()[1])
    ((headers, body),) = receiver.wait_for(1)
    assert wechatpay.callback(headers, body) is None


def test_native(control, wechatpay):
    number = new_number()
    status, answer = ask(
        wechatpay.pay,
        description="滇味小馆 B12桌",
        out_trade_no=number,
        amount={"total": 100},
        pay_type=WeChatPayType.NATIVE,
    )
    assert status == 200
    control.post("/pay", code_url=answer["code_url"], user="walker")
    assert ask(wechatpay.query, out_trade_no=number)[1]["trade_type"] == "NATIVE"


def test_close(wechatpay, order):
    number, _ = order()
    assert ask(wechatpay.close, number) == (204, None)
    assert ask(wechatpay.query, out_trade_no=number)[1]["trade_state"] == "CLOSED"


def test_refund(control, wechatpay, receiver, order):
    number, prepay_id = order()
    control.post("/pay", prepay_id=prepay_id)
    receiver.wait_for(1)
    out_refund_no = new_number("R")
    options = {
        "out_refund_no": out_refund_no,
        "out_trade_no": number,
        "reason": "菜品售罄",
        "funds_account": "AVAILABLE",
        "amount": {"refund": 1000, "total": 5900, "currency": "CNY"},
    }
    assert ask(wechatpay.refund, **options)[1]["status"] == "PROCESSING"
    control.post("/clock", advance_seconds=3)
    status, refund = ask(wechatpay.query_refund, out_refund_no)
    assert (status, refund["status"], refund["amount"]["refund"]) == (200, "SUCCESS", 1000)
    assert ask(wechatpay.refund, **options)[1] == refund
    notice = wechatpay.callback(*receiver.wait_for(2)[1])
    assert notice["event_type"] == "REFUND.SUCCESS"
    assert notice["resource"]["out_refund_no"] == out_refund_no
    assert control.balance()["payers"] == -4900


def test_bills(control, wechatpay, order):
    control.post("/clock", now="2030-03-04T12:00:00+08:00")
    number, prepay_id = order()
    control.post("/pay", prepay_id=prepay_id)
    control.post("/clock", now="2030-03-05T10:00:00+08:00")
    for ask_bill in (wechatpay.trade_bill, wechatpay.fundflow_bill):
        status, answer = ask(ask_bill, "2030-03-04")
        assert (status, answer["hash_type"]) == (200, "SHA1")
        status, content = wechatpay.download_bill(answer["download_url"])
        assert status == 200
        content = gzip.decompress(content)
        assert hashlib.sha1(content, usedforsecurity=False).hexdigest() == answer["hash_value"]
        assert number in content.decode("utf-8-sig")


@pytest.mark.parametrize("fault", ["bad_signature", "unsigned"])
def test_client_refuses_a_bad_answer(control, wechatpay, order, fault):
    number, _ = order()
    control.post("/faults", call="query", fault=fault)
    with pytest.raises(Exception, match="signature|algorithm"):
        wechatpay.query(out_trade_no=number)


def test_refusals_reach_the_client(control, wechatpay, order):
    number, prepay_id = order()
    control.post("/pay", prepay_id=prepay_id)
    assert ask(wechatpay.close, number)[1]["code"] == "ORDERPAID"
    assert ask(wechatpay.query, out_trade_no="unknown-number")[1]["code"] == "ORDER_NOT_EXIST"
