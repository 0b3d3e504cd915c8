from uuid import uuid4

from odoo import Command
from odoo.addons.dining_payment.services import topups
from odoo.tests import new_test_user


class RefundingMixin:
    """Beside `DiningPayCase`: top-ups that were paid at WeChat, and the people who refund them."""

    @classmethod
    def _set_up_refunding(cls):
        cls.manager, cls.other_manager = (
            new_test_user(
                cls.env, login, groups="base.group_user,point_of_sale.group_pos_manager",
                company_id=cls.company.id, company_ids=[Command.set(cls.company.ids)],
            )
            for login in ("dining-manager", "dining-other-manager")
        )  # fmt: skip
        cls.offer = cls.env["dining.topup.offer"].create(
            {"name": "充 500 送 50", "price": 500, "bonus": 50, "company_id": cls.company.id}
        )

    def top_up(self, user=None):
        """A top-up of 500.00 and 50.00, paid at WeChat; returns its dining.wallet.lot."""
        user = user or self.alice
        view = self.answer(topups.begin, self.offer.id, user.id, str(uuid4()))
        self.pay_at_wechat(view)
        self.wait_for(lambda: self.tx(view).state == "done")
        lot = user.dining_member_id.dining_wallet_ids.lot_ids.sorted("id")[-1:]
        self.assertEqual((lot.principal_fen, lot.bonus_fen), (50_000, 5_000))
        return lot

    def ask(self, lot, user=None, way="wechat", **values):
        """Ask for the refund of what is left of a top-up; returns the request."""
        self.env.flush_all()
        values = {"red_invoice": False, "reason": "搬家", **values}
        model = self.env["dining.balance.refund"].with_user(user or self.cashier)
        refund = model._ask(lot.with_user(model.env.user), values.pop("reason"), way, **values)
        self.env.flush_all()
        self.env.invalidate_all()
        return refund.with_env(self.env)

    def press(self, refund, button, user=None):
        """Press a button of a request, and let happen what follows the commit."""
        with self.committed():
            getattr(refund.with_user(user or self.manager), button)()

    def refunded_at_wechat(self):
        return [one["amount"]["refund"] for one in self.control("refunds")["refunds"]]
