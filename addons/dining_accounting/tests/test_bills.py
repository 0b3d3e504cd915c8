"""R2 and R3: a day's payments, refunds and top-ups against WeChat's bills, through the simulator."""

from datetime import timedelta
from unittest.mock import patch

from odoo.addons.dining_rules.money import fen
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .bills_common import BillsCase


@tagged("post_install", "-at_install")
class TestBills(BillsCase):
    def topped_up(self, user=None):
        """Bob becomes a member and tops up 500 by WeChat."""
        self._open_wallet(self.bob, principal_fen=0)
        offer = self.env["dining.topup.offer"].create(
            {"name": "充500送50", "price": 500.0, "bonus": 50.0, "company_id": self.company.id}
        )
        topup = self.env["dining.topup"]._intend(offer, self.bob.dining_member_id, self.bob, self.new_key())
        tx = topup.transaction_ids
        tx._wechatpay_prepay_record(tx._wechatpay_prepay_call()())
        self.control("pay", {"out_trade_no": tx.reference, "user": "diner-b"})
        self.wait_for(lambda: topup.state == "credited")
        return tx

    def refunded(self, order, amount_fen):
        with self.committed():
            refund = order._dining_refund("菜凉了", amount_fen=amount_fen)
        tx = self.env["payment.transaction"].search([("operation", "=", "refund")], order="id desc", limit=1)
        self.control("clock", {"advance_seconds": 5})
        self.follow(tx)
        self.assertEqual(tx.state, "done")
        return refund, tx

    def test_payments_top_ups_and_refunds_agree(self):
        order, _tx = self.paid_banquet()
        self.topped_up()
        self.refunded(order, 1_000)
        self.next_morning()
        records = self.compare()
        self.assertEqual(self.told(records["trades"]), ("balanced", 60_000, 60_000, 0))
        self.assertEqual(self.told(records["funds"]), ("balanced", 60_000, 60_000, 0))
        self.assertFalse((records["trades"] | records["funds"]).line_ids)
        self.assertEqual(records["trades"].bill_ids.mapped("kind"), ["trade"])
        # Nothing is booked before the register is closed and the night has come: all of it is timing.
        self.assertEqual(fen(records["funds"].in_registers), 60_000)

    def test_booked_the_same_day(self):
        self.paid_banquet()
        self.close()
        for move in self.pos_session._get_related_account_moves():
            if move.date != self.day:  # the server's day need not be China's
                move.button_draft()
                move.date = self.day
                move.action_post()
        self.next_morning()
        record = self.compare()["funds"]
        self.assertEqual(self.told(record), ("balanced", 11_000, 11_000, 0))
        self.assertEqual(fen(record.in_registers), 0)

    def test_again_is_the_same(self):
        self.paid_banquet()
        self.next_morning()
        first, again = self.compare(), self.compare()
        self.assertEqual(first, again)
        self.assertEqual(self.env["wechatpay.bill"].search_count([("company_id", "=", self.company.id)]), 2)

    # -- what a bill gets wrong ----------------------------------------------------------
    def test_a_missing_line(self):
        _order, tx = self.paid_banquet()
        self.next_morning()
        self.fault("tradebill", "missing_line")
        record = self.compare()["trades"]
        self.assertEqual(self.told(record), ("differs", 11_000, 0, -11_000))
        self.assertEqual(
            self.lines(record),
            [
                ("missing_there", tx.reference, 11_000, 0),
                ("summary", "count 0 / 1", 0, 0),
                ("summary", "fee", 66, 0),
                ("summary", "paid", 11_000, 0),
            ],
        )
        self.assertTrue(all(record.line_ids.mapped("proposal")))
        self.assertEqual(record.line_ids.transaction_id, tx)
        self.assertIn(self.accountant, record.activity_ids.user_id)
        self.compare()
        self.assertEqual((record.state, self.lines(record)), ("balanced", []))
        self.assertEqual(len(self.lines(record, "solved")), 4)

    def test_a_doubled_line(self):
        _order, tx = self.paid_banquet()
        self.next_morning()
        self.fault("tradebill", "doubled_line")
        record = self.compare()["trades"]
        self.assertEqual(self.told(record), ("differs", 11_000, 22_000, 11_000))
        self.assertIn(("doubled", tx.reference, 11_000, 22_000), self.lines(record))
        self.assertIn(("summary", "paid", 11_000, 22_000), self.lines(record))

    def test_a_changed_amount(self):
        _order, tx = self.paid_banquet()
        self.next_morning()
        self.fault("tradebill", "changed_amount")
        self.fault("fundflowbill", "changed_amount")
        records = self.compare()
        for record, sum_name in ((records["trades"], "paid"), (records["funds"], "income")):
            self.assertEqual(self.told(record), ("differs", 11_000, 11_100, 100))
            self.assertEqual(
                self.lines(record), [("amount", tx.reference, 11_000, 11_100), ("summary", sum_name, 11_000, 11_100)]
            )

    def test_a_flow_that_is_missing_or_doubled(self):
        _order, tx = self.paid_banquet()
        self.next_morning()
        self.fault("fundflowbill", "missing_line")
        record = self.compare()["funds"]
        self.assertEqual(self.told(record), ("differs", 11_000, 0, -11_000))
        self.assertIn(("missing_there", tx.reference, 11_000, 0), self.lines(record))
        self.fault("fundflowbill", "doubled_line")
        self.compare()
        self.assertEqual(self.told(record), ("differs", 11_000, 22_000, 11_000))
        self.assertIn(("doubled", tx.reference, 11_000, 22_000), self.lines(record))

    def test_a_bad_checksum_is_refused_and_nothing_is_kept_as_reconciled(self):
        self.paid_banquet()
        self.next_morning()
        for call in ("tradebill", "fundflowbill"):
            self.fault(call, "bad_checksum")
        for record in self.compare().values():
            self.assertEqual(self.told(record), ("refused", 0, 0, 0))
            self.assertIn("SHA1", record.message)
            self.assertFalse(record.line_ids)
            self.assertFalse(record.bill_ids.attachment_id)
            self.assertIn(self.accountant, record.activity_ids.user_id)
        self.assertEqual({record.state for record in self.compare().values()}, {"balanced"})

    def test_a_bad_checksum_after_a_good_one_ends_the_peace(self):
        self.paid_banquet()
        self.next_morning()
        record = self.compare()["trades"]
        self.fault("tradebill", "bad_checksum")
        self.compare()
        self.assertEqual((record.state, bool(record.bill_ids.attachment_id)), ("refused", False))

    def test_not_ready_and_nothing_that_day(self):
        self.next_morning()
        self.fault("tradebill", "not_ready")
        records = self.compare()
        self.assertEqual([records[scope].state for scope in ("trades", "funds")], ["waiting", "balanced"])
        self.assertEqual(self.compare()["trades"].state, "balanced")

    # -- what differs here -----------------------------------------------------------------
    def test_paid_there_and_unknown_here(self):
        _order, tx = self.paid_banquet()
        number, tx.reference = tx.reference, "another1"
        self.next_morning()
        record = self.compare()["trades"]
        self.assertEqual(self.told(record), ("differs", 11_000, 11_000, 0))
        self.assertEqual(
            self.lines(record), [("missing_here", number, 0, 11_000), ("missing_there", "another1", 11_000, 0)]
        )

    def test_state_amount_and_day(self):
        _order, tx = self.paid_banquet()
        self.next_morning()
        for change, expected in (
            ({"state": "error"}, ("state", tx.reference, 0, 11_000)),
            ({"state": "done", "amount": 109.99}, ("amount", tx.reference, 10_999, 11_000)),
            (
                {"amount": 110.0, "wechatpay_paid_at": tx.wechatpay_paid_at - timedelta(days=1)},
                ("cross_day", tx.reference, 0, 11_000),
            ),
        ):
            tx.write(change)
            self.assertEqual(self.lines(self.compare()["trades"]), [expected])
        self.assertEqual(
            self.lines(self.compare(self.day - timedelta(days=1))["trades"]),
            [("cross_day", tx.reference, 11_000, 0)],
        )

    def test_money_on_no_order(self):
        _order, tx = self.paid_banquet()
        tx.dining_payment_id = False
        self.next_morning()
        record = self.compare()["funds"]
        self.assertEqual(self.told(record), ("differs", 0, 11_000, 11_000))
        self.assertEqual(self.lines(record), [("not_attached", tx.reference, 0, 11_000)])

    def test_an_entry_by_hand_on_the_clearing_account(self):
        self.paid_banquet()
        account = self.wechat_method.outstanding_account_id
        values = [
            (0, 0, {"account_id": account.id, "balance": -5.0}),
            (0, 0, {"account_id": self.books.fee_account_id.id, "balance": 5.0}),
        ]
        move = self.env["account.move"].create(
            {"journal_id": self.books.journal_id.id, "date": self.day, "line_ids": values}
        )
        move.action_post()
        self.next_morning()
        record = self.compare()["funds"]
        self.assertEqual(self.told(record), ("differs", 10_500, 11_000, 500))
        self.assertEqual(self.lines(record), [("by_hand", move.name, 0, -500)])

    def test_the_payout_is_booked_or_told(self):
        self.paid_banquet()
        self.next_morning(days=2)
        payday = self.day + timedelta(days=1)
        record = self.compare(payday)["funds"]
        [line] = self.lines(record)
        self.assertEqual((line[0], *line[2:]), ("payout", 0, 10_934))
        settlement = self.env["dining.settlement"].create({"company_id": self.company.id, "day": payday})
        settlement.write({"amount": 110.0, "fee": 0.66})
        settlement.action_book()
        self.assertEqual(self.told(self.compare(payday)["funds"]), ("balanced", 0, 0, 0))

    # -- who and when ------------------------------------------------------------------------
    def test_the_cron_takes_yesterday_and_what_was_left_open(self):
        self.paid_banquet()
        self.next_morning()
        self.fault("tradebill", "missing_line")
        record = self.compare()["trades"]
        self.assertEqual(record.state, "differs")
        self.next_morning(days=2)
        model = self.env["dining.reconciliation"]
        noon = self.env.cr.now().replace(hour=4) + timedelta(days=2)
        with patch("odoo.addons.dining_accounting.models.dining_reconciliation.fields.Datetime.now", lambda: noon):
            self.env.flush_all()
            model._reconcile_bills()
        self.env.invalidate_all()
        self.assertEqual(record.state, "balanced")

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_the_buttons(self):
        self.paid_banquet()
        self.next_morning()
        wizard = self.env["dining.reconciliation.day"]
        with self.assertRaises(AccessError):
            wizard.with_user(self.cashier).create({"day": self.day})
        own = wizard.with_user(self.accountant).with_company(self.company)
        early = own.create({"day": self.day + timedelta(days=400)})
        with self.assertRaises(UserError):
            early.action_reconcile()
        self.assertFalse(self.env["wechatpay.bill"].search([("company_id", "=", self.company.id)]))
        action = own.create({"day": self.day}).with_context(tz="Asia/Shanghai")
        today = self.day + timedelta(days=1)
        with patch("odoo.addons.dining_accounting.wizard.dining_reconciliation_day.day_of", lambda _at: today):
            self.env.flush_all()
            found = action.action_reconcile()
        self.env.invalidate_all()
        records = self.env["dining.reconciliation"].with_user(self.accountant).search(found["domain"])
        self.assertEqual(records.mapped("state"), ["balanced", "balanced"])
        self.assertTrue(records.bill_ids.attachment_id[0].raw)
        self.env.flush_all()
        records[0].action_compare_again()
        with self.assertRaises(AccessError):
            records[0].with_user(self.cashier).action_compare_again()


@tagged("post_install", "-at_install")
class TestBillsLarge(TestBills):
    """The same in the chart of business enterprises."""

    chart = "cn_large_bis"
