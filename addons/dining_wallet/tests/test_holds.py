from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.addons.dining_wallet.services import holds
from odoo.tests import tagged

from .common import WalletCase

LASTS = timedelta(minutes=30)


@tagged("post_install", "-at_install")
class TestHolds(WalletCase):
    def setUp(self):
        super().setUp()
        self.top_up()
        self.held = holds.hold(self.account("hold-1"), 11_000, LASTS)

    def capture(self, amount_fen, key="capture-1", held=None):
        return holds.capture(self.account(key), held or self.held, amount_fen, "堂食消费")

    def test_what_is_held_is_there_and_cannot_be_spent(self):
        self.assertEqual(self.balances(), (50_000, 5_000, 11_000))
        self.assertEqual(self.wallet.available, 440)
        self.assertRefused("wallet_too_little", self.spend, 44_001)
        self.spend(44_000)

    def test_a_hold_is_captured_once_and_not_for_more(self):
        self.assertRefused("wallet_hold_exceeded", self.capture, 11_001)
        written = self.capture(5_500)
        self.assertEqual(self.balances(), (45_000, 4_500, 0))
        self.assertEqual((self.held.state, self.held.captured_fen), ("captured", 5_500))
        before = self.facts()
        self.assertEqual(self.capture(5_500), written)
        self.assertEqual(self.facts(), before)
        self.assertRefused("wallet_hold_ended", self.capture, 5_500, "capture-2")
        self.assertIsNone(self.wallet._verify())

    def test_a_hold_that_expired_is_not_captured(self):
        later = self.held.expires_at
        with patch.object(fields.Datetime, "now", lambda: later):
            self.assertRefused("wallet_hold_ended", self.capture, 100)
            holds.expire(self.env)
        self.assertEqual((self.held.state, self.balances()), ("expired", (50_000, 5_000, 0)))
        self.assertRefused("wallet_hold_ended", self.capture, 100)

    def test_a_hold_is_released_once(self):
        holds.release(self.account("release"), self.held)
        self.assertEqual(self.balances(), (50_000, 5_000, 0))
        holds.release(self.account("release"), self.held)
        self.assertEqual(self.balances(), (50_000, 5_000, 0))
        self.assertRefused("wallet_hold_ended", self.capture, 100)

    def test_a_repeat_gets_the_same_hold(self):
        self.assertEqual(holds.hold(self.account("hold-1"), 11_000, LASTS), self.held)
        self.assertRefused("idempotency_key_reused", holds.hold, self.account("hold-1"), 11_001, LASTS)

    def test_no_more_is_held_than_is_free(self):
        self.assertRefused("wallet_too_little", holds.hold, self.account("hold-2"), 44_001, LASTS)
        self.assertRefused("wallet_amount", holds.hold, self.account("hold-2"), 0, LASTS)

    def test_a_hold_of_another_wallet(self):
        other = self.another_wallet()
        account = self.account("capture", wallet=other)
        self.assertRefused("wallet_hold_ended", holds.capture, account, self.held, 100, "x")

    def test_what_is_held_is_not_refunded(self):
        today = fields.Date.today()
        refund = self.account("refund").refund
        self.assertRefused("wallet_held", refund, self.wallet.lot_ids.id, today, today, "退卡")
