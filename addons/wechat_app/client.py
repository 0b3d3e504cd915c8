"""wechatpy's client with what it lacks: a shared stable token, one retry, time-outs, redaction.

Nothing here knows a model or holds a cursor: the caller hands in where the
token is kept (see `token_store.TokenStore`).
"""

import logging
import re
import time

import requests
from wechatpy.client import WeChatClient
from wechatpy.exceptions import WeChatClientException

#: Where mini-programs' servers call WeChat.
OFFICIAL_GATEWAY = "https://api.weixin.qq.com"
#: Seconds to wait for a connection, and for an answer.
TIMEOUT = 10
#: The access token was not accepted: 40001 wrong, 40014 malformed, 42001 expired.
STALE_TOKEN = (40001, 40014, 42001)
#: Seconds a token must still live to be used.
TOKEN_MARGIN_SECONDS = 60
#: How long a process may be busy fetching a token before another one tries.
FETCH_SECONDS = 12

_SECRETS = re.compile(r"((?:secret|access_token|js_code|session_key)[\"']?\s*[=:]\s*[\"']?)[^&\s\"',}]+", re.IGNORECASE)


def redact(text):
    """`text` without the values of secrets that travel in WeChat's addresses and answers."""
    return _SECRETS.sub(r"\1***", str(text))


class _RedactFilter(logging.Filter):
    """Mini-program secrets are part of WeChat's addresses, which urllib3 logs when debugging."""

    def filter(self, record):
        message = record.getMessage()
        clean = redact(message)
        if clean != message:
            record.msg, record.args = clean, ()
        return True


logging.getLogger("urllib3.connectionpool").addFilter(_RedactFilter())


class WeChatError(Exception):
    """WeChat refused a call, or its end is not known.

    :param errcode: WeChat's code; None when no readable answer came (time-out,
        no connection, an error page), so that the effect is uncertain
    :param errmsg: WeChat's words, redacted
    """

    def __init__(self, errcode, errmsg):
        self.errcode = errcode
        self.errmsg = redact(errmsg)
        super().__init__(f"WeChat {errcode}: {self.errmsg}")


class MiniProgramClient(WeChatClient):
    """Calls of one mini-program's server.

    :param tokens: object with `get() -> str|None`, `lease() -> bool`, `put(token, seconds)`,
        `release()` and `drop(token)`, shared by all processes of this server
    :param gateway: another host than WeChat's own, for a simulator
    """

    def __init__(self, appid, secret, tokens, gateway=None):
        super().__init__(appid, secret, timeout=TIMEOUT, auto_retry=False)
        self._tokens = tokens
        self._gateway = (gateway or OFFICIAL_GATEWAY).rstrip("/")

    # -- the shared access token -------------------------------------------------
    @property
    def access_token(self):
        """The token every process shares; the first that finds none fetches it, the others wait.

        :raises WeChatError: the token could not be fetched
        """
        give_up = time.monotonic() + FETCH_SECONDS + 1
        while time.monotonic() < give_up:
            token = self._tokens.get()
            if token:
                return token
            if self._tokens.lease():
                return self._fetch_leased()
            time.sleep(0.05)
        raise WeChatError(None, "another process has been fetching the access token for too long")

    def _fetch_leased(self):
        try:
            answer = self.fetch_access_token()
            self._tokens.put(answer["access_token"], int(answer["expires_in"]))
        except (KeyError, TypeError, ValueError):
            answer = None
        finally:
            self._tokens.release()
        if answer is None:
            raise WeChatError(None, "the answer holds no access token")
        return answer["access_token"]

    def fetch_access_token(self):
        """Ask for the stable token: asking again does not invalidate the one in use."""
        return self._request(
            "post",
            "cgi-bin/stable_token",
            api_base_url=f"{OFFICIAL_GATEWAY}/",
            params={"access_token": None},
            data={"grant_type": "client_credential", "appid": self.appid, "secret": self.secret},
        )

    # -- calls ---------------------------------------------------------------------
    def code_to_session(self, code):
        """Exchange `wx.login`'s one-time code: `{"openid", "session_key", "unionid"?}`.

        :raises WeChatError: 40029 invalid, 40163 used, 40226 risky account, 45011 too often
        """
        return self._request(
            "get",
            "sns/jscode2session",
            api_base_url=f"{OFFICIAL_GATEWAY}/",
            params={
                "access_token": None,
                "appid": self.appid,
                "secret": self.secret,
                "js_code": code,
                "grant_type": "authorization_code",
            },
        )

    def unlimited_code(self, scene, page, *, width=430, check_path=True, env_version="release"):
        """The round mini-program code for `page` and `scene`: bytes of an image.

        :param scene: at most 32 characters; the page gets it as `query.scene`
        :param page: path without leading slash
        :param check_path: refuse a page that the published mini-program does not have
        :param env_version: 'release', 'trial' or 'develop'
        :raises WeChatError: 41030 no such page, 45009 too often
        """
        response = self._request(
            "post",
            "wxa/getwxacodeunlimit",
            api_base_url=f"{OFFICIAL_GATEWAY}/",
            data={
                "scene": scene,
                "page": page,
                "width": width,
                "check_path": check_path,
                "env_version": env_version,
            },
        )
        content = getattr(response, "content", b"")
        if not content.startswith((b"\x89PNG", b"\xff\xd8\xff")):
            raise WeChatError(None, "the answer is not an image")
        return content

    # -- every call passes here -------------------------------------------------------
    def _request(self, method, url_or_endpoint, **kwargs):
        base = kwargs.pop("api_base_url", self.API_BASE_URL)
        if not url_or_endpoint.startswith(("http://", "https://")):
            url_or_endpoint = base + url_or_endpoint
        url = url_or_endpoint.replace(OFFICIAL_GATEWAY, self._gateway, 1)
        params = dict(kwargs.pop("params", None) or {})
        if "access_token" in params:
            return self._request_once(method, url, params=params, **kwargs)
        token = self.access_token
        try:
            return self._request_once(method, url, params={**params, "access_token": token}, **kwargs)
        except WeChatError as error:
            if error.errcode not in STALE_TOKEN:
                raise
        self._tokens.drop(token)
        return self._request_once(method, url, params={**params, "access_token": self.access_token}, **kwargs)

    def _request_once(self, method, url, **kwargs):
        # Raised outside the except clauses: the library's exceptions carry the
        # request with its secrets, and a context would keep them.
        try:
            return WeChatClient._request(self, method, url, allow_redirects=False, **kwargs)
        except WeChatClientException as error:
            failure = (error.errcode, error.errmsg or "an error page")
        except requests.RequestException as error:
            failure = (None, type(error).__name__)
        raise WeChatError(*failure)
