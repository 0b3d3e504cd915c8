from odoo import api, fields, models
from odoo.addons.dining_base.errors import Refused

#: What makes a payment what it is; a register that sends the same again is not refused.
FACTS = ("amount", "payment_method_id", "pos_order_id", "transaction_id", "is_change", "dining_wallet_entry_id")


class PosPayment(models.Model):
    """Payments by phone and with stored value are written by the server, and by nobody else."""

    _inherit = "pos.payment"

    dining_wallet_entry_id = fields.Many2one(
        "dining.wallet.entry", "Wallet entry", readonly=True, ondelete="restrict", index="btree_not_null"
    )

    _dining_entry_once = models.UniqueIndex("(dining_wallet_entry_id) WHERE dining_wallet_entry_id IS NOT NULL")

    @api.model_create_multi
    def create(self, vals_list):
        methods = self.env["pos.payment.method"].browse([vals.get("payment_method_id") for vals in vals_list])
        if not self.env.su:
            methods._dining_check_not_servers()
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            self._dining_methods_changed(vals)._dining_check_not_servers()
        return super().write(vals)

    def _dining_methods_changed(self, vals):
        """The methods of payments that `vals` would change, before and after."""
        facts = {name: vals[name] for name in FACTS if name in vals}
        changed = self.filtered(
            lambda payment: any(
                payment._fields[name].convert_to_write(payment[name], payment) != value for name, value in facts.items()
            )
        )
        methods = changed.payment_method_id
        return methods | methods.browse(facts.get("payment_method_id")) if changed else methods

    @api.ondelete(at_uninstall=False)
    def _unlink_except_by_phone(self):
        """Only the server removes one, once its transaction has let go of it."""
        if not self.env.su:
            self.payment_method_id._dining_check_not_servers()
        by_phone = self.filtered(lambda payment: payment.payment_method_id.dining_is_wechat)
        # sudo: cashiers may not read transactions
        held = self.env["payment.transaction"].sudo().search_count([("dining_payment_id", "in", by_phone.ids)], limit=1)
        if held:
            raise Refused("payment_by_wechat_only")
