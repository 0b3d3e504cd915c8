from odoo import fields, models

from ..models.dining_approval import KINDS


class DiningTurnDown(models.TransientModel):
    _name = "dining.turn.down"
    _description = "Why a request is turned down"

    model = fields.Char(required=True, readonly=True)
    request_id = fields.Integer(required=True, readonly=True)
    words = fields.Char("Reason", required=True)

    def action_turn_down(self):
        """Button: say no.

        :raises Refused: those of `dining.approval._turn_down`
        """
        self.ensure_one()
        if self.model in KINDS:
            self.env[self.model].browse(self.request_id)._turn_down(self.words)
        return {"type": "ir.actions.act_window_close"}
