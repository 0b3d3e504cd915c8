"""Reverse settlement (反结账): a settled order is refunded whole, and stands open once more as another one."""

import json

from odoo import api, fields, models
from odoo.addons.dining_base.after_commit import notify_later
from odoo.addons.dining_base.errors import Refused


class PosOrder(models.Model):
    """Nothing that was settled is edited: the original, its reversal and its replacement are three orders in a chain.

    The reversal is a refund, in a session that is open: a day that was closed stays as it is. Of the replacement the
    kitchen cooks nothing; its dishes are those of the original.
    """

    _inherit = "pos.order"

    dining_is_reversal = fields.Boolean("Reverses the settlement", readonly=True, copy=False)
    dining_replaces_id = fields.Many2one(
        "pos.order", "Settled anew for", readonly=True, index="btree_not_null", copy=False, ondelete="restrict"
    )
    dining_replaced_by_ids = fields.One2many("pos.order", "dining_replaces_id", "Settled anew as", readonly=True)

    def _dining_reverse(self, reason):
        """Give every tender back to its source, and open the order once more, to be settled as it should have been.

        :param reason: for the books, not empty
        :return: the replacement, an open pos.order at no table
        :raises Refused: reversal_done, reversal_refunded, and those of `_dining_refund`
        """
        self.ensure_one()
        self._dining_check_may_refund()
        order = self.sudo()  # sudo: wallets, payments and transactions are the server's to write
        order._dining_lock()
        if order.dining_replaced_by_ids:
            raise Refused("reversal_done", order=order.dining_replaced_by_ids[0].pos_reference)
        if order.dining_refund_ids or any(order.lines.mapped("refunded_qty")):
            raise Refused("reversal_refunded")
        if order.dining_refund_of_id:
            raise Refused("refund_not_settled")
        reversal = order._dining_refund(reason)
        reversal.dining_is_reversal = True
        replacement = order._dining_open_anew(reversal)
        self._dining_note_reversal(reversal, replacement)
        return replacement.with_env(self.env)

    def _dining_open_anew(self, reversal):
        """The same lines, at the prices they were ordered at, on an open order at no table: others may sit there."""
        session = reversal.session_id
        reference, tracking_number = session.config_id._get_next_order_refs()
        table = self.table_id.dining_name or self.floating_order_name or self.tracking_number
        replacement = self.copy(
            {
                "name": "/",
                "session_id": session.id,
                "date_order": fields.Datetime.now(),
                "pos_reference": reference,
                "tracking_number": tracking_number,
                "lines": False,
                "amount_paid": 0,
                "amount_return": 0,
                "table_id": False,
                "floating_order_name": self.env._("%s, settled anew", table),
                "last_order_preparation_change": json.dumps({"lines": {}}),
                "user_id": self.env.uid,
                "dining_replaces_id": self.id,
                # What was charged stands on the lines; staff who add a dish charge no more than what it adds.
                "dining_seats_charged": self.dining_seats_charged,
                "dining_service_fen": self.dining_service_fen,
            }
        )
        copies = {}
        for line in self.lines.filtered(lambda line: not line.dining_wallet_entry_id):
            # Heads of set meals come before their parts.
            copies[line] = line.copy(
                {
                    "order_id": replacement.id,
                    "combo_parent_id": copies[line.combo_parent_id].id if line.combo_parent_id else False,
                    "combo_line_ids": False,
                    "course_id": False,
                    "dining_round_id": False,
                }
            )
        replacement._dining_restore_amounts()
        replacement._dining_take_over(self, {line.uuid: copy.uuid for line, copy in copies.items()})
        replacement._dining_touch()
        notify_later(replacement.config_id, "_dining_notify_register")
        return replacement

    def _dining_note_reversal(self, reversal, replacement):
        """Who reversed what, and why, stands on all three for good."""
        for order in (self, reversal.with_env(self.env), replacement.with_env(self.env)):
            order.message_post(
                body=self.env._(
                    "%(user)s reversed the settlement of %(order)s: %(reason)s. The money went back with %(reversal)s;"
                    " it is settled anew as %(replacement)s.",
                    user=self.env.user.name,
                    order=self.pos_reference,
                    reason=reversal.dining_refund_reason,
                    reversal=reversal.pos_reference,
                    replacement=replacement.pos_reference,
                )
            )

    @api.model
    def _dining_strip(self, order):
        for name in ("dining_is_reversal", "dining_replaces_id", "dining_replaced_by_ids"):
            order.pop(name, None)
        return super()._dining_strip(order)
