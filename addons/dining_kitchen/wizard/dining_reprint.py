from odoo import fields, models


class DiningReprint(models.TransientModel):
    """A ticket that is printed once more (补打), and why."""

    _name = "dining.reprint"
    _description = "Print a ticket again"

    ticket_id = fields.Many2one("dining.ticket", required=True, readonly=True)
    reason = fields.Char(required=True, help="It stands on the paper, and in the ticket's list of prints.")

    def action_print(self):
        """Print the ticket again.

        :raises UserError: as `dining.ticket._reprint`
        """
        self.ensure_one()
        self.ticket_id._reprint(self.reason)
        return {"type": "ir.actions.act_window_close"}
