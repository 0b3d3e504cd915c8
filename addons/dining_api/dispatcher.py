"""How a call of the API is answered: parsed, authenticated, tried, said as JSON.

The routing type `diancan` differs from Odoo's own in four ways: bearer tokens
instead of cookies, bodies checked against the contract, refusals as
`{code, message, data}` in both languages, and never a traceback.
"""

import logging
import random
import time
from uuid import UUID

from odoo import SUPERUSER_ID, http
from odoo.addons.dining_base.answers import bearer_token, read_body, refuse, say
from odoo.addons.dining_base.deferred import Deferred
from odoo.addons.dining_base.errors import Refused
from odoo.addons.dining_rules.refusals import Refusal
from odoo.addons.wechat_app.errors import WeChatRefused
from odoo.modules import module
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException

from .contract.endpoints import BASE, ENDPOINTS
from .rate import is_too_many

_logger = logging.getLogger(__name__)

#: A body is at most this long; the largest honest one, a set meal with a note, is far below.
MAX_BODY_BYTES = 32 * 1024
#: Writers that meet on a row are tried again this often, each time after a short jittered wait.
TRIES = 8
WAIT_SECONDS = (0.005, 0.03)


def endpoint(name):
    """Make a controller's method answer the call `name` of the contract.

    The method is given the path's parameters and, where they apply, `body` (the
    checked request model), `user_id` (of the wechat.user) and `client_key`. It
    returns a dict as the contract's answer, a Deferred, or a Response.
    """
    spec = ENDPOINTS[name]

    def decorate(method):
        method.endpoint_name = name
        return http.route(
            BASE + spec.path,
            type="diancan",
            auth="none",
            methods=[spec.method],
            save_session=False,
            # Where reads go to a replica, a write that began there would be run twice.
            readonly=spec.readonly,
        )(method)

    return decorate


class DiancanDispatcher(http.Dispatcher):
    routing_type = "diancan"

    @classmethod
    def is_compatible_with(cls, request):
        return True

    def dispatch(self, endpoint, args):
        self.request.params = args
        spec = ENDPOINTS[endpoint.original_endpoint.endpoint_name]
        try:
            arguments = self._arguments(spec, args)
            # Diners are no Odoo users: services name store, session and user in every query.
            self.request.update_env(user=SUPERUSER_ID)
            answer = self._retrying(lambda: self._call(endpoint, spec, arguments))
        except (Refusal, Refused, WeChatRefused) as refusal:
            self.request.env.cr.rollback()
            return refuse(refusal)
        if isinstance(answer, http.Response):
            return answer
        if module.current_test and spec.answer:
            spec.answer.model_validate(answer)
        return say(answer)

    def handle_error(self, exc):
        if isinstance(exc, HTTPException):
            refusal = Refusal("not_found" if exc.code == 404 else "bad_request")
            return refuse(refusal, exc.code)
        return refuse(Refusal("server_error"))

    # -- what was asked -------------------------------------------------------

    def _arguments(self, spec, args):
        arguments = dict(args)
        _check_characters({**self.request.httprequest.args.to_dict(), **args})
        if spec.public and is_too_many(self.request.httprequest.remote_addr):
            raise Refusal("too_many_requests")
        if spec.body:
            arguments["body"] = self._body(spec.body)
        if spec.keyed:
            arguments["client_key"] = self._client_key()
        return arguments

    def _body(self, model):
        data = read_body(self.request.httprequest, MAX_BODY_BYTES)
        try:
            body = model.model_validate_json(data)
        except ValidationError as error:
            raise Refusal(
                "bad_request",
                errors=[
                    {"field": ".".join(map(str, item["loc"])), "problem": item["msg"]}
                    for item in error.errors(include_url=False, include_input=False, include_context=False)
                ],
            ) from None
        _check_characters(body.model_dump(mode="json"))
        return body

    def _client_key(self):
        key = self.request.httprequest.headers.get("Idempotency-Key", "")
        try:
            return str(UUID(key))
        except ValueError:
            raise Refusal("idempotency_key_missing") from None

    def _user_id(self):
        return self.request.env["dining.api.token"]._user_id(required_token(self.request))

    # -- the answer -------------------------------------------------------------

    def _call(self, endpoint, spec, arguments):
        if not spec.public:
            arguments = {**arguments, "user_id": self._user_id()}
        answer = endpoint(**arguments)
        self.request.env.cr.flush()
        return answer

    def _retrying(self, call):
        """Run `call` in the request's transaction; a Deferred runs between two of them.

        Odoo's own retry waits for seconds; two phones that met on a row need milliseconds.
        """
        answer = self._tried(call)
        if not isinstance(answer, Deferred):
            return answer
        self.request.env.cr.commit()
        outcome = answer.call()
        return self._tried(lambda: answer.record(self.request.env, outcome))

    def _tried(self, call):
        env = self.request.env
        for left in reversed(range(TRIES)):
            try:
                answer = call()
                env.cr.flush()
                return answer
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY as error:
                env.cr.rollback()
                env.transaction.reset()
                if not left:
                    _logger.info("gave up after %s tries: %s", TRIES, type(error).__name__)
            time.sleep(random.uniform(*WAIT_SECONDS) * (TRIES - left))
        raise Refusal("busy")


def _check_characters(told, field=""):
    """PostgreSQL keeps no NUL character, and nobody types one.

    :param told: what a client sent, of texts, numbers, lists and dicts
    :param field: where in the request `told` stands
    :raises Refusal: bad_request
    """
    if isinstance(told, str) and "\0" in told:
        raise Refusal("bad_request", errors=[{"field": field, "problem": "NUL character"}])
    parts = told.items() if isinstance(told, dict) else enumerate(told) if isinstance(told, list) else ()
    for name, value in parts:
        _check_characters(value, f"{field}.{name}" if field else str(name))


def required_token(request):
    """The bearer token of a request.

    :raises Refusal: token_missing
    """
    token = bearer_token(request.httprequest)
    if not token:
        raise Refusal("token_missing")
    return token
