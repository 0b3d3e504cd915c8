"""wechatpayv3's client in public-key mode, behind the guards it lacks.

It signs the exact bytes that are sent, never follows a redirect, always has a
time-out, and believes nothing that is not signed by WeChat's public key within
the last five minutes. Nothing here knows a model or holds a cursor.
"""

import json
import time
from dataclasses import dataclass, field
from functools import lru_cache

import requests
from wechatpayv3 import WeChatPay, WeChatPayType
from wechatpayv3.core import Core
from wechatpayv3.type import RequestType
from wechatpayv3.utils import build_authorization

from .const import OFFICIAL_GATEWAY, SIGNATURE_HEADERS, SIGNATURE_TYPE, SIGNATURE_WINDOW_SECONDS, TIMEOUT


class NotTrusted(Exception):
    """A message that claims to be WeChat's and is not proved to be."""


@dataclass(frozen=True)
class Merchant:
    """A merchant's credentials.

    :param serial: serial number of the merchant's API certificate
    :param private_key: PEM of that certificate's key
    :param apiv3_key: 32 characters, decrypts notices
    :param public_key_id: PUB_KEY_ID_…, the key that WeChat signs with
    :param public_key: PEM of that key
    """

    mchid: str
    appid: str
    serial: str
    private_key: str = field(repr=False)
    apiv3_key: str = field(repr=False)
    public_key_id: str
    public_key: str
    gateway: str = OFFICIAL_GATEWAY


@lru_cache(maxsize=16)
def client_for(merchant):
    """The client of a merchant; loading its keys costs milliseconds, so it is kept.

    :raises Exception: a key cannot be read, or is missing
    """
    if not (merchant.private_key and merchant.public_key):
        raise ValueError("there is no key")
    return Client(merchant)


class Client(WeChatPay):
    """All calls of wechatpayv3's `WeChatPay`; each gives `(status, text)`."""

    def __init__(self, merchant):  # pylint: disable=super-init-not-called
        # The library's own constructor would build an unguarded core.
        self._type = WeChatPayType.JSAPI
        self._mchid = merchant.mchid
        self._appid = merchant.appid
        self._notify_url = None
        self._partner_mode = False
        self._core = GuardedCore(merchant)

    def open_notice(self, headers, body):
        """Verify a notice and decrypt its resource.

        :param headers: WeChat's signature headers by name
        :param body: the exact bytes received
        :returns: the notice as a dict, `resource` decrypted
        :raises NotTrusted: not signed by WeChat within five minutes, or not readable
        """
        try:
            notice = self.callback(headers, body)
        except NotTrusted:
            raise
        except Exception:  # the library raises bare ones for whatever it cannot read
            notice = None
        if not notice:
            raise NotTrusted("the notice cannot be decrypted with the APIv3 key")
        return notice

    def download(self, url):
        """A bill's bytes; the answer is not signed, its SHA1 was given before.

        :raises NotTrusted: the address is not WeChat's, so our signature must not go there
        """
        gateway = self._core._gate_way
        if not url.startswith(f"{gateway}/"):
            raise NotTrusted("the download address is not on WeChat's host")
        return self._core.request(url[len(gateway) :], skip_verify=True)


class GuardedCore(Core):
    """The library's signing and decrypting, with our own sending and checking."""

    def __init__(self, merchant):
        super().__init__(
            mchid=merchant.mchid,
            cert_serial_no=merchant.serial,
            private_key=merchant.private_key,
            apiv3_key=merchant.apiv3_key,
            timeout=TIMEOUT,
            public_key=merchant.public_key,
            public_key_id=merchant.public_key_id,
        )
        self._gate_way = merchant.gateway.rstrip("/")

    def _verify_signature(self, headers, body):
        """Refuse before the library looks: it checks no time and stumbles over unknown serials.

        :raises NotTrusted:
        """
        missing = [name for name in SIGNATURE_HEADERS if not headers.get(name)]
        if missing:
            raise NotTrusted(f"headers are missing: {', '.join(missing)}")
        if headers.get("Wechatpay-Signature-Type") != SIGNATURE_TYPE:
            raise NotTrusted("the signature type is unknown")
        if headers.get("Wechatpay-Serial") != self._public_key_id:
            raise NotTrusted("the signature is not made with the configured WeChat Pay public key")
        stamp = headers.get("Wechatpay-Timestamp")
        if not stamp.isascii() or not stamp.isdigit() or len(stamp) > 12:
            raise NotTrusted("the timestamp is not a number")
        if abs(time.time() - int(stamp)) > SIGNATURE_WINDOW_SECONDS:
            raise NotTrusted("the timestamp is more than 300 seconds away")
        names = {name: headers.get(name) for name in SIGNATURE_HEADERS}
        if not super()._verify_signature(names, body):
            raise NotTrusted("the signature does not match")
        return True

    def request(self, path, method=RequestType.GET, data=None, skip_verify=False, **_unused):
        """Send one signed request.

        :returns: (status, text); bytes instead of text when the answer is not JSON
        :raises requests.RequestException: no answer
        :raises NotTrusted: the answer is not proved to be WeChat's. An error may come unsigned,
            for WeChat's front servers send some before anything could sign them.
        """
        body = json.dumps(data, ensure_ascii=False, separators=(",", ":")) if data else ""
        headers = {
            "Accept": "application/json",
            "Content-Type": "application/json",
            "User-Agent": "diancan payment_wechatpay",
            "Wechatpay-Serial": self._public_key_id,
            "Authorization": build_authorization(
                path, method.value, self._mchid, self._cert_serial_no, self._private_key, data=body
            ),
        }
        response = requests.request(
            method.value,
            self._gate_way + path,
            data=body.encode() or None,
            headers=headers,
            timeout=self._timeout,
            allow_redirects=False,
        )
        signed = bool(response.headers.get("Wechatpay-Signature"))
        if not skip_verify and (signed or response.ok):
            self._verify_signature(response.headers, response.content.decode("utf-8", "replace"))
        if "application/json" in response.headers.get("Content-Type", ""):
            return response.status_code, response.content.decode("utf-8", "replace")
        return response.status_code, response.content
