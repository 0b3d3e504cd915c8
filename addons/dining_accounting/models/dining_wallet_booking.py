from odoo import api, fields, models
from odoo.exceptions import UserError


class DiningWalletBooking(models.Model):
    """Where a wallet entry stands in the books: once, whatever happens.

    A wallet entry itself never changes, so the link has a table of its own.
    """

    _name = "dining.wallet.booking"
    _description = "Booked wallet entry"
    _order = "id desc"
    _rec_name = "entry_id"

    entry_id = fields.Many2one("dining.wallet.entry", required=True, readonly=True, ondelete="restrict")
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="restrict", index=True)
    move_id = fields.Many2one("account.move", required=True, readonly=True, ondelete="restrict", index=True)
    liability_line_id = fields.Many2one(
        "account.move.line", "Item of the liability", readonly=True, ondelete="restrict"
    )
    vat_line_id = fields.Many2one("account.move.line", "Item of the deferred VAT", readonly=True, ondelete="restrict")
    member_id = fields.Many2one(related="entry_id.member_id")
    kind = fields.Selection(related="entry_id.kind")
    at = fields.Datetime(related="entry_id.at")
    principal = fields.Monetary(related="entry_id.principal")
    vat = fields.Monetary(related="entry_id.vat")
    currency_id = fields.Many2one(related="company_id.currency_id")

    _entry_once = models.UniqueIndex("(entry_id)", "This wallet entry is booked already.")

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("What is booked stays linked to its journal entry; reverse the entry instead."))
