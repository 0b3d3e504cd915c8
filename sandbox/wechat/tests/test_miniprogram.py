"""The mini-program host, call by call."""

import io
import time
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
import zxingcpp
from PIL import Image

SCENE = "k3Jq-9_xZ.T~7bW2cD1f"
SCENE_CHARACTERS = "!#$&'()*+,/:;=?@-._~"


class Host:
    """Calls of the mini-program's server."""

    def __init__(self, control):
        self.base_url = control.base_url
        self.credentials = control.get("/credentials")
        self.token = self.stable_token()["access_token"]

    def stable_token(self, **changes):
        body = {
            "grant_type": "client_credential",
            "appid": self.credentials["appid"],
            "secret": self.credentials["app_secret"],
            **changes,
        }
        return requests.post(f"{self.base_url}/cgi-bin/stable_token", json=body, timeout=10).json()

    def plain_token(self):
        query = {
            "grant_type": "client_credential",
            "appid": self.credentials["appid"],
            "secret": self.credentials["app_secret"],
        }
        return requests.get(f"{self.base_url}/cgi-bin/token", query, timeout=10).json()["access_token"]

    def session(self, code, **changes):
        query = {
            "appid": self.credentials["appid"],
            "secret": self.credentials["app_secret"],
            "js_code": code,
            "grant_type": "authorization_code",
            **changes,
        }
        return requests.get(f"{self.base_url}/sns/jscode2session", query, timeout=10).json()

    def send(self, path, body, token=None):
        query = {"access_token": self.token if token is None else token}
        return requests.post(f"{self.base_url}{path}", params=query, json=body, timeout=10)

    def post(self, path, body, token=None):
        return self.send(path, body, token).json()

    def error(self, path, body, token=None):
        return self.post(path, body, token)["errcode"]


@pytest.fixture
def host(control):
    return Host(control)


# --- access tokens


def test_stable_token_stays(control, host):
    control.post("/clock", rate=0)
    first = host.stable_token()
    assert first["access_token"] == host.token and 7190 <= first["expires_in"] <= 7200
    control.post("/clock", advance_seconds=6000)
    assert host.stable_token()["access_token"] == first["access_token"]
    control.post("/clock", advance_seconds=1000)
    assert host.stable_token()["access_token"] != first["access_token"]


def test_forced_refresh_kills_the_last_token(control, host):
    fresh = host.stable_token(force_refresh=True)["access_token"]
    assert fresh != host.token
    assert host.error("/wxa/getwxacodeunlimit", {"scene": SCENE}) == 40001
    assert host.stable_token(force_refresh=True)["access_token"] == fresh
    control.post("/clock", advance_seconds=31)
    assert host.stable_token(force_refresh=True)["access_token"] != fresh


def test_forced_refresh_has_a_daily_limit(control, host):
    for _ in range(20):
        control.post("/clock", advance_seconds=31)
        assert "access_token" in host.stable_token(force_refresh=True)
    control.post("/clock", advance_seconds=31)
    assert host.stable_token(force_refresh=True)["errcode"] == 45009
    assert "access_token" in host.stable_token()


@pytest.mark.parametrize(
    ("changes", "errcode"),
    [({"secret": "no"}, 40125), ({"appid": "wx1"}, 40013), ({"grant_type": "x"}, 40002)],
)
def test_token_refusals(host, changes, errcode):
    answer = host.stable_token(**changes)
    assert answer["errcode"] == errcode and "access_token" not in answer


def test_plain_token_changes_with_a_grace(control, host):
    first, second = host.plain_token(), host.plain_token()
    assert first != second
    body = {"scene": SCENE}
    assert host.send("/wxa/getwxacodeunlimit", body, first).headers["Content-Type"] == "image/png"
    control.post("/clock", advance_seconds=301)
    assert host.error("/wxa/getwxacodeunlimit", body, first) == 42001
    assert host.send("/wxa/getwxacodeunlimit", body, second).headers["Content-Type"] == "image/png"


@pytest.mark.parametrize(
    "path",
    [
        "/wxa/business/getuserphonenumber",
        "/wxa/getwxacodeunlimit",
        "/cgi-bin/message/subscribe/send",
        "/wxa/msg_sec_check",
        "/wxa/sec/order/upload_shipping_info",
        "/wxa/sec/order/is_trade_managed",
        "/wxa/generate_urllink",
    ],
)
def test_every_call_wants_a_token(control, host, path):
    assert host.error(path, {}, "") == 41001
    assert host.error(path, {}, "made-up") == 40001
    control.post("/clock", advance_seconds=7201)
    assert host.error(path, {}) == 42001


# --- login


def test_login(control, host):
    login = control.post("/login-code", user="diner-a")
    session = host.session(login["code"])
    assert session["openid"] == login["openid"]
    assert session["openid"].startswith("o") and len(session["openid"]) == 28
    assert len(session["session_key"]) == 24
    assert "errcode" not in session


def test_openid_is_stable_and_one_for_each_person(control):
    assert control.openid("diner-a") == control.openid("diner-a")
    assert control.openid("diner-a") != control.openid("diner-b")


def test_login_code_is_good_once(control, host):
    code = control.post("/login-code", user="diner-a")["code"]
    assert "openid" in host.session(code)
    assert host.session(code)["errcode"] == 40163


def test_login_code_lives_five_minutes(control, host):
    control.post("/clock", rate=0)
    codes = [control.post("/login-code", user="diner-a")["code"] for _ in range(2)]
    control.post("/clock", advance_seconds=299)
    assert "openid" in host.session(codes[0])
    control.post("/clock", advance_seconds=1)
    assert host.session(codes[1])["errcode"] == 40029


def test_login_refusals(control, host):
    code = control.post("/login-code", user="diner-a")["code"]
    assert host.session("made-up")["errcode"] == 40029
    assert host.session("")["errcode"] == 41008
    assert host.session(code, secret="no")["errcode"] == 40125
    assert host.session(code, appid="wx1")["errcode"] == 40013
    assert host.session(code, grant_type="x")["errcode"] == 40002
    assert "openid" in host.session(code)


def test_blocked_user(control, host):
    code = control.post("/login-code", user="villain")["code"]
    control.post("/users", user="villain", blocked=True)
    assert host.session(code)["errcode"] == 40226
    control.post("/users", user="villain", blocked=False)
    assert "openid" in host.session(code)


def test_login_rate(control, host):
    control.post("/clock", rate=0)
    codes = [control.post("/login-code", user="diner-a")["code"] for _ in range(101)]
    answers = [host.session(code) for code in codes]
    assert all("openid" in answer for answer in answers[:100])
    assert answers[100]["errcode"] == 45011
    control.post("/clock", advance_seconds=60)
    assert "openid" in host.session(codes[100])


# --- phone number


def test_phone_number(control, host):
    code = control.post("/phone-code", user="diner-a", phone="13912345678")["code"]
    answer = host.post("/wxa/business/getuserphonenumber", {"code": code})
    info = answer["phone_info"]
    assert (answer["errcode"], info["purePhoneNumber"], info["countryCode"]) == (0, "13912345678", "86")
    assert info["watermark"]["appid"] == host.credentials["appid"]
    assert host.error("/wxa/business/getuserphonenumber", {"code": code}) == 40163


def test_phone_code_is_not_a_login_code(control, host):
    login = control.post("/login-code", user="diner-a")["code"]
    phone = control.post("/phone-code", user="diner-a")["code"]
    assert host.error("/wxa/business/getuserphonenumber", {"code": login}) == 40029
    assert host.session(phone)["errcode"] == 40029
    assert host.error("/wxa/business/getuserphonenumber", {}) == 40029


# --- codes


def picture(reply):
    assert reply.headers["Content-Type"] == "image/png"
    return Image.open(io.BytesIO(reply.content))


def test_mini_program_code(host):
    body = {"scene": SCENE, "page": "pages/menu/menu", "width": 300, "env_version": "trial"}
    image = picture(host.send("/wxa/getwxacodeunlimit", body))
    assert image.size == (300, 300)
    assert image.text["scene"] == SCENE
    assert image.text["page"] == "pages/menu/menu"
    assert image.text["appid"] == host.credentials["appid"]
    text = zxingcpp.read_barcode(image).text
    assert text.startswith(f"weixin://miniprogram/{host.credentials['appid']}?")
    assert parse_qs(urlsplit(text).query) == {
        "page": ["pages/menu/menu"],
        "scene": [SCENE],
        "env_version": ["trial"],
    }


@pytest.mark.parametrize("scene", ["a", "x" * 32, SCENE_CHARACTERS, "id=1&t=2"])
@pytest.mark.parametrize("look", [{}, {"line_color": {"r": 7, "g": 96, "b": 40}}, {"width": 280}])
def test_any_decoder_reads_it(host, scene, look):
    image = picture(host.send("/wxa/getwxacodeunlimit", {"scene": scene, **look}))
    assert image.size == ((280, 280) if look.get("width") else (430, 430))
    query = parse_qs(urlsplit(zxingcpp.read_barcode(image).text).query)
    assert query["scene"] == [scene]


def test_transparent_code(host):
    image = picture(host.send("/wxa/getwxacodeunlimit", {"scene": "a", "is_hyaline": True}))
    assert image.mode == "RGBA"
    assert image.getpixel((0, 0))[3] == 0


@pytest.mark.parametrize(
    ("changes", "errcode"),
    [
        ({"scene": ""}, 40129),
        ({"scene": None}, 40129),
        ({"scene": "x" * 33}, 40129),
        ({"scene": "table%3D1"}, 40129),
        ({"scene": "一号桌"}, 40129),
        ({"page": "/pages/menu/menu"}, 41030),
        ({"page": "pages/menu/menu?t=1"}, 41030),
        ({"width": 279}, 40097),
        ({"width": 1281}, 40097),
        ({"env_version": "beta"}, 40097),
        ({"line_color": {"r": 300, "g": 0, "b": 0}}, 40097),
    ],
)
def test_code_refusals(host, changes, errcode):
    assert host.error("/wxa/getwxacodeunlimit", {"scene": SCENE, **changes}) == errcode


def test_page_must_be_released(control, host):
    control.post("/settings", pages=["pages/menu/menu"])
    body = {"scene": SCENE, "page": "pages/secret/secret"}
    assert host.error("/wxa/getwxacodeunlimit", body) == 41030
    assert picture(host.send("/wxa/getwxacodeunlimit", {**body, "check_path": False}))
    assert picture(host.send("/wxa/getwxacodeunlimit", {**body, "page": "pages/menu/menu"}))


def test_url_link(host):
    body = {"path": "pages/menu/menu", "query": "t=1", "expire_type": 1, "expire_interval": 30}
    answer = host.post("/wxa/generate_urllink", body)
    assert answer["errcode"] == 0
    assert answer["url_link"].startswith("https://wxaurl.cn/")
    path = "/wxa/generate_urllink"
    assert host.error(path, {"path": "/pages/menu/menu"}) == 40165
    assert host.error(path, {"path": "pages/menu/menu", "query": "x" * 1025}) == 40212
    assert host.error(path, {**body, "expire_interval": 31}) == 85401
    assert host.error(path, {"expire_time": int(time.time()) + 31 * 86_400}) == 85401
    assert host.error(path, {"env_version": "beta"}) == 40097


# --- subscribe messages


@pytest.fixture
def message(control, host):
    """A message that fits the first template, to a diner who has consented once."""
    template_id = host.credentials["templates"][0]["template_id"]
    answer = control.post("/subscribe", user="diner-a", template_ids=[template_id])
    assert answer == {template_id: "accept", "errMsg": "requestSubscribeMessage:ok"}
    return {
        "touser": control.openid("diner-a"),
        "template_id": template_id,
        "page": "pages/order/order?id=1",
        "data": {
            "thing1": {"value": "翠湖店"},
            "character_string2": {"value": "A018"},
            "time3": {"value": "2026年11月23日 12:30"},
        },
    }


SEND = "/cgi-bin/message/subscribe/send"


def test_one_message_for_each_consent(control, host, message):
    assert host.error(SEND, message) == 0
    assert host.error(SEND, message) == 43101
    (sent,) = control.get("/messages")["messages"]
    assert sent["data"] == message["data"] and sent["title"] == "取餐提醒"


def test_no_consent(control, host, message):
    assert host.error(SEND, {**message, "touser": control.openid("diner-b")}) == 43101
    rejected = control.post("/subscribe", user="diner-b", template_ids=[message["template_id"]], accept=False)
    assert rejected[message["template_id"]] == "reject"
    assert host.error(SEND, {**message, "touser": control.openid("diner-b")}) == 43101
    assert control.get("/messages") == {"messages": []}


@pytest.mark.parametrize(
    ("changes", "errcode"),
    [
        ({"touser": "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"}, 40003),
        ({"template_id": "unknown"}, 40037),
        ({"page": "/pages/order/order"}, 41030),
        ({"data": {}}, 47003),
        ({"data": None}, 47003),
    ],
)
def test_bad_message(control, host, message, changes, errcode):
    assert host.error(SEND, {**message, **changes}) == errcode
    assert control.get("/messages") == {"messages": []}
    assert host.error(SEND, message) == 0


@pytest.mark.parametrize(
    ("key", "value"),
    [("thing1", "长" * 21), ("thing1", ""), ("character_string2", "取餐号"), ("time3", "soon"), ("thing1", 5)],
)
def test_bad_value(host, message, key, value):
    message["data"][key] = {"value": value}
    answer = host.post(SEND, message)
    assert answer["errcode"] == 47003
    assert f"data.{key}.value" in answer["errmsg"]


def test_templates(control, host):
    template = control.post("/templates", title="排队叫号通知", keys=["thing1", "number2"])
    answer = control.post("/subscribe", user="diner-a", template_ids=[template["template_id"], "unknown"])
    assert (answer[template["template_id"]], answer["unknown"]) == ("accept", "filter")
    assert template in control.get("/templates")["templates"]
    assert control.refused("/templates", title="x", keys=["emoji1"]) == (422, "BAD_TEMPLATE")


# --- content check


def check(host, openid, content, **changes):
    body = {"openid": openid, "scene": 2, "version": 2, "content": content, **changes}
    return host.post("/wxa/msg_sec_check", body)


def test_content_check(control, host):
    openid = control.openid("diner-a")
    assert check(host, openid, "少放辣，谢谢")["result"] == {"suggest": "pass", "label": 100}
    risky = check(host, openid, "赌博网站")
    assert risky["errcode"] == 0
    assert risky["result"] == {"suggest": "risky", "label": 20006}
    assert risky["detail"][0]["keyword"] == "赌博"
    control.post("/settings", risky_words=["香菜"])
    assert check(host, openid, "不要香菜")["result"]["suggest"] == "risky"


def test_content_check_refusals(control, host):
    openid = control.openid("diner-a")
    assert check(host, openid, "x", version=1)["errcode"] == 40097
    assert check(host, openid, "x", scene=5)["errcode"] == 40097
    assert check(host, openid, "")["errcode"] == 44002
    assert check(host, openid, "x" * 2501)["errcode"] == 45002
    assert check(host, "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o", "x")["errcode"] == 40003
    control.post("/clock", advance_seconds=7201)
    host.token = host.stable_token()["access_token"]
    assert check(host, openid, "x")["errcode"] == 61010


# --- shipping information


@pytest.fixture
def shipment(control, merchant):
    number = merchant.paid(control)
    return {
        "order_key": {"order_number_type": 1, "mchid": merchant.mchid, "out_trade_no": number},
        "logistics_type": 4,
        "delivery_mode": 1,
        "shipping_list": [{"item_desc": "汽锅鸡等3件"}],
        "upload_time": "2026-11-23T12:30:00+08:00",
        "payer": {"openid": control.openid("diner-a")},
    }


UPLOAD = "/wxa/sec/order/upload_shipping_info"


def test_shipping(control, host, merchant, shipment):
    number = shipment["order_key"]["out_trade_no"]
    transaction_id = merchant.query(number)[1]["transaction_id"]
    wanted = {"merchant_id": merchant.mchid, "merchant_trade_no": number}
    assert host.post("/wxa/sec/order/get_order", wanted)["order"] == {"order_state": 1}
    assert host.error(UPLOAD, shipment) == 0
    by_id = {"order_number_type": 2, "transaction_id": transaction_id}
    assert host.error(UPLOAD, {**shipment, "order_key": by_id}) == 0
    assert host.error(UPLOAD, shipment) == 10060003
    uploads = control.get("/shipments")["shipments"]
    assert [upload["transaction_id"] for upload in uploads] == [transaction_id] * 2
    by_transaction = host.post("/wxa/sec/order/get_order", {"transaction_id": transaction_id})
    assert by_transaction["order"] == {"order_state": 2}


@pytest.mark.parametrize(
    ("changes", "errcode"),
    [
        ({"order_key": {"order_number_type": 2, "transaction_id": "42000"}}, 10060001),
        ({"order_key": {"order_number_type": 3}}, 47001),
        ({"order_key": "x"}, 47001),
        ({"logistics_type": 5}, 47001),
        ({"logistics_type": 1}, 47001),
        ({"delivery_mode": 3}, 47001),
        ({"shipping_list": []}, 47001),
        ({"shipping_list": [{"item_desc": ""}]}, 47001),
        ({"upload_time": "today"}, 268485216),
        ({"payer": {"openid": "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"}}, 40003),
    ],
)
def test_bad_shipment(control, host, shipment, changes, errcode):
    assert host.error(UPLOAD, {**shipment, **changes}) == errcode
    assert control.get("/shipments") == {"shipments": []}


def test_refunded_order_is_not_shipped(host, merchant, shipment):
    number = shipment["order_key"]["out_trade_no"]
    merchant.refund(number, 5900)
    assert host.error(UPLOAD, shipment) == 10060004
    wanted = {"merchant_id": merchant.mchid, "merchant_trade_no": number}
    assert host.post("/wxa/sec/order/get_order", wanted)["order"] == {"order_state": 5}


def test_trade_managed(control, host):
    body = {"appid": host.credentials["appid"]}
    path = "/wxa/sec/order/is_trade_managed"
    assert host.post(path, body)["is_trade_managed"] is False
    control.post("/settings", trade_managed=True)
    assert host.post(path, body)["is_trade_managed"] is True
    assert host.error(path, {"appid": "wx1"}) == 40013


# --- faults


@pytest.mark.parametrize("errcode", [-1, 40001, 42001, 45009])
@pytest.mark.parametrize("call", ["code2session", "wxacode", "stable_token"])
def test_errcode_fault(control, host, call, errcode):
    code = control.post("/login-code", user="diner-a")["code"]
    control.post("/faults", call=call, fault="errcode", errcode=errcode)
    ask = {
        "code2session": lambda: host.session(code),
        "wxacode": lambda: host.post("/wxa/getwxacodeunlimit", {"scene": SCENE}),
        "stable_token": host.stable_token,
    }[call]
    assert ask()["errcode"] == errcode
    # The fault struck before the effect: the code is still good.
    assert "openid" in host.session(code)


def test_timeout_after_the_login(control, host):
    """The code is used up although the answer never came."""
    code = control.post("/login-code", user="diner-a")["code"]
    control.post("/faults", call="code2session", fault="timeout_after", seconds=0.2)
    query = {
        "appid": host.credentials["appid"],
        "secret": host.credentials["app_secret"],
        "js_code": code,
        "grant_type": "authorization_code",
    }
    reply = requests.get(f"{host.base_url}/sns/jscode2session", query, timeout=10)
    assert reply.status_code == 504
    assert host.session(code)["errcode"] == 40163


@pytest.mark.parametrize("body", [b"", b"[]", b"{", "中文".encode("gb18030")])
def test_not_a_json_object(host, body):
    url = f"{host.base_url}/wxa/getwxacodeunlimit?access_token={host.token}"
    assert requests.post(url, body, timeout=10).json()["errcode"] == 47001
