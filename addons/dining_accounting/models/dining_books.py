from odoo import api, fields, models
from odoo.addons.dining_rules import bookkeeping
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from ..services.posting import item, post_entries

#: Accounts that are made: (prefix in `cn`, in `cn_large_bis`, type, English, Chinese in `cn`, Chinese in the other)
_ACCOUNTS = {
    "liability": (
        *("2203", "2204", "liability_current"),
        *("Stored value of members", "预收账款—会员储值", "合同负债—会员储值"),
    ),
    "deferred_vat": ("2221", "2221", "liability_current", "Deferred output VAT", "应交税费—待转销项税额", None),
    "output_vat": ("2221", "2221", "liability_current", "Output VAT", "应交税费—应交增值税（销项税额）", None),
    "fee": ("5603", "6603", "expense", "WeChat Pay fees", "财务费用—微信支付手续费", None),
}
LARGE = "cn_large_bis"


class DiningBooks(models.Model):
    """Which accounts a company books its restaurants' stored value on; one record a company."""

    _name = "dining.books"
    _inherit = ["mail.thread"]
    _description = "Accounts of stored value"
    _rec_name = "company_id"

    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="cascade")
    journal_id = fields.Many2one(
        "account.journal",
        required=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
        domain="[('type', '=', 'general')]",
        help="Top-ups and refunds of balances are booked here; what is paid with stored value is in the entry of the"
        " register session.",
    )
    liability_account_id = fields.Many2one(
        "account.account",
        "Stored value",
        required=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
        domain="[('account_type', '=', 'liability_current')]",
        help="What members have paid in advance, without the VAT within it; each journal item names its member.",
    )
    deferred_vat_account_id = fields.Many2one(
        "account.account",
        "Deferred output VAT",
        required=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
        help="The VAT within top-ups, until a meal is paid with them (待转销项税额).",
    )
    output_vat_account_id = fields.Many2one(
        "account.account", "Output VAT", required=True, ondelete="restrict", check_company=True, tracking=True
    )
    revenue_account_id = fields.Many2one(
        "account.account",
        "Revenue",
        required=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
        help="What is left of a top-up beyond the refund that closes it has been earned.",
    )
    clearing_account_id = fields.Many2one(
        "account.account",
        "WeChat clearing",
        required=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
        help="Money that is with WeChat until it is paid out to the bank.",
    )
    fee_account_id = fields.Many2one(
        "account.account", "WeChat Pay fees", required=True, ondelete="restrict", check_company=True, tracking=True
    )
    bank_account_id = fields.Many2one(
        "account.account",
        "Bank",
        ondelete="restrict",
        check_company=True,
        tracking=True,
        help="Where WeChat pays out to.",
    )
    posted_at = fields.Datetime("Booked until", readonly=True)

    _one_a_company = models.UniqueIndex("(company_id)", "This company's accounts are set up already.")

    @api.constrains("liability_account_id", "deferred_vat_account_id")
    def _check_apart(self):
        for books in self:
            if books.liability_account_id == books.deferred_vat_account_id:
                raise ValidationError(
                    self.env._("Stored value and its deferred VAT need an account each: they are told apart by it.")
                )
            if not books.liability_account_id.reconcile:
                raise ValidationError(
                    self.env._(
                        "%s does not allow reconciliation, so nobody could match a member's items on it.",
                        books.liability_account_id.display_name,
                    )
                )

    def write(self, vals):
        """The two accounts that the wallets are reconciled with stay, once something is booked on them."""
        for name in ("liability_account_id", "deferred_vat_account_id"):
            changed = self.filtered(lambda books, name=name: name in vals and books[name].id != vals[name])
            # sudo: only whether there is one
            if (
                self.env["dining.wallet.booking"]
                .sudo()
                .search_count([("company_id", "in", changed.company_id.ids)], limit=1)
            ):
                raise UserError(
                    self.env._("Stored value has been booked on this account, so it stays; rename it if you must.")
                )
        return super().write(vals)

    # -- setting up ----------------------------------------------------------------

    @api.model
    def _of(self, company):
        """The company's record, made with its accounts where there is none.

        sudo: a register that closes needs them, whoever closes it
        """
        books = self.sudo().with_company(company)
        return books.search([("company_id", "=", company.id)]) or books._set_up(company)

    @api.model
    def _set_up(self, company):
        model = self.with_context(lang="en_US", mail_create_nolog=True, tracking_disable=True)
        made = {f"{role}_account_id": model._make_account(company, role).id for role in _ACCOUNTS}
        bank = self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", company.id), ("code", "=like", "BNK%")], limit=1
        )
        return model.create(
            {
                "company_id": company.id,
                "journal_id": model._make_journal(company).id,
                "revenue_account_id": model._revenue_account(company).id,
                "clearing_account_id": model._clearing_account(company).id,
                "bank_account_id": bank.default_account_id.id,
                **made,
            }
        )

    @api.model
    def _make_account(self, company, role):
        small, large, kind, english, chinese, chinese_large = _ACCOUNTS[role]
        is_large = company.chart_template == LARGE
        accounts = self.env["account.account"].with_company(company)
        account = accounts.create(
            {
                "code": accounts._search_new_account_code(f"{large if is_large else small}10"),
                "name": english,
                "account_type": kind,
                "reconcile": role == "liability",
                "company_ids": [Command.set(company.ids)],
            }
        )
        account.update_field_translations("name", {"zh_CN": is_large and chinese_large or chinese})
        return account

    @api.model
    def _make_journal(self, company):
        journals = self.env["account.journal"].with_company(company)
        code = next(
            code
            for code in ("SV", *(f"SV{number}" for number in range(2, 100)))
            if not journals.search_count([("code", "=", code), ("company_id", "=", company.id)])
        )
        journal = journals.create({"name": "Stored value", "code": code, "type": "general", "company_id": company.id})
        journal.update_field_translations("name", {"zh_CN": "会员储值"})
        return journal

    @api.model
    def _revenue_account(self, company):
        accounts = self.env["account.account"].with_company(company)
        domain = [*accounts._check_company_domain(company), ("account_type", "=", "income")]
        return company.income_account_id or accounts.search(domain, limit=1)

    @api.model
    def _clearing_account(self, company):
        methods = self.env["pos.payment.method"].with_company(company)
        method = methods.search(
            [("dining_provider_id", "!=", False), ("company_id", "=", company.id)], order="id", limit=1
        )
        return method.outstanding_account_id or methods._dining_clearing_account(company)

    def _book_sales_tax(self, tax):
        """Let a sale tax that still books on the chart's 2221 itself book on the sub-account for output VAT."""
        self.ensure_one()
        lines = (tax.invoice_repartition_line_ids + tax.refund_repartition_line_ids).filtered("account_id")
        for line in lines.with_company(self.company_id):
            if line.account_id.code.rstrip("0") == "2221":
                line.account_id = self.output_vat_account_id

    # -- booking -------------------------------------------------------------------

    def _account(self, role):
        """The account.account that plays a role of `dining_rules.bookkeeping`."""
        if role not in bookkeeping.ROLES:
            raise ValueError(role)
        return self[f"{role}_account_id"]

    def _book_settlement(self, day, amount_fen, fee_fen):
        """Book what WeChat has paid out to the bank, a day after the guests paid.

        :param day: the date of the entry
        :param amount_fen: what guests paid, less what was returned to them
        :param fee_fen: what WeChat kept of it, rounded for each payment as its bill says
        :return: the posted account.move
        :raises UserError: no bank account, or amounts that cannot be
        """
        self.ensure_one()
        if not self.bank_account_id:
            raise UserError(self.env._("Say first which bank account WeChat pays out to."))
        if amount_fen <= 0 or not 0 <= fee_fen <= amount_fen:
            raise UserError(self.env._("What WeChat pays out is more than nothing, and its fee not more than that."))
        move = self.env["account.move"].create(
            {"journal_id": self.journal_id.id, "date": day, "ref": self.env._("WeChat's payout of %s", day)}
        )
        nobody = self.env["res.partner"]
        self.env["account.move.line"].create(
            [
                item(move, self._account(role), amount, nobody, move.ref)
                for role, amount in bookkeeping.settlement(amount_fen, fee_fen).items()
            ]
        )
        move.action_post()
        return move

    def action_post(self):
        """Button: book every top-up and refund until now."""
        self.ensure_one()
        self.check_access("write")
        # sudo: whoever may change the accounts may have the ledger booked on them
        moves = post_entries(self.sudo().env, self.company_id)
        if not moves:
            return {
                "type": "ir.actions.client",
                "tag": "display_notification",
                "params": {"type": "info", "message": self.env._("Every top-up and refund is booked already.")},
            }
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Booked now"),
            "res_model": "account.move",
            "view_mode": "list,form",
            "domain": [("id", "in", moves.ids)],
        }

    @api.model
    def _post_all(self):
        """Book every company's top-ups and refunds; the cron calls it every night."""
        for (company,) in self.env["dining.wallet"]._read_group([], ["company_id"]):
            post_entries(self.env, company)
