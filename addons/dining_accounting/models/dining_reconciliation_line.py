from odoo import api, fields, models
from odoo.addons.dining_rules.money import yuan
from odoo.exceptions import AccessError

#: What an accountant says about a difference; the rest is what was found.
SAID = {"user_id", "state", "note"}


class DiningReconciliationLine(models.Model):
    """A difference, from the comparison that first saw it until one that does not."""

    _name = "dining.reconciliation.line"
    _description = "Difference between wallets and books"
    _order = "state, id desc"

    reconciliation_id = fields.Many2one(
        "dining.reconciliation", "Last seen", required=True, readonly=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="reconciliation_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(
        [
            ("wallet", "The wallet is not what its ledger comes to"),
            ("books", "The books are not what was booked for the member"),
            ("unbooked", "A top-up or refund is not booked"),
            ("no_order", "Spent on no order of a register"),
        ],
        "What differs",
        required=True,
        readonly=True,
    )
    partner_id = fields.Many2one("res.partner", "Member", readonly=True)
    entry_id = fields.Many2one("dining.wallet.entry", "Wallet entry", readonly=True)
    expected = fields.Monetary("Should be", readonly=True)
    found = fields.Monetary("Is", readonly=True)
    difference = fields.Monetary("Differs by", readonly=True)
    proposal = fields.Char("What to do", compute="_compute_proposal")
    user_id = fields.Many2one("res.users", "Who sees to it", domain="[('share', '=', False)]")
    state = fields.Selection(
        [("open", "To look into"), ("explained", "Explained"), ("solved", "Gone")],
        "Status",
        default="open",
        required=True,
    )
    note = fields.Char()

    @api.depends("kind", "partner_id")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for line in self:
            line.display_name = " · ".join(filter(None, (line.partner_id.name, kinds.get(line.kind))))

    @api.depends("kind")
    def _compute_proposal(self):
        proposals = {
            "wallet": self.env._("Verify the wallet: somebody changed it, or its ledger, in the database."),
            "books": self.env._(
                "Look at the member's items on the two accounts: one was entered by hand, or its entry was reset to"
                " draft or reversed. Reverse it, or post it again."
            ),
            "unbooked": self.env._("Book top-ups and refunds now; if it stays, its accounts are missing or locked."),
            "no_order": self.env._(
                "Find what it was spent on: return it to the wallet, or have the register that it belongs to closed."
            ),
        }
        for line in self:
            line.proposal = proposals.get(line.kind)

    def write(self, vals):
        if not self.env.su and not SAID.issuperset(vals):
            raise AccessError(self.env._("What was found is not edited; say who sees to it, and what it was."))
        return super().write(vals)

    @api.model
    def _keep(self, record, differences):
        """Bring the company's lines up to date: those seen again keep their owner and note, those gone are closed.

        :param differences: `services.reconciling.Difference`
        :return: the lines that are new
        """
        known = self.search([("company_id", "=", record.company_id.id), ("state", "!=", "solved")])
        by_key = {(line.kind, line.partner_id.id or None, line.entry_id.id or None): line for line in known}
        new, seen = [], self.browse()
        for difference in differences:
            values = {
                "reconciliation_id": record.id,
                "expected": yuan(difference.expected_fen),
                "found": yuan(difference.found_fen),
                "difference": yuan(difference.found_fen - difference.expected_fen),
            }
            line = by_key.get(difference[:3])
            if line:
                if line.difference != values["difference"]:
                    values["state"] = "open"  # what explained it does no longer
                line.write(values)
                seen |= line
            else:
                named = dict(zip(("kind", "partner_id", "entry_id"), difference[:3], strict=True))
                new.append({**named, **values})
        (known - seen).state = "solved"
        return self.create(new)
