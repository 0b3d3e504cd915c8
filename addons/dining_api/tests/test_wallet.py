from uuid import uuid4

from odoo.addons.dining_member.services.membership import CONSENT_VERSION
from odoo.addons.dining_payment.tests.common import DiningPayCase
from odoo.addons.dining_rules.statement import problem_of
from odoo.addons.dining_wallet.signing import verify
from odoo.tests import tagged

from .common import ApiCase


@tagged("post_install", "-at_install")
class TestWallet(DiningPayCase, ApiCase):
    """Members and stored value over HTTP."""

    def pay_by_phone(self, order, user=None, body=None, **kwargs):
        return self.post(f"/orders/{order.uuid}/wallet-payments", body, user or self.alice, **kwargs)

    def test_join_and_look(self):
        self.assertFalse(self.get("/member", self.alice).json()["is_member"])
        self.assertRefusedOverHttp(409, "member_unknown", self.get, "/wallet", self.alice)
        joined = self.post("/member", {"consent_version": CONSENT_VERSION}, self.alice).json()
        self.assertTrue(joined["is_member"])
        self.assertEqual(self.get("/member", self.alice).json(), joined)
        wallet = self.get("/wallet", self.alice).json()
        self.assertEqual((wallet["balance_fen"], wallet["entries"]), (0, []))

    def test_an_outdated_agreement(self):
        self.assertRefusedOverHttp(
            409, "consent_outdated", self.post, "/member", {"consent_version": "2020-01"}, self.alice
        )
        self.assertRefusedOverHttp(400, "bad_request", self.post, "/member", {}, self.alice)

    def test_a_pin_is_set_and_asked_for(self):
        self._open_wallet(self.alice)
        secret = self.wechat.control("credentials")[1]["app_secret"]
        self.app.write({"secret": secret, "gateway_url": self.wechat.address})
        self.company.dining_wallet_confirm_above = 50
        for pin in ("12345", "1234567", "12345a", "１２３４５６", 927461):
            self.assertRefusedOverHttp(400, "bad_request", self.set_pin, pin, "x")
        self.assertRefusedOverHttp(400, "wallet_pin_weak", self.set_pin, "123456", "x")
        self.assertRefusedOverHttp(409, "wallet_wechat_code", self.set_pin, "927461", "never-given")
        code = self.control("login-code", {"user": "diner-a"})["code"]
        self.assertAnswered(self.set_pin("927461", code), 200)
        wallet = self.get("/wallet", self.alice).json()
        self.assertEqual((wallet["has_pin"], wallet["confirm_above_fen"]), (True, 5_000))
        order, key = self.order(self.chicken), str(uuid4())
        quote = self.post(f"/orders/{order.uuid}/wallet-quote", {}, self.alice).json()
        self.assertEqual(quote["confirmation"], "pin")
        self.assertRefusedOverHttp(409, "wallet_confirm_pin", self.pay_by_phone, order)
        for left in (4, 3):
            wrong = self.assertRefusedOverHttp(
                409, "wallet_pin_wrong", self.pay_by_phone, order, body={"pin": "135790"}, key=key
            )
            self.assertEqual(wrong["data"], {"left": left})
        first = self.pay_by_phone(order, body={"pin": "927461"}, key=key).json()
        self.assertEqual((first["amount_fen"], first["due_fen"]), (8_800, 0))
        self.assertEqual(self.pay_by_phone(order, key=key).json(), first)

    def set_pin(self, pin, code):
        return self.post("/wallet/pin", {"pin": pin, "code": code}, self.alice)

    def test_pay_once_whatever_is_sent_again(self):
        self._open_wallet(self.alice)
        order, key = self.order(self.chicken), str(uuid4())
        first, again = (self.pay_by_phone(order, key=key).json() for _n in range(2))
        self.assertEqual(first, again)
        self.assertEqual((first["amount_fen"], first["principal_fen"], first["due_fen"]), (8_800, 8_000, 0))
        shown = self.get(f"/orders/{order.uuid}", self.alice).json()
        self.assertEqual((shown["state"], shown["due_fen"]), ("paid", 0))
        self.assertEqual([charge["kind"] for charge in shown["charges"]], ["bonus"])
        wallet = self.get("/wallet", self.alice).json()
        self.assertEqual([entry["kind"] for entry in wallet["entries"]], ["spend", "topup"])
        self.assertEqual(wallet["balance_fen"], 46_200)

    def test_a_statement_that_anybody_can_check(self):
        self.post("/member", {"consent_version": CONSENT_VERSION}, self.alice)
        self.assertRefusedOverHttp(404, "wallet_unknown", self.get, "/wallet/statement", self.alice)
        self._open_wallet(self.alice)
        self.pay_by_phone(self.order(self.chicken))
        document = self.get("/wallet/statement", self.alice).json()
        self.assertIsNone(problem_of(document, verify))
        self.assertEqual([entry["kind"] for entry in document["statement"]["entries"]], ["topup", "spend"])
        page = self.get("/wallet/statement.pdf", self.alice)
        self.assertEqual((page.status_code, page.content[:4]), (200, b"%PDF"))
        again = self.get("/wallet/statement", self.alice).json()
        self.assertEqual(again["signature"]["public_key"], document["signature"]["public_key"])
        document["statement"]["entries"][0]["principal_fen"] += 1
        self.assertEqual(problem_of(document, verify), "signature")

    def test_entries_and_the_statement_say_what_they_were_for(self):
        self._open_wallet(self.alice)
        order = self.order(self.chicken)
        self.pay_by_phone(order)
        [spend, topup] = self.get("/wallet", self.alice).json()["entries"]
        self.assertEqual(spend["about"]["order"], order.tracking_number)
        self.assertEqual(spend["about"]["table"], self.table.dining_name or "")
        self.assertEqual(spend["about"]["store"]["zh"], self.store.name)
        self.assertEqual((topup["about"]["offer"], topup["about"]["order"]), (None, ""))
        document = self.get("/wallet/statement", self.alice).json()
        self.assertIsNone(problem_of(document, verify))
        self.assertEqual(document["statement"]["about"]["2"], spend["about"])
        document["statement"]["about"]["2"]["order"] = "0000"
        self.assertEqual(problem_of(document, verify), "signature")

    def test_a_month_of_the_statement(self):
        self.post("/member", {"consent_version": CONSENT_VERSION}, self.alice)
        self.assertRefusedOverHttp(404, "wallet_unknown", self.get, "/wallet/statement-view", self.alice)
        self._open_wallet(self.alice)
        self.pay_by_phone(self.order(self.chicken))
        told = self.get("/wallet/statement-view", self.alice).json()
        self.assertEqual((told["month"], told["opening_fen"], told["closing_fen"]), ("", 0, 46_200))
        self.assertEqual((told["in_fen"], told["out_fen"], told["left_out"]), (55_000, -8_800, 0))
        self.assertEqual([entry["amount_fen"] for entry in told["entries"]], [55_000, -8_800])
        self.assertEqual(told["entries"][-1]["digest"], told["digest"])
        [month] = told["months"]
        self.assertEqual(self.get(f"/wallet/statement-view?month={month}", self.alice).json()["closing_fen"], 46_200)
        before, after = (
            self.get(f"/wallet/statement-view?month={other}", self.alice).json() for other in ("2020-01", "2099-12")
        )
        self.assertEqual((before["opening_fen"], before["closing_fen"], before["entries"]), (0, 0, []))
        self.assertEqual((after["opening_fen"], after["closing_fen"], after["entries"]), (46_200, 46_200, []))
        self.assertEqual(self.get(f"/wallet/statement.pdf?month={month}", self.alice).content[:4], b"%PDF")
        for wrong in ("2026-13", "2026", "x"):
            for path in ("statement-view", "statement.pdf"):
                self.assertRefusedOverHttp(
                    400, "statement_month", self.get, f"/wallet/{path}?month={wrong}", self.alice
                )

    def test_top_up_by_phone(self):
        wallet = self._open_wallet(self.alice, 0)
        offer = self.env["dining.topup.offer"].create(
            {"name": "Pay 500, get 50", "price": 500, "bonus": 50, "company_id": self.company.id}
        )
        [shown] = self.get("/topup-offers", self.alice).json()["offers"]
        self.assertEqual((shown["id"], shown["price_fen"], shown["refusal"]), (offer.id, 50_000, None))
        key = str(uuid4())
        first, again = (self.post("/topups", {"offer_id": offer.id}, self.alice, key=key).json() for _n in range(2))
        self.assertEqual(first["id"], again["id"])
        self.control("request-payment", {"appId": self.app.appid, "user": "diner-a", **first["request"]})
        self.pay_at_wechat(first)
        self.wait_for(lambda: self.tx(first).state == "done")
        told = self.get(f"/topups/{first['id']}", self.alice).json()
        self.assertEqual((told["state"], told["request"]), ("credited", None))
        self.assertEqual(self.get("/wallet", self.alice).json()["balance_fen"], 55_000)
        self.assertIsNone(wallet._verify())

    def test_top_ups_that_are_refused(self):
        self.assertRefusedOverHttp(409, "member_unknown", self.get, "/topup-offers", self.alice)
        self._open_wallet(self.alice, 0)
        self.assertRefusedOverHttp(404, "topup_offer_unknown", self.post, "/topups", {"offer_id": 999_999}, self.alice)
        for body in ({}, {"offer_id": "1"}, {"offer_id": 1, "amount_fen": 1}, {"offer_id": 0}):
            self.assertRefusedOverHttp(400, "bad_request", self.post, "/topups", body, self.alice)
        self.assertRefusedOverHttp(404, "payment_unknown", self.get, "/topups/ta0000", self.alice)

    def test_a_quote_takes_nothing(self):
        self._open_wallet(self.alice)
        order = self.order(self.chicken)
        path = f"/orders/{order.uuid}/wallet-quote"
        quote = self.post(path, {"people": 4, "amount_fen": 2_200}, self.alice).json()
        self.assertEqual((quote["share_fen"], quote["due_after_fen"], quote["refusal"]), (2_200, 6_600, None))
        self.assertEqual(self.post(path, {}, self.alice).json()["amount_fen"], 8_800)
        self.assertEqual(self.post(path, {}, self.bob).json()["refusal"]["code"], "member_unknown")
        for body in ({"people": 0}, {"people": 100}, {"amount_fen": 0}, {"amount_fen": 1.5}, {"price": 1}):
            self.assertRefusedOverHttp(400, "bad_request", self.post, path, body, self.alice)
        self.assertRefusedOverHttp(404, "order_unknown", self.post, f"/orders/{uuid4()}/wallet-quote", {}, self.alice)
        self.assertEqual(self.get("/wallet", self.alice).json()["balance_fen"], 55_000)

    def test_what_is_no_amount(self):
        self._open_wallet(self.alice)
        order = self.order(self.chicken)
        for amount in (0, -100, 1.5, "100", True):
            self.assertRefusedOverHttp(400, "bad_request", self.pay_by_phone, order, body={"amount_fen": amount})
        self.assertRefusedOverHttp(409, "payment_exceeds_due", self.pay_by_phone, order, body={"amount_fen": 8_801})

    def test_anothers_order_and_no_member(self):
        self._open_wallet(self.alice)
        order = self.order(self.chicken)
        self.assertRefusedOverHttp(409, "member_unknown", self.pay_by_phone, order, self.bob)
        self.assertRefusedOverHttp(401, "token_missing", self.post, f"/orders/{order.uuid}/wallet-payments")
        self.assertRefusedOverHttp(
            404, "order_unknown", self.post, f"/orders/{uuid4()}/wallet-payments", None, self.alice
        )
