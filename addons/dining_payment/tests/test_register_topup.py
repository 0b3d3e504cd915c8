from datetime import timedelta
from unittest.mock import patch
from uuid import uuid4

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import DiningPayCase


@tagged("post_install", "-at_install")
class TestRegisterTopup(DiningPayCase):
    """Topping up in cash at the register: credited exactly once, and the cash is in the till."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.wallet = cls._open_wallet(cls.alice, 0)
        cls.member = cls.wallet.member_id
        cls.offer = cls._offer("充 500 送 50", 500, 50)
        cls.manager = new_test_user(
            cls.env, "dining-manager", groups="base.group_user,point_of_sale.group_pos_manager",
            company_id=cls.company.id, company_ids=[(6, 0, cls.company.ids)],
        )  # fmt: skip

    @classmethod
    def _offer(cls, name, price, bonus, **more):
        values = {"name": name, "price": price, "bonus": bonus, "company_id": cls.company.id, **more}
        return cls.env["dining.topup.offer"].create(values)

    def take(self, offer=None, who=None, key=None):
        offer_id = offer.id if offer is not None else self.offer.id
        answer = self.pos_session.with_user(self.cashier).action_dining_topup(
            self.member.code if who is None else who, offer_id, key or str(uuid4())
        )
        self.env.flush_all()
        self.env.invalidate_all()
        return answer

    def take_back(self, topup, user=None):
        topup.with_user(user or self.manager).action_dining_take_back()
        self.env.flush_all()
        self.env.invalidate_all()

    def topup(self, answer):
        return self.env["dining.topup"].browse(answer["id"])

    def balances(self):
        self.wallet.invalidate_recordset()
        return self.wallet.principal_fen, self.wallet.bonus_fen

    def money(self):
        """Also what is in the till."""
        self.env.flush_all()
        self.env.cr.execute("SELECT array_agg((id, amount) ORDER BY id)::text FROM account_bank_statement_line")
        return super().money(), self.env.cr.fetchone(), self.env["dining.topup"].search([]).mapped("state")

    def test_credited_and_in_the_till(self):
        answer = self.take()
        self.assertEqual(
            {name: answer[name] for name in ("principal_fen", "bonus_fen", "balance_fen", "member")},
            {
                "principal_fen": 50_000, "bonus_fen": 5_000, "balance_fen": 55_000,
                "member": self.member.display_name,
            },
        )  # fmt: skip
        self.assertEqual(self.balances(), (50_000, 5_000))
        topup = self.topup(answer)
        self.assertEqual(
            (topup.state, topup.create_uid, topup.pos_session_id), ("credited", self.cashier, self.pos_session)
        )
        self.assertEqual((topup.entry_id.kind, topup.entry_id.source), ("topup", answer["number"]))
        [line] = self.pos_session.statement_line_ids
        self.assertEqual((line.amount, line.partner_id), (500.0, self.member.partner_id))
        self.assertEqual(self.pos_session.cash_register_balance_end, 500.0)
        self.assertIsNone(self.wallet._verify())

    def test_a_key_sent_again(self):
        key = str(uuid4())
        first = self.take(key=key)
        before = self.money()
        self.offer.active = False
        self.assertEqual(self.take(key=key), first)
        self.assertEqual(self.money(), before)
        other = self._open_wallet(self.bob, 0).member_id
        self.refused("idempotency_key_reused", self.take, self._offer("充 100", 100, 0), key=key)
        self.refused("idempotency_key_reused", self.take, None, other.code, key)

    def test_what_the_register_shows(self):
        self._offer("手机", 10, 1, at_register=False)
        self._offer("首充", 100, 20, first_only=True)
        before = self.money()
        shown = self.pos_session.with_user(self.cashier).action_dining_topup_offers(self.member.code)
        self.assertEqual((shown["member"], shown["balance_fen"]), (self.member.display_name, 0))
        told = [(offer["price_fen"], bool(offer["refusal"])) for offer in shown["offers"]]
        self.assertEqual(told, [(10_000, False), (50_000, False)])
        self.assertEqual(self.money(), before)
        self.take()
        shown = self.pos_session.with_user(self.cashier).action_dining_topup_offers(self.member.partner_id.id)
        told = [(offer["price_fen"], bool(offer["refusal"])) for offer in shown["offers"]]
        self.assertEqual((shown["balance_fen"], told), (55_000, [(10_000, True), (50_000, False)]))

    def test_offers_that_cannot_be_taken(self):
        now = fields.Datetime.now()
        self.refused("topup_offer_ended", self.take, self._offer("旧", 10, 1, ends_at=now))
        self.refused("topup_offer_ended", self.take, self._offer("新", 10, 1, starts_at=now + timedelta(hours=1)))
        self.refused("topup_offer_unknown", self.take, self._offer("手机", 10, 1, at_register=False))
        self.refused("topup_offer_unknown", self.take, self._offer("停", 10, 1, active=False))
        elsewhere = self._offer("别家", 10, 1)
        elsewhere.company_id = self.env["res.company"].create({"name": "别家"})
        self.refused("topup_offer_unknown", self.take, elsewhere)
        self.refused("topup_offer_unknown", self.take, self.offer.browse())

    def test_quotas(self):
        once = self._offer("首充", 100, 50, first_only=True)
        two = self._offer("限两次", 10, 1, member_quota=2)
        last = self._offer("限一份", 10, 1, quota=1)
        first = self.take(once)
        self.refused("topup_first_only", self.take, once)
        self.take(two)
        self.take(two)
        self.refused("topup_member_quota", self.take, two)
        self.take(last)
        self.refused("topup_offer_sold_out", self.take, last)
        self.assertEqual(first["principal_fen"], 10_000)

    def test_refusals_change_nothing(self):
        self.company.dining_wallet_max = 400
        self.assertEqual(self.refused("wallet_full", self.take).data, {"max_fen": 40_000})
        self.company.dining_wallet_max = 5_000
        self.refused("member_not_found", self.take, None, "0000000000000000")
        self.refused("idempotency_key_missing", self.take, key="x")
        self.wallet.state = "closed"
        self.refused("wallet_closed", self.take)
        self.wallet.state = "open"
        self.member.active = False
        self.refused("wallet_closed", self.take)
        self.member.active = True
        self.pos_session.state = "opening_control"
        self.refused("store_closed", self.take)
        self.pos_session.state = "opened"
        self.pos_session.cash_journal_id = False
        self.refused("topup_no_cash", self.take)

    def test_a_manager_takes_it_back(self):
        topup = self.topup(self.take(self._offer("首充", 100, 20, first_only=True)))
        self.refused("topup_take_back_manager_only", self.take_back, topup, self.cashier)
        self.take_back(topup)
        self.assertEqual((topup.state, self.balances()), ("reversed", (0, 0)))
        self.assertEqual(self.pos_session.statement_line_ids.mapped("amount"), [-100.0, 100.0])
        self.assertEqual(self.pos_session.cash_register_balance_end, 0.0)
        self.assertEqual(self.wallet.entry_ids.mapped("kind"), ["reversal", "topup"])
        self.assertEqual(self.wallet.entry_ids[0].user_id, self.manager)
        before = self.money()
        self.take_back(topup)
        self.assertEqual(self.money(), before)
        self.assertIsNone(self.wallet._verify())
        # It is their first top-up again.
        self.take(topup.offer_id)

    def test_what_cannot_be_taken_back(self):
        topup = self.topup(self.take())
        order = self.order(self.chicken)
        self.pay_by_wallet(order, amount_fen=1_100)
        self.refused("wallet_spent", self.take_back, topup)
        order.action_dining_return_payments()
        self.env.flush_all()
        # The next day, in China.
        later = fields.Datetime.now() + timedelta(days=1)
        with patch.object(fields.Datetime, "now", lambda: later):
            self.refused("topup_not_today", self.take_back, topup)
        self.pos_session.state = "closing_control"
        self.refused("refund_no_session", self.take_back, topup)
        self.pos_session.state = "opened"
        by_phone = topup.copy({"pos_session_id": False, "client_key": False, "entry_id": False})
        self.refused("topup_not_in_cash", self.take_back, by_phone)

    def test_the_cash_of_a_top_up_stays(self):
        self.take()
        line = self.pos_session.statement_line_ids
        self.refused("topup_cash_stays", line.sudo().unlink)

    def test_who_may(self):
        waiter = new_test_user(self.env, "dining-nobody", groups="base.group_user", company_id=self.company.id)
        before = self.money()
        for method, args in (("topup", (self.member.code, self.offer.id, str(uuid4()))), ("topup_offers", ("1",))):
            with self.assertRaises(AccessError):
                getattr(self.pos_session.with_user(waiter), f"action_dining_{method}")(*args)
        self.assertEqual(self.money(), before)
