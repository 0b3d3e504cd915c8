"""Stored value at the register: what its payment terminal asks the server."""

from odoo import models

from ..services import register_payments


class PosOrder(models.Model):
    """The register names an order, a member and at most an amount; all else is decided and written here."""

    _inherit = "pos.order"

    def action_dining_wallet_quote(self, who, amount_fen=None):
        """What a member would pay on this order now; nothing is changed.

        :param who: the member's code, or the id of the customer that was chosen
        :param amount_fen: None for all that is due
        :return: as `register_payments.quote`
        """
        self.ensure_one()
        self.check_access("read")
        return register_payments.quote(self.sudo(), who, amount_fen)  # sudo: wallets are the server's to read

    def action_dining_wallet_pay(self, who, key, amount_fen=None):
        """Pay with a member's stored value, once whatever is sent again.

        :param key: uuid of the register's payment line
        :return: as `register_payments.pay`
        """
        self.ensure_one()
        self.check_access("write")
        return register_payments.pay(self.sudo(), who, key, amount_fen)  # sudo: wallets are the server's to write

    def action_dining_wallet_return(self, key):
        """Give back what a payment line of the register took, while the order is open.

        :param key: uuid of the payment line
        :return: as `register_payments.give_back`
        """
        self.ensure_one()
        self.check_access("write")
        return register_payments.give_back(self.sudo(), key)  # sudo: wallets are the server's to write
