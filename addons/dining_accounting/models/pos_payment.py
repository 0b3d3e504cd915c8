from odoo import models
from odoo.addons.dining_rules.money import fen

from ..services.posting import item, link_spent, spent_items


class PosPayment(models.Model):
    _inherit = "pos.payment"

    def _create_payment_moves(self, is_reverse=False):
        """An invoiced order's stored value pays its invoice; Odoo leaves what has no journal open on it.

        :param is_reverse: the session is closed and has booked the spends; that is reversed with the order itself
        """
        moves = super()._create_payment_moves(is_reverse)
        for payment in self.filtered("dining_wallet_entry_id"):
            moves |= payment._dining_create_payment_move(is_booked=is_reverse)
        return moves

    def _dining_create_payment_move(self, *, is_booked):
        order, entry = self.pos_order_id, self.dining_wallet_entry_id
        books = self.env["dining.books"]._of(order.company_id)
        partner = self.env["res.partner"]._find_accounting_partner(order.partner_id)
        move = self.env["account.move"].create(
            {
                "journal_id": order.config_id.journal_id.id,
                "ref": f"{order.name} - {self.payment_method_id.name}",
                "pos_payment_ids": self.ids,
            }
        )
        receivable = partner.with_company(order.company_id).property_account_receivable_id
        paid = item(move, receivable, -fen(self.amount), partner, move.ref)
        lines = self.env["account.move.line"].create([paid, *spent_items(books, move, entry, move.ref)])
        if not is_booked:
            link_spent(books, move, entry, lines)
        self.account_move_id = move
        move._post()
        return move
