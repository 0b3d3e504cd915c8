from datetime import timedelta

from odoo import fields
from odoo.addons.dining_accounting.services.posting import day_of
from odoo.addons.dining_rules.money import fen
from odoo.addons.payment_wechatpay.tests.common import credentials
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import BooksCase


@tagged("post_install", "-at_install")
class TestPosting(BooksCase):
    """Top-ups, refunds of balances and reversals, booked once each."""

    def test_each_once(self):
        topup = self.wallet.entry_ids
        move = self.post()
        self.assertEqual((len(move), topup.dining_move_id), (1, move))
        self.assertEqual(topup.dining_booking_ids.liability_line_id.balance, -471.7)
        before = self.books_facts()[:3]
        self.assertFalse(self.post())
        self.assertEqual(self.books_facts()[:3], before)

    def test_only_until(self):
        self.assertFalse(self.post(fields.Datetime.now() - timedelta(days=1)))
        self.assertTrue(self.post())

    def test_a_reversal_goes_where_the_top_up_came_from(self):
        self.account("reverse").reverse(self.wallet.entry_ids.id, "充错")
        move = self.post()
        self.assertEqual(self.booked(move), {})
        self.assertEqual(len(move.line_ids), 6)
        self.assertEqual(len(self.wallet.entry_ids.dining_booking_ids), 2)

    def test_a_refund_that_is_not_the_principal_left(self):
        """Principal first: 110.00 spent of it; the courts count 100.00, so 10.00 of revenue goes back."""
        self.company.dining_wallet_policy = "principal_first"
        self.account("spend").spend(11_000, "堂食")
        self.pay_out(40_000)
        move = self.post()
        refund = move.line_ids.filtered(lambda line: line.name.startswith("退卡"))
        self.assertEqual(
            {line.account_id: fen(line.balance) for line in refund},
            {
                self.books.clearing_account_id: -40_000,
                self.books.liability_account_id: 39_000 - 2_207,
                self.books.deferred_vat_account_id: 2_207,
                self.books.revenue_account_id: 943,
                self.books.output_vat_account_id: 57,
            },
        )

    def pay_out(self, paid_fen):
        """Close the lot; what was paid is told by whoever records refunds, in its place here."""
        lot = self.wallet.lot_ids
        day = lot.bought_at.date()
        _written, due = self.account("refund").refund(lot.id, day, day + timedelta(days=30), "退卡")
        self.assertEqual(due.amount_fen, paid_fen)
        model = type(self.env["dining.wallet.entry"])
        paid = model._dining_paid_fen
        self.patch(model, "_dining_paid_fen", lambda entry: -paid_fen if entry.kind == "refund" else paid(entry))

    def test_a_top_up_in_cash(self):
        cash = self.cash.journal_id.default_account_id
        self.patch(type(self.env["dining.wallet.entry"]), "_dining_counter_account", lambda _entry: cash)
        self.assertEqual(self.booked(self.post())[cash], 50_000)

    def test_a_top_up_by_wechat_is_cleared_on_its_own_account(self):
        self.post()
        another = self.provider.copy({"company_id": self.company.id})
        another.write({**credentials(), "wechatpay_mchid": "1900000002"})
        method = self.env["pos.payment.method"]._dining_ensure_wechat_method(self.company, another)
        self.assertNotEqual(method.outstanding_account_id, self.books.clearing_account_id)
        written = self.account("by-wechat").top_up(10_000, 0, "充 100")
        offer = self.env["dining.topup.offer"].create({"name": "充 100", "price": 100, "company_id": self.company.id})
        topup = self.env["dining.topup"].create(
            {
                "member_id": self.wallet.member_id.id, "offer_id": offer.id, "offer_name": offer.name,
                "principal_fen": 10_000, "bonus_fen": 0, "state": "credited", "entry_id": written.id,
            }
        )  # fmt: skip
        self.env["payment.transaction"]._wechatpay_intend(
            another, 100.0, channel="jsapi", openid=self.openid, description="充值", dining_topup_id=topup.id
        )
        self.assertEqual(self.booked(self.post())[method.outstanding_account_id], 10_000)

    def test_a_day_is_chinas(self):
        noon = fields.Datetime.to_datetime("2026-11-23 12:00:00")
        self.assertEqual(str(day_of(noon)), "2026-11-23")
        self.assertEqual(str(day_of(noon + timedelta(hours=4))), "2026-11-24")

    def test_a_locked_day_is_left_alone(self):
        today = day_of(fields.Datetime.now())
        self.close()
        self.company.fiscalyear_lock_date = today + timedelta(days=2)
        self.assertEqual(self.post().date, today + timedelta(days=3))

    def test_every_company(self):
        self.env["dining.books"]._post_all()
        self.assertTrue(self.wallet.entry_ids.dining_booking_ids)

    def test_the_button(self):
        user = new_test_user(
            self.env, "books-accountant", groups="account.group_account_user", company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )  # fmt: skip
        books = self.books.with_user(user).with_context(allowed_company_ids=self.company.ids)
        action = books.action_post()
        self.assertEqual(self.env["account.move"].search(action["domain"]), self.wallet.entry_ids.dining_move_id)
        self.assertEqual(books.action_post()["tag"], "display_notification")

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_a_cashier_may_not(self):
        before = self.books_facts()
        with self.assertRaises(AccessError):
            self.books.with_user(self.cashier).action_post()
        self.assertEqual(self.books_facts(), before)

    def test_what_is_booked_stays(self):
        self.post()
        before = self.books_facts()
        with self.assertRaises(UserError):
            self.wallet.entry_ids.dining_booking_ids.unlink()
        self.assertEqual(self.books_facts(), before)
