from uuid import uuid4

from odoo.addons.dining_rules.money import fen
from odoo.tests import tagged

from .common import DiningPayCase


@tagged("post_install", "-at_install")
class TestRegisterWallet(DiningPayCase):
    """What the register asks of the server when a member pays with stored value there."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.wallet = cls._open_wallet(cls.alice)
        cls.member = cls.wallet.member_id

    def at_register(self, method, order, *args):
        self.env.flush_all()
        answer = getattr(order.with_user(self.cashier), f"action_dining_wallet_{method}")(*args)
        self.env.flush_all()
        self.env.invalidate_all()
        return answer

    def pay_there(self, order, amount_fen=None, who=None, key=None):
        return self.at_register("pay", order, who or self.member.code, key or str(uuid4()), amount_fen)

    def balances(self):
        self.wallet.invalidate_recordset()
        return self.wallet.principal_fen, self.wallet.bonus_fen

    # -- asking -----------------------------------------------------------------------
    def test_a_quote_says_what_would_be_taken(self):
        order = self.order(self.chicken)
        before = self.money()
        spaced = " ".join(self.member.code[at : at + 4] for at in range(0, 16, 4))
        for who in (self.member.code, spaced, self.member.partner_id.id):
            quoted = self.at_register("quote", order, who)
            self.assertEqual(quoted["member"], self.member.display_name)
            self.assertEqual(
                [quoted[name] for name in ("available_fen", "due_fen", "amount_fen", "due_after_fen")],
                [55_000, 8_800, 8_800, 0],
            )
            self.assertEqual((quoted["principal_fen"], quoted["bonus_fen"], quoted["refusal"]), (8_000, 800, None))
        self.assertEqual(self.money(), before)

    def test_a_quote_of_more_than_there_is(self):
        order = self.order(self.chicken)
        poor = self._open_wallet(self.bob, 3_000, 300).member_id
        quoted = self.at_register("quote", order, poor.code)
        self.assertEqual((quoted["amount_fen"], quoted["due_after_fen"], quoted["refusal"]), (3_300, 5_500, None))
        quoted = self.at_register("quote", order, poor.code, 3_301)
        self.assertEqual((quoted["refusal"]["code"], quoted["principal_fen"]), ("wallet_too_little", 0))
        quoted = self.at_register("quote", order, self.member.code, 8_801)
        self.assertEqual(quoted["refusal"]["code"], "payment_exceeds_due")

    # -- paying -----------------------------------------------------------------------
    def test_a_whole_order(self):
        order, key = self.order(self.chicken), str(uuid4())
        answer = self.pay_there(order, key=key)
        self.assertEqual(
            answer,
            {
                "amount_fen": 8_800, "principal_fen": 8_000, "bonus_fen": 800, "balance_fen": 46_200, "due_fen": 0,
                "state": "paid",
            },
        )  # fmt: skip
        [payment] = order.payment_ids
        self.assertEqual((payment.uuid, payment.payment_method_id, payment.amount), (key, self.wallet_method, 80.0))
        entry = payment.dining_wallet_entry_id
        self.assertEqual((entry.user_id, entry.source), (self.cashier, order.pos_reference))
        self.assertIsNone(self.wallet._verify())

    def test_a_repeat_pays_once(self):
        order, key = self.order(self.chicken), str(uuid4())
        first = self.pay_there(order, 5_500, key=key)
        before = self.money()
        self.assertEqual(self.pay_there(order, 5_500, key=key), first)
        self.assertEqual(self.money(), before)
        self.refused("idempotency_key_reused", self.pay_there, order, 1_000, key=key)
        other = self._open_wallet(self.bob).member_id
        self.refused("idempotency_key_reused", self.pay_there, order, 3_300, other.code, key)

    def test_a_part_and_cash(self):
        order = self.order(self.chicken)
        self.assertEqual(self.pay_there(order, 5_500)["due_fen"], 3_300)
        self.sync(self.paid_at_register(order, 33.0))
        self.assertEqual((order.state, fen(order.amount_total)), ("paid", 8_300))
        self.assertEqual(sorted(order.payment_ids.mapped("amount")), [33.0, 50.0])

    def test_after_a_phone_has_paid(self):
        order = self.order(self.chicken)
        self.pay_by_wallet(order)
        self.refused("order_not_open", self.pay_there, order)

    def test_while_a_phone_pays(self):
        order = self.order(self.chicken)
        self.begin(order)
        self.refused("payment_in_progress", self.pay_there, order)

    def test_an_order_that_cannot_be_settled_takes_nothing(self):
        order = self.order(self.chicken)
        order.lines[0].write({"price_unit": 1.0, "price_subtotal": 0.94, "price_subtotal_incl": 1.0})
        self.refused("order_price_changed", self.pay_there, order)
        self.assertEqual(self.balances(), (50_000, 5_000))

    def test_refusals_change_nothing(self):
        order = self.order(self.chicken)
        for amount in (0, -1, 0.5, "1", True):
            self.refused("wallet_amount", self.pay_there, order, amount)
            self.refused("wallet_amount", self.at_register, "quote", order, self.member.code, amount)
        self.refused("payment_exceeds_due", self.pay_there, order, 8_801)
        poor = self._open_wallet(self.bob, 100, 10).member_id
        self.refused("wallet_too_little", self.pay_there, order, None, poor.code)
        for who in ("0000000000000000", "%", "", "  ", 0, -1, None, True, [1], self.cashier.partner_id.id):
            self.refused("member_not_found", self.at_register, "pay", order, who, str(uuid4()), None)
            self.refused("member_not_found", self.at_register, "quote", order, who)
        for key in ("", "a-key", None, 5):
            self.refused("idempotency_key_missing", self.at_register, "pay", order, self.member.code, key)

    def test_another_companys_wallet(self):
        order = self.order(self.chicken)
        company = self.env["res.company"].create({"name": "别家"})
        partner = self.env["res.partner"].create({"name": "别家会员"})
        other = self.env["dining.member"].create({"partner_id": partner.id, "company_id": company.id})
        self.refused("wallet_unavailable", self.pay_there, order, None, other.code)
        self.refused("member_not_found", self.pay_there, order, None, partner.id)

    def test_who_has_left_or_closed(self):
        order = self.order(self.chicken)
        self.wallet.state = "closed"
        self.refused("wallet_closed", self.pay_there, order)
        self.wallet.state = "open"
        self.member.active = False
        self.refused("wallet_closed", self.pay_there, order)

    # -- taking it back -----------------------------------------------------------------
    def test_the_cashier_gives_it_back(self):
        order, key = self.order(self.chicken), str(uuid4())
        self.pay_by_wallet(order, amount_fen=1_100)
        self.pay_there(order, 5_500, key=key)
        self.assertEqual(self.at_register("return", order, key), {"due_fen": 7_700})
        # What the phone has paid stays.
        self.assertEqual(self.balances(), (49_000, 4_900))
        self.assertEqual((order.payment_ids.mapped("amount"), fen(order.amount_total)), ([10.0], 8_700))
        before = self.money()
        self.assertEqual(self.at_register("return", order, key), {"due_fen": 7_700})
        # A payment that was sent before, and arrives late, is not made again.
        self.pay_there(order, 5_500, key=key)
        self.assertEqual(self.money(), before)
        self.assertEqual(order.payment_ids.mapped("amount"), [10.0])
        self.assertIsNone(self.wallet._verify())

    def test_what_is_not_the_registers_to_give_back(self):
        order, key = self.order(self.chicken), str(uuid4())
        self.pay_by_wallet(order, key=key, amount_fen=1_100)
        before = self.money()
        self.at_register("return", order, key)
        self.assertEqual(self.money(), before)
        self.refused("idempotency_key_missing", self.at_register, "return", order, "x")
        self.pay_there(order, key=(mine := str(uuid4())))
        self.assertEqual(order.state, "paid")
        self.refused("order_not_open", self.at_register, "return", order, mine)

    def test_the_register_is_told_of_a_terminal(self):
        told = (
            self.env["pos.payment.method"]
            .with_user(self.cashier)
            ._load_pos_data_read(self.wallet_method | self.cash, self.store)
        )
        by_id = {method["id"]: (method["use_payment_terminal"], method["split_transactions"]) for method in told}
        self.assertEqual(by_id, {self.wallet_method.id: ("dining_wallet", False), self.cash.id: (False, False)})
