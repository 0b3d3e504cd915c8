from odoo import models

from ..services.posting import link_spent, spent_items


class PosSession(models.Model):
    _inherit = "pos.session"

    def _create_pay_later_receivable_lines(self, data):
        """What members paid from their wallets is taken off the liability in the session's own entry.

        Odoo would debit the customer's receivable, which nobody ever pays, for each payment by itself.
        """
        waiting = data["split_receivables_pay_later"]
        by_wallet = [payment for payment in waiting if payment.dining_wallet_entry_id]
        for payment in by_wallet:
            del waiting[payment]
        data = super()._create_pay_later_receivable_lines(data)
        if by_wallet:
            self._dining_book_spends(self.env["pos.payment"].union(*by_wallet).dining_wallet_entry_id, data["MoveLine"])
        return data

    def _dining_book_spends(self, entries, move_lines):
        books = self.env["dining.books"]._of(self.company_id)
        name = f"{self.name} - {self.payment_method_ids.filtered('dining_is_wallet')[:1].name}"
        lines = move_lines.create(spent_items(books, self.move_id, entries, name))
        link_spent(books, self.move_id, entries, lines)
