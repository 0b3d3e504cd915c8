import re

from odoo import fields, models
from odoo.addons.dining_base.errors import Refused

from ..services.tenders import too_old

#: A fully digitalised invoice's number has 20 digits, an older one's 8.
INVOICE_NUMBER = re.compile(r"\d{20}|\d{8}")


class DiningWalletLot(models.Model):
    """How a top-up was paid, and giving back what is left of it."""

    _inherit = "dining.wallet.lot"

    dining_refund_ids = fields.One2many("dining.balance.refund", "lot_id", "Refunds", readonly=True)

    def action_dining_refund(self):
        """Button: show what would go back of this top-up, and ask for it."""
        self.ensure_one()
        self.check_access("read")
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("dining_payment.dining_balance_refund_ask_action"),
            "context": {"default_lot_id": self.id},
        }

    def _dining_topup(self):
        """The dining.topup that bought this lot; empty where somebody credited it by hand."""
        entries = self.env["dining.wallet.entry"].search(
            [("wallet_id", "=", self.wallet_id.id), ("kind", "=", "topup")]
        )
        entry = entries.filtered(lambda entry: entry.shares[0][0] == self.id)
        return self.env["dining.topup"].search([("entry_id", "in", entry.ids)])

    def _dining_wechat_payment(self):
        paid = self._dining_topup().transaction_ids.filtered(
            lambda tx: tx.state == "done" and tx.operation != "refund" and tx.provider_code == "wechatpay"
        )
        return paid[:1]

    def _dining_why_not_wechat(self):
        """The refusal's code that forbids returning this top-up by WeChat, or ''."""
        payment = self._dining_wechat_payment()
        if not payment or payment._dining_left_fen() <= 0:
            return "balance_refund_not_wechat"
        return "refund_too_late" if too_old(payment) else ""

    def _dining_check_invoice(self, red_invoice):
        """:raises Refused: balance_refund_invoice"""
        if self.invoice_policy != "topup" or red_invoice is False:
            return
        if not INVOICE_NUMBER.fullmatch(red_invoice or ""):
            raise Refused("balance_refund_invoice")
