from odoo.addons.dining_rules.money import fen
from odoo.fields import Command
from odoo.tests import tagged

from .common import DiningPayCase


@tagged("post_install", "-at_install")
class TestWallet(DiningPayCase):
    """Orders paid with stored value: the principal is a payment, the bonus a negative line."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.wallet = cls._open_wallet(cls.alice)

    def balances(self, wallet=None):
        wallet = wallet or self.wallet
        wallet.invalidate_recordset()
        return wallet.principal_fen, wallet.bonus_fen

    def paid(self, order):
        return {payment.payment_method_id: fen(payment.amount) for payment in order.payment_ids}

    def test_a_whole_order(self):
        order = self.order(self.chicken)  # 88.00 = 80.00 of the principal + 8.00 of the bonus
        answer = self.pay_by_wallet(order)
        self.assertEqual(
            answer,
            {
                "order_id": order.uuid, "amount_fen": 8800, "principal_fen": 8000, "bonus_fen": 800,
                "balance_fen": 46_200, "due_fen": 0,
            },
        )  # fmt: skip
        self.assertEqual((order.state, fen(order.amount_total)), ("paid", 8000))
        self.assertEqual(self.paid(order), {self.wallet_method: 8000})
        [bonus] = order.lines.filtered("dining_wallet_entry_id")
        self.assertEqual((fen(bonus.price_subtotal_incl), bonus.dining_charge), (-800, "bonus"))
        self.assertEqual(bonus.tax_ids, order.lines[0].tax_ids)
        self.assertEqual(self.balances(), (42_000, 4_200))
        self.assertIsNone(self.wallet._verify())

    def test_a_repeat_pays_once(self):
        order = self.order(self.chicken)
        first = self.pay_by_wallet(order, key="a-key")
        before = self.money()
        self.assertEqual(self.pay_by_wallet(order, key="a-key"), first)
        self.assertEqual(self.money(), before)
        self.refused("idempotency_key_reused", self.pay_by_wallet, order, key="a-key", amount_fen=100)

    def test_another_key_finds_nothing_due(self):
        order = self.order(self.chicken)
        self.pay_by_wallet(order)
        self.refused("order_not_open", self.pay_by_wallet, order)

    def test_a_table_splits_between_wallets_and_cash(self):
        others = self._open_wallet(self.bob, 3_000, 0)
        order = self.order(self.chicken, self.tea)  # 100.50
        self.assertEqual(self.pay_by_wallet(order, amount_fen=5_500)["due_fen"], 4_550)
        self.assertEqual(self.pay_by_wallet(order, self.bob, amount_fen=3_000)["due_fen"], 1_550)
        self.assertEqual(order.state, "draft")
        self.assertEqual((self.balances(), self.balances(others)), ((45_000, 4_500), (0, 0)))
        self.sync(self.paid_at_register(order, 15.5))
        self.assertEqual((order.state, fen(order.amount_total)), ("paid", 10_050 - 500))
        self.assertEqual(sorted(fen(payment.amount) for payment in order.payment_ids), [1_550, 3_000, 5_000])

    def test_the_rest_by_wechat(self):
        order = self.order(self.chicken, self.tea)
        self.pay_by_wallet(order, amount_fen=5_500)
        self.pay(order)
        self.assertEqual(order.state, "paid")
        self.assertEqual(self.paid(order), {self.wallet_method: 5_000, self.wechat_method: 4_550})

    def test_a_bonus_is_taken_off_each_tax_in_proportion(self):
        order = self.order(self.chicken, self.tea)
        wine = self.tax.copy({"name": "13% of wine", "amount": 13.0})
        line = order.lines.filtered(lambda line: line.product_id.product_tmpl_id == self.tea)
        line.sudo().tax_ids = [Command.set(wine.ids)]
        self.pay_by_wallet(order)
        bonus = order.lines.filtered("dining_wallet_entry_id")
        # 9.14 of the bonus on 88.00 and 12.50
        self.assertEqual({line.tax_ids: fen(line.price_subtotal_incl) for line in bonus}, {self.tax: -800, wine: -114})
        self.assertEqual(order.state, "paid")

    def test_refusals_change_nothing(self):
        order = self.order(self.chicken)
        self.refused("member_unknown", self.pay_by_wallet, order, self.bob)
        for amount in (0, -1, 0.5, "1"):
            self.refused("wallet_amount", self.pay_by_wallet, order, amount_fen=amount)
        refusal = self.refused("payment_exceeds_due", self.pay_by_wallet, order, amount_fen=8_801)
        self.assertEqual(refusal.data, {"due_fen": 8_800})
        poor = self._open_wallet(self.bob, 100, 10)
        refusal = self.refused("wallet_too_little", self.pay_by_wallet, order, self.bob)
        self.assertEqual((refusal.data, self.balances(poor)), ({"available_fen": 110}, (100, 10)))

    def test_while_a_phone_pays_by_wechat(self):
        order = self.order(self.chicken)
        self.begin(order)
        self.refused("payment_in_progress", self.pay_by_wallet, order)

    def test_a_store_that_takes_no_stored_value(self):
        order = self.order(self.chicken)
        self.env.cr.execute(
            "DELETE FROM pos_config_pos_payment_method_rel WHERE pos_payment_method_id = %s", (self.wallet_method.id,)
        )
        self.env.invalidate_all()
        self.refused("wallet_unavailable", self.pay_by_wallet, order)

    def test_the_register_cannot_forge_or_change_it(self):
        order = self.order(self.chicken, self.tea)
        self.refused("payment_by_wallet_only", self.sync, self.paid_at_register(order, 100.5, self.wallet_method))
        self.pay_by_wallet(order, amount_fen=5_500)
        payment = order.payment_ids
        bonus = order.lines.filtered("dining_wallet_entry_id")
        for command in (
            {"payment_ids": [Command.delete(payment.id)]},
            {"payment_ids": [Command.update(payment.id, {"amount": 1.0})]},
            {"lines": [Command.delete(bonus.id)]},
            {"lines": [Command.update(bonus.id, {"price_unit": -1.0})]},
        ):
            with self.subTest(command):
                self.refused("payment_by_wallet_only", self.sync, self.as_register(order, **command))

    def test_it_is_not_cancelled_and_a_manager_returns_it(self):
        order = self.order(self.chicken)
        self.pay_by_wallet(order, amount_fen=5_500)
        self.refused("order_has_payment", order.with_user(self.cashier).action_pos_order_cancel)
        self.refused("payment_return_manager_only", order.with_user(self.cashier).action_dining_return_payments)
        order.action_dining_return_payments()
        self.env.invalidate_all()
        self.assertEqual(self.balances(), (50_000, 5_000))
        self.assertEqual((fen(order.amount_total), fen(order.amount_paid)), (8_800, 0))
        self.assertFalse(order.payment_ids)
        self.assertEqual(self.wallet.entry_ids.mapped("kind"), ["return", "spend", "topup"])
        self.assertIsNone(self.wallet._verify())
        self.refused("payment_nothing_to_return", order.action_dining_return_payments)
        order.action_pos_order_cancel()
        self.assertEqual(order.state, "cancel")

    def test_all_bonus(self):
        self.company.dining_wallet_policy = "bonus_first"
        order = self.order(self.tea)  # 12.50, less than the bonus
        self.pay_by_wallet(order)
        self.assertEqual((order.state, fen(order.amount_total)), ("paid", 0))
        self.assertFalse(order.payment_ids)
        self.assertEqual(self.balances(), (50_000, 3_750))

    def test_dishes_added_after_it_stay_due(self):
        order = self.order(self.chicken)
        self.pay_by_wallet(order, amount_fen=5_500)
        self.add(self.table_session, self.tea)
        self.place(self.table_session)
        self.env.invalidate_all()
        self.assertEqual(order._dining_due_fen(), 8_800 + 1_250 - 5_500)
