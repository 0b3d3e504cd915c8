from odoo import api, models
from odoo.exceptions import UserError

from ..services.register import Kitchen


class PosOrder(models.Model):
    _inherit = "pos.order"

    @api.model
    def _process_order(self, order, existing_order):
        """Hand to the kitchen what the register has sent."""
        order_id = super()._process_order(order, existing_order)
        processed = self.browse(order_id)
        if processed._dining_cooks() and processed.state == "draft":
            kitchen = Kitchen(processed)
            kitchen.move(_moves(self.env.context.get("dining_moves")))
            kitchen.hear("register", voids=bool(self.env.context.get("dining_send")))
        return order_id

    def action_pos_order_paid(self):
        """A dish that is paid is cooked, whether somebody has pressed Order or not."""
        result = super().action_pos_order_paid()
        for order in self.filtered(lambda order: order._dining_cooks()):
            if order.dining_waiting:
                # Who pays has confirmed; a cashier may not otherwise touch rounds of guests.
                order.sudo()._dining_confirm_waiting()
            Kitchen(order).hear("payment", everything=True)
        return result

    def action_pos_order_cancel(self):
        """A register says itself what it cancels, because it also cancels orders that it has merged."""
        if not self.env.context.get("device_identifier"):
            for order in self.filtered(lambda order: order._dining_cooks() and order.state == "draft"):
                Kitchen(order).cancel("office")
        return super().action_pos_order_cancel()

    def action_dining_cancel_dishes(self):
        """The register is about to cancel these orders: the kitchen must stop cooking them."""
        self.check_access("write")
        for order in self.filtered(lambda order: order._dining_cooks() and order.state == "draft"):
            Kitchen(order).cancel("register")
        return True

    @api.ondelete(at_uninstall=False)
    def _unlink_never_what_was_cooked(self):
        if self.env["dining.dish.event"].sudo().search_count([("order_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._("The kitchen has heard of this order, so it cannot be deleted. Cancel it instead.")
            )

    def _dining_cooks(self):
        """Whether this order's dishes are for our kitchen: a sale of one of our stores."""
        self.ensure_one()
        return self.config_id.is_dining and not self.is_refund

    def _dining_settle_memory(self):
        """After firing, make the registers' memory of what was sent agree."""
        for order in self:
            Kitchen(order).settle()


def _moves(told):
    """Moves as the register tells them: [{"from": uuid, "to": uuid, "quantity": number}]."""
    return [
        (move["from"], move["to"], float(move["quantity"]))
        for move in told or ()
        if isinstance(move, dict) and isinstance(move.get("quantity"), (int, float))
    ]
