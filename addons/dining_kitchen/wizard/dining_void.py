from odoo import api, fields, models

from ..services.register import Kitchen
from ..services.rush import rush
from ..services.void import void


class DiningVoid(models.TransientModel):
    """A dish of an open order that the back office takes off (退菜) or has hurried with (催菜)."""

    _name = "dining.void"
    _description = "Take a dish off an order"

    order_id = fields.Many2one("pos.order", required=True, readonly=True)
    line_id = fields.Many2one(
        "pos.order.line",
        "Dish",
        required=True,
        domain="[('order_id', '=', order_id), ('combo_parent_id', '=', False), ('dining_charge', '=', False)]",
    )
    portions = fields.Integer(default=1, required=True)
    reason = fields.Char(help="The kitchen reads it on its ticket.")

    @api.onchange("line_id")
    def _onchange_line_id(self):
        self.portions = int(self.line_id.qty) or 1

    def action_void(self):
        """Take the portions off the order and tell the kitchen why.

        :raises Refused: as `services.void.void`
        """
        self.ensure_one()
        self.order_id.check_access("write")
        void(self.order_id, self.line_id, self.portions, self.reason or "")
        return {"type": "ir.actions.act_window_close"}

    def action_rush(self):
        """Ask the kitchen to hurry.

        :raises Refused: as `services.rush.rush`
        """
        self.ensure_one()
        self.order_id.check_access("write")
        # Nobody writes events; who may write the order may have it hurried.
        order = self.order_id.sudo()
        rush(order, self.line_id.uuid, "office", Kitchen(order).author())
        return {"type": "ir.actions.act_window_close"}
