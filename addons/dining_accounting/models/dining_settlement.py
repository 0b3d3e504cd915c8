from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.dining_rules.money import fen, yuan
from odoo.exceptions import UserError

from ..services import bill_matching
from ..services.posting import day_of

#: What the accountant enters; the rest follows from booking it.
ENTERED = {"day", "amount", "fee", "company_id"}


class DiningSettlement(models.Model):
    """WeChat's payout of one day: typed, or taken from the bill, then booked once."""

    _name = "dining.settlement"
    _inherit = ["mail.thread"]
    _description = "WeChat payout"
    _order = "day desc, id desc"
    _rec_name = "day"

    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, ondelete="restrict"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    day = fields.Date(
        "Paid out on",
        required=True,
        tracking=True,
        default=lambda self: day_of(fields.Datetime.now()),
        help="WeChat pays out a day later what guests paid: the takings are those of the day before.",
    )
    amount = fields.Monetary(
        "Takings", tracking=True, help="What guests paid the day before, less what was returned to them."
    )
    fee = fields.Monetary("WeChat's fee", tracking=True, help="As the bill says, less what refunds gave back of it.")
    net = fields.Monetary("Into the bank", compute="_compute_net", store=True)
    state = fields.Selection(
        [("draft", "Not booked"), ("booked", "Booked"), ("reversed", "Reversed")],
        "Status",
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    move_id = fields.Many2one("account.move", "Journal entry", readonly=True, copy=False, ondelete="restrict")
    reversal_move_id = fields.Many2one(
        "account.move", "Reversing entry", readonly=True, copy=False, ondelete="restrict"
    )
    reversal_reason = fields.Char("Why reversed", copy=False, tracking=True)

    _booked_once_a_day = models.UniqueIndex(
        "(company_id, day) WHERE state = 'booked'", "The payout of this day is booked already."
    )

    @api.depends("amount", "fee")
    def _compute_net(self):
        for settlement in self:
            settlement.net = yuan(fen(settlement.amount) - fen(settlement.fee))

    def write(self, vals):
        if ENTERED.intersection(vals) and self.filtered(lambda settlement: settlement.state != "draft"):
            raise UserError(self.env._("What is booked is not edited: reverse it, and book another."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_drafts_only(self):
        if self.filtered("move_id"):
            raise UserError(self.env._("What is booked is not deleted: reverse it."))

    def action_from_bill(self):
        """Button: takings and fee as the fund-flow bill of the day before says."""
        self.check_access("write")
        for settlement in self:
            # sudo: providers and their bills are the administrator's; the sums are the accountant's
            sums = settlement.sudo()._sums_of_bill()
            settlement.write({"amount": yuan(sums[0]), "fee": yuan(sums[1])})

    def _sums_of_bill(self):
        """(takings, fee) in fen.

        :raises UserError: there is no such bill yet
        """
        takings_day = self.day - timedelta(days=1)
        bills = bill_matching.bills_of(self.env, self.company_id, takings_day, "flow")
        if not bills.filtered(lambda bill: bill.state == "ready"):
            raise UserError(
                self.env._("There is no fund-flow bill of %s yet: reconcile that day first, or type it.", takings_day)
            )
        lines = [line for bill in bills for line in bill._read_lines().lines]
        moved = [line for line in lines if line.kind in bill_matching.MOVED]
        gross = sum(line.gross_fen for line in moved)
        net = sum(line.amount_fen for line in lines if line in moved or line.kind == "fee")
        return gross, gross - net

    def action_book(self):
        """Button: book it.

        :raises UserError: it is booked already, this one or another of the day; or the amounts cannot be
        """
        self.check_access("write")
        for settlement in self:
            settlement._lock()
            if settlement.state != "draft":
                raise UserError(self.env._("This payout is booked already."))
            domain = [("company_id", "=", settlement.company_id.id), ("day", "=", settlement.day)]
            if self.search_count([*domain, ("state", "=", "booked")]):
                raise UserError(self.env._("The payout of %s is booked already.", settlement.day))
            # sudo: whoever may settle need not be allowed to change the accounts that it is booked on
            books = self.env["dining.books"]._of(settlement.company_id)
            move = books._book_settlement(settlement.day, fen(settlement.amount), fen(settlement.fee))
            settlement.write({"state": "booked", "move_id": move.id})

    def action_reverse(self):
        """Button: take it back by a further entry, of today."""
        self.check_access("write")
        for settlement in self:
            settlement._lock()
            if settlement.state != "booked":
                raise UserError(self.env._("Only what is booked is reversed."))
            if not (settlement.reversal_reason or "").strip():
                raise UserError(self.env._("Say first why it is reversed."))
            today = day_of(fields.Datetime.now())
            # sudo: as it was booked
            move = settlement.sudo().move_id._reverse_moves(
                [{"date": today, "ref": f"{settlement.move_id.ref}: {settlement.reversal_reason}"}]
            )
            move.action_post()
            settlement.write({"state": "reversed", "reversal_move_id": move.id})

    def action_open_move(self):
        """Button: the journal entry."""
        return self.move_id.get_formview_action()

    def _lock(self):
        self.env.flush_all()
        self.env.cr.execute("UPDATE dining_settlement SET write_date = write_date WHERE id = %s", (self.id,))
        self.invalidate_recordset()
