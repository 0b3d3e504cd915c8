from odoo import api, fields, models


class PosSession(models.Model):
    _inherit = "pos.session"

    #: Odoo's states in a restaurant's words.
    dining_state = fields.Selection(
        [("opening", "Opening"), ("open", "Open"), ("closing", "Counting"), ("closed", "Closed")],
        "Status of the session",
        compute="_compute_dining_state",
    )

    @api.depends("state")
    def _compute_dining_state(self):
        states = {"opening_control": "opening", "opened": "open", "closing_control": "closing", "closed": "closed"}
        for session in self:
            session.dining_state = states.get(session.state)

    def action_dining_open_entry(self):
        """Open the journal entry that the closed session booked."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": self.move_id.id,
            "views": [(False, "form")],
        }

    def action_dining_open_orders(self):
        """List the session's orders."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("dining.pos_order_action")
        return {**action, "domain": [("session_id", "in", self.ids)], "context": {}}
