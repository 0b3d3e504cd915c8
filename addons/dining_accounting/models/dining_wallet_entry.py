from odoo import fields, models
from odoo.addons.dining_rules import bookkeeping


class DiningWalletEntry(models.Model):
    _inherit = "dining.wallet.entry"

    dining_booking_ids = fields.One2many("dining.wallet.booking", "entry_id", "Booked as", readonly=True)
    dining_move_id = fields.Many2one(related="dining_booking_ids.move_id", string="Journal entry")

    def _dining_vat_fen(self):
        return sum(share[3] for share in self.shares)

    def _dining_counter_account(self):
        """Where the money of a top-up came in, or that of a refund went out; whoever records how extends this."""
        self.ensure_one()
        if self.kind == "reversal":
            return self.reverses_id._dining_counter_account()
        refund = self._dining_balance_refund()
        if refund.way in ("cash", "bank"):
            return refund._dining_counter_account()
        # sudo: providers are the administrator's; which account their money stands on is no secret
        topup = self.env["dining.topup"].sudo().search([("entry_id", "=", self.id)])
        if topup.pos_session_id:
            return topup.pos_session_id.cash_journal_id.default_account_id
        provider = (topup.transaction_ids or refund.transaction_ids).provider_id[:1]
        if provider:
            return (
                self.env["pos.payment.method"]
                ._dining_ensure_wechat_method(self.wallet_id.company_id, provider)
                .outstanding_account_id
            )
        return self.env["dining.books"]._of(self.wallet_id.company_id).clearing_account_id

    def _dining_paid_fen(self):
        """The money that came in, negative where it went out."""
        self.ensure_one()
        if self.kind == "reversal":
            return -self.reverses_id._dining_paid_fen()
        refund = self._dining_balance_refund()
        return -refund.amount_fen if refund else self.principal_fen

    def _dining_balance_refund(self):
        """The refund that this entry writes down, where it is one."""
        # sudo: whoever books reads what it books
        return self.env["dining.balance.refund"].sudo().search([("entry_id", "=", self.id)])

    def _dining_entry(self):
        """What it does to the books, as `dining_rules.bookkeeping` has it, of a top-up, a refund or a reversal."""
        self.ensure_one()
        lot = self.env["dining.wallet.lot"].browse(self.shares[0][0])
        return bookkeeping.balance_change(
            self.principal_fen, self._dining_vat_fen(), self._dining_paid_fen(), lot.vat_permille
        )
