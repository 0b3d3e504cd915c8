"""What a print agent calls, as JSON; refusals are `{code, message: {zh, en}, data}` as everywhere."""

import functools

from odoo import http
from odoo.addons.dining_base.answers import bearer_token, read_object, refuse, say
from odoo.addons.dining_base.errors import Refused
from odoo.http import request

from ..services import print_agent

BASE = "/diancan/agent/v1/"
MAX_BODY_BYTES = 64 * 1024


def _call(path):
    """Make a method answer POST `path`: given the bearer token and the body, it returns what is said as JSON."""

    def decorate(method):
        @functools.wraps(method)
        def answer(self, **params):
            try:
                body = read_object(request.httprequest, MAX_BODY_BYTES)
                answer = method(self, bearer_token(request.httprequest), body, **params)
                return answer if isinstance(answer, http.Response) else say(answer)
            except Refused as refused:
                request.env.cr.rollback()
                return refuse(refused)

        return http.route(BASE + path, type="http", auth="none", methods=["POST"], csrf=False, save_session=False)(
            answer
        )

    return decorate


class PrintAgentController(http.Controller):
    @_call("pair")
    def pair(self, _token, body):
        # Not raised: that the try was wrong is counted, and stays.
        return print_agent.pair(request.env, body) or refuse(Refused("agent_code_wrong"))

    @_call("printers")
    def printers(self, token, body):
        return print_agent.printers(request.env, token, body)

    @_call("lease")
    def lease(self, token, body):
        return print_agent.lease(request.env, token, body)

    @_call("idle")
    def idle(self, token, body):
        return print_agent.idle(request.env, token, body)

    @_call("seen")
    def seen(self, token, body):
        return print_agent.seen(request.env, token, body)

    @_call("<any(renew, sent, done, retry):name>")
    def step(self, token, body, name):
        return print_agent.step(request.env, token, body, name)

    @http.route("/diancan/agent.pyz", type="http", auth="none", methods=["GET"], save_session=False, readonly=True)
    def program(self):
        return request.make_response(
            print_agent.program(),
            [("Content-Type", "application/zip"), ("Content-Disposition", 'attachment; filename="agent.pyz"')],
        )
