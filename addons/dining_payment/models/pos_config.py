from odoo import models
from odoo.fields import Command


class PosConfig(models.Model):
    _inherit = "pos.config"

    def _dining_wechat_method(self):
        """The store's payment method for payments by phone; empty if it takes none."""
        self.ensure_one()
        # sudo: diners and cashiers may not read providers
        methods = self.sudo().payment_method_ids
        return methods.filtered(lambda method: method.dining_provider_id.state in ("enabled", "test"))[:1]

    def _dining_wallet_method(self):
        """The store's payment method for stored value; empty if it takes none."""
        self.ensure_one()
        return self.sudo().payment_method_ids.filtered("dining_is_wallet")[:1]  # sudo: diners may not read methods

    def _dining_accept_wallet(self):
        """Let members pay with stored value at the store; do it while the register is closed."""
        for config in self:
            method = self.env["pos.payment.method"]._dining_ensure_wallet_method(config.company_id)
            if method not in config.payment_method_ids:
                config.payment_method_ids = [Command.link(method.id)]

    def _dining_accept_wechat(self, provider):
        """Let guests of the store pay on `provider`; do it while the register is closed."""
        for config in self:
            method = self.env["pos.payment.method"]._dining_ensure_wechat_method(config.company_id, provider)
            if method not in config.payment_method_ids:
                config.payment_method_ids = [Command.link(method.id)]
