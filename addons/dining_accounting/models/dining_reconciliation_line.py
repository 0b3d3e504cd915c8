from odoo import api, fields, models
from odoo.addons.dining_rules.money import yuan
from odoo.exceptions import AccessError

#: What an accountant says about a difference; the rest is what was found.
SAID = {"user_id", "state", "note"}

#: What tells one difference from another.
_KEY = ("kind", "partner_id", "entry_id", "number")


class DiningReconciliationLine(models.Model):
    """A difference, from the comparison that first saw it until one that does not."""

    _name = "dining.reconciliation.line"
    _description = "Difference found in a reconciliation"
    _order = "state, id desc"

    reconciliation_id = fields.Many2one(
        "dining.reconciliation", "Last seen", required=True, readonly=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="reconciliation_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    scope = fields.Selection(related="reconciliation_id.scope", store=True)
    day = fields.Date(related="reconciliation_id.day", store=True)
    kind = fields.Selection(
        [
            ("wallet", "The wallet is not what its ledger comes to"),
            ("books", "The books are not what was booked for the member"),
            ("unbooked", "A top-up or refund is not booked"),
            ("no_order", "Spent on no order of a register"),
            ("missing_here", "At WeChat, not here"),
            ("missing_there", "Here, not in WeChat's bill"),
            ("amount", "Another amount"),
            ("state", "Counted by one side only"),
            ("cross_day", "On another day"),
            ("doubled", "Twice in WeChat's bill"),
            ("summary", "The bill's sum is not that of its lines"),
            ("not_attached", "Paid, on no order and in no wallet"),
            ("by_hand", "Booked on WeChat clearing without a payment"),
            ("payout", "Paid out and not booked, or otherwise"),
            ("other_flow", "Moved at WeChat for another reason"),
        ],
        "What differs",
        required=True,
        readonly=True,
    )
    partner_id = fields.Many2one("res.partner", "Member", readonly=True)
    entry_id = fields.Many2one("dining.wallet.entry", "Wallet entry", readonly=True)
    what = fields.Char("About", compute="_compute_what")
    number = fields.Char(
        readonly=True, help="Of the payment or refund, of the journal entry, or which sum of the bill."
    )
    transaction_id = fields.Many2one("payment.transaction", "WeChat payment", readonly=True)
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

    @api.depends("kind", "partner_id", "what")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for line in self:
            line.display_name = " · ".join(filter(None, (line.partner_id.name or line.what, kinds.get(line.kind))))

    @api.depends("kind")
    def _compute_proposal(self):
        proposals = self._proposals_of_wallets() | self._proposals_of_bills()
        for line in self:
            line.proposal = proposals.get(line.kind)

    @api.depends("kind", "number")
    def _compute_what(self):
        """Which payment, entry or sum; the sums' names are those of `bill_lines`."""
        names = {
            "paid": self.env._("Sum of payments"),
            "refunded": self.env._("Sum of refunds"),
            "fee": self.env._("Sum of fees"),
            "income": self.env._("Sum of what came in"),
            "spent": self.env._("Sum of what went out"),
        }
        for line in self:
            number = line.number or ""
            if line.kind == "summary" and number.startswith("count "):
                lines, summary = number.removeprefix("count ").split(" / ")
                number = self.env._("%(lines)s lines, %(summary)s by the summary", lines=lines, summary=summary)
            line.what = names.get(number, number) if line.kind == "summary" else number

    def _proposals_of_wallets(self):
        return {
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

    def _proposals_of_bills(self):
        return {
            "missing_here": self.env._(
                "Look the number up in the merchant platform: refund it there, unless it is of another system of yours."
            ),
            "missing_there": self.env._("Compare again; if it stays, ask WeChat about the number, then its support."),
            "amount": self.env._("Look at both amounts: WeChat's is the money that moved. Correct ours by an entry."),
            "state": self.env._("Open the payment and ask WeChat how it stands; what it says is settled by itself."),
            "cross_day": self.env._("It was around midnight: the other day has it. Nothing is to be booked."),
            "doubled": self.env._("Fetch the bill again; if it stays twice, ask WeChat's support before you refund."),
            "summary": self.env._(
                "Lines are missing or too many: fetch the bill again, and trust none of it until then."
            ),
            "not_attached": self.env._(
                "Open the payment: what is to be done stands on it. Money that belongs to nothing is refunded."
            ),
            "by_hand": self.env._("Look at the entry: reverse it, or explain what moved the money at WeChat."),
            "payout": self.env._("Book the payout of this day, or correct it to what WeChat and the bank say."),
            "other_flow": self.env._("Book it by hand: a deposit, a penalty or a service of WeChat's."),
        }

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
        known = self._known(record)
        new, seen = [], self.browse()
        for difference in differences:
            values = {
                "reconciliation_id": record.id,
                "expected": yuan(difference.expected_fen),
                "found": yuan(difference.found_fen),
                "difference": yuan(difference.found_fen - difference.expected_fen),
            }
            named = {name: getattr(difference, name) for name in _KEY}
            line = known.filtered(lambda line, named=named: line._key() == tuple(named.values()))[:1]
            if line:
                if line.difference != values["difference"]:
                    values["state"] = "open"  # what explained it does no longer
                line.write(values)
                seen |= line
            else:
                new.append({**named, **values, "transaction_id": difference.transaction_id})
        (known - seen).state = "solved"
        return self.create(new)

    def _known(self, record):
        """The lines that a comparison may find again: of the company's wallets, or of the same day's bill."""
        domain = [("company_id", "=", record.company_id.id), ("scope", "=", record.scope), ("state", "!=", "solved")]
        return self.search([*domain, *([] if record.scope == "wallets" else [("day", "=", record.day)])])

    def _key(self):
        return self.kind, self.partner_id.id or None, self.entry_id.id or None, self.number or None
