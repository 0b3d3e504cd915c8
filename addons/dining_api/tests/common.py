from uuid import uuid4

from odoo.addons.dining_api.contract.endpoints import BASE
from odoo.addons.dining_order.tests.common import DiningCase
from odoo.tests import HttpCase


class ApiCase(DiningCase, HttpCase):
    """The API over HTTP, as phones use it: no cookies, a bearer token."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tokens = {user: cls.env["dining.api.token"]._issue(user)[0] for user in (cls.alice, cls.bob)}
        cls.env.flush_all()

    def call(self, method, path, body=None, *, user=None, token=None, key=None, headers=None):
        """One call; returns the response. `user` None sends no token."""
        self.env.flush_all()
        headers = {**(headers or {})}
        if user or token:
            headers["Authorization"] = f"Bearer {token or self.tokens[user]}"
        if key:
            headers["Idempotency-Key"] = key
        self.opener.cookies.clear()
        response = self.opener.request(
            method, self.base_url() + BASE + path, json=body, headers=headers, timeout=30, allow_redirects=False
        )
        self.env.invalidate_all()
        return response

    def get(self, path, user=None, **kwargs):
        return self.call("GET", path, user=user, **kwargs)

    def post(self, path, body=None, user=None, *, key=None, **kwargs):
        """A write by `user` under a new Idempotency-Key, or `key`."""
        return self.call("POST", path, {} if body is None else body, user=user, key=key or str(uuid4()), **kwargs)

    def join_by_phone(self, user=None, **more):
        """Scan the table's code; returns the answer and the session's path."""
        body = {"scene": self.table.dining_code, **more}
        answer = self.post(f"/stores/{self.store.id}/table-sessions", body, user or self.alice).json()
        return answer, f"/stores/{self.store.id}/table-sessions/{answer['token']}"

    def line(self, dish, quantity=1, **more):
        return self.wanted(dish, quantity, **more)

    def assertAnswered(self, response, status, code=None):
        self.assertEqual(response.status_code, status, response.text)
        self.assertNotIn("Traceback", response.text)
        if code:
            answer = response.json()
            self.assertEqual(answer["code"], code, response.text)
            self.assertEqual(set(answer["message"]), {"zh", "en"})
            self.assertTrue(all(answer["message"].values()))

    def assertRefusedOverHttp(self, status, code, call, *args, **kwargs):
        """The call is refused with words in both languages, and nothing has changed."""
        before = self.facts()
        response = call(*args, **kwargs)
        self.assertAnswered(response, status, code)
        self.assertEqual(self.facts(), before, f"{code}: a refusal changes nothing")
        return response.json()
