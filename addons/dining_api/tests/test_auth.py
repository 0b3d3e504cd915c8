from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import ApiCase


@tagged("post_install", "-at_install")
class TestAuth(ApiCase):
    def test_a_token_opens_what_is_ones_own(self):
        self.assertAnswered(self.get("/orders", self.alice), 200)

    def test_no_token_a_wrong_one_an_expired_one_a_revoked_one(self):
        self.assertAnswered(self.get("/orders"), 401, "token_missing")
        self.assertAnswered(self.get("/orders", headers={"Authorization": "Basic eDp5"}), 401, "token_missing")
        self.assertAnswered(self.get("/orders", token="wrong"), 401, "token_invalid")
        token = self.env["dining.api.token"].search([("user_id", "=", self.alice.id)])
        token.expires_at = fields.Datetime.now() - timedelta(seconds=1)
        self.assertAnswered(self.get("/orders", self.alice), 401, "token_invalid")
        token.write({"expires_at": fields.Datetime.now() + timedelta(days=1), "revoked_at": fields.Datetime.now()})
        self.assertAnswered(self.get("/orders", self.alice), 401, "token_invalid")

    def test_logging_out_makes_the_token_useless(self):
        self.assertAnswered(self.post("/auth/logout", user=self.alice), 200)
        self.assertAnswered(self.get("/orders", self.alice), 401, "token_invalid")
        self.assertAnswered(self.get("/orders", self.bob), 200)

    def test_tokens_are_kept_as_hashes(self):
        self.env.cr.execute("SELECT string_agg(t::text, ' ') FROM dining_api_token t")
        self.assertNotIn(self.tokens[self.alice], self.env.cr.fetchone()[0])

    def test_an_account_that_is_not_ours_cannot_log_in(self):
        answer = self.post("/auth/login", {"appid": "wx-somebody-else", "code": "x"})
        self.assertAnswered(answer, 401, "token_invalid")

    def test_wechat_does_not_answer(self):
        self.app.write({"secret": "s" * 32, "gateway_url": "http://127.0.0.1:9"})
        answer = self.post("/auth/login", {"appid": self.app.appid, "code": "x"})
        self.assertAnswered(answer, 503, "wechat_unreachable")

    def test_expired_tokens_are_deleted_in_time(self):
        tokens = self.env["dining.api.token"]
        tokens.search([("user_id", "=", self.alice.id)]).expires_at = fields.Datetime.now() - timedelta(days=1)
        tokens._delete_expired()
        self.assertEqual(tokens.search([]).user_id & (self.alice + self.bob), self.bob)
