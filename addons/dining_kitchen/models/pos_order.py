import json

from odoo import Command, api, models
from odoo.addons.dining_base.after_commit import notify_later
from odoo.addons.dining_base.errors import Refused
from odoo.exceptions import UserError

from ..services import moving
from ..services.register import BY_CHANGE, BY_GUEST, Kitchen, Move
from ..services.rush import rush
from ..services.slips import table_name


class PosOrder(models.Model):
    _inherit = "pos.order"

    @api.model
    def _process_order(self, order, existing_order):
        """Hand to the kitchen what the register has sent.

        The register tells in the context, each by the uuid of an order in the batch: `dining_send`, whose Order
        button was pressed; `dining_reasons`, why portions were taken off; and `dining_moves`.
        """
        uuid = order.get("uuid")
        new = self._dining_new_lines(order)
        # A bill that comes as a paid one hands everything to the kitchen in there.
        order_id = super(PosOrder, self.with_context(dining_new_lines=new))._process_order(order, existing_order)
        processed = self.browse(order_id)
        if processed._dining_cooks() and processed.state == "draft":
            kitchen = Kitchen(processed)
            processed._dining_move(kitchen, new)
            send, reasons = (self.env.context.get(name) for name in ("dining_send", "dining_reasons"))
            kitchen.hear(
                "register",
                voids=isinstance(send, list) and uuid in send,
                reason=_reason(reasons.get(uuid) if isinstance(reasons, dict) else ""),
            )
        return order_id

    def _dining_move(self, kitchen, new):
        """What the register says that has come here from another bill."""
        kitchen.move(_moves(self.env.context.get("dining_moves")), new)

    def _dining_warn(self, by_guest=False):
        changed = super()._dining_warn(by_guest)
        if changed and self._dining_cooks():
            # Who takes an allergy back endangers nobody: the ticket that is there may stay.
            uuids = changed.filtered("dining_allergies").mapped("uuid")
            Kitchen(self).warn(uuids, BY_GUEST if by_guest else BY_CHANGE)
            notify_later(self.config_id, "_dining_notify_displays")
        return changed

    @api.model
    def _dining_new_lines(self, order):
        """Uuids of the lines that a register sends for the first time."""
        sent = {command[2].get("uuid") for command in order.get("lines") or () if command[0] == Command.CREATE}
        return sent - set(self.env["pos.order.line"].search([("uuid", "in", list(sent))]).mapped("uuid"))

    def _ensure_to_keep_last_preparation_change(self, vals):
        """Hear what is sent by the Order button, whatever the clock of the register says.

        Odoo forgets what a register claims to have sent where another one, or a phone, has sent something later by
        the clock; our dish events know what is new. What was not sent now, and is older, is passed over as Odoo does,
        but not worth a warning: it happens whenever the server has corrected a memory.

        :raises Refused: order_not_open, where what was sent would be dropped in silence
        """
        sent = self.env.context.get("dining_send")
        stored, told = self.last_order_preparation_change, vals.get("last_order_preparation_change")
        if not self.config_id.is_dining:
            return super()._ensure_to_keep_last_preparation_change(vals)
        if isinstance(sent, list) and vals.get("uuid") in sent:
            if self.state != "draft" and self._dining_would_lose(vals):
                raise Refused("order_not_open")
        elif _sent_at(stored) > _sent_at(told):
            vals["last_order_preparation_change"] = stored
        else:
            super()._ensure_to_keep_last_preparation_change(vals)
        return None

    def _dining_would_lose(self, vals):
        """Whether a register tells this bill, which is closed, of something that it does not know yet.

        A register that has not heard that its bill was booked tells it once more: there is nothing new in that.
        """
        changed = any(command[0] == Command.UPDATE for command in vals.get("lines") or ())
        return bool(self._dining_new_lines(vals)) or (changed and vals.get("state", "draft") == "draft")

    def write(self, vals):
        """A table that moves is told to the stations that still owe its dishes."""
        left = {}
        if vals.get("table_id"):
            left = {
                order: table_name(order.sudo())
                for order in self
                if order.state == "draft" and order.table_id.id != vals["table_id"] and order._dining_cooks()
            }
        result = super().write(vals)
        for order, name in left.items():
            moving.tell_move(order, name)
        return result

    def _dining_absorb(self, source):
        result = super()._dining_absorb(source)
        if self._dining_cooks():
            moving.absorb(self, source)
        return result

    def _dining_take_over(self, source, uuids):
        result = super()._dining_take_over(source, uuids)
        if self._dining_cooks():
            Kitchen(self).take_over(uuids)
        return result

    def action_pos_order_paid(self):
        """A dish that is paid is cooked, whether somebody has pressed Order or not."""
        new = self.env.context.get("dining_moves") and self.env.context.get("dining_new_lines")
        for order in self.filtered(lambda order: new and order._dining_cooks()):
            # It was split off another while the server could not hear of it, and then paid.
            order._dining_move(Kitchen(order), new)
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

    def action_dining_cancel_dishes(self, reason=""):
        """The register is about to cancel these orders: the kitchen must stop cooking them.

        :raises Refused: dish_started
        """
        self.check_access("write")
        self._dining_check_may_cancel()
        for order in self.filtered(lambda order: order._dining_cooks() and order.state == "draft"):
            Kitchen(order).cancel("register", _reason(reason))
        return True

    def action_dining_rush(self, line_uuid):
        """Button of the register: ask the kitchen to hurry with a dish.

        :raises Refused: as `services.rush.rush`
        """
        self.ensure_one()
        self.check_access("write")
        # Cashiers write no events; the order they may write is the one they rush.
        rush(self.sudo(), line_uuid, "register", Kitchen(self).author())
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


def _sent_at(memory):
    """When, by somebody's clock, something was last sent: '2026-03-01 11:30:05', or ''."""
    return (json.loads(memory or "{}").get("metadata") or {}).get("serverDate") or ""


def _reason(told):
    """A reason as people type it, at most so long as a ticket can bear."""
    return told.strip()[:100] if isinstance(told, str) else ""


def _moves(told):
    """Moves as the register tells them: [{"from": uuid, "to": uuid, "quantity": number, "left": number}].

    A register that was opened before they had a `left` tells none.
    """
    return [
        Move(move["from"], move["to"], float(move["quantity"]), _left(move.get("left")))
        for move in told or ()
        if isinstance(move, dict) and isinstance(move.get("quantity"), (int, float))
    ]


def _left(told):
    return float(told) if isinstance(told, (int, float)) and not isinstance(told, bool) and told >= 0 else None
