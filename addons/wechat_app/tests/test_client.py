import logging
import traceback

from odoo.addons.wechat_app.client import OFFICIAL_GATEWAY, TIMEOUT, MiniProgramClient, WeChatError, redact
from odoo.tests import BaseCase, tagged

SECRET, TOKEN, CODE = "5ecret0123456789", "t0ken-abcdef", "c0de-uvwxyz"


class Tokens:
    """A token that is always there."""

    def get(self):
        return TOKEN

    def drop(self, token):
        pass


class Wire:
    """Stands where requests' session stands and notes what would be sent."""

    def __init__(self, error=None):
        self.error, self.sent = error, []

    def request(self, method, url, **kwargs):
        self.sent.append((method, url, kwargs))
        raise self.error


@tagged("post_install", "-at_install")
class TestClient(BaseCase):
    def client(self, **kwargs):
        return MiniProgramClient("wxtest", SECRET, Tokens(), **kwargs)

    def test_redact(self):
        text = f"GET /sns/jscode2session?appid=wx1&secret={SECRET}&js_code={CODE}&x=1 {{'access_token': '{TOKEN}'}}"
        self.assertEqual(
            redact(text), "GET /sns/jscode2session?appid=wx1&secret=***&js_code=***&x=1 {'access_token': '***'}"
        )

    def test_no_secret_in_any_exception(self):
        client = self.client(gateway="http://127.0.0.1:9")
        calls = (
            lambda: client.code_to_session(CODE),
            client.fetch_access_token,
            lambda: client.unlimited_code("abc", "pages/menu/menu"),
        )
        for call in calls:
            try:
                call()
                self.fail("nothing listens there")
            except WeChatError as error:
                told = "".join(traceback.format_exception(error)) + repr(error) + str(error)
                self.assertIsNone(error.__context__)
            for secret in (SECRET, TOKEN, CODE):
                self.assertNotIn(secret, told)

    def test_no_secret_in_the_debug_log(self):
        logger = logging.getLogger("urllib3.connectionpool")
        with self.assertLogs(logger, logging.DEBUG) as logs:
            logger.debug('%s "GET /sns/jscode2session?secret=%s&js_code=%s"', "https://api", SECRET, CODE)
        self.assertNotIn(SECRET, logs.output[0])
        self.assertNotIn(CODE, logs.output[0])
        self.assertIn("secret=***", logs.output[0])

    def test_every_call_has_a_timeout_and_goes_to_the_gateway(self):
        import requests

        client = self.client(gateway="http://127.0.0.1:9/")
        client._http = Wire(requests.ConnectTimeout())
        for call in (
            client.fetch_access_token,
            lambda: client.code_to_session(CODE),
            lambda: client.unlimited_code("abc", "pages/menu/menu"),
            lambda: client.wxa.send_subscribe_message("openid", "template", {}),
            lambda: client.get("getcallbackip"),
        ):
            with self.assertRaises(WeChatError):
                call()
        self.assertEqual([kwargs["timeout"] for _method, _url, kwargs in client._http.sent], [TIMEOUT] * 5)
        self.assertEqual([kwargs["allow_redirects"] for _method, _url, kwargs in client._http.sent], [False] * 5)
        self.assertEqual(
            [url for _method, url, _kwargs in client._http.sent],
            [
                "http://127.0.0.1:9/cgi-bin/stable_token",
                "http://127.0.0.1:9/sns/jscode2session",
                "http://127.0.0.1:9/wxa/getwxacodeunlimit",
                "http://127.0.0.1:9/cgi-bin/message/subscribe/send",
                "http://127.0.0.1:9/cgi-bin/getcallbackip",
            ],
        )

    def test_without_gateway_it_is_wechat(self):
        self.assertEqual(self.client()._gateway, OFFICIAL_GATEWAY)

    def test_token_request_keeps_the_secret_out_of_the_address(self):
        import requests

        client = self.client()
        client._http = Wire(requests.ConnectTimeout())
        with self.assertRaises(WeChatError):
            client.fetch_access_token()
        _method, url, kwargs = client._http.sent[0]
        self.assertNotIn(SECRET, url + str(kwargs["params"]))
        self.assertIn(SECRET.encode(), kwargs["data"])
