from odoo import models
from odoo.addons.dining_rules.menu import Text

from ..services.firing import Firing

BY_PHONE = Text("扫码点餐", "Ordered by phone")


class DiningRound(models.Model):
    _inherit = "dining.round"

    def action_confirm(self):
        result = super().action_confirm()
        # What the kitchen has got is no longer the register's to send.
        self.order_id._dining_settle_memory()
        return result

    def _fire(self, lines):
        result = super()._fire(lines)
        # Of what staff have taken off meanwhile a line without portions may be left.
        lines = [line for line in lines if line.quantity > 0]
        if lines:
            self.ensure_one()
            self.flush_model()
            Firing(self.env, source="phone", ordered_by=BY_PHONE, round_id=self.id).fire(lines)
        return result
