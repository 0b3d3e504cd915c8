"""wechatpy, a client that nobody here wrote, drives the mini-program host."""

import io

import pytest
import requests
from PIL import Image
from requests.adapters import HTTPAdapter
from wechatpy.client import WeChatClient
from wechatpy.exceptions import APILimitedException, WeChatClientException

HOST = "https://api.weixin.qq.com/"


class ToSimulator(HTTPAdapter):
    """Sends what is meant for WeChat's host to the simulator; the address is fixed in wechatpy."""

    def __init__(self, base_url):
        super().__init__()
        self._base_url = base_url

    def send(self, request, **options):
        request.url = request.url.replace(HOST, self._base_url + "/", 1)
        return super().send(request, **options)


class StableClient(WeChatClient):
    def fetch_access_token(self):
        body = {"grant_type": "client_credential", "appid": self.appid, "secret": self.secret}
        answer = self._http.post(HOST + "cgi-bin/stable_token", json=body, timeout=10).json()
        self.session.set(self.access_token_key, answer["access_token"], answer["expires_in"])
        return answer


@pytest.fixture(params=[WeChatClient, StableClient])
def client(control, request):
    keys = control.get("/credentials")
    client = request.param(keys["appid"], keys["app_secret"], timeout=10)
    client._http.mount(HOST, ToSimulator(control.base_url))
    return client


def test_token(client):
    assert len(client.access_token) == 136


def test_login(control, client):
    login = control.post("/login-code", user="diner-a")
    assert client.wxa.code_to_session(login["code"])["openid"] == login["openid"]
    with pytest.raises(WeChatClientException) as refusal:
        client.wxa.code_to_session(login["code"])
    assert refusal.value.errcode == 40163


def test_mini_program_code(client):
    reply = client.wxa.get_wxa_code_unlimited("table-B12", page="pages/menu/menu")
    assert isinstance(reply, requests.Response)
    image = Image.open(io.BytesIO(reply.content))
    assert (image.text["scene"], image.text["page"]) == ("table-B12", "pages/menu/menu")


def test_subscribe_message(control, client):
    template_id = control.get("/templates")["templates"][2]["template_id"]
    data = {
        "character_string1": {"value": "T20261123001"},
        "amount2": {"value": "59.00元"},
        "time3": {"value": "2026-11-23 12:30"},
    }
    openid = control.openid("diner-a")
    with pytest.raises(WeChatClientException) as refusal:
        client.wxa.send_subscribe_message(openid, template_id, data)
    assert refusal.value.errcode == 43101
    control.post("/subscribe", user="diner-a", template_ids=[template_id])
    client.wxa.send_subscribe_message(openid, template_id, data)
    assert control.get("/messages")["messages"][0]["touser"] == openid


def test_calls_that_wechatpy_lacks(control, client):
    code = control.post("/phone-code", user="diner-a", phone="13912345678")["code"]
    answer = client.post(HOST + "wxa/business/getuserphonenumber", data={"code": code})
    assert answer["phone_info"]["purePhoneNumber"] == "13912345678"
    control.openid("diner-a")
    body = {"openid": control.openid("diner-a"), "scene": 2, "version": 2, "content": "不要香菜"}
    assert client.post(HOST + "wxa/msg_sec_check", data=body)["result"]["suggest"] == "pass"
    assert client.post(HOST + "wxa/generate_urllink", data={})["url_link"]


def test_expired_token_is_fetched_again(control, client):
    first = client.access_token
    control.post("/clock", advance_seconds=7300)
    client.post(HOST + "wxa/generate_urllink", data={})
    assert client.access_token != first


def test_quota(control, client):
    control.post("/faults", call="urllink", fault="errcode", errcode=45009)
    with pytest.raises(APILimitedException):
        client.post(HOST + "wxa/generate_urllink", data={})
