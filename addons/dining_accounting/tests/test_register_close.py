from odoo.addons.dining_accounting.services.reconciling import reconcile
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import BooksCase


@tagged("post_install", "-at_install")
class TestRegisterClose(BooksCase):
    """A shift with stored value and cash, from the top-up to the counted till, in a browser."""

    def test_a_top_up_in_cash_a_meal_and_the_close(self):
        member = self.wallet.member_id
        member.code = "1234567890123456"
        first, _second = self.env["dining.topup.offer"].create(
            [
                {"name": name, "price": price, "bonus": bonus, "first_only": once, "company_id": self.company.id}
                for name, price, bonus, once in (("首充", 100, 20, True), ("充 500", 500, 50, False))
            ]
        )
        # The member has topped up before, by phone.
        values = {"offer_name": "充值", "principal_fen": 50_000, "bonus_fen": 5_000, "state": "credited"}
        entry = self.wallet.entry_ids.id
        self.env["dining.topup"].create({"member_id": member.id, "offer_id": first.id, "entry_id": entry, **values})
        order = self.order(self.chicken)  # 88.00: 55.00 with stored value, of it 5.00 bonus, and cash
        self.env.flush_all()
        # Nobody has the first code; the browser notes the refusal of its request.
        with mute_logger("odoo.http"):
            self.start_tour(f"/pos/ui/{self.store.id}", "dining_payment_topup", login="dining-cashier")
        self.env.invalidate_all()
        self.assertEqual((order.state, sorted(order.payment_ids.mapped("amount"))), ("done", [33.0, 50.0]))
        # The answer of the first try got lost; it was credited once.
        self.assertEqual(self.wallet.entry_ids.sorted("id").mapped("kind"), ["topup", "topup", "spend"])
        session = self.pos_session
        self.assertEqual((session.state, session.cash_register_balance_end_real), ("closed", 533.0))
        self.assertEqual(session.cash_register_difference, 0.0)
        self.assertEqual(self.balance(self.cash.journal_id.default_account_id), 53_300)
        found = reconcile(self.env, self.company)
        self.assertEqual((found.difference_fen, found.differences), (0, ()))
