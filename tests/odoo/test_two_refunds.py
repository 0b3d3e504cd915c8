"""Two who give the same money back at the same moment, in transactions of their own: it goes back once.

What is written here is committed, for two transactions must see it; the database is this suite's own.
"""

import threading
from random import SystemRandom
from unittest.mock import patch
from uuid import uuid4

from odoo import SUPERUSER_ID, api
from odoo.addons.dining_base.errors import Refused
from odoo.addons.dining_wallet.services.account import Account
from odoo.addons.payment_wechatpay.tests.common import credentials
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, get_db_name, new_test_user, tagged
from odoo.tools import mute_logger

PATIENCE_SECONDS = 60


@tagged("post_install", "-at_install")
class TestTwoRefunds(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = Registry(get_db_name())
        pause = SystemRandom().uniform
        cls.startClassPatcher(patch("odoo.service.model.random.uniform", lambda _low, _high: pause(0.05, 0.4)))
        with cls.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            company = env["res.company"].create({"name": "Two refunds", "currency_id": env.ref("base.CNY").id})
            env["account.chart.template"].try_loading("cn", company, install_demo=False)
            original = env["payment.provider"].search([("code", "=", "wechatpay")], limit=1)
            provider = original.copy({"company_id": company.id, **credentials()})
            managers = [
                new_test_user(
                    env, f"two-refunds-{name}", groups="base.group_user,point_of_sale.group_pos_manager",
                    company_id=company.id, company_ids=[(6, 0, company.ids)],
                ).id
                for name in ("asks", "approves", "approves-too")
            ]  # fmt: skip
            cls.company_id, cls.provider_id, cls.managers = company.id, provider.id, managers

    def setUp(self):
        super().setUp()
        self.lot_id = self.committed(self._top_up)

    # -- one after another --------------------------------------------------------------
    def committed(self, function):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"allowed_company_ids": [self.company_id]})
            answer = function(env)
            env.flush_all()
            return answer

    def _top_up(self, env):
        """A top-up of 500.00 and 50.00 that was paid by WeChat; returns the lot's id."""
        partner = env["res.partner"].create({"name": "会员", "company_id": self.company_id})
        member = env["dining.member"].create({"partner_id": partner.id, "company_id": self.company_id})
        wallet = env["dining.wallet"]._of(member)
        offer = env["dining.topup.offer"].create({"name": "充 500 送 50", "price": 500, "company_id": self.company_id})
        written = Account(env, wallet.id, key="topup", source="test").top_up(50_000, 5_000, "充值")
        topup = env["dining.topup"].create(
            {
                "member_id": member.id, "offer_id": offer.id, "offer_name": offer.name, "principal_fen": 50_000,
                "bonus_fen": 5_000, "state": "credited", "entry_id": written.id,
            }
        )  # fmt: skip
        tx = env["payment.transaction"]._wechatpay_intend(
            env["payment.provider"].browse(self.provider_id), 500.0, channel="jsapi", openid="openid",
            description="充值", dining_topup_id=topup.id,
        )  # fmt: skip
        tx.write({"state": "done", "provider_reference": f"42{uuid4().int % 10**26:026}", "is_post_processed": True})
        return written.shares[0].lot_id

    # -- at once --------------------------------------------------------------------------
    def at_once(self, *functions):
        """Run functions of an environment, each in a transaction that has begun before the other one writes.

        :return: for each what it returned, or the code of its refusal
        """
        begun = threading.Barrier(len(functions), timeout=PATIENCE_SECONDS)
        results = [None] * len(functions)
        threads = [
            threading.Thread(target=self._run, args=(function, begun, results, place))
            for place, function in enumerate(functions)
        ]
        with mute_logger("odoo.sql_db"):
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(PATIENCE_SECONDS)
        for result in results:
            if isinstance(result, Exception):
                raise result
        return results

    def _run(self, function, begun, results, place):
        first = [True]
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"allowed_company_ids": [self.company_id]})

            def attempt():
                cr.execute("SELECT 1 FROM dining_wallet LIMIT 1")
                if first.pop() if first else False:
                    begun.wait()
                answer = function(env)
                cr.postcommit.clear()  # WeChat is not asked here
                return answer

            try:
                results[place] = retrying(attempt, env)
            except Refused as refusal:
                results[place] = refusal.code
            except Exception as error:
                results[place] = error

    def ask(self, user_id, **values):
        def ask(env):
            lot = env["dining.wallet.lot"].with_user(user_id).browse(self.lot_id)
            model = env["dining.balance.refund"].with_user(user_id)
            return model._ask(lot, "搬家", "wechat", red_invoice=False, **values).id

        return ask

    def press(self, refund_id, user_id, button):
        def press(env):
            getattr(env["dining.balance.refund"].with_user(user_id).browse(refund_id), button)()
            return True

        return press

    def facts(self):
        """Requests, holds, refunds at WeChat and entries of the lot, and what is held of its wallet."""

        def read(env):
            lot = env["dining.wallet.lot"].browse(self.lot_id)
            refunds = lot.dining_refund_ids
            wallet = lot.wallet_id
            return (
                len(refunds),
                len(wallet.hold_ids),
                refunds.transaction_ids.mapped("amount"),
                wallet.entry_ids.mapped("kind"),
                wallet.held_fen,
                wallet._verify(),
            )

        return self.committed(read)

    # -- what must hold ---------------------------------------------------------------------
    def test_two_ask_at_once(self):
        asks, other = self.managers[:2]
        results = self.at_once(self.ask(asks), self.ask(other))
        self.assertEqual(sorted(map(str, results))[1:], ["balance_refund_open"])
        self.assertEqual(self.facts(), (1, 1, [], ["topup"], 55_000, None))

    def test_two_approve_at_once(self):
        asks, *others = self.managers
        refund_id = self.committed(self.ask(asks))
        results = self.at_once(*(self.press(refund_id, other, "action_approve") for other in others))
        self.assertEqual(sorted(map(str, results)), ["True", "approval_decided"])
        self.assertEqual(self.facts(), (1, 1, [-500.0], ["topup"], 55_000, None))

    def test_one_approves_while_the_other_withdraws(self):
        asks, approves, _third = self.managers
        refund_id = self.committed(self.ask(asks))
        results = self.at_once(
            self.press(refund_id, approves, "action_approve"), self.press(refund_id, asks, "action_withdraw")
        )
        self.assertEqual(sorted(map(str, results)), ["True", "approval_decided"])
        _requests, _holds, returned, kinds, held_fen, wrong = self.facts()
        self.assertIn((returned, held_fen), [([-500.0], 55_000), ([], 0)])
        self.assertEqual((kinds, wrong), (["topup"], None))

    def test_a_meal_is_paid_while_it_is_asked_for(self):
        """Either the meal came first and less goes back, or nothing is left to pay it with."""

        def spend(env):
            wallet_id = env["dining.wallet.lot"].browse(self.lot_id).wallet_id.id
            return Account(env, wallet_id, key="meal", source="test").spend(11_000, "堂食").kind

        results = self.at_once(self.ask(self.managers[0]), spend)
        _requests, _holds, _returned, kinds, held_fen, wrong = self.facts()
        self.assertIsNone(wrong)
        if results[1] == "spend":
            self.assertEqual((sorted(kinds), held_fen), (["spend", "topup"], 44_000))
        else:
            self.assertEqual((results[1], kinds, held_fen), ("wallet_too_little", ["topup"], 55_000))

    def test_wechats_word_comes_twice_at_once(self):
        asks, approves, _third = self.managers
        refund_id = self.committed(self.ask(asks))
        self.at_once(self.press(refund_id, approves, "action_approve"))

        def word(env):
            tx = env["dining.balance.refund"].browse(refund_id).transaction_ids
            tx._wechatpay_lock()
            if tx.state == "pending":
                tx._set_done()
            tx._post_process()
            return True

        self.assertEqual(self.at_once(word, word), [True, True])
        self.assertEqual(self.facts(), (1, 1, [-500.0], ["refund", "topup"], 0, None))
