"""Notices to the merchant: content, schedule, and everything that can go wrong with them."""

import time

import pytest

SCHEDULE = [15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600,
            10_800, 10_800, 10_800, 21_600, 21_600]  # fmt: skip


@pytest.fixture
def pay(control, merchant, receiver):
    """Pay an order whose notices go to the receiver; returns its number."""

    def pay(**changes):
        return merchant.paid(control, notify_url=receiver.url, **changes)

    return pay


def test_payment_notice(control, merchant, receiver, pay):
    number = pay(attach="B12")
    ((headers, body),) = receiver.wait_for(1)
    assert headers["Content-Type"] == "application/json"
    assert headers["Wechatpay-Signature-Type"] == "WECHATPAY2-SHA256-RSA2048"
    assert abs(time.time() - int(headers["Wechatpay-Timestamp"])) < 10
    notice = merchant.open_notice(headers, body)
    assert notice["event_type"] == "TRANSACTION.SUCCESS"
    assert notice["resource_type"] == "encrypt-resource"
    assert notice["summary"] == "支付成功"
    assert notice["resource"] == merchant.query(number)[1]
    sent = control.wait_notice("delivered")
    assert sent["id"] == notice["id"]
    assert [entry["status"] for entry in sent["tries"]] == [204]
    assert sent["next_at"] is None


def test_sealed_resource(merchant, receiver, pay):
    pay()
    ((headers, body),) = receiver.wait_for(1)
    assert b"out_trade_no" not in body and b"openid" not in body
    assert b'"algorithm":"AEAD_AES_256_GCM"' in body
    assert merchant.open_notice(headers, body.replace(b"SUCCESS", b"success")) is None


@pytest.mark.parametrize(
    ("outcome", "event"),
    [("SUCCESS", "SUCCESS"), ("ABNORMAL", "ABNORMAL"), ("CLOSED", "CLOSED")],
)
def test_refund_notice(control, merchant, receiver, pay, outcome, event):
    control.post("/clock", rate=0)
    control.post("/settings", refund_outcome=outcome)
    number = pay()
    receiver.wait_for(1)
    refund = merchant.refund(number, 100, notify_url=receiver.url)[1]
    control.post("/clock", advance_seconds=3)
    headers, body = receiver.wait_for(2)[1]
    notice = merchant.open_notice(headers, body)
    assert notice["event_type"] == f"REFUND.{event}"
    resource = notice["resource"]
    assert resource["refund_status"] == outcome
    assert resource["out_refund_no"] == refund["out_refund_no"]
    assert resource["refund_id"] == refund["refund_id"]
    assert resource["amount"] == {
        "total": 5900, "refund": 100, "payer_total": 5900, "payer_refund": 100,
    }  # fmt: skip
    assert ("success_time" in resource) == (outcome == "SUCCESS")


def test_refund_without_notify_url(control, merchant, receiver, pay):
    number = pay()
    control.wait_notice("delivered")
    merchant.refund(number, 100)
    control.post("/clock", advance_seconds=3)
    assert len(control.notices()) == 1


def test_schedule(control, merchant, receiver, pay):
    """One try and fifteen more over 24 h 4 min, on a clock that only the test moves."""
    control.post("/clock", rate=0)
    receiver.statuses = [500] * 16
    pay()
    for count, seconds in enumerate(SCHEDULE, start=1):
        receiver.wait_for(count)
        notice = control.wait_notice("pending")
        assert notice["next_at"] - control.get("/clock")["now"] == pytest.approx(seconds)
        control.post("/clock", advance_seconds=seconds - 0.5)
        assert len(receiver.received) == count
        control.post("/clock", advance_seconds=0.5)
    receiver.wait_for(16)
    notice = control.wait_notice("exhausted")
    assert notice["tries"][-1]["at"] - notice["tries"][0]["at"] == pytest.approx(86_640)
    control.post("/clock", advance_seconds=86_400)
    assert len(receiver.received) == 16
    opened = [merchant.open_notice(*letter) for letter in receiver.received]
    assert {letter["id"] for letter in opened} == {notice["id"]}
    signatures = {headers["Wechatpay-Signature"] for headers, _ in receiver.received}
    assert len(signatures) == 16


def test_compressed_clock(control, receiver, pay):
    receiver.statuses = [500, 404, 302]
    control.post("/clock", rate=300)
    pay()
    receiver.wait_for(4)
    notice = control.wait_notice("delivered")
    assert [entry["status"] for entry in notice["tries"]] == [500, 404, 302, 204]


@pytest.mark.parametrize("status", [200, 204])
def test_accepted_statuses(control, receiver, pay, status):
    receiver.statuses = [status]
    pay()
    assert control.wait_notice("delivered")["tries"][0]["status"] == status


def test_nobody_listens(control, merchant, receiver):
    receiver.close()
    merchant.paid(control, notify_url=receiver.url)
    notice = control.wait_notice("pending")
    while not notice["tries"]:
        notice = control.wait_notice("pending")
    assert notice["tries"][0]["status"] == 0
    assert notice["tries"][0]["error"] == "ConnectionError"


def test_slow_merchant(control, receiver, pay):
    """An answer after more than five seconds is no answer."""
    receiver.delay_seconds = 5.3
    pay()
    time.sleep(5.2)
    notice = control.wait_notice("pending", seconds=3)
    assert notice["tries"][0]["status"] == 0


def test_probe(control, receiver, pay):
    pay()
    notice = control.wait_notice("delivered")
    receiver.statuses = [401, 204]
    assert control.post(f"/notices/{notice['id']}/probe")["passed"] is True
    assert control.post(f"/notices/{notice['id']}/probe")["passed"] is False
    for headers, _ in receiver.received[1:]:
        assert headers["Wechatpay-Signature"].startswith("WECHATPAY/SIGNTEST/")
    probes = control.notices()[0]["probes"]
    assert [(probe["status"], probe["passed"]) for probe in probes] == [(401, True), (204, False)]


def test_every_nth_notice_is_preceded_by_a_probe(control, receiver, pay):
    control.post("/settings", signtest_every=2)
    receiver.statuses = [204, 401, 204]
    pay()
    control.wait_notice("delivered")
    pay()
    control.wait_notice("delivered")
    probed = [headers["Wechatpay-Signature"].startswith("WECHATPAY/SIGNTEST/") for headers, _ in receiver.wait_for(3)]
    assert probed == [False, True, False]


def test_duplicated(control, merchant, receiver, pay):
    control.post("/faults", call="notice", fault="duplicated", copies=20)
    pay()
    letters = receiver.wait_for(20)
    assert len({merchant.open_notice(*letter)["id"] for letter in letters}) == 1
    assert len(control.wait_notice("delivered")["tries"]) == 20


def test_concurrent_copies_really_overlap(control, receiver, pay):
    pay()
    notice = control.wait_notice("delivered")
    receiver.delay_seconds = 0.3
    started = time.monotonic()
    answer = control.post(f"/notices/{notice['id']}/send", copies=20, concurrent=True)
    assert [result["status"] for result in answer["results"]] == [204] * 20
    assert time.monotonic() - started < 20 * 0.3 / 4


def test_replay_sends_the_same_bytes(control, receiver, pay):
    pay()
    notice = control.wait_notice("delivered")
    control.post(f"/notices/{notice['id']}/send", replay=True)
    control.post(f"/notices/{notice['id']}/send")
    first, replayed, fresh = receiver.wait_for(3)
    assert replayed[1] == first[1]
    assert replayed[0]["Wechatpay-Signature"] == first[0]["Wechatpay-Signature"]
    assert fresh[0]["Wechatpay-Signature"] != first[0]["Wechatpay-Signature"]


def test_never_sent(control, receiver, pay):
    control.post("/faults", call="notice", fault="never_sent")
    pay()
    control.wait_notice("never_sent")
    control.post("/clock", advance_seconds=86_400)
    pay()
    control.wait_notice("delivered")
    assert len(receiver.received) == 1


def test_refund_before_pay(control, merchant, receiver, pay):
    control.post("/faults", call="notice", fault="hold")
    number = pay()
    held = control.wait_notice("held")
    merchant.refund(number, 100, notify_url=receiver.url)
    control.post("/clock", advance_seconds=3)
    control.wait_notice("delivered")
    control.post(f"/notices/{held['id']}/send")
    events = [merchant.open_notice(*letter)["event_type"] for letter in receiver.wait_for(2)]
    assert events == ["REFUND.SUCCESS", "TRANSACTION.SUCCESS"]


def test_pay_after_close(control, merchant, receiver):
    body, prepay_id = merchant.jsapi(control.openid("diner-a"), notify_url=receiver.url)
    merchant.close(body["out_trade_no"])
    control.post("/pay", prepay_id=prepay_id, after_close=True)
    notice = merchant.open_notice(*receiver.wait_for(1)[0])
    assert notice["resource"]["trade_state"] == "SUCCESS"


def faulty(control, receiver, pay, fault):
    """A notice whose first try carries the fault; the merchant refuses it, the next is true."""
    control.post("/clock", rate=0)
    control.post("/faults", call="notice", fault=fault)
    receiver.statuses = [400]
    number = pay()
    receiver.wait_for(1)
    notice = control.wait_notice("pending")
    assert notice["tries"][0]["fault"] == fault
    control.post("/clock", advance_seconds=15)
    letters = receiver.wait_for(2)
    control.wait_notice("delivered")
    return number, letters


@pytest.mark.parametrize("fault", ["tampered", "forged_key", "unknown_serial"])
def test_untrue_signature(control, merchant, receiver, pay, fault):
    number, (bad, good) = faulty(control, receiver, pay, fault)
    assert merchant.open_notice(*bad) is None
    assert merchant.open_notice(*good)["resource"]["out_trade_no"] == number
    known = merchant.credentials["platform_public_key_id"]
    assert (bad[0]["Wechatpay-Serial"] == known) == (fault != "unknown_serial")


def test_stale(control, merchant, receiver, pay):
    _, (bad, good) = faulty(control, receiver, pay, "stale")
    assert merchant.open_notice(*bad) is not None
    assert 301 <= time.time() - int(bad[0]["Wechatpay-Timestamp"]) < 310
    assert time.time() - int(good[0]["Wechatpay-Timestamp"]) < 10


def test_wrong_amount(control, merchant, receiver, pay):
    number, letters = faulty(control, receiver, pay, "wrong_amount")
    bad, good = [merchant.open_notice(*letter)["resource"] for letter in letters]
    assert (bad["out_trade_no"], bad["amount"]["total"]) == (number, 5901)
    assert good["amount"]["total"] == 5900


def test_wrong_amount_of_a_refund(control, merchant, receiver, pay):
    number = pay()
    control.wait_notice("delivered")
    merchant.refund(number, 100, notify_url=receiver.url)
    control.post("/faults", call="notice", fault="wrong_amount")
    control.post("/clock", advance_seconds=3)
    notice = merchant.open_notice(*receiver.wait_for(2)[1])
    assert notice["resource"]["amount"]["refund"] == 101


def test_unknown_number(control, merchant, receiver, pay):
    number, letters = faulty(control, receiver, pay, "unknown_number")
    bad, good = [merchant.open_notice(*letter)["resource"] for letter in letters]
    assert bad["out_trade_no"].startswith("unknown-")
    assert good["out_trade_no"] == number


def test_wrong_content_is_not_the_last_word(control, receiver, pay):
    """A merchant that accepts a wrong amount still gets the true notice."""
    control.post("/clock", rate=0)
    control.post("/faults", call="notice", fault="wrong_amount")
    pay()
    receiver.wait_for(1)
    assert control.wait_notice("pending")["tries"][0]["status"] == 204


def test_forge(control, merchant, receiver):
    resource = {"out_trade_no": "forged-1", "amount": {"total": 1}}
    answer = control.post("/notices/forge", url=receiver.url, resource=resource)
    assert [result["status"] for result in answer["results"]] == [204]
    assert merchant.open_notice(*receiver.wait_for(1)[0]) is None
    control.post("/notices/forge", url=receiver.url, resource=resource, fault=None)
    assert merchant.open_notice(*receiver.wait_for(2)[1])["resource"] == resource
    assert control.notices() == []


def test_refusals(control, receiver, pay):
    assert control.refused("/notices/nothing/send") == (404, "NOTICE_NOT_EXIST")
    pay()
    path = f"/notices/{control.wait_notice('delivered')['id']}/send"
    assert control.refused(path, fault="hold") == (422, "UNKNOWN_FAULT")
    assert control.refused(path, copies=33) == (422, "BAD_REQUEST")
    control.post("/faults", call="notice", fault="hold")
    pay()
    held = control.wait_notice("held")
    assert control.refused(f"/notices/{held['id']}/send", replay=True) == (409, "NOT_SENT_YET")
    assert len(receiver.received) == 1
