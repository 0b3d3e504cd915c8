from datetime import timedelta

from odoo import fields
from odoo.addons.dining_wallet.services import holds
from odoo.addons.dining_wallet.services.account import Account
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import DiningPayCase
from .refunding import RefundingMixin

NUMBER = "12345678901234567890"


@tagged("post_install", "-at_install")
class TestBalanceRefund(RefundingMixin, DiningPayCase):
    """What is left of a top-up is asked for, approved by somebody else, and goes back to where it came from."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.wallet = cls._open_wallet(cls.alice, 0)
        cls._set_up_refunding()

    def setUp(self):
        super().setUp()
        self.control("settings", {"refund_seconds": 0})

    def spend(self, amount_fen):
        self.env.flush_all()
        Account(self.env, self.wallet.id, key=f"spend-{amount_fen}", source="test").spend(amount_fen, "堂食")

    def balances(self):
        self.wallet.invalidate_recordset()
        return self.wallet.principal_fen, self.wallet.bonus_fen, self.wallet.held_fen

    def money(self):
        before = super().money()
        self.env.cr.execute(
            """SELECT (SELECT array_agg((id, state, way, entry_id) ORDER BY id)::text FROM dining_balance_refund),
                      (SELECT array_agg((id, state) ORDER BY id)::text FROM dining_wallet_hold),
                      (SELECT array_agg((id, amount) ORDER BY id)::text FROM account_bank_statement_line)"""
        )
        return (*before, *self.env.cr.fetchone())

    # -- the whole way -----------------------------------------------------------------
    def test_in_proportion_approved_and_returned_by_wechat(self):
        lot = self.top_up()
        self.spend(11_000)
        refund = self.ask(lot)
        self.assertEqual((refund.rule, refund.amount_fen), ("pro_rata", 40_000))
        self.assertEqual((refund.principal_fen, refund.bonus_fen, refund.state), (40_000, 4_000, "requested"))
        self.assertEqual(self.balances(), (40_000, 4_000, 44_000), "set aside, not yet gone")
        with self.committed():
            refund.with_user(self.manager).action_approve()
            self.assertEqual((refund.state, refund.entry_id.id), ("paying", False))
            self.assertEqual(refund.transaction_ids.mapped("amount"), [-400.0])
            self.assertEqual(self.refunded_at_wechat(), [], "WeChat is asked once the number is kept")
        self.wait_for(lambda: refund.state == "done" or self.follow(refund.transaction_ids))
        self.assertEqual(self.refunded_at_wechat(), [40_000])
        self.assertEqual(self.balances(), (0, 0, 0))
        self.assertEqual((refund.entry_id.kind, refund.entry_id.source), ("refund", refund.name))
        self.assertEqual((refund.requested_by_id, refund.decided_by_id), (self.cashier, self.manager))
        self.assertTrue(lot.is_closed)
        self.assertIsNone(self.wallet._verify())

    def test_whole_within_the_days_of_full_refund(self):
        refund = self.ask(self.top_up())
        self.assertEqual((refund.rule, refund.amount_fen, refund.bonus_fen), ("cooling_off", 50_000, 5_000))

    def test_caused_by_the_diner(self):
        lot = self.top_up()
        self.spend(11_000)
        refund = self.ask(lot, cause="多次恶意退单")
        self.assertEqual((refund.rule, refund.amount_fen), ("diners_fault", 39_000))
        self.assertEqual((refund.principal_fen, refund.bonus_fen), (40_000, 4_000))

    def test_the_days_are_those_of_the_asking(self):
        """Asked for on the seventh day and approved on the ninth, it goes back whole."""
        lot = self.top_up()
        refund = self.ask(lot)
        self.env.cr.execute("UPDATE dining_wallet_lot SET bought_at = bought_at - interval '9 days'")
        self.env.invalidate_all()
        self.press(refund, "action_approve")
        self.assertEqual(refund.transaction_ids.mapped("amount"), [-500.0])

    def test_nothing_is_spent_of_it_meanwhile(self):
        """A second top-up pays, though the first one is older; what comes back to the first one stays in it."""
        lot = self.top_up()
        self.spend(11_000)
        [spend] = self.wallet.entry_ids.filtered(lambda entry: entry.kind == "spend")
        refund = self.ask(lot)
        later = self.top_up()
        self.spend(5_500)
        self.assertEqual((lot.principal_left_fen, later.principal_left_fen), (40_000, 45_000))
        self.env.flush_all()
        Account(self.env, self.wallet.id, key="back", source="test").give_back(spend.id, 11_000, "退菜")
        self.press(refund, "action_approve")
        self.wait_for(lambda: refund.state == "done" or self.follow(refund.transaction_ids))
        self.assertEqual((lot.principal_left_fen, lot.bonus_left_fen, lot.is_closed), (10_000, 1_000, False))
        self.assertEqual(self.balances(), (55_000, 5_500, 0))
        self.assertEqual(self.ask(lot).amount_fen, 10_000)
        self.assertIsNone(self.wallet._verify())

    # -- crashes -------------------------------------------------------------------------
    def test_a_process_that_dies_after_the_approval(self):
        refund = self.ask(self.top_up())
        refund.with_user(self.manager).action_approve()
        self.env.cr.postcommit.clear()
        tx = refund.transaction_ids
        number = tx.reference
        tx.wechatpay_next_query = fields.Datetime.now() - timedelta(minutes=1)
        for _once_more in range(2):
            self.follow(tx)
        self.wait_for(lambda: refund.state == "done" or self.follow(tx))
        self.assertEqual(self.refunded_at_wechat(), [50_000])
        self.assertEqual((tx.reference, len(refund.transaction_ids)), (number, 1))
        self.assertEqual(self.balances(), (0, 0, 0))

    @mute_logger("odoo.addons.payment_wechatpay.models.payment_transaction")
    def test_a_process_that_dies_before_the_ledger(self):
        """WeChat's word is kept; the post-processing tries again, and once more does nothing more."""
        refund = self.ask(self.top_up())
        model = type(refund)
        paid = model._paid
        self.patch(model, "_paid", lambda _refund: 1 / 0)
        self.press(refund, "action_approve")
        tx = refund.transaction_ids
        self.wait_for(lambda: tx.state == "done" or self.follow(tx))
        self.assertEqual(
            (refund.state, tx.is_post_processed, self.balances()), ("paying", False, (50_000, 5_000, 55_000))
        )
        self.patch(model, "_paid", paid)
        for _again in range(2):
            tx._post_process()
            tx.is_post_processed = False
        self.assertEqual((refund.state, self.balances()), ("done", (0, 0, 0)))
        self.assertEqual(len(self.wallet.entry_ids), 2)

    # -- WeChat refuses ---------------------------------------------------------------------
    def failed(self):
        lot = self.top_up()
        refund = self.ask(lot)
        self.control("settings", {"refund_outcome": "CLOSED", "refund_seconds": 0})
        self.press(refund, "action_approve")
        self.wait_for(lambda: refund.state == "failed" or self.follow(refund.transaction_ids))
        self.assertTrue(refund.problem)
        self.assertEqual(self.balances(), (50_000, 5_000, 55_000))
        return refund

    def test_wechat_is_asked_again(self):
        refund = self.failed()
        self.control("settings", {"refund_outcome": "SUCCESS", "refund_seconds": 0})
        self.control("clock", {"advance_seconds": 61})  # WeChat wants a minute between two refunds of one payment
        self.press(refund, "action_try_again")
        self.wait_for(lambda: refund.state == "done" or self.follow(refund.transaction_ids[:1]))
        self.assertEqual(len(set(refund.transaction_ids.mapped("reference"))), 2)
        self.assertEqual(self.balances(), (0, 0, 0))

    def test_paid_by_the_bank_instead(self):
        refund = self.failed()
        self.press(refund, "action_pay_by_hand")
        self.assertEqual((refund.state, refund.way, self.balances()), ("done", "bank", (0, 0, 0)))

    def test_left_in_the_wallet(self):
        refund = self.failed()
        self.refused("approval_manager_only", refund.with_user(self.cashier).action_give_up)
        self.press(refund, "action_give_up")
        self.assertEqual((refund.state, self.balances()), ("withdrawn", (50_000, 5_000, 0)))

    # -- cash and bank ------------------------------------------------------------------------
    def by_hand(self):
        self.env.flush_all()
        account = Account(self.env, self.wallet.id, key="by-hand", source="cash")
        return self.env["dining.wallet.lot"].browse(account.top_up(50_000, 5_000, "现金充值").shares[0].lot_id)

    def test_cash_comes_from_the_open_register(self):
        lot = self.by_hand()
        self.refused("balance_refund_not_wechat", self.ask, lot)
        self.refused("balance_refund_note", self.ask, lot, way="cash")
        refund = self.ask(lot, way="cash", note="本人签收")
        self.press(refund, "action_approve")
        self.assertEqual((refund.state, refund.session_id, self.balances()), ("done", self.pos_session, (0, 0, 0)))
        self.assertEqual(self.pos_session.statement_line_ids.mapped("amount"), [-500.0])

    def test_cash_needs_an_open_register(self):
        refund = self.ask(self.by_hand(), way="cash", note="本人签收")
        self.pos_session.close_session_from_ui()
        self.refused("balance_refund_no_register", refund.with_user(self.manager).action_approve)

    def test_wechat_after_a_year(self):
        lot = self.top_up()
        self.refused("balance_refund_way", self.ask, lot, way="bank", note="工行 6222…")
        lot._dining_wechat_payment().wechatpay_paid_at = fields.Datetime.now() - timedelta(days=366)
        self.refused("refund_too_late", self.ask, lot)
        refund = self.ask(lot, way="bank", note="工行 6222…")
        self.press(refund, "action_approve")
        self.assertEqual((refund.state, self.balances()), ("done", (0, 0, 0)))
        self.assertEqual(self.refunded_at_wechat(), [])

    # -- refusals change nothing ---------------------------------------------------------------
    def test_refused_when_asked(self):
        lot = self.top_up()
        self.refused("refund_reason", self.ask, lot, reason=" ")
        for invoice in (None, "", "123", NUMBER + "1", "红字"):
            self.refused("balance_refund_invoice", self.ask, lot, red_invoice=invoice)
        self.spend(54_990)
        self.refused("balance_refund_nothing", self.ask, lot, cause="多次恶意退单")

    def test_twice(self):
        lot = self.top_up()
        refund = self.ask(lot, red_invoice=NUMBER)
        self.assertEqual(refund.red_invoice, NUMBER)
        self.refused("balance_refund_open", self.ask, lot)
        self.press(refund, "action_approve")
        self.refused("approval_decided", refund.with_user(self.manager).action_approve)
        self.wait_for(lambda: refund.state == "done" or self.follow(refund.transaction_ids))
        self.refused("approval_decided", refund.with_user(self.manager).action_approve)
        self.refused("balance_refund_not_wechat", self.ask, lot)
        self.refused("wallet_lot_unknown", self.ask, lot, way="bank", note="工行")

    def test_while_an_order_holds_the_balance(self):
        lot = self.top_up()
        self.env.flush_all()
        held = holds.hold(Account(self.env, self.wallet.id, key="order", source="order"), 1_000, timedelta(hours=1))
        refusal = self.refused("wallet_held", self.ask, lot)
        self.assertEqual(refusal.data, {"held_fen": 1_000})
        holds.release(Account(self.env, self.wallet.id, key="free", source="order"), held)
        self.assertEqual(self.ask(lot).state, "requested")

    def test_who_approves(self):
        refund = self.ask(self.top_up(), user=self.manager)
        self.refused("approval_manager_only", refund.with_user(self.cashier).action_approve)
        self.refused("approval_own", refund.with_user(self.manager).action_approve)
        self.assertFalse(refund.with_user(self.manager).may_approve)
        self.assertTrue(refund.with_user(self.other_manager).may_approve)
        self.press(refund, "action_approve", self.other_manager)
        self.wait_for(lambda: refund.state == "done" or self.follow(refund.transaction_ids))
        self.assertEqual(refund.decided_by_id, self.other_manager)

    def test_one_person_where_the_company_says_so(self):
        self.company.dining_refund_own_balance = True
        self.assertEqual(self.ask(self.top_up(), user=self.manager).state, "paying")
        lot = self.top_up()
        self.assertEqual(self.ask(lot).state, "requested", "a cashier has no limit")

    def test_a_cashier_within_the_limits(self):
        self.company.write(
            {"dining_refund_own_balance": True, "dining_refund_cashier_max": 500, "dining_refund_cashier_day_max": 800}
        )
        self.assertEqual(self.ask(self.top_up()).state, "paying")
        self.assertEqual(self.ask(self.top_up()).state, "requested", "the day's limit")
        self.company.dining_refund_cashier_max = 499.99
        self.company.dining_refund_cashier_day_max = 5_000
        self.assertEqual(self.ask(self.top_up()).state, "requested")

    def test_turned_down_and_withdrawn(self):
        lot = self.top_up()
        refund = self.ask(lot)
        self.refused("approval_manager_only", refund.with_user(self.cashier).action_turn_down)
        action = refund.with_user(self.manager).action_turn_down()
        form = Form(self.env["dining.turn.down"].with_user(self.manager).with_context(**action["context"]))
        form.words = "请先核对发票"
        form.save().action_turn_down()
        self.assertEqual((refund.state, refund.decision, self.balances()[2]), ("refused", "请先核对发票", 0))
        again = self.ask(lot)
        self.refused("approval_words", again.with_user(self.manager)._turn_down, " ")
        self.press(again, "action_withdraw", self.cashier)
        self.assertEqual((again.state, self.balances()), ("withdrawn", (50_000, 5_000, 0)))
        self.refused("approval_decided", again.with_user(self.manager).action_approve)

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_nobody_writes_one(self):
        refund = self.ask(self.top_up())
        before = self.money()
        for user in (self.cashier, self.manager):
            with self.assertRaises(AccessError):
                refund.with_user(user).write({"amount_fen": 1})
            with self.assertRaises(AccessError):
                refund.with_user(user).copy()
        self.assertEqual(self.money(), before)

    def test_the_form_shows_it_before_anybody_asks(self):
        lot = self.top_up()
        self.spend(11_000)
        action = lot.with_user(self.cashier).action_dining_refund()
        form = Form(self.env["dining.balance.refund.ask"].with_user(self.cashier).with_context(**action["context"]))
        self.assertEqual((form.paid, form.given, form.spent), (500, 50, 110))
        self.assertEqual((form.rule, form.counted, form.amount, form.bonus), ("pro_rata", 100, 400, 40))
        self.assertEqual((form.way, form.why_not_wechat), ("wechat", False))
        form.is_diners_fault = True
        self.assertEqual((form.rule, form.counted, form.amount), ("diners_fault", 110, 390))
        form.is_diners_fault = False
        form.reason = "搬家"
        form.invoice = "red"
        form.red_invoice = NUMBER
        refund = self.env["dining.balance.refund"].browse(form.save().action_ask()["res_id"])
        self.assertEqual((refund.amount_fen, refund.red_invoice, refund.state), (40_000, NUMBER, "requested"))
