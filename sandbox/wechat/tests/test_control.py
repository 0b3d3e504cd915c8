"""The control plane's clock, settings, reset and refusals."""

import pytest


def test_credentials(control):
    credentials = control.get("/credentials")
    assert credentials["merchant_private_key"].startswith("-----BEGIN PRIVATE KEY-----")
    assert credentials["platform_public_key"].startswith("-----BEGIN PUBLIC KEY-----")
    assert credentials["platform_public_key_id"].startswith("PUB_KEY_ID_")
    assert len(credentials["apiv3_key"]) == 32
    assert len(credentials["merchant_serial"]) == 40
    assert credentials["appid"].startswith("wx") and len(credentials["appid"]) == 18
    assert credentials["pay_base_url"] == credentials["api_base_url"] == control.base_url
    assert [template["title"] for template in credentials["templates"]] == [
        "取餐提醒",
        "订单状态通知",
        "退款成功通知",
    ]


def test_further_merchant(control):
    first = control.get("/credentials")
    other = control.post("/merchants", name="别家小馆")
    assert other["merchant_name"] == "别家小馆"
    assert other["appid"] == first["appid"]
    for name in ("mchid", "merchant_serial", "merchant_private_key", "apiv3_key"):
        assert other[name] != first[name]
    assert control.get(f"/credentials?mchid={other['mchid']}")["mchid"] == other["mchid"]
    assert control.call("GET", "/credentials?mchid=1").status_code == 404


def test_clock(control):
    control.post("/clock", rate=0)
    start = control.get("/clock")["now"]
    assert control.get("/clock")["now"] == start
    assert control.post("/clock", advance_seconds=90)["now"] == start + 90
    assert control.post("/clock", now="2031-01-01T00:00:00+08:00")["time"] == "2031-01-01T00:00:00+08:00"
    assert control.post("/clock", rate=3600)["rate"] == 3600
    assert control.post("/clock", now=1_925_000_000)["now"] == pytest.approx(1_925_000_000, abs=3600)


def test_time_goes_back_only_before_the_first_order(control, merchant):
    control.post("/clock", now="2020-01-01T00:00:00+08:00", rate=0)
    merchant.paid(control)
    assert control.refused("/clock", now="2019-01-01T00:00:00+08:00") == (409, "TIME_GOES_FORWARD")
    assert control.get("/clock")["time"] == "2020-01-01T00:00:00+08:00"


@pytest.mark.parametrize(
    "body",
    [
        {"now": "soon"},
        {"now": "2030-01-01T00:00:00"},
        {"rate": -1},
        {"advance_seconds": -1},
        {"speed": 2},
    ],
)
def test_bad_clock(control, body):
    control.post("/clock", now="2030-01-01T00:00:00+08:00", rate=0)
    assert control.refused("/clock", **body)[0] == 422
    assert control.get("/clock")["time"] == "2030-01-01T00:00:00+08:00"


def test_settings(control):
    changed = control.post("/settings", refund_seconds=60, signtest_every=3)
    assert (changed["refund_seconds"], changed["signtest_every"]) == (60, 3)
    assert changed["refund_outcome"] == "SUCCESS"
    assert control.get("/settings") == changed
    assert control.refused("/settings", refund_outcome="LOST") == (422, "BAD_REQUEST")
    assert control.refused("/settings", refund_second=1) == (422, "BAD_REQUEST")
    assert control.get("/settings") == changed


def test_reset(control, merchant):
    merchant.paid(control)
    control.post("/faults", call="jsapi", fault="slow")
    control.post("/clock", now="2040-01-01T00:00:00+08:00", rate=0)
    before = control.get("/credentials")
    control.post("/reset")
    assert control.get("/orders") == {"orders": []}
    assert control.get("/faults") == {"faults": []}
    assert control.notices() == []
    assert control.get("/ledger") == {"accounts": {}, "transfers": [], "check": {"ok": True, "problems": []}}
    assert control.get("/clock")["rate"] == 1 and control.get("/clock")["time"] < "2040"
    assert control.get("/settings")["signtest_every"] == 10
    assert control.get("/credentials") == before


def test_users(control):
    openid = control.openid("diner-a")
    assert {"user": "diner-a", "openid": openid, "blocked": False} in control.get("/users")["users"]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/login-code", {}),
        ("/login-code", {"user": ""}),
        ("/phone-code", {"user": "a", "phone": "123"}),
        ("/pay", {"prepay": "x"}),
        ("/deposit", {"amount_fen": 0}),
        ("/subscribe", {"user": "a", "template_ids": []}),
        ("/faults", {"call": "jsapi"}),
        ("/notices/forge", {"url": "ftp://x", "resource": {}}),
    ],
)
def test_bad_body(control, path, body):
    reply = control.call("POST", path, **body)
    assert (reply.status_code, reply.json()["code"]) == (422, "BAD_REQUEST")
    assert "请求参数不正确" in reply.json()["message"] and "Bad request" in reply.json()["message"]


def test_forging_needs_an_amount_to_change(control):
    body = {"url": "http://127.0.0.1:9/", "resource": {}, "fault": "wrong_amount"}
    assert control.refused("/notices/forge", **body) == (422, "BAD_REQUEST")
    assert control.refused("/notices/forge", **{**body, "mchid": "1", "fault": None}) == (404, "MERCHANT_NOT_EXIST")
