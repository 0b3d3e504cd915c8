from odoo.addons.dining_rules.refusals import message
from odoo.tests import tagged

from .common import DiningPayCase


@tagged("post_install", "-at_install")
class TestWalletQuote(DiningPayCase):
    """What a phone is told before stored value is taken; nothing of it changes anything."""

    def told(self, order, *names, **kwargs):
        before = self.money()
        quote = self.quote(order, **kwargs)
        self.assertEqual(self.money(), before)
        return [quote[name] for name in names]

    def refusal(self, order, **kwargs):
        [refusal] = self.told(order, "refusal", **kwargs)
        self.assertEqual(refusal["message"], message(refusal["code"], refusal["data"]))
        return refusal["code"]

    def test_all_of_it(self):
        self._open_wallet(self.alice)
        order = self.order(self.chicken, self.tea)  # 100.50 for two guests
        self.assertEqual(
            self.quote(order),
            {
                "due_fen": 10_050, "people": 2, "share_fen": 5_025, "amount_fen": 10_050, "due_after_fen": 0,
                "available_fen": 55_000, "payable_fen": 10_050, "confirmation": "none",
                "refusal": None,
            },
        )  # fmt: skip

    def test_a_part_of_it_leaves_the_rest_due(self):
        self._open_wallet(self.alice)
        order = self.order(self.chicken)
        self.assertEqual(
            self.told(order, "amount_fen", "due_after_fen", "refusal", amount_fen=3_333), [3_333, 5_467, None]
        )

    def test_shares_add_up_to_the_bill_whoever_pays_first(self):
        """Odd fen go first, and a bonus that one of them spent makes the others' shares no smaller."""
        self._open_wallet(self.alice)
        self._open_wallet(self.bob)
        order = self.order(self.chicken)  # 88.00 among three
        shares = []
        for user in (self.alice, self.bob, self.alice):
            [share, amount] = self.told(order, "share_fen", "amount_fen", user=user, people=3)
            self.assertEqual(share, amount)
            shares.append(share)
            self.pay_by_wallet(order, user, amount_fen=share)
        self.assertEqual(shares, [2_934, 2_934, 2_932])
        self.assertEqual((order.state, self.told(order, "due_fen", "share_fen")), ("paid", [0, 0]))

    def test_too_little(self):
        self._open_wallet(self.alice, 1_000, 100)
        order = self.order(self.chicken)
        self.assertEqual(self.refusal(order), "wallet_too_little")
        self.assertEqual(self.told(order, "available_fen", "payable_fen"), [1_100, 1_100])
        self.assertEqual(self.told(order, "refusal", "due_after_fen", amount_fen=1_100), [None, 7_700])

    def test_a_member_without_a_wallet_and_no_member(self):
        order = self.order(self.chicken)
        self.assertEqual(self.refusal(order), "member_unknown")
        partner = self.env["res.partner"].create({"name": "新会员", "company_id": self.company.id})
        self.alice.dining_member_id = self.env["dining.member"].create(
            {"partner_id": partner.id, "company_id": self.company.id}
        )
        self.assertEqual(self.refusal(order), "wallet_too_little")
        self.assertFalse(self.alice.dining_member_id.dining_wallet_ids, "looking opens no wallet")

    def test_more_than_is_due(self):
        self._open_wallet(self.alice)
        order = self.order(self.chicken)
        self.assertEqual(self.refusal(order, amount_fen=8_801), "payment_exceeds_due")

    def test_while_a_phone_pays_by_wechat_and_where_no_stored_value_is_taken(self):
        self._open_wallet(self.alice)
        order = self.order(self.chicken)
        payment = self.begin(order)
        self.assertEqual(self.refusal(order), "payment_in_progress")
        self.cancel(payment)
        self.env.cr.execute(
            "DELETE FROM pos_config_pos_payment_method_rel WHERE pos_payment_method_id = %s", (self.wallet_method.id,)
        )
        self.env.invalidate_all()
        self.assertEqual(self.refusal(order), "wallet_unavailable")
