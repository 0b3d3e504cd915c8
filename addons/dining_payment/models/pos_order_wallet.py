"""Paying an order, or a part of it, with stored value."""

from odoo import fields, models
from odoo.addons.dining_base.after_commit import notify_later
from odoo.addons.dining_base.errors import Refused
from odoo.addons.dining_rules.money import fen, yuan
from odoo.addons.dining_wallet.services.account import Account, check_amount


class PosOrder(models.Model):
    """Lock order everywhere: the order, then the wallet.

    The principal that is spent is a payment; the bonus is a negative line, because it was never money: as a payment
    it would be booked as revenue that nobody paid.
    """

    _inherit = "pos.order"

    def _dining_pay_by_wallet(self, wallet, key, amount_fen=None, *, confirm=None, **payment):
        """Pay what is due, or a part of it, and settle the order if nothing is left.

        :param wallet: dining.wallet of a member of the order's company
        :param key: the client's, unique in the wallet; sent again it is answered with the same payment
        :param amount_fen: None for all that is due
        :param confirm: the refusal to raise where this payment must be confirmed and was not; None where no
            confirmation is asked for
        :param payment: further values of the pos.payment
        :return: the dining.wallet.entry that was written
        :raises Refused: `confirm`, those of `_dining_check_payable`, wallet_unavailable, payment_in_progress,
            payment_exceeds_due, and those of `Account.spend`
        """
        self.ensure_one()
        self._dining_lock()
        account = Account(self.env, wallet.id, key=f"pay:{key}", source=self.pos_reference)
        if account.written:
            account.repeated("spend", amount_fen=-amount_fen if amount_fen else _sum(account.written))
            return self.env["dining.wallet.entry"].browse(account.written.id)
        method = self._dining_check_wallet_store(wallet.company_id)
        due = self._dining_due_fen()
        amount_fen = due if amount_fen is None else amount_fen
        check_amount(amount_fen)
        if amount_fen > due:
            raise Refused("payment_exceeds_due", due_fen=due)
        if confirm and self._dining_needs_confirmation(wallet, amount_fen):
            raise Refused(confirm)
        written = account.spend(amount_fen, self.env._("Order"))
        self._dining_attach_spend(written, method, payment)
        self._dining_finish()
        self._dining_touch()
        notify_later(self.config_id, "_dining_notify_register")
        return self.env["dining.wallet.entry"].browse(written.id)

    def _dining_needs_confirmation(self, wallet, amount_fen):
        """Whether a payment brings what a wallet has paid on this order above what goes without confirmation.

        All of the order counts, or a large bill would be paid in small parts.
        """
        most_fen = fen(wallet.company_id.dining_wallet_confirm_above)
        spent = self._dining_spent().filtered(lambda entry: entry.wallet_id == wallet)
        return bool(most_fen) and amount_fen - sum(map(_sum, spent)) > most_fen

    def _dining_check_wallet_store(self, company):
        """Whether a wallet of a company can pay on this order now.

        :return: the store's payment method for stored value
        :raises Refused: those of `_dining_check_payable`, wallet_unavailable, payment_in_progress
        """
        self._dining_check_payable()
        method = self.config_id._dining_wallet_method()
        if not method or company != self.company_id:
            raise Refused("wallet_unavailable")
        if self._dining_open_payment():
            raise Refused("payment_in_progress")
        return method

    def _dining_attach_spend(self, written, method, payment):
        """Write what a spend took: the bonus as negative lines, the principal as a payment."""
        if written.bonus_fen:
            product = self.env.ref("dining_payment.product_wallet_bonus")
            lines = self._dining_tax_lines(
                product, written.bonus_fen, f"W{written.id}", dining_charge="bonus", dining_wallet_entry_id=written.id
            )
            self.write({"lines": list(lines)})
            self._dining_restore_amounts()
        if written.principal_fen:
            self.add_payment(
                {
                    "pos_order_id": self.id,
                    "amount": yuan(-written.principal_fen),
                    "payment_date": fields.Datetime.now(),
                    "payment_method_id": method.id,
                    "dining_wallet_entry_id": written.id,
                    **payment,
                }
            )

    def _dining_return_spends(self, entries=None):
        """Give what wallets paid on this open order back to them, and take it off the order.

        An order that is not settled has no entries in the books yet, and is to have none of this.

        :param entries: those of `_dining_spent` that are returned; None for all
        :return: the dining.wallet.entry records of what was returned
        """
        entries = self._dining_spent() if entries is None else entries
        returned = entries.browse()
        for entry in entries:
            account = Account(self.env, entry.wallet_id.id, key=f"return:{entry.id}", source=self.pos_reference)
            written = account.give_back(entry.id, -_sum(entry), self.env._("Payment taken back"))
            returned |= entries.browse(written.id)
        if entries:
            self.lines.filtered(lambda line: line.dining_wallet_entry_id in entries).unlink()
            self.payment_ids.filtered(lambda payment: payment.dining_wallet_entry_id in entries).unlink()
            self.amount_paid = self._compute_amount_paid()
            self._dining_restore_amounts()
        return returned

    def _dining_spent(self):
        """The wallet entries that have paid on this order."""
        return (self.payment_ids.dining_wallet_entry_id | self.lines.dining_wallet_entry_id).sorted("id")


def _sum(entry):
    return entry.principal_fen + entry.bonus_fen
