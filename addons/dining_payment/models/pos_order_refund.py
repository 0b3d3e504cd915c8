"""Refunding a settled order: whole, by dish or by amount, back to where the money came from."""

from collections import defaultdict

from odoo import api, fields, models
from odoo.addons.dining_base.after_commit import notify_later
from odoo.addons.dining_base.errors import Refused
from odoo.addons.dining_base.words import name_of
from odoo.addons.dining_rules.money import allocate, fen, yuan
from odoo.addons.dining_wallet.services.account import Account, check_amount
from odoo.fields import Command

from ..services.tenders import tenders_left, too_old


class PosOrder(models.Model):
    """A refund is a further order with negative lines, which names the one it refunds; that one is never changed.

    Each tender gets back in proportion to what is left of it; of stored value, bonus and principal as they were
    spent. Lock order: the order, then its transactions and wallets.
    """

    _inherit = "pos.order"

    dining_refund_of_id = fields.Many2one("pos.order", "Refund of", readonly=True, index="btree_not_null", copy=False)
    dining_refund_ids = fields.One2many("pos.order", "dining_refund_of_id", "Refunds", readonly=True)
    dining_refund_reason = fields.Char("Reason of the refund", readonly=True, copy=False)
    dining_refund_count = fields.Integer(compute="_compute_dining_refund_count")

    @api.depends("dining_refund_ids")
    def _compute_dining_refund_count(self):
        for order in self:
            order.dining_refund_count = len(order.dining_refund_ids)

    def _dining_refund(self, reason, portions=None, amount_fen=None, *, restock=False):
        """Refund dishes, or an amount, or without either all that is left.

        :param reason: for the books, not empty
        :param portions: {pos.order.line: portions}
        :param amount_fen: by amount, where no dish comes back
        :param restock: the dishes were not cooked, so limited ones can be sold again
        :return: the refund's pos.order, paid; WeChat is asked after the commit
        :raises Refused: refund_manager_only, refund_not_settled, refund_reason, refund_portions, refund_exceeds_paid,
            refund_too_late, refund_no_session, wallet_amount
        """
        self.ensure_one()
        self._dining_check_may_refund()
        order = self.sudo()  # sudo: wallets, payments and transactions are the server's to write
        order._dining_lock()
        session = order._dining_check_refundable(reason)
        portions = order._dining_portions_to_refund(portions, amount_fen)
        refund = order._dining_new_refund(session, reason, portions, amount_fen)
        gross_fen = -refund._dining_total_fen()
        tenders = tenders_left(order)
        if gross_fen > sum(tender.left_fen for tender in tenders):
            raise Refused("refund_exceeds_paid", left_fen=sum(tender.left_fen for tender in tenders))
        for tender, part_fen in zip(tenders, allocate(gross_fen, [t.left_fen for t in tenders]), strict=True):
            if part_fen:
                refund._dining_pay_back(tender, part_fen)
        refund._dining_restore_amounts()
        refund.with_context(dining_settled_by_phone=True)._process_saved_order(False)
        if restock:
            order.config_id._dining_give_back(
                {line.product_id.product_tmpl_id.id: int(count) for line, count in portions.items()}
            )
        order._dining_note_refund(refund, gross_fen)
        return refund.with_env(self.env)

    # -- what must hold ------------------------------------------------------------------
    def _dining_check_may_refund(self):
        if not self.env.su and not self.env.user.has_group("point_of_sale.group_pos_manager"):
            raise Refused("refund_manager_only")
        self.check_access("write")

    def _dining_check_refundable(self, reason):
        """:return: the register's session that the refund belongs to"""
        if self.state not in ("paid", "done") or self.is_refund or self.dining_refund_of_id or self.account_move:
            raise Refused("refund_not_settled")
        if not (reason or "").strip():
            raise Refused("refund_reason")
        session = self.config_id.current_session_id
        if not session or session.state != "opened":
            raise Refused("refund_no_session")
        return session

    def _dining_portions_to_refund(self, portions, amount_fen):
        if amount_fen is not None:
            if portions:
                raise Refused("refund_portions")
            check_amount(amount_fen)
            return {}
        charged = self.lines.filtered(lambda line: not line.dining_wallet_entry_id)
        if portions is None:
            portions = {line: line.qty - line.refunded_qty for line in charged}
            portions = {line: count for line, count in portions.items() if count > 0}
        for line, count in portions.items():
            if line not in charged or not 0 < count <= line.qty - line.refunded_qty:
                raise Refused("refund_portions")
        if not portions:
            raise Refused("refund_portions")
        return portions

    # -- the further order --------------------------------------------------------------------
    def _dining_new_refund(self, session, reason, portions, amount_fen):
        values = {
            **self._prepare_refund_values(session),
            "dining_refund_of_id": self.id,
            "dining_refund_reason": reason.strip(),
            "user_id": self.env.uid,
        }
        refund = self.copy(values)
        for line, count in portions.items():
            # A set meal's price stands on its parts, which come along with it as lines of their own.
            copied = line.copy({**line._prepare_refund_data(refund, line.pack_lot_ids.browse()), "qty": -count})
            copied._onchange_amount_line_all()
        if amount_fen is not None:
            product = self.env.ref("dining_payment.product_refund_amount")
            refund.write({"lines": list(self._dining_tax_lines(product, -amount_fen, "RA"))})
        return refund

    def _dining_tax_lines(self, product, amount_fen, mark, **values):
        """Commands for lines of `product` that come to an amount, one a tax of this order's dishes in proportion."""
        by_tax = self.lines.filtered(lambda line: line.price_subtotal_incl > 0).grouped("tax_ids")
        weights = [fen(sum(lines.mapped("price_subtotal_incl"))) for lines in by_tax.values()]
        name = name_of(product)
        for number, (taxes, part_fen) in enumerate(zip(by_tax, allocate(amount_fen, weights), strict=True)):
            if part_fen:
                amounts = taxes.compute_all(yuan(part_fen), self.currency_id, 1, product)
                yield Command.create(
                    {
                        "product_id": product.id,
                        # A name of its own: Odoo's come from a sequence that only one transaction may hold.
                        "name": f"{self.pos_reference}/{mark}.{number + 1}",
                        "full_product_name": name.zh,
                        "qty": 1,
                        "price_unit": yuan(part_fen),
                        "price_subtotal": amounts["total_excluded"],
                        "price_subtotal_incl": amounts["total_included"],
                        "tax_ids": [Command.set(taxes.ids)],
                        "dining_facts": {"name": name.as_dict(), "options": [], "seat": None},
                        **values,
                    }
                )

    def _dining_pay_back(self, tender, amount_fen):
        """Give a part of what a tender paid back to it, on this refund."""
        payment = {"payment_method_id": tender.method.id, "payment_date": fields.Datetime.now()}
        if tender.entry:
            account = Account(
                self.env,
                tender.entry.wallet_id.id,
                key=f"refund:{self.id}:{tender.entry.id}",
                source=self.pos_reference,
            )
            written = account.give_back(tender.entry.id, amount_fen, self.env._("Refund of an order"))
            self._dining_put_bonus_back(written)
            payment["dining_wallet_entry_id"], amount_fen = written.id, written.principal_fen
        elif tender.transaction:
            self._dining_check_in_time(tender.transaction)
            returned = tender.transaction.with_context(dining_refund_of_order=True)._refund(yuan(amount_fen))
            payment["payment_ref_no"] = returned.reference
        if amount_fen:
            self.add_payment({**payment, "pos_order_id": self.id, "amount": -yuan(amount_fen)})

    def _dining_put_bonus_back(self, written):
        """What came back as bonus was never money: it makes the refund smaller, as it made the order smaller."""
        if written.bonus_fen:
            product = self.env.ref("dining_payment.product_wallet_bonus")
            lines = self.dining_refund_of_id._dining_tax_lines(
                product,
                written.bonus_fen,
                f"WB{written.id}",
                dining_charge="bonus",
                dining_wallet_entry_id=written.id,
            )
            self.write({"lines": list(lines)})

    def _dining_check_in_time(self, transaction):
        if too_old(transaction):
            raise Refused("refund_too_late")

    def _dining_note_refund(self, refund, gross_fen):
        """Who refunded what, and why, stands on the order for good."""
        self.with_env(self.env).message_post(
            body=self.env._(
                "%(user)s refunded %(amount)s: %(reason)s (%(number)s).",
                user=self.env.user.name,
                amount=self.currency_id.format(yuan(gross_fen)),
                reason=refund.dining_refund_reason,
                number=refund.pos_reference,
            )
        )
        self._dining_touch()
        notify_later(self.config_id, "_dining_notify_register")

    def _dining_refund_plan(self, amount_fen):
        """Where an amount would go back to, before anybody confirms: [(Tender, fen)]."""
        tenders = tenders_left(self.sudo())
        left_fen = sum(tender.left_fen for tender in tenders)
        parts = allocate(min(max(amount_fen, 0), left_fen), [tender.left_fen for tender in tenders] or [1])
        sums = defaultdict(int)
        for tender, part_fen in zip(tenders, parts, strict=False):
            sums[tender] += part_fen
        return [(tender, part_fen) for tender, part_fen in sums.items() if part_fen]

    def _dining_check_before_paid(self):
        """Money that the server took, only the server's own refund gives back.

        :raises Refused: refund_in_office
        """
        refunded = self.refunded_order_id
        if refunded and not self.dining_refund_of_id and (refunded._dining_paid_by_phone() or refunded._dining_spent()):
            self._dining_refuse("refund_in_office", order=refunded.pos_reference)
        return super()._dining_check_before_paid()
