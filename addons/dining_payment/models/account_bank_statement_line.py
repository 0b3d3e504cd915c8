from odoo import api, fields, models
from odoo.addons.dining_base.errors import Refused


class AccountBankStatementLine(models.Model):
    """Cash of top-ups, in the register's till."""

    _inherit = "account.bank.statement.line"

    dining_topup_id = fields.Many2one(
        "dining.topup", "Top-up", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    dining_wallet_entry_id = fields.Many2one(
        "dining.wallet.entry", "Wallet entry", readonly=True, ondelete="restrict", index="btree_not_null"
    )

    _dining_entry_once = models.UniqueIndex("(dining_wallet_entry_id) WHERE dining_wallet_entry_id IS NOT NULL")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_topup(self):
        """The register lets people delete cash that was moved; the wallet would keep what nobody paid."""
        if self.filtered("dining_wallet_entry_id"):
            raise Refused("topup_cash_stays")
