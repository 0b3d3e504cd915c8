from contextlib import contextmanager
from uuid import uuid4

from odoo import Command
from odoo.addons.dining_order.tests.common import DiningCase
from odoo.addons.dining_payment.services import payments, wallet_payments
from odoo.addons.dining_wallet.services.account import Account
from odoo.addons.dining_wallet.services.confirmation import NO_PROOF
from odoo.addons.payment_wechatpay.tests.common import SimulatorMixin
from odoo.tests import HttpCase, new_test_user

SERVER_FIELDS = (
    "uuid", "access_token", "session_id", "amount_total", "amount_tax", "amount_paid", "amount_return", "state",
    "table_id", "pricelist_id", "fiscal_position_id", "partner_id", "company_id", "to_invoice", "pos_reference",
    "sequence_number", "tracking_number", "user_id",
)  # fmt: skip


class DiningPayCase(SimulatorMixin, DiningCase, HttpCase):
    """The store of `DiningCase`, paid on the WeChat simulator by diner-a (Alice) and diner-b (Bob)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.app.appid = cls.provider.wechatpay_appid
        cls._open_store()
        cls.table_session = (
            cls.env["dining.table.session"].sudo()._join(cls.store.id, cls.table.dining_code, cls.alice, 2)
        )
        cls.table_session._seat(cls.bob)
        cls.cashier = new_test_user(
            cls.env, "dining-cashier", groups="base.group_user,point_of_sale.group_pos_user",
            company_id=cls.company.id, company_ids=[Command.set(cls.company.ids)],
        )  # fmt: skip

    @classmethod
    def _find_provider(cls):
        original = cls.env["payment.provider"].search([("code", "=", "wechatpay")], limit=1)
        return original.copy({"company_id": cls.company.id})

    @classmethod
    def _open_store(cls):
        """Put the WeChat method on the store, while its register is closed."""
        cls.pos_session.close_session_from_ui()
        cls.store._dining_accept_wechat(cls.provider)
        cls.store._dining_accept_wallet()
        cls.wechat_method = cls.store._dining_wechat_method()
        cls.wallet_method = cls.store._dining_wallet_method()
        cls.store.open_ui()
        cls.pos_session = cls.store.current_session_id
        cls.pos_session.set_opening_control(0, "")

    def setUp(self):
        super().setUp()
        for user, name in ((self.alice, "diner-a"), (self.bob, "diner-b")):
            user.openid = self.control("login-code", {"user": name})["openid"]

    # -- phones ---------------------------------------------------------------------
    def order(self, *dishes, user=None):
        """Place `dishes` as one round; returns the order."""
        for dish in dishes or (self.chicken,):
            self.add(self.table_session, dish, user=user)
        return self.env["pos.order"].browse(self.place(self.table_session, user).order_id)

    def answer(self, function, *args):
        """What the API would answer: a Deferred is run between two transactions."""
        self.env.flush_all()
        answer = function(self.env(su=True), *args)
        if not isinstance(answer, dict):
            self.env.flush_all()
            with self.allow_requests(all_requests=True):
                outcome = answer.call()
            self.env.invalidate_all()
            answer = answer.record(self.env(su=True), outcome)
        self.env.flush_all()
        self.env.invalidate_all()
        return answer

    def begin(self, order, user=None, key=None):
        return self.answer(payments.begin, order.uuid, (user or self.alice).id, key or str(uuid4()))

    def show(self, payment, user=None):
        return self.answer(payments.show, payment["id"], (user or self.alice).id)

    def cancel(self, payment, user=None):
        return self.answer(payments.cancel, payment["id"], (user or self.alice).id)

    def tx(self, payment):
        return self.env["payment.transaction"].search([("reference", "=", payment["id"])])

    def pay_at_wechat(self, payment, name="diner-a", **more):
        return self.control("pay", {"out_trade_no": payment["id"], "user": name, **more})

    def pay(self, order):
        """Alice pays what is due; returns the payment once it has settled."""
        payment = self.begin(order)
        self.pay_at_wechat(payment)
        self.wait_for(lambda: self.tx(payment).state == "done")
        return payment

    def follow(self, tx):
        self.env.flush_all()
        with self.allow_requests(all_requests=True):
            tx._wechatpay_now("follow")
        self.env.invalidate_all()

    # -- stored value -----------------------------------------------------------------
    @classmethod
    def _open_wallet(cls, user, principal_fen=50_000, bonus_fen=5_000):
        """The wallet of a new member who logs in as `user`, topped up."""
        partner = cls.env["res.partner"].create({"name": f"会员 {user.id}", "company_id": cls.company.id})
        member = cls.env["dining.member"].create({"partner_id": partner.id, "company_id": cls.company.id})
        user.dining_member_id = member
        wallet = cls.env["dining.wallet"]._of(member)
        if principal_fen:
            Account(cls.env, wallet.id, key="topup", source="test").top_up(principal_fen, bonus_fen, "充值")
        return wallet

    def quote(self, order, user=None, amount_fen=None, people=None):
        return self.answer(wallet_payments.quote, order.uuid, (user or self.alice).id, amount_fen, people)

    def pay_by_wallet(self, order, user=None, key=None, amount_fen=None, proof=NO_PROOF):
        key = key or str(uuid4())
        return self.answer(wallet_payments.pay, order.uuid, (user or self.alice).id, key, amount_fen, proof)

    # -- the register ------------------------------------------------------------------
    def as_register(self, order, **changed):
        """An order as the register sends it back."""
        [values] = order.with_user(self.cashier).read(SERVER_FIELDS, load="")
        values.pop("id")
        return {**values, "lines": [], "payment_ids": [], **changed}

    def paid_at_register(self, order, amount, method=None, **changed):
        """What the register sends when the cashier has taken `amount`."""
        payment = {"payment_method_id": (method or self.cash).id, "amount": amount, "uuid": str(uuid4())}
        return self.as_register(order, state="paid", payment_ids=[Command.create(payment)], **changed)

    def sync(self, *orders):
        self.env["pos.order"].with_user(self.cashier).sync_from_ui(list(orders))
        self.env.flush_all()
        self.env.invalidate_all()

    def money(self):
        """What a refusal must leave as it was, besides `facts()`."""
        self.env.flush_all()
        self.env.cr.execute(
            """SELECT (SELECT array_agg((id, state, amount, dining_payment_id) ORDER BY id)::text
                         FROM payment_transaction),
                      (SELECT array_agg((id, amount, payment_method_id) ORDER BY id)::text FROM pos_payment),
                      (SELECT array_agg((id, amount_paid) ORDER BY id)::text FROM pos_order),
                      (SELECT array_agg((id, sequence, principal_fen, bonus_fen, held_fen) ORDER BY id)::text
                         FROM dining_wallet)"""
        )
        return self.env.cr.fetchone()

    def refused(self, code, function, *args, **kwargs):
        """`assertRefused`, also of money; what a refusal leaves to be done after the rollback is done."""
        before = self.money()
        refusal = self.assertRefused(code, function, *args, **kwargs)
        self.assertEqual(self.money(), before)
        return refusal

    @contextmanager
    def rolled_back(self):
        """Run what was left to be done once the request is rolled back, as its end would."""
        self.env.cr.postrollback.clear()
        yield
        self.env.flush_all()
        with self.allow_requests(all_requests=True):
            self.env.cr.postrollback.run()
        self.env.invalidate_all()

    @contextmanager
    def committed(self):
        """Run what was left to be done once the request is committed, as its end would."""
        self.env.cr.postcommit.clear()
        yield
        self.env.flush_all()
        with self.allow_requests(all_requests=True):
            self.env.cr.postcommit.run()
        self.env.invalidate_all()
