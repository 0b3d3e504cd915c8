"""Anything that can happen to the money of a table, in any order and number, with crashes in between.

Orders, stored value, WeChat and its notices, cash, refunds, returns, reversals and closings, on real Odoo and the
WeChat simulator. `./manage test --seeds 500` looks at so many other lives.
"""

import os
from contextlib import contextmanager, suppress
from datetime import timedelta

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from odoo.addons.dining_base.errors import Refused
from odoo.addons.dining_payment.services import topups
from odoo.addons.dining_rules.money import fen
from odoo.addons.dining_rules.refusals import Refusal
from odoo.addons.dining_wallet.services import holds
from odoo.addons.dining_wallet.services.account import Account
from odoo.addons.dining_wallet.tests.crashes import Crash, dying
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import BooksCase

#: How many lives; where somebody says, other ones each time.
SEEDS = os.environ.get("DINING_SEEDS")
AMOUNTS = st.one_of(st.integers(1, 12_000), st.sampled_from([1, 333, 5_500]))
#: A statement of a step at which the process dies; mostly it does not.
CRASHES = st.sampled_from([None] * 5 + [2, 5, 9, 17, 30])
TELL_OF_A_DEATH = (
    "odoo.http",
    "odoo.sql_db",
    "odoo.addons.payment_wechatpay.controllers.main",
    "odoo.addons.payment_wechatpay.models.payment_transaction",
)


class Evening(RuleBasedStateMachine):
    """Alice's wallet, one table and its orders; nothing that WeChat knows reaches us but by a notice or a question."""

    case = None

    def __init__(self):
        super().__init__()
        case = self.case
        self.savepoint = case.env.cr.savepoint(flush=False)
        self.register, self.seated = case.pos_session, case.table_session
        case.control("reset", {})
        case.control("settings", {"signtest_every": 0, "settle": False})
        case.control("deposit", {"amount_fen": 10_000_000})
        case.fault("notice", "never_sent", times=None)
        self.orders = case.env["pos.order"]
        self.intents = []
        self.held = []
        self.number = 0

    def teardown(self):
        try:
            self.everything_is_told()
            self.books_agree()
        finally:
            self.savepoint.close(rollback=True)
            self.forget()
            self.case.pos_session, self.case.table_session = self.register, self.seated

    # -- transactions ------------------------------------------------------------------
    def step(self, crash, act):
        """Run `act(key)` as one transaction; where the process dies in it, it is sent again with the same key.

        :return: what it answered; None where it was refused, and no money has moved
        """
        self.number += 1
        key = f"key-{self.number}"
        with suppress(Crash):
            return self.transaction(crash, lambda: act(key))
        return self.transaction(None, lambda: act(key))

    def transaction(self, crash, act):
        cr, before = self.case.env.cr, self.case.money()
        try:
            with cr.savepoint(), self.dying(crash):
                answer = act()
                self.case.env.flush_all()
        except (Refused, Crash) as ended:
            self.forget()
            assert self.case.money() == before, f"{ended!r} moved money"
            if isinstance(ended, Crash):
                raise
            return None
        self.after_the_commit()
        return answer

    @contextmanager
    def dying(self, crash):
        """What is told of a death is wanted here."""
        with mute_logger(*TELL_OF_A_DEATH), dying(self.case.env.cr, crash):
            yield

    def after_the_commit(self):
        with self.case.allow_requests(all_requests=True):
            self.case.env.cr.postcommit.run()
        self.case.env.invalidate_all()

    def forget(self):
        """What a process that died, or a request that was rolled back, takes with it."""
        cr = self.case.env.cr
        for queue in (cr.precommit, cr.postcommit, cr.postrollback):
            queue.clear()
        self.case.env.invalidate_all()

    # -- at the table ------------------------------------------------------------------
    @property
    def open_order(self):
        return self.orders.filtered(lambda order: order.state == "draft")[-1:]

    @rule()
    def a_round(self):
        if self.case.table_session.state != "open":
            self.sit_down()
        with suppress(Refused, Refusal):
            self.orders |= self.case.order(self.case.banquet)

    def sit_down(self):
        case = self.case
        sessions = case.env["dining.table.session"].sudo()
        case.table_session = sessions._join(case.store.id, case.table.dining_code, case.alice, 2)

    @rule(amount=st.one_of(st.none(), AMOUNTS), crash=CRASHES)
    def by_wallet(self, amount, crash):
        if order := self.open_order:
            self.step(crash, lambda key: self.case.pay_by_wallet(order, key=key, amount_fen=amount))

    @rule(crash=CRASHES)
    def by_wechat(self, crash):
        if order := self.open_order:
            self.intend(self.step(crash, lambda key: self.case.begin(order, key=key)))

    @rule()
    def in_cash(self):
        for order in self.open_order:
            with suppress(Refused):
                self.case.sync(self.case.paid_at_register(order, order._dining_due_fen() / 100))

    @rule(crash=CRASHES)
    def top_up(self, crash):
        offer, alice = self.case.offer, self.case.alice
        self.intend(self.step(crash, lambda key: self.case.answer(topups.begin, offer.id, alice.id, key)))

    def intend(self, view):
        if view and view["id"] not in self.intents:
            self.intents.append(view["id"])

    # -- WeChat ------------------------------------------------------------------------
    def draw_intent(self, data):
        return data.draw(st.sampled_from(self.intents)) if self.intents else None

    @rule(data=st.data())
    def she_pays(self, data):
        if number := self.draw_intent(data):
            with suppress(AssertionError):  # paid or closed before
                self.case.control("pay", {"out_trade_no": number, "user": "diner-a"})

    @rule(data=st.data(), copies=st.integers(1, 3), crash=CRASHES)
    def notices(self, data, copies, crash):
        number = self.draw_intent(data)
        told = [n for n in self.case.control("notices")["notices"] if n.get("out_trade_no") == number]
        for notice in told:
            with self.dying(crash):
                self.case.control(f"notices/{notice['id']}/send", {"copies": copies})

    @rule(data=st.data())
    def we_ask(self, data):
        if number := self.draw_intent(data):
            self.case.follow(self.tx(number))

    @rule(data=st.data(), crash=CRASHES)
    def she_gives_up(self, data, crash):
        number = self.draw_intent(data)
        if number and not self.tx(number).dining_topup_id:
            self.step(crash, lambda _key: self.case.cancel({"id": number}))

    def tx(self, number):
        return self.case.env["payment.transaction"].search([("reference", "=", number)])

    # -- the manager and the wallet ------------------------------------------------------
    @rule(data=st.data(), amount=st.one_of(st.none(), AMOUNTS), crash=CRASHES)
    def refund(self, data, amount, crash):
        settled = self.orders.filtered(lambda order: order.state in ("paid", "done"))
        if settled:
            order = settled.browse(data.draw(st.sampled_from(settled.ids)))
            self.step(crash, lambda _key: order._dining_refund("菜品有问题", amount_fen=amount))

    @rule(crash=CRASHES)
    def return_payments(self, crash):
        if order := self.open_order:
            self.step(crash, lambda _key: order.action_dining_return_payments())

    @rule(data=st.data(), crash=CRASHES)
    def reverse_a_top_up(self, data, crash):
        entries = self.case.wallet.entry_ids.filtered(lambda entry: entry.kind == "topup")
        entry = data.draw(st.sampled_from(entries.ids))
        self.step(crash, lambda key: self.account(key).reverse(entry, "冲正"))

    @rule(amount=AMOUNTS, crash=CRASHES)
    def hold(self, amount, crash):
        held = self.step(crash, lambda key: holds.hold(self.account(key), amount, timedelta(minutes=5)))
        self.held += [held] if held else []

    @rule(data=st.data(), crash=CRASHES)
    def release(self, data, crash):
        if self.held:
            held = data.draw(st.sampled_from(self.held))
            self.step(crash, lambda key: holds.release(self.account(key), held))

    @rule()
    def holds_expire(self):
        self.case.env.flush_all()
        self.case.env.cr.execute("UPDATE dining_wallet_hold SET expires_at = now() - interval '1 minute'")
        self.case.env.invalidate_all()
        holds.expire(self.case.env)

    def account(self, key):
        return Account(self.case.env, self.case.wallet.id, key=key, source="MACHINE")

    # -- the books -------------------------------------------------------------------------
    @rule()
    def the_night_posts(self):
        self.case.post()

    @rule()
    def the_register_closes(self):
        if not self.open_order and self.orders.filtered(lambda order: order.state == "paid"):
            self.close()

    def close(self):
        self.case.close(cash=self.cash())
        self.case.store.open_ui()
        self.case.pos_session = self.case.store.current_session_id
        self.case.pos_session.set_opening_control(0, "")

    def cash(self):
        payments = self.case.pos_session.order_ids.payment_ids
        return sum(payments.filtered(lambda payment: payment.payment_method_id == self.case.cash).mapped("amount"))

    # -- what must always hold -------------------------------------------------------------
    @invariant()
    def a_settled_order_is_paid_exactly(self):
        for order in self.orders | self.orders.dining_refund_ids:
            told = sum(fen(payment.amount) for payment in order.payment_ids)
            if order.state == "draft":
                assert told <= fen(order.amount_total), (order.state, told)
            else:
                assert told == fen(order.amount_total), (order.state, told)

    @invariant()
    def the_ledger_holds(self):
        wallet = self.case.wallet
        wallet.invalidate_recordset()
        assert wallet._verify() is None, wallet._verify()
        assert 0 <= wallet.held_fen <= wallet.principal_fen + wallet.bonus_fen

    @invariant()
    def no_refund_beyond_what_was_paid(self):
        for order in self.orders:
            refunds = order.dining_refund_ids
            assert -sum(fen(refund.amount_total) for refund in refunds) <= fen(order.amount_total)

    @invariant()
    def each_wechat_payment_counts_once(self):
        for number in self.intents:
            tx = self.tx(number)
            if topup := tx.dining_topup_id:
                credited = self.case.wallet.entry_ids.filtered(lambda e, number=number: e.source == number)
                assert len(credited) == (1 if topup.entry_id else 0)
                assert not topup.entry_id or tx.state == "done"
            else:
                assert len(tx.dining_payment_id) <= 1
                assert not tx.dining_payment_id or tx.state in ("done", "cancel")

    # -- the end of an evening ---------------------------------------------------------------
    def everything_is_told(self):
        """Whatever was paid is known in the end, and an order that is open is paid."""
        for number in self.intents:
            self.case.follow(self.tx(number))
        for order in self.open_order:
            with suppress(Refused):
                self.case.cancel({"id": order._dining_open_payment().reference})
            if order.state == "draft":
                self.case.sync(self.case.paid_at_register(order, order._dining_due_fen() / 100))
        for number in self.intents:
            at_wechat = self.case.control(f"orders/{number}")["trade_state"]
            paid = at_wechat in ("SUCCESS", "REFUND")
            assert paid == (self.tx(number).state == "done"), (number, at_wechat, self.tx(number).state)

    def books_agree(self):
        self.close()
        self.case.post()
        record = self.case.env["dining.reconciliation"]._reconcile(self.case.company)
        wallet = self.case.wallet
        wallet.invalidate_recordset()
        assert record.state == "balanced", record.line_ids.mapped("display_name")
        assert (fen(record.in_registers), fen(record.found)) == (0, wallet.principal_fen)


@tagged("post_install", "-at_install")
class TestMachine(BooksCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        values = {"name": "充 200 送 10", "price": 200, "bonus": 10, "company_id": cls.company.id}
        cls.offer = cls.env["dining.topup.offer"].create(values)
        cls.env.company.dining_wallet_max = 100_000

    def test_any_evening(self):
        Evening.case = self
        run_state_machine_as_test(
            Evening,
            settings=settings(
                max_examples=int(SEEDS or 50),
                stateful_step_count=15,
                deadline=None,
                derandomize=not SEEDS,
                print_blob=True,
                database=None,
                suppress_health_check=list(HealthCheck),
                # Making a failure small takes far longer than finding it; its steps can be read as they are.
                phases=(Phase.generate,),
            ),
        )
