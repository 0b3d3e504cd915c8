from datetime import timedelta
from uuid import uuid4

from odoo import fields
from odoo.addons.dining_payment.services import topups
from odoo.tests import tagged

from .common import DiningPayCase


@tagged("post_install", "-at_install")
class TestTopup(DiningPayCase):
    """Topping up by WeChat: credited exactly once, at the terms the member saw."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.wallet = cls._open_wallet(cls.alice, 0)
        cls.offer = cls._offer("充 500 送 50", 500, 50)

    @classmethod
    def _offer(cls, name, price, bonus, **more):
        values = {"name": name, "price": price, "bonus": bonus, "company_id": cls.company.id, **more}
        return cls.env["dining.topup.offer"].create(values)

    def begin_topup(self, offer=None, user=None, key=None):
        return self.answer(topups.begin, (offer or self.offer).id, (user or self.alice).id, key or str(uuid4()))

    def topup(self, view):
        return self.tx(view).dining_topup_id

    def top_up(self, offer=None):
        view = self.begin_topup(offer)
        self.pay_at_wechat(view)
        self.wait_for(lambda: self.tx(view).state == "done")
        return view

    def balances(self):
        self.wallet.invalidate_recordset()
        return self.wallet.principal_fen, self.wallet.bonus_fen

    def test_chosen_paid_and_credited(self):
        view = self.begin_topup()
        self.assertEqual((view["principal_fen"], view["bonus_fen"], view["state"]), (50_000, 5_000, "pending"))
        self.assertTrue(view["request"])
        self.assertEqual(self.balances(), (0, 0))
        self.pay_at_wechat(view)
        self.wait_for(lambda: self.tx(view).state == "done")
        self.assertEqual(self.balances(), (50_000, 5_000))
        shown = self.answer(topups.show, view["id"], self.alice.id)
        self.assertEqual((shown["state"], shown["request"]), ("credited", None))
        topup = self.topup(view)
        self.assertEqual((topup.entry_id.kind, topup.entry_id.source), ("topup", view["id"]))
        self.assertIsNone(self.wallet._verify())

    def test_notices_and_questions_again_credit_nothing_more(self):
        tx = self.tx(self.top_up())
        before = self.money()
        self.follow(tx)
        tx._post_process()
        tx.dining_topup_id._credit(tx)
        self.assertEqual(self.money(), before)
        self.assertEqual(self.balances(), (50_000, 5_000))

    def test_the_terms_are_those_of_the_intent(self):
        view = self.begin_topup()
        self.offer.write({"bonus": 5, "ends_at": fields.Datetime.now() - timedelta(days=1), "active": False})
        self.pay_at_wechat(view)
        self.wait_for(lambda: self.tx(view).state == "done")
        self.assertEqual(self.balances(), (50_000, 5_000))

    def test_a_key_sent_again(self):
        first, again = (self.begin_topup(key="a-key") for _n in range(2))
        self.assertEqual(first["id"], again["id"])
        self.assertEqual(self.env["dining.topup"].search_count([("member_id", "=", self.wallet.member_id.id)]), 1)
        self.refused("idempotency_key_reused", self.begin_topup, self._offer("充 100", 100, 0), key="a-key")

    def test_one_at_a_time_and_given_up(self):
        view = self.begin_topup()
        self.refused("topup_in_progress", self.begin_topup)
        self.assertEqual(self.answer(topups.cancel, view["id"], self.alice.id)["state"], "cancelled")
        self.begin_topup()

    def test_offers_that_cannot_be_taken(self):
        now = fields.Datetime.now()
        self.refused("topup_offer_ended", self.begin_topup, self._offer("旧", 10, 1, ends_at=now))
        later = self._offer("新", 10, 1, starts_at=now + timedelta(hours=1))
        self.refused("topup_offer_ended", self.begin_topup, later)
        self.refused("topup_offer_unknown", self.begin_topup, self._offer("收银台", 10, 1, by_phone=False))
        elsewhere = self._offer("别家", 10, 1)
        elsewhere.company_id = self.env["res.company"].create({"name": "别家"})
        self.refused("topup_offer_unknown", self.begin_topup, elsewhere)
        self.refused("member_unknown", self.begin_topup, user=self.bob)

    def test_quotas(self):
        once = self._offer("首充", 100, 50, first_only=True)
        two = self._offer("限两次", 10, 1, member_quota=2)
        last = self._offer("限一份", 10, 1, quota=1)
        self.top_up(once)
        self.refused("topup_first_only", self.begin_topup, once)
        self.top_up(two)
        self.top_up(two)
        self.refused("topup_member_quota", self.begin_topup, two)
        self.top_up(last)
        self.refused("topup_offer_sold_out", self.begin_topup, last)

    def test_more_than_a_wallet_holds(self):
        self.company.dining_wallet_max = 600
        self.top_up()
        refusal = self.refused("wallet_full", self.begin_topup)
        self.assertEqual(refusal.data, {"max_fen": 60_000})

    def test_what_does_not_fit_any_more_is_returned(self):
        view = self.begin_topup()
        self.company.dining_wallet_max = 100
        self.pay_at_wechat(view)
        self.wait_for(lambda: self.tx(view).state == "done")
        topup, tx = self.topup(view), self.tx(view)
        self.assertEqual((topup.state, self.balances()), ("returned", (0, 0)))
        self.assertEqual(tx.child_transaction_ids.mapped("amount"), [-500.0])
        self.assertTrue(tx.wechatpay_problem)

    def test_credited_money_leaves_by_the_wallet_only(self):
        tx = self.tx(self.top_up())
        self.refused("topup_credited", tx._refund)
        self.refused("topup_credited", tx.action_dining_return)
        self.assertFalse(tx.dining_returnable)

    def test_who_asks(self):
        view = self.begin_topup()
        self._open_wallet(self.bob, 0)
        self.refused("payment_unknown", self.answer, topups.show, view["id"], self.bob.id)
        self.refused("payment_unknown", self.answer, topups.cancel, view["id"], self.bob.id)

    def test_what_a_phone_is_shown(self):
        self._offer("首充", 100, 50, first_only=True)
        self.top_up()
        shown = self.answer(topups.offers, self.alice.id)["offers"]
        self.assertEqual(
            [(offer["price_fen"], bool(offer["refusal"])) for offer in shown], [(10_000, True), (50_000, False)]
        )
