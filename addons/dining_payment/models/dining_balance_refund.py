from odoo import api, fields, models
from odoo.addons.dining_base.errors import Refused
from odoo.addons.dining_base.sql import lock_written
from odoo.addons.dining_rules.money import yuan
from odoo.addons.dining_wallet.services import holds, refunds
from odoo.addons.dining_wallet.services.account import Account


class DiningBalanceRefund(models.Model):
    """What is left of a top-up, given back to its member (退储值余额).

    Each step is a transaction of its own, and what follows from it is recorded in it: asked for (the top-up is set
    aside), approved (WeChat's refund has its number), paid (the ledger's entry). A process that dies in between leaves
    what the next one goes on with. Lock order: this record, the top-up and its payment, the wallet.
    """

    _name = "dining.balance.refund"
    _inherit = ["dining.approval", "mail.thread"]
    _description = "Refund of a balance"
    _order = "id desc"
    _own_setting = "dining_refund_own_balance"

    name = fields.Char("Number", required=True, readonly=True, default="/")
    wallet_id = fields.Many2one("dining.wallet", required=True, readonly=True, ondelete="restrict", index=True)
    member_id = fields.Many2one(related="wallet_id.member_id", store=True)
    lot_id = fields.Many2one("dining.wallet.lot", "Top-up", required=True, readonly=True, ondelete="restrict")
    rule = fields.Selection(
        [
            ("cooling_off", "Whole: untouched, within the days of full refund"),
            ("pro_rata", "In proportion: what was spent counts at the top-up's discount"),
            ("diners_fault", "Caused by the diner: what was spent counts at its full price"),
        ],
        required=True,
        readonly=True,
    )
    cause = fields.Char("Why the diner is the cause", readonly=True)
    principal_fen = fields.Integer("Principal that leaves, in fen", required=True, readonly=True)
    bonus_fen = fields.Integer("Bonus that lapses, in fen", required=True, readonly=True)
    principal = fields.Monetary("Principal that leaves", compute="_compute_parts")
    bonus = fields.Monetary("Bonus that lapses", compute="_compute_parts")
    red_invoice = fields.Char(
        "Red-letter invoice", readonly=True, help="Its number; empty where no invoice was made out for the top-up."
    )
    way = fields.Selection(
        [("wechat", "Back by WeChat"), ("cash", "Cash from a register"), ("bank", "Bank transfer")],
        "How it is paid",
        required=True,
        readonly=True,
    )
    note = fields.Char("Paid to", readonly=True)
    session_id = fields.Many2one("pos.session", "Register session", readonly=True, ondelete="restrict")
    statement_line_id = fields.Many2one(
        "account.bank.statement.line", "Cash taken out", readonly=True, ondelete="restrict", copy=False
    )
    hold_id = fields.Many2one("dining.wallet.hold", readonly=True, ondelete="restrict")
    entry_id = fields.Many2one("dining.wallet.entry", "Wallet entry", readonly=True, ondelete="restrict")
    transaction_ids = fields.One2many(
        "payment.transaction", "dining_balance_refund_id", "WeChat refunds", readonly=True
    )
    problem = fields.Char("Why it could not be paid", readonly=True)

    _one_open_a_lot = models.UniqueIndex(
        "(lot_id) WHERE state IN ('requested', 'paying', 'failed')", "This top-up's balance is being refunded already."
    )
    _entry_once = models.UniqueIndex("(entry_id) WHERE entry_id IS NOT NULL")

    @api.depends("principal_fen", "bonus_fen")
    def _compute_parts(self):
        for refund in self:
            refund.principal, refund.bonus = yuan(refund.principal_fen), yuan(refund.bonus_fen)

    # -- asked for ------------------------------------------------------------------------
    @api.model
    def _ask(self, lot, reason, way, *, cause=None, red_invoice=None, note=None):
        """Set what is left of a top-up aside, and ask to give it back; whoever may do so alone has done it then.

        :param lot: dining.wallet.lot that the user may read
        :param way: 'wechat', 'cash' or 'bank'
        :param cause: why the diner is the cause of ending it; else the discount of the top-up counts
        :param red_invoice: False where no invoice was made out, the red-letter invoice's number, or None: nobody said
        :param note: to whom and how, for cash and bank
        :raises Refused: refund_reason, balance_refund_invoice, balance_refund_way, balance_refund_not_wechat,
            balance_refund_note, balance_refund_no_register, balance_refund_nothing, and those of `refunds.reserve`
        """
        lot.check_access("read")
        if not (reason or "").strip():
            raise Refused("refund_reason")
        wanted = self.sudo()  # sudo: wallets, requests and payments are the server's to write
        server_lot = lot.sudo()
        server_lot._dining_check_invoice(red_invoice)
        self._check_way(server_lot, way, note)
        number = f"BR{self._next_number():06d}"
        account = Account(wanted.env, server_lot.wallet_id.id, key=f"hold:{number}", source=number)
        held, due = refunds.reserve(account, server_lot, diners_fault=bool(cause))
        if due.amount_fen <= 0:
            raise Refused("balance_refund_nothing")
        if way == "wechat" and server_lot._dining_wechat_payment()._dining_left_fen() < due.amount_fen:
            raise Refused("balance_refund_not_wechat")
        refund = wanted.create(
            {
                "name": number,
                "company_id": server_lot.wallet_id.company_id.id,
                "wallet_id": server_lot.wallet_id.id,
                "lot_id": server_lot.id,
                "amount_fen": due.amount_fen,
                "principal_fen": due.principal_fen,
                "bonus_fen": due.bonus_fen,
                "rule": due.rule,
                "reason": reason.strip(),
                "cause": (cause or "").strip(),
                "red_invoice": red_invoice or False,
                "way": way,
                "note": (note or "").strip(),
                "hold_id": held.id,
                "requested_by_id": self.env.uid,
            }
        ).with_env(self.env)
        refund._approve_alone()
        return refund

    def _next_number(self):
        self.env.cr.execute("SELECT nextval('dining_balance_refund_id_seq')")
        return self.env.cr.fetchone()[0]

    def _check_way(self, lot, way, note):
        """Money goes back to where it came from, where that is still possible."""
        possible = not lot._dining_why_not_wechat()
        if way == "wechat" and not possible:
            raise Refused(lot._dining_why_not_wechat())
        if way != "wechat" and possible:
            raise Refused("balance_refund_way")
        if way != "wechat" and not (note or "").strip():
            raise Refused("balance_refund_note")

    # -- approved ----------------------------------------------------------------------------
    def _carry_out(self):
        if self.way == "wechat":
            self._pay_by_wechat()
        else:
            self._pay_by_hand()

    def _pay_by_wechat(self):
        """Record WeChat's refund with its number; WeChat is asked once that is committed."""
        code = self.lot_id._dining_why_not_wechat()
        if code:
            raise Refused(code)
        payment = self.lot_id._dining_wechat_payment().with_context(dining_wallet_refund=True)
        returned = payment._refund(yuan(self.amount_fen))
        returned.dining_balance_refund_id = self
        self.write({"state": "paying", "problem": False})

    def _pay_by_hand(self):
        if self.way == "cash":
            self._take_cash()
        self._paid()

    def _take_cash(self):
        """Take the money out of an open register, whose count at the close then fits.

        :raises Refused: balance_refund_no_register
        """
        session = self.env["pos.session"].search(
            [("company_id", "=", self.company_id.id), ("state", "=", "opened"), ("cash_journal_id", "!=", False)],
            order="id",
            limit=1,
        )
        if not session:
            raise Refused("balance_refund_no_register")
        values = session._prepare_account_bank_statement_line_vals(
            session,
            -1,
            yuan(self.amount_fen),
            f"{self.name} {self.reason}",
            self.member_id.partner_id.id,
            {"translatedType": self.env._("refund of a balance")},
        )
        line = self.env["account.bank.statement.line"].with_context(no_retrieve_partner=True).create(values)
        self.write({"session_id": session.id, "statement_line_id": line.id})

    # -- paid -----------------------------------------------------------------------------------
    def _paid(self):
        """The money has gone back: write it into the ledger, once."""
        account = Account(self.env, self.wallet_id.id, key=f"balance-refund:{self.id}", source=self.name)
        written = refunds.pay_out(account, self.hold_id, self.principal_fen, self.bonus_fen, self.reason)
        self.write({"state": "done", "entry_id": written.id, "problem": False})

    def _wechat_has_paid(self, transaction):
        """WeChat says that the refund has reached the member."""
        lock_written(self)
        if self.state in ("paying", "failed"):
            self._paid()
        elif self.entry_id:
            transaction.wechatpay_problem = self.env._(
                "%s was paid another way before WeChat said that this refund had arrived.", self.name
            )

    def _wechat_has_refused(self, words):
        """WeChat is certain that nothing was returned: a person decides how to go on."""
        lock_written(self)
        if self.state == "paying":
            self.write({"state": "failed", "problem": words})

    # -- it could not be paid ----------------------------------------------------------------------
    def action_try_again(self):
        """Button: ask WeChat again, under a number of its own.

        :raises Refused: approval_decided, approval_manager_only, refund_too_late
        """
        self._begin()
        self._check_state("failed")
        self._check_manager()
        self.sudo()._pay_by_wechat()  # sudo: payments are the server's
        return True

    def action_give_up(self):
        """Button: the money stays in the wallet.

        :raises Refused: approval_decided, approval_manager_only
        """
        self._begin()
        self._check_state("failed")
        self._check_manager()
        self._end("withdrawn")
        return True

    def action_pay_by_hand(self):
        """Button: WeChat cannot return it, so it is paid by bank transfer.

        :raises Refused: approval_decided, approval_manager_only
        """
        self._begin()
        self._check_state("failed")
        self._check_manager()
        refund = self.sudo()  # sudo: wallets are the server's
        refund.way = "bank"
        refund._pay_by_hand()
        return True

    def _let_go(self):
        account = Account(self.env, self.wallet_id.id, key=f"free:{self.name}", source=self.name)
        holds.release(account, self.hold_id)
