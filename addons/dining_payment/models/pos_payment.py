from odoo import api, models
from odoo.addons.dining_base.errors import Refused

#: What makes a payment what it is; a register that sends the same again is not refused.
FACTS = ("amount", "payment_method_id", "pos_order_id", "transaction_id", "is_change")


class PosPayment(models.Model):
    """Payments by phone are written when WeChat has confirmed them, and by nobody else."""

    _inherit = "pos.payment"

    @api.model_create_multi
    def create(self, vals_list):
        methods = self.env["pos.payment.method"].browse([vals.get("payment_method_id") for vals in vals_list])
        if not self.env.su and any(methods.mapped("dining_is_wechat")):
            raise Refused("payment_by_wechat_only")
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su and self._dining_would_change(vals):
            raise Refused("payment_by_wechat_only")
        return super().write(vals)

    def _dining_would_change(self, vals):
        facts = {name: vals[name] for name in FACTS if name in vals}
        target = self.env["pos.payment.method"].browse(facts.get("payment_method_id"))
        return any(
            payment._fields[name].convert_to_write(payment[name], payment) != value
            for payment in self
            if payment.payment_method_id.dining_is_wechat or target.dining_is_wechat
            for name, value in facts.items()
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_by_phone(self):
        """Only the server removes one, once its transaction has let go of it."""
        by_phone = self.filtered(lambda payment: payment.payment_method_id.dining_is_wechat)
        # sudo: cashiers may not read transactions
        held = self.env["payment.transaction"].sudo().search_count([("dining_payment_id", "in", by_phone.ids)], limit=1)
        if by_phone and (held or not self.env.su):
            raise Refused("payment_by_wechat_only")
