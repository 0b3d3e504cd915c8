"""What a print agent calls, as JSON; refusals are `{code, message: {zh, en}, data}` as everywhere."""

import functools
import json

from odoo import http
from odoo.addons.dining_base.errors import Refused
from odoo.http import request

from ..services import print_agent

BASE = "/diancan/agent/v1/"
MAX_BODY_BYTES = 64 * 1024


def _call(path):
    """Make a method answer POST `path`: given the bearer token and the body, it returns what is said as JSON."""

    def decorate(method):
        @functools.wraps(method)
        def answer(self, **_params):
            try:
                return _json(method(self, _token(), _body()))
            except Refused as refused:
                request.env.cr.rollback()
                words = {"code": refused.code, "message": refused.message_by_language, "data": refused.data}
                return _json(words, refused.http_status)

        return http.route(BASE + path, type="http", auth="none", methods=["POST"], csrf=False, save_session=False)(
            answer
        )

    return decorate


class PrintAgentController(http.Controller):
    @_call("pair")
    def pair(self, _token, body):
        return print_agent.pair(request.env, body) or _wrong_code()

    @_call("printers")
    def printers(self, token, body):
        return print_agent.printers(request.env, token, body)

    @_call("lease")
    def lease(self, token, body):
        return print_agent.lease(request.env, token, body)

    @_call("renew")
    def renew(self, token, body):
        return print_agent.step(request.env, token, body, "renew")

    @_call("sent")
    def sent(self, token, body):
        return print_agent.step(request.env, token, body, "sent")

    @_call("done")
    def done(self, token, body):
        return print_agent.step(request.env, token, body, "done")

    @_call("retry")
    def retry(self, token, body):
        return print_agent.step(request.env, token, body, "retry")

    @_call("fail")
    def fail(self, token, body):
        return print_agent.step(request.env, token, body, "fail")

    @http.route("/diancan/agent.pyz", type="http", auth="none", methods=["GET"], save_session=False, readonly=True)
    def program(self):
        return request.make_response(
            print_agent.program(),
            [("Content-Type", "application/zip"), ("Content-Disposition", 'attachment; filename="agent.pyz"')],
        )


def _token():
    scheme, _space, token = request.httprequest.headers.get("Authorization", "").partition(" ")
    return token if scheme.lower() == "bearer" else ""


def _body():
    if (request.httprequest.content_length or 0) > MAX_BODY_BYTES:
        raise Refused("bad_request", errors=[{"field": "", "problem": "body too long"}])
    try:
        body = json.loads(request.httprequest.get_data() or b"{}")
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise Refused("bad_request", errors=[{"field": "", "problem": "not a JSON object"}])
    return body


def _wrong_code():
    """Not raised: that the try was wrong is counted, and stays."""
    refused = Refused("agent_code_wrong")
    words = {"code": refused.code, "message": refused.message_by_language, "data": refused.data}
    return _json(words, refused.http_status)


def _json(answer, status=200):
    if isinstance(answer, http.Response):
        return answer
    body = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
    headers = [("Content-Type", "application/json; charset=utf-8"), ("Cache-Control", "no-store")]
    return request.make_response(body, headers, status=status)
