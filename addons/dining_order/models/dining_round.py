from odoo import api, fields, models
from odoo.addons.dining_base.after_commit import notify_later
from odoo.exceptions import AccessError, UserError


class DiningRound(models.Model):
    """What a table submitted at once; the register's own additions are no rounds of a guest."""

    _name = "dining.round"
    _description = "Round of a table"
    _order = "id desc"
    _rec_name = "number"

    order_id = fields.Many2one("pos.order", required=True, ondelete="cascade", index=True)
    session_id = fields.Many2one("dining.table.session", "Table session", ondelete="restrict", index=True)
    config_id = fields.Many2one("pos.config", "Store", required=True, ondelete="restrict")
    company_id = fields.Many2one(related="config_id.company_id", store=True, precompute=True)
    table_id = fields.Many2one(related="session_id.table_id")
    guest_id = fields.Many2one("dining.table.guest", ondelete="restrict")
    number = fields.Integer(required=True)
    state = fields.Selection(
        [("waiting", "Waiting for staff"), ("confirmed", "Confirmed"), ("rejected", "Rejected")],
        required=True,
        readonly=True,
        default="confirmed",
    )
    placed_at = fields.Datetime(required=True, readonly=True)
    confirmed_by_id = fields.Many2one("res.users", readonly=True)
    client_key = fields.Char(readonly=True)
    request_hash = fields.Char(readonly=True)
    line_ids = fields.One2many("pos.order.line", "dining_round_id", "Dishes")
    dish_count = fields.Integer("Portions", compute="_compute_dish_count")

    _client_key_unique = models.UniqueIndex("(guest_id, client_key) WHERE client_key IS NOT NULL")

    @api.depends("number", "order_id.pos_reference")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for item in self:
            item.display_name = self.env._(
                "%(order)s, round %(number)s", order=item.order_id.pos_reference, number=item.number
            )

    @api.depends("line_ids.qty", "line_ids.dining_charge")
    def _compute_dish_count(self):
        for item in self:
            dishes = item.line_ids.filtered(lambda line: not line.dining_charge and not line.combo_parent_id)
            item.dish_count = sum(dishes.mapped("qty"))

    def _set_confirmed(self):
        self._set_state({"waiting"}, "confirmed")

    def _set_rejected(self):
        self._set_state({"waiting"}, "rejected")

    def _set_state(self, allowed, state):
        if any(item.state not in allowed for item in self):
            raise UserError(self.env._("This round is no longer waiting for the staff."))
        self.write({"state": state, "confirmed_by_id": self.env.uid})

    def action_confirm(self):
        """Send rounds that wait for the staff to the kitchen."""
        for item in self._as_staff():
            if item.order_id.state == "cancel":
                raise UserError(self.env._("The order of this round was cancelled."))
            item._set_confirmed()
            item._fire(item.line_ids._dining_fired_lines())
            item._notify_changed()

    def action_reject(self):
        """Take rounds that wait for the staff off their order; nothing of them was cooked."""
        for item in self._as_staff():
            item._set_rejected()
            item._give_back_portions()
            item.order_id._dining_forget_charges(item.line_ids)
            item.order_id.write({"lines": [fields.Command.delete(line.id) for line in item.line_ids]})
            item.order_id._dining_restore_amounts()
            item._notify_changed()

    def _as_staff(self):
        """These rounds with the right to change them: who may see a round may decide on it, and only so."""
        self.check_access("read")
        if not self.env.su and not self.env.user.has_group("point_of_sale.group_pos_user"):
            raise AccessError(self.env._("Only staff decide on rounds."))
        return self.sudo()

    def _give_back_portions(self):
        """What nobody cooked can be sold again."""
        for item in self:
            item.config_id._dining_give_back(item.line_ids._dining_portions())

    def _notify_changed(self):
        self.order_id._dining_touch()
        notify_later(self.config_id, "_dining_notify_register")

    def _fire(self, lines):
        """Hand confirmed dishes to the kitchen, in the transaction that confirmed them.

        :param lines: list of `dining_rules.firing.FiredLine`
        """
