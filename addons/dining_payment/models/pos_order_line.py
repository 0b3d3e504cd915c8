from odoo import api, fields, models
from odoo.addons.dining_base.errors import Refused

#: What makes a bonus line what it is; a register that sends the same again is not refused.
FACTS = ("order_id", "product_id", "qty", "price_unit", "discount")


class PosOrderLine(models.Model):
    _inherit = "pos.order.line"

    dining_charge = fields.Selection(selection_add=[("bonus", "Bonus of stored value")])
    dining_wallet_entry_id = fields.Many2one(
        "dining.wallet.entry", "Wallet entry", readonly=True, ondelete="restrict", index="btree_not_null"
    )

    def write(self, vals):
        if not self.env.su:
            self._dining_check_bonus_stays(vals)
        return super().write(vals)

    def _dining_check_bonus_stays(self, vals):
        """What stored value has paid is taken back by returning the payment, not by changing its line.

        :raises Refused: payment_by_wallet_only
        """
        facts = {name: vals[name] for name in FACTS if name in vals}
        for line in self.filtered("dining_wallet_entry_id"):
            if any(line._fields[name].convert_to_write(line[name], line) != value for name, value in facts.items()):
                raise Refused("payment_by_wallet_only")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_bonus(self):
        if not self.env.su and self.filtered("dining_wallet_entry_id"):
            raise Refused("payment_by_wallet_only")
