from odoo import models
from odoo.addons.dining_base.errors import Refused
from odoo.addons.dining_rules.money import fen, yuan

from ..services.posting import spent_by_partner


class PosOrder(models.Model):
    _inherit = "pos.order"

    def _generate_pos_order_invoice(self):
        """:raises Refused: invoice_at_topup, where stored value was used whose invoice is that of the top-up"""
        # sudo: whoever may invoice need not read wallets
        shares = [share for entry in self.sudo()._dining_spent() for share in entry.shares]
        lots = self.env["dining.wallet.lot"].sudo().browse(share[0] for share in shares)
        if "topup" in lots.mapped("invoice_policy"):
            raise Refused("invoice_at_topup")
        return super()._generate_pos_order_invoice()

    def _prepare_aml_values_list_per_nature(self):
        """What a closed session booked of this order, and its later invoice reverses: stored value is no receivable."""
        values = super()._prepare_aml_values_list_per_nature()
        terms = values["payment_terms"]
        payments = self.payment_ids.filtered("dining_wallet_entry_id")
        for payment in payments:
            booked = next(line for line in terms if line["partner_id"] and fen(line["balance"]) == fen(payment.amount))
            terms.remove(booked)
        # sudo: whoever may invoice need not read wallets
        entries = payments.sudo().dining_wallet_entry_id
        books = self.env["dining.books"]._of(self.company_id) if entries else None
        for partner, amounts in spent_by_partner(entries).items():
            for role, amount in amounts.items():
                values["stored_value"].append(
                    {
                        "partner_id": partner.id,
                        "name": self.name,
                        "account_id": books._account(role).id,
                        "currency_id": self.currency_id.id,
                        "amount_currency": yuan(amount),
                        "balance": yuan(amount),
                    }
                )
        return values
