"""Who may call the pay host: headers, signature, freshness, and a nonce only once."""

from . import envelope
from .errors import PayError

GET_AND_DELETE = frozenset({"GET", "DELETE"})


def _refuse(message, field, issue, **extra):
    detail = {"location": "authorization", "field": field, "detail": {"issue": issue, **extra}}
    return PayError(401, "SIGN_ERROR", message, detail)


class Gate:
    """Checks the envelope of a request. ``wall`` is the machine's clock."""

    def __init__(self, merchants, wall):
        self._merchants = merchants
        self._wall = wall
        self._nonces = {}

    def check(self, method, url, headers, body):
        """The merchant who signed this request. Raises PayError.

        ``url`` is the raw path with its query, ``headers`` a case-insensitive mapping.
        """
        self._check_headers(method, headers)
        try:
            claim = envelope.parse_authorization(headers.get("authorization"))
        except ValueError as error:
            raise _refuse("Http头Authorization值格式错误", "authorization", str(error)) from None
        merchant = self._merchants.get(claim.mchid)
        if merchant is None or claim.serial_no != merchant.serial:
            raise _refuse("商户证书序列号有误，请检查商户号与证书序列号", "serial_no", "unknown")
        if abs(self._wall() - claim.timestamp) > envelope.TOLERANCE_SECONDS:
            raise _refuse("Http头Authorization中的timestamp与发起请求的时间不得超过5分钟", "timestamp", "expired")
        message = envelope.request_message(method, url, claim.timestamp, claim.nonce_str, body)
        if not envelope.verify(merchant.public_key, message, claim.signature):
            raise _refuse(
                "错误的签名，验签失败",
                "signature",
                "sign not match",
                method=method,
                url=url,
                sign_message_length=len(message),
            )
        self._spend_nonce(claim)
        return merchant

    @staticmethod
    def _check_headers(method, headers):
        if not headers.get("accept") or not headers.get("user-agent"):
            raise PayError(400, "PARAM_ERROR", "Http头缺少Accept或User-Agent")
        content_type = headers.get("content-type", "").partition(";")[0].strip().lower()
        if method not in GET_AND_DELETE and content_type != "application/json":
            raise PayError(415, "INVALID_REQUEST", "Content-Type必须为application/json")

    def _spend_nonce(self, claim):
        """Refuse a nonce seen before. Only valid signatures get here, so nobody can burn ours."""
        key = (claim.mchid, claim.nonce_str)
        if key in self._nonces:
            raise _refuse("重复的请求：nonce_str已被使用", "nonce_str", "replayed")
        oldest = self._wall() - 2 * envelope.TOLERANCE_SECONDS
        while self._nonces and next(iter(self._nonces.values())) < oldest:
            del self._nonces[next(iter(self._nonces))]
        self._nonces[key] = self._wall()
