import logging
from uuid import uuid4

from odoo import api, fields, models
from odoo.addons.dining_rules.ledger import NOTHING, Wrong, first_wrong
from odoo.addons.dining_rules.money import yuan

_logger = logging.getLogger(__name__)


class DiningWallet(models.Model):
    """What a member has paid in advance at a company, and what was given with it.

    The balances follow from the entries and stand here for speed; `services.account` is the one door that changes
    them, and `_verify` finds what changed them otherwise.
    """

    _name = "dining.wallet"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Wallet"
    _order = "id desc"
    _rec_name = "member_id"

    member_id = fields.Many2one("dining.member", required=True, readonly=True, ondelete="restrict")
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="restrict")
    currency_id = fields.Many2one(related="company_id.currency_id")
    uuid = fields.Char(required=True, readonly=True, copy=False, default=lambda self: str(uuid4()))
    state = fields.Selection([("open", "Open"), ("closed", "Closed")], default="open", required=True, readonly=True)
    principal_fen = fields.Integer("Principal in fen", required=True, readonly=True, default=0)
    bonus_fen = fields.Integer("Bonus in fen", required=True, readonly=True, default=0)
    held_fen = fields.Integer("Held in fen", required=True, readonly=True, default=0)
    principal = fields.Monetary(compute="_compute_amounts")
    bonus = fields.Monetary(compute="_compute_amounts")
    held = fields.Monetary(compute="_compute_amounts")
    available = fields.Monetary(compute="_compute_amounts", help="Principal and bonus, less what is held for orders.")
    sequence = fields.Integer("Number of entries", required=True, readonly=True, default=0)
    last_digest = fields.Char(required=True, readonly=True, default=NOTHING)
    last_at = fields.Datetime("Last changed", readonly=True)
    entry_ids = fields.One2many("dining.wallet.entry", "wallet_id", "Entries", readonly=True)
    lot_ids = fields.One2many("dining.wallet.lot", "wallet_id", "Top-ups", readonly=True)
    wrong = fields.Char("Does not verify", readonly=True, help="The first entry that does not hold, and why.")
    hold_ids = fields.One2many("dining.wallet.hold", "wallet_id", "Holds", readonly=True)

    _uuid_unique = models.UniqueIndex("(uuid)")
    _one_a_member = models.UniqueIndex("(member_id)", "This member has a wallet already.")
    _not_negative = models.Constraint(
        "CHECK (principal_fen >= 0 AND bonus_fen >= 0)", "A wallet never holds less than nothing."
    )
    _held_is_there = models.Constraint(
        "CHECK (held_fen BETWEEN 0 AND principal_fen + bonus_fen)", "No more can be held than a wallet holds."
    )

    @api.depends("principal_fen", "bonus_fen", "held_fen")
    def _compute_amounts(self):
        for wallet in self:
            wallet.principal = yuan(wallet.principal_fen)
            wallet.bonus = yuan(wallet.bonus_fen)
            wallet.held = yuan(wallet.held_fen)
            wallet.available = yuan(wallet.principal_fen + wallet.bonus_fen - wallet.held_fen)

    @api.model
    def _of(self, member):
        """The member's wallet, opened with the first use; two who ask at once get the same."""
        self.env.cr.execute(
            """INSERT INTO dining_wallet (company_id, member_id, uuid, state, principal_fen, bonus_fen, held_fen,
                                          sequence, last_digest, create_date, create_uid)
               VALUES (%s, %s, %s, 'open', 0, 0, 0, 0, %s, now() AT TIME ZONE 'UTC', %s)
          ON CONFLICT (member_id) DO NOTHING""",
            (member.company_id.id, member.id, str(uuid4()), NOTHING, self.env.uid),
        )
        return self.search([("member_id", "=", member.id)])

    def _has_written(self, key):
        """Whether a key has written an entry of this wallet."""
        return bool(self.entry_ids.search_count([("wallet_id", "=", self.id), ("key", "=", key)], limit=1))

    def _verify(self):
        """The first row of this wallet that does not follow from those before it, or None.

        Besides the chain: the wallet's own balances and its lots are what the entries come to.
        """
        self.ensure_one()
        entries = self.env["dining.wallet.entry"]._read_chain(self)
        wrong = first_wrong(entries)
        if wrong:
            return wrong
        last = entries[-1] if entries else None
        told = (self.sequence, self.last_digest, self.principal_fen, self.bonus_fen)
        known = (
            (last.sequence, last.digest, last.principal_after_fen, last.bonus_after_fen) if last else (0, NOTHING, 0, 0)
        )
        if told != known:
            return Wrong(known[0], "wallet")
        self.lot_ids.invalidate_recordset()
        return None if self.lot_ids._told() == _lots_of(entries) else Wrong(self.sequence, "lots")

    @api.model
    def _verify_all(self):
        """Verify every wallet, keep what is wrong on it, and tell the accountants; the cron calls it every night.

        :return: the wallets that do not verify
        """
        for wallet in self.search([("sequence", ">=", 0)], order="id"):  # every one
            wrong = wallet._verify()
            words = f"{wrong.sequence}: {wrong.why}" if wrong else False
            if words and words != wallet.wrong:
                wallet._tell_accountants(words)
            if words != wallet.wrong:
                wallet.wrong = words
            wallet.invalidate_recordset()
        return self.search([("wrong", "!=", False)])

    def action_verify(self):
        """Button: verify this wallet now and say how it stands."""
        self.ensure_one()
        self.check_access("read")
        wrong = self._verify()
        words = (
            self.env._("Entry %(number)s does not hold: %(why)s.", number=wrong.sequence, why=wrong.why)
            if wrong
            else self.env._("All %s entries hold, and the balances follow from them.", self.sequence)
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": "danger" if wrong else "success", "message": words, "sticky": bool(wrong)},
        }

    def _tell_accountants(self, words):
        _logger.error("wallet %s does not verify: %s", self.uuid, words)
        kind = self.env.ref("mail.mail_activity_data_todo").id
        for user in self.env.ref("account.group_account_manager").all_user_ids:
            if user.active and not user.share and self.company_id in user.company_ids:
                summary = self.with_context(lang=user.lang).env._("This wallet does not verify (%s)", words)
                self.activity_schedule(activity_type_id=kind, summary=summary, user_id=user.id)


def _lots_of(entries):
    """{lot: what the entries say of it}, as `dining.wallet.lot._told`."""
    lots = {}
    for entry in entries:
        for lot_id, principal, bonus, _vat in entry.shares:
            if entry.terms:
                lots[lot_id] = [principal, bonus, principal, bonus, entry.at, entry.terms]
            else:
                lots[lot_id][2] += principal
                lots[lot_id][3] += bonus
    return lots
