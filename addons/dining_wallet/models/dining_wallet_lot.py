import json

from odoo import api, fields, models
from odoo.addons.dining_rules.money import yuan


class DiningWalletLot(models.Model):
    """One top-up: what was paid, what was given with it, and what is left of both."""

    _name = "dining.wallet.lot"
    _description = "Top-up lot"
    _order = "id"
    _log_access = False

    wallet_id = fields.Many2one("dining.wallet", required=True, readonly=True, ondelete="restrict", index=True)
    bought_at = fields.Datetime(required=True, readonly=True)
    principal_fen = fields.Integer("Paid, in fen", required=True, readonly=True)
    bonus_fen = fields.Integer("Given, in fen", required=True, readonly=True)
    principal_left_fen = fields.Integer("Principal left, in fen", required=True, readonly=True)
    bonus_left_fen = fields.Integer("Bonus left, in fen", required=True, readonly=True)
    currency_id = fields.Many2one(related="wallet_id.currency_id")
    principal = fields.Monetary("Paid", compute="_compute_amounts")
    bonus = fields.Monetary("Given", compute="_compute_amounts")
    principal_left = fields.Monetary(compute="_compute_amounts")
    bonus_left = fields.Monetary(compute="_compute_amounts")
    offer = fields.Char(readonly=True)
    vat_permille = fields.Integer("VAT within it, in ‰", required=True, readonly=True)
    invoice_policy = fields.Selection(
        [("topup", "For the top-up, untaxed (601)"), ("spend", "For what is consumed")], required=True, readonly=True
    )
    cooling_off_days = fields.Integer("Full refund within, in days", required=True, readonly=True)
    is_closed = fields.Boolean("Refunded", required=True, readonly=True, default=False)

    _within = models.Constraint(
        "CHECK (principal_left_fen BETWEEN 0 AND principal_fen AND bonus_left_fen BETWEEN 0 AND bonus_fen)",
        "No more of a top-up can be spent than was paid and given.",
    )

    @api.depends("principal_fen", "bonus_fen", "principal_left_fen", "bonus_left_fen")
    def _compute_amounts(self):
        for lot in self:
            for name in ("principal", "bonus", "principal_left", "bonus_left"):
                lot[name] = yuan(lot[f"{name}_fen"])

    def _told(self):
        """{id: [paid, given, principal left, bonus left, when, terms]}, what the ledger's entries must say, too."""
        return {
            lot.id: [
                *(lot.principal_fen, lot.bonus_fen, lot.principal_left_fen, lot.bonus_left_fen),
                *(
                    lot.bought_at,
                    terms_text({name: lot[name] or "" if name == "offer" else lot[name] for name in TERMS}),
                ),
            ]
            for lot in self
        }


#: What was agreed when a lot was bought.
TERMS = ("offer", "vat_permille", "invoice_policy", "cooling_off_days")


def terms_text(terms):
    """Terms as a ledger entry keeps them: JSON, its keys sorted."""
    return json.dumps(terms, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
