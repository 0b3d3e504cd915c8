from odoo import api, fields, models
from odoo.addons.dining_base.append_only import only_add_to
from odoo.addons.dining_rules.ledger import NOTHING, VERSION, Entry
from odoo.addons.dining_rules.money import yuan
from odoo.exceptions import UserError

#: Columns as `dining_rules.ledger.Entry` names them.
_CHAIN = """
SELECT w.uuid AS account, e.sequence, e.at, e.kind, e.principal_fen, e.bonus_fen, e.principal_after_fen,
       e.bonus_after_fen, e.reason, e.source, e.key, r.sequence AS reverses, e.previous, e.digest, e.version, e.shares,
       e.terms
  FROM dining_wallet_entry e
  JOIN dining_wallet w ON w.id = e.wallet_id
  LEFT JOIN dining_wallet_entry r ON r.id = e.reverses_id
 WHERE e.wallet_id = %s ORDER BY e.sequence
"""


class DiningWalletEntry(models.Model):
    """One change of a wallet; only ever added to, as the database itself enforces."""

    _name = "dining.wallet.entry"
    _description = "Wallet entry"
    _order = "id desc"
    _log_access = False
    _rec_name = "sequence"

    wallet_id = fields.Many2one("dining.wallet", required=True, readonly=True, ondelete="restrict")
    sequence = fields.Integer(required=True, readonly=True)
    at = fields.Datetime("Time", required=True, readonly=True, index=True)
    kind = fields.Selection(
        [
            ("topup", "Top-up"),
            ("spend", "Spent"),
            ("return", "Returned to the wallet"),
            ("refund", "Refunded to the member"),
            ("reversal", "Reversed"),
        ],
        required=True,
        readonly=True,
    )
    principal_fen = fields.Integer("Principal, in fen", required=True, readonly=True)
    bonus_fen = fields.Integer("Bonus, in fen", required=True, readonly=True)
    principal_after_fen = fields.Integer("Principal after it, in fen", required=True, readonly=True)
    bonus_after_fen = fields.Integer("Bonus after it, in fen", required=True, readonly=True)
    member_id = fields.Many2one(related="wallet_id.member_id")
    currency_id = fields.Many2one(related="wallet_id.currency_id")
    principal = fields.Monetary(compute="_compute_amounts")
    bonus = fields.Monetary(compute="_compute_amounts")
    principal_after = fields.Monetary("Principal after it", compute="_compute_amounts")
    bonus_after = fields.Monetary("Bonus after it", compute="_compute_amounts")
    vat = fields.Monetary("VAT within the principal", compute="_compute_amounts")
    shares = fields.Json(
        "Top-ups concerned", readonly=True, help="[[top-up, principal, bonus, VAT within the principal], …] in fen"
    )
    terms = fields.Char(required=True, readonly=True, default="", help="What was agreed with a top-up.")
    reason = fields.Char(required=True, readonly=True)
    source = fields.Char(required=True, readonly=True, help="What caused it, such as an order's receipt number.")
    key = fields.Char(required=True, readonly=True)
    reverses_id = fields.Many2one("dining.wallet.entry", readonly=True, ondelete="restrict", index="btree_not_null")
    previous = fields.Char("Digest before it", required=True, readonly=True, default=NOTHING)
    digest = fields.Char(required=True, readonly=True)
    version = fields.Integer(required=True, readonly=True, default=VERSION)
    user_id = fields.Many2one(
        "res.users", "By", readonly=True, ondelete="restrict", help="Empty where no employee did it, but the member."
    )

    _sequence_unique = models.UniqueIndex("(wallet_id, sequence)")
    _key_unique = models.UniqueIndex("(wallet_id, key)")
    _not_negative = models.Constraint(
        "CHECK (principal_after_fen >= 0 AND bonus_after_fen >= 0)", "A wallet never holds less than nothing."
    )
    _not_nothing = models.Constraint("CHECK (principal_fen != 0 OR bonus_fen != 0)", "An entry changes something.")

    @api.depends("principal_fen", "bonus_fen", "principal_after_fen", "bonus_after_fen", "shares")
    def _compute_amounts(self):
        for entry in self:
            entry.principal, entry.bonus = yuan(entry.principal_fen), yuan(entry.bonus_fen)
            entry.principal_after, entry.bonus_after = yuan(entry.principal_after_fen), yuan(entry.bonus_after_fen)
            entry.vat = yuan(sum(share[3] for share in entry.shares or []))

    def init(self):
        only_add_to(self.env.cr, "dining_wallet_entry", "entry")

    def write(self, vals):  # pylint: disable=method-required-super
        raise UserError(self.env._("Wallet entries are never changed; write a further entry that reverses this one."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Wallet entries are never deleted; write a further entry that reverses this one."))

    def _about(self):
        """What these entries were for, in words for the member; not part of what the chain covers.

        :return: {id: {"store": Text or None, "order": number or '', "table": name or '', "offer": Text or None}}
        """
        return {entry.id: {"store": None, "order": "", "table": "", "offer": None} for entry in self}

    def _read_chain(self, wallet):
        """The entries of a wallet as `dining_rules.ledger.Entry`, the first first."""
        self.flush_model()
        self.env.cr.execute(_CHAIN, (wallet.id,))
        return [Entry(**{**row, "shares": tuple(map(tuple, row["shares"]))}) for row in self.env.cr.dictfetchall()]
