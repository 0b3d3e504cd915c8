"""What our own routes read and say: JSON, and refusals as `{code, message: {zh, en}, data}`."""

import json

from odoo import http

from .errors import Refused


def bearer_token(httprequest):
    """The token of a request's Authorization header, '' where there is none."""
    scheme, _space, token = httprequest.headers.get("Authorization", "").partition(" ")
    return token if scheme.lower() == "bearer" else ""


def read_body(httprequest, longest, code="bad_request"):
    """The bytes of a request's body, `{}` where it has none.

    :param longest: bytes; what is longer is not read
    :param code: of the refusal of what is too long
    :raises Refused: `code`
    """
    if (httprequest.content_length or 0) > longest:
        raise Refused(code, errors=[{"field": "", "problem": "body too long"}])
    # Kept: where two writers have met, Odoo runs the request again and reads it anew.
    return httprequest.get_data() or b"{}"


def read_object(httprequest, longest, code="bad_request"):
    """A request's body as a dict; parameters as of `read_body`.

    :raises Refused: `code`
    """
    try:
        body = json.loads(read_body(httprequest, longest, code))
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise Refused(code, errors=[{"field": "", "problem": "not a JSON object"}])
    return body


def say(answer, status=200, headers=()):
    """A JSON answer that nobody keeps."""
    body = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
    kept = {"Cache-Control": "no-store", **dict(headers)}
    return http.Response(body, status=status, content_type="application/json; charset=utf-8", headers=kept)


def refuse(refusal, status=None, headers=()):
    """A refusal, said as JSON.

    :param refusal: an exception with code, data, http_status and message_by_language
    :param status: instead of the refusal's own
    """
    body = {"code": refusal.code, "message": refusal.message_by_language, "data": refusal.data}
    return say(body, status or refusal.http_status, headers)
