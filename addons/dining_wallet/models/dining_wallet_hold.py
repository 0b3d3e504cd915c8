from odoo import api, fields, models
from odoo.addons.dining_rules.money import yuan

from ..services import holds


class DiningWalletHold(models.Model):
    """An amount set aside: for an order that is placed and not yet final, or a top-up that is being refunded."""

    _name = "dining.wallet.hold"
    _description = "Wallet hold"
    _order = "id desc"

    wallet_id = fields.Many2one("dining.wallet", required=True, readonly=True, ondelete="restrict", index=True)
    amount_fen = fields.Integer("Amount in fen", required=True, readonly=True)
    captured_fen = fields.Integer("Captured, in fen", required=True, readonly=True, default=0)
    currency_id = fields.Many2one(related="wallet_id.currency_id")
    amount = fields.Monetary(compute="_compute_amounts")
    captured = fields.Monetary(compute="_compute_amounts")
    state = fields.Selection(
        [("open", "Open"), ("captured", "Captured"), ("released", "Released"), ("expired", "Expired")],
        default="open",
        required=True,
        readonly=True,
    )
    expires_at = fields.Datetime(required=True, readonly=True)
    source = fields.Char(required=True, readonly=True)
    key = fields.Char(required=True, readonly=True)
    entry_id = fields.Many2one("dining.wallet.entry", readonly=True, ondelete="restrict")
    lot_id = fields.Many2one(
        "dining.wallet.lot", "Refund of", readonly=True, ondelete="restrict", help="The top-up that is being refunded."
    )

    _one_refund_a_lot = models.UniqueIndex(
        "(lot_id) WHERE state = 'open' AND lot_id IS NOT NULL", "This top-up is being refunded already."
    )
    _key_unique = models.UniqueIndex("(wallet_id, key)")
    _due = models.Index("(expires_at) WHERE state = 'open'")

    @api.depends("amount_fen", "captured_fen")
    def _compute_amounts(self):
        for held in self:
            held.amount, held.captured = yuan(held.amount_fen), yuan(held.captured_fen)

    @api.model
    def _expire(self):
        """Free the holds whose time is over; the cron calls it."""
        holds.expire(self.env)

    _within = models.Constraint(
        "CHECK (amount_fen > 0 AND captured_fen BETWEEN 0 AND amount_fen)", "No more is captured than was held."
    )
