from datetime import timedelta
from uuid import uuid4

from freezegun import freeze_time
from odoo import fields
from odoo.addons.dining_base.errors import Refused
from odoo.addons.dining_wallet.models.dining_wallet_pin import LOCK, TRIES
from odoo.addons.dining_wallet.services import confirmation
from odoo.addons.dining_wallet.services.confirmation import Proof
from odoo.addons.wechat_app.errors import WeChatRefused
from odoo.tests import tagged

from .common import DiningPayCase

PIN = "927461"


@tagged("post_install", "-at_install")
class TestConfirmation(DiningPayCase):
    """What a member pays from a phone is confirmed above an amount: by a PIN, or by WeChat where none is set."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.wallet = cls._open_wallet(cls.alice)
        cls.company.dining_wallet_confirm_above = 50
        secret = cls.wechat.control("credentials")[1]["app_secret"]
        cls.app.write({"secret": secret, "gateway_url": cls.wechat.address})

    def code(self, name="diner-a"):
        return self.control("login-code", {"user": name})["code"]

    def set_pin(self, pin=PIN, code=None):
        return self.answer(confirmation.set_pin, self.alice.id, pin, code or self.code())

    def tries(self):
        pin = self.env["dining.wallet.pin"].search([])
        return pin.tries, bool(pin.locked_until)

    def test_below_the_amount_nothing_is_asked(self):
        order = self.order(self.chicken)  # 88.00
        self.assertEqual(self.quote(order, amount_fen=5_000)["confirmation"], "none")
        self.assertEqual(self.pay_by_wallet(order, amount_fen=5_000)["due_fen"], 3_800)

    def test_small_parts_of_an_order_add_up(self):
        order = self.order(self.chicken)
        self.pay_by_wallet(order, amount_fen=4_000)
        self.assertEqual(self.quote(order, amount_fen=1_000)["confirmation"], "none")
        self.assertEqual(self.quote(order, amount_fen=1_001)["confirmation"], "wechat")
        self.refused("wallet_confirm_wechat", self.pay_by_wallet, order, amount_fen=1_001)
        self.pay_by_wallet(order, amount_fen=1_000)
        self.refused("wallet_confirm_wechat", self.pay_by_wallet, order, amount_fen=1)

    def test_another_member_s_part_is_their_own(self):
        self._open_wallet(self.bob)
        order = self.order(self.chicken)
        self.pay_by_wallet(order, amount_fen=5_000)
        self.assertEqual(self.pay_by_wallet(order, self.bob)["due_fen"], 0)

    def test_0_is_never(self):
        self.company.dining_wallet_confirm_above = 0
        self.assertEqual(self.pay_by_wallet(self.order(self.chicken))["due_fen"], 0)

    def test_by_wechat(self):
        order, code = self.order(self.chicken), self.code()
        self.refused("wallet_confirm_wechat", self.pay_by_wallet, order, proof=Proof(pin=PIN))
        self.refused("wallet_wechat_other", self.pay_by_wallet, order, proof=Proof(code=self.code("diner-b")))
        self.refused("wallet_wechat_code", self.pay_by_wallet, order, proof=Proof(code="never-given"))
        most = {"amount_fen": 6_000, "key": "once"}
        self.assertEqual(self.pay_by_wallet(order, **most, proof=Proof(code=code))["due_fen"], 2_800)
        # The same key is answered without a second confirmation; the code would not work again.
        self.assertEqual(self.pay_by_wallet(order, **most)["due_fen"], 2_800)
        self.refused("wallet_wechat_code", self.pay_by_wallet, order, proof=Proof(code=code))

    def test_wechat_does_not_answer(self):
        order = self.order(self.chicken)
        self.app.gateway_url = "http://127.0.0.1:9"
        before = self.money()
        with self.assertRaises(WeChatRefused) as caught, self.env.cr.savepoint():
            self.pay_by_wallet(order, proof=Proof(code="x"))
        self.assertEqual(caught.exception.code, "wechat_unreachable")
        self.assertEqual(self.money(), before)

    def test_by_pin(self):
        self.assertEqual(self.set_pin(), {"done": True})
        self.env.cr.execute("SELECT hash FROM dining_wallet_pin")
        self.assertRegex(self.env.cr.fetchone()[0], r"^\$pbkdf2-sha512\$")
        order = self.order(self.chicken)
        self.assertEqual(self.quote(order)["confirmation"], "pin")
        # WeChat's word does not stand in for a PIN that is set.
        self.refused("wallet_confirm_pin", self.pay_by_wallet, order, proof=Proof(code=self.code()))
        first = self.pay_by_wallet(order, key="once", proof=Proof(pin=PIN))
        self.assertEqual(first["due_fen"], 0)
        self.assertEqual(self.pay_by_wallet(order, key="once"), first)
        self.assertEqual(self.tries(), (0, False))

    def test_five_wrong_tries_lock_it_for_half_an_hour(self):
        self.set_pin()
        order = self.order(self.chicken)
        lefts = [self.wrong_and_counted(order).data["left"] for _try in range(TRIES - 1)]
        self.assertEqual(lefts, [4, 3, 2, 1])
        self.answer_refused("wallet_pin_locked", order, "135790")
        self.assertEqual(self.tries(), (TRIES, True))
        refusal = self.refused("wallet_pin_locked", self.pay_by_wallet, order, proof=Proof(pin=PIN))
        self.assertEqual(refusal.data["minutes"], 30)
        with freeze_time(fields.Datetime.now() + LOCK + timedelta(seconds=5)):
            self.wrong_and_counted(order)
            self.assertEqual(self.tries(), (1, False))
            self.assertEqual(self.pay_by_wallet(order, proof=Proof(pin=PIN))["due_fen"], 0)

    def wrong_and_counted(self, order):
        return self.answer_refused("wallet_pin_wrong", order, "135790")

    def answer_refused(self, code, order, pin):
        """A payment that is refused in its second transaction: the first, which counts the try, is kept."""
        before = self.money()
        refused = None
        try:
            self.pay_by_wallet(order, proof=Proof(pin=pin))
        except Refused as caught:
            refused = caught
        self.env.invalidate_all()
        self.assertEqual(refused and refused.code, code)
        self.assertEqual(self.money(), before)
        return refused

    def test_a_new_pin_opens_the_lock_and_the_old_one_is_gone(self):
        self.set_pin()
        order = self.order(self.chicken)
        for _try in range(TRIES):
            self.env["dining.wallet.pin"].search([])._claim()
        self.refused("wallet_pin_locked", self.pay_by_wallet, order, proof=Proof(pin=PIN))
        self.set_pin("573918")
        self.assertEqual(self.tries(), (0, False))
        self.answer_refused("wallet_pin_wrong", order, PIN)
        self.assertEqual(self.pay_by_wallet(order, proof=Proof(pin="573918"))["due_fen"], 0)

    def test_what_was_looked_at_while_another_pin_was_set_is_not_right(self):
        self.set_pin()
        pin = self.env["dining.wallet.pin"].search([])
        hashed = pin._claim()
        self.set_pin("573918")
        self.refused("wallet_pin_wrong", pin._settle_try, hashed, True)

    def test_only_the_member_s_own_wechat_sets_a_pin(self):
        self.refused("wallet_pin_weak", self.set_pin, "123456")
        self.refused("wallet_wechat_other", self.set_pin, PIN, self.code("diner-b"))
        self.refused("wallet_wechat_code", self.set_pin, PIN, "never-given")
        self.refused("member_unknown", self.answer, confirmation.set_pin, self.bob.id, PIN, "x")
        self.assertFalse(self.env["dining.wallet.pin"].search([]))

    def test_what_cannot_be_paid_anyway_costs_no_try(self):
        self.set_pin()
        order = self.order(self.chicken)
        self.refused("payment_exceeds_due", self.pay_by_wallet, order, amount_fen=8_801, proof=Proof(pin="135790"))
        self.assertEqual(self.tries(), (0, False))

    def test_nobody_reads_the_hash(self):
        self.set_pin()
        for user in (self.cashier, self.env.ref("base.user_admin")):
            self.assertFalse(self.env["dining.wallet.pin"].with_user(user).has_access("read"))

    def test_an_order_asked_for_again_after_it_was_paid(self):
        order = self.order(self.chicken)
        self.pay_by_wallet(order, key=str(uuid4()), proof=Proof(code=self.code()))
        self.refused("order_not_open", self.pay_by_wallet, order)
