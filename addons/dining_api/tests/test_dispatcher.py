from unittest.mock import patch

from odoo.addons.dining_api import dispatcher, rate
from odoo.addons.dining_api.services import stores
from odoo.addons.dining_base.deferred import Deferred
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import SerializationFailure

from .common import ApiCase


@tagged("post_install", "-at_install")
class TestDispatcher(ApiCase):
    def test_what_does_not_exist_is_answered_as_json(self):
        for path in ("", "/", "/nothing/here", "/stores/x/menu", "/orders/1/2/3"):
            with self.subTest(path):
                self.assertAnswered(self.get(path), 404, "not_found")

    def test_a_body_that_is_no_json_or_too_long_is_refused(self):
        _answer, path = self.join_by_phone()
        for data in (b"{", b"[]", b"\xff", b'{"menu_version": 1, "note": "' + b"x" * 40_000 + b'"}'):
            with self.subTest(data[:10]):
                headers = {"Authorization": f"Bearer {self.tokens[self.alice]}"}
                headers["Idempotency-Key"] = "8f0e5f5e-1111-4111-8111-111111111111"
                response = self.opener.post(
                    self.base_url() + "/diancan/v1" + path + "/rounds", data=data, headers=headers, timeout=30
                )
                self.assertAnswered(response, 400, "bad_request")

    def test_a_nul_character_is_refused_wherever_it_stands(self):
        _answer, path = self.join_by_phone()
        store, line = f"/stores/{self.store.id}", self.line(self.tea)
        calls = {
            "scene": lambda: self.get("/scan?scene=abcdefgh%00"),
            "rev": lambda: self.get(path + "?rev=%00", self.alice),
            "token": lambda: self.get(f"{store}/table-sessions/%00", self.alice),
            "order_id": lambda: self.get("/orders/a%00b", self.alice),
            "payment_id": lambda: self.get("/payments/a%00b", self.alice),
            "line_key": lambda: self.post(f"{path}/cart/a%00b", {"delta": 1}, self.alice),
            "note": lambda: self.post(f"{path}/cart", {**line, "note": "a\0b"}, self.alice),
            "code": lambda: self.post("/auth/login", {"appid": self.app.appid, "code": "a\0b"}),
        }
        for field, call in calls.items():
            with self.subTest(field):
                answer = self.assertRefusedOverHttp(400, "bad_request", call)
                self.assertEqual(answer["data"]["errors"], [{"field": field, "problem": "NUL character"}])

    def test_no_cookie_is_set(self):
        self.assertFalse(self.get("/stores").cookies)

    @mute_logger("odoo.http")
    def test_a_failure_of_ours_shows_no_traceback(self):
        with patch.object(stores, "read_stores", side_effect=RuntimeError("secret detail")):
            response = self.get("/stores")
        self.assertAnswered(response, 500, "server_error")
        self.assertNotIn("secret", response.text)

    def test_writers_that_met_on_a_row_are_tried_again(self):
        real, calls = stores.read_stores, []

        def fails_twice(env):
            calls.append(1)
            if len(calls) < 3:
                raise SerializationFailure
            return real(env)

        with patch.object(stores, "read_stores", fails_twice):
            self.assertAnswered(self.get("/stores"), 200)
        self.assertEqual(len(calls), 3)

    def test_after_enough_tries_the_phone_is_asked_to_try_itself(self):
        with (
            patch.object(dispatcher, "WAIT_SECONDS", (0, 0)),
            patch.object(stores, "read_stores", side_effect=SerializationFailure) as calls,
        ):
            self.assertAnswered(self.get("/stores"), 503, "busy")
        self.assertEqual(calls.call_count, dispatcher.TRIES)

    def test_a_deferred_calls_outside_between_two_transactions(self):
        steps = []

        def call():
            steps.append("call")
            return [{"id": self.store.id}]

        def record(env, outcome):
            steps.append(("record", outcome))
            return {"stores": []}

        with patch.object(stores, "read_stores", lambda env: Deferred(call, record)):
            self.assertEqual(self.get("/stores").json(), {"stores": []})
        self.assertEqual(steps, ["call", ("record", [{"id": self.store.id}])])

    def test_calls_without_a_token_are_bounded(self):
        with patch.object(rate, "LIMIT", 2), patch.object(rate, "_calls", type(rate._calls)()):
            self.assertAnswered(self.get("/stores"), 200)
            self.assertAnswered(self.get("/stores"), 200)
            self.assertAnswered(self.get("/stores"), 429, "too_many_requests")

    def test_the_bound_is_a_minutes_and_forgets_old_addresses(self):
        with (
            patch.object(rate, "LIMIT", 1),
            patch.object(rate, "ADDRESSES", 2),
            patch.object(rate, "_calls", type(rate._calls)()),
        ):
            self.assertFalse(rate.is_too_many("a", now=60))
            self.assertTrue(rate.is_too_many("a", now=61))
            self.assertFalse(rate.is_too_many("a", now=120), "a new minute")
            self.assertFalse(rate.is_too_many("b", now=120))
            self.assertFalse(rate.is_too_many("c", now=120))
            self.assertFalse(rate.is_too_many("a", now=121), "forgotten")
