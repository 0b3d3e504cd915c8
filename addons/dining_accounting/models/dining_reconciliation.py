import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.dining_rules.money import yuan
from odoo.addons.payment_wechatpay.cursors import own_transaction

from ..services import bill_matching
from ..services.posting import day_of
from ..services.reconciling import reconcile

_logger = logging.getLogger(__name__)

#: What is compared with which kind of WeChat's bills.
BILL_SCOPES = {"trades": "trade", "funds": "flow"}
#: Days that do not agree, or have no bill yet, are compared again for a week.
DAYS_AGAIN = 7
AGAIN_MINUTES = 30


class DiningReconciliation(models.Model):
    """One comparison, kept: of wallets and books each time, of a day with WeChat's bills once a day."""

    _name = "dining.reconciliation"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Reconciliation"
    _order = "day desc, scope, id desc"

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    scope = fields.Selection(
        [
            ("wallets", "R1 Wallets and books"),
            ("trades", "R2 Trades and WeChat's bill"),
            ("funds", "R3 Funds and WeChat's bill"),
        ],
        "What is compared",
        required=True,
        readonly=True,
        default="wallets",
    )
    day = fields.Date(required=True, readonly=True, index=True, default=lambda self: day_of(fields.Datetime.now()))
    message = fields.Char("Why not compared", readonly=True)
    bill_ids = fields.Many2many("wechatpay.bill", string="WeChat's bills", readonly=True)
    at = fields.Datetime("Time", required=True, readonly=True)
    wallets = fields.Monetary("In members' wallets", readonly=True, help="The principal; the bonus was never money.")
    in_registers = fields.Monetary(
        "Spent, register still open", readonly=True, help="It is booked when the register is closed."
    )
    expected = fields.Monetary("Books should owe", readonly=True)
    found = fields.Monetary("Books owe", readonly=True, help="Stored value and the deferred VAT within it.")
    difference = fields.Monetary(readonly=True)
    state = fields.Selection(
        [
            ("balanced", "Agrees"),
            ("differs", "Differs"),
            ("waiting", "No bill yet"),
            ("refused", "Bill refused"),
        ],
        "Status",
        required=True,
        readonly=True,
    )
    line_ids = fields.One2many("dining.reconciliation.line", "reconciliation_id", "Differences", readonly=True)

    _bills_once_a_day = models.UniqueIndex(
        "(company_id, scope, day) WHERE scope <> 'wallets'", "This day has been compared already: compare it again."
    )

    @api.depends("scope", "day")
    def _compute_display_name(self):
        scopes = dict(self._fields["scope"]._description_selection(self.env))
        for record in self:
            record.display_name = f"{record.day} {scopes.get(record.scope, '')}"

    @api.model
    def _reconcile(self, company):
        """Compare a company's wallets with its books; returns the record of it."""
        found = reconcile(self.env, company)
        previous = self.search([("company_id", "=", company.id), ("scope", "=", "wallets")], order="id desc", limit=1)
        record = self.create(
            {
                "company_id": company.id,
                "at": fields.Datetime.now(),
                "wallets": yuan(found.wallets_fen),
                "in_registers": yuan(found.open_fen),
                "expected": yuan(found.wallets_fen - found.open_fen),
                "found": yuan(found.books_fen),
                "difference": yuan(found.difference_fen),
                "state": "differs" if found.differences or found.difference_fen else "balanced",
            }
        )
        new = self.env["dining.reconciliation.line"]._keep(record, found.differences)
        if new or (record.state == "differs" and previous.state != "differs"):
            record._tell_accountants()
        return record

    @api.model
    def _reconcile_all(self):
        """Every company that keeps stored value; the cron calls it every morning."""
        for (company,) in self.env["dining.wallet"]._read_group([], ["company_id"]):
            self._reconcile(company)

    # -- WeChat's bills ------------------------------------------------------------------
    @api.model
    def _reconcile_bills(self):
        """Yesterday, and what of the last week does not agree yet; the cron calls it every morning."""
        yesterday = day_of(fields.Datetime.now()) - timedelta(days=1)
        providers = self.env["payment.provider"].search(
            [("code", "=", "wechatpay"), ("state", "in", ("enabled", "test"))]
        )
        for company in providers.company_id:
            again = self.search(
                [
                    ("company_id", "=", company.id),
                    ("scope", "!=", "wallets"),
                    ("state", "!=", "balanced"),
                    ("day", ">=", yesterday - timedelta(days=DAYS_AGAIN)),
                ]
            )
            for day in sorted({yesterday, *again.mapped("day")}):
                try:
                    self._reconcile_day(company, day)
                except Exception:  # one merchant's broken keys must not keep the others waiting
                    _logger.exception("WeChat's bills of %s could not be compared", day)
        with own_transaction(self.env.cr.dbname) as env:
            if env[self._name].search_count([("day", "=", yesterday), ("state", "=", "waiting")], limit=1):
                again_at = fields.Datetime.now() + timedelta(minutes=AGAIN_MINUTES)
                env.ref("dining_accounting.ir_cron_reconcile_bills")._trigger(at=again_at)

    @api.model
    def _reconcile_day(self, company, day):
        """Fetch a day's bills and compare; to be called where nothing is uncommitted.

        As often as one likes: a day has one record a bill, and its differences keep their owner and note.
        """
        for provider in bill_matching.providers_of(self.env, company):
            for kind in BILL_SCOPES.values():
                self.env["wechatpay.bill"]._fetch(provider, kind, day)
        with own_transaction(self.env.cr.dbname) as env:
            env[self._name]._compare_bills(env["res.company"].browse(company.id), day)

    @api.model
    def _compare_bills(self, company, day):
        """Compare a day with the bills that were kept of it; returns both records."""
        return self.union(*(self._compare(company, day, scope) for scope in BILL_SCOPES))

    def _compare(self, company, day, scope):
        bills = bill_matching.bills_of(self.env, company, day, BILL_SCOPES[scope])
        record = self.search([("company_id", "=", company.id), ("scope", "=", scope), ("day", "=", day)])
        before = record.state
        bad = bills.filtered(lambda bill: bill.state not in ("ready", "empty"))
        values = {"at": fields.Datetime.now(), "bill_ids": [(6, 0, bills.ids)], "message": bad[:1].message}
        found = None
        if bad or not bills:
            # Nothing is compared with what is not proved: differences found before stay as they are.
            values["state"] = "refused" if "refused" in bad.mapped("state") else "waiting"
        else:
            match = bill_matching.match_trades if scope == "trades" else bill_matching.match_funds
            found = match(self.env, company, day)
            values |= {
                "expected": yuan(found.expected_fen),
                "found": yuan(found.found_fen),
                "difference": yuan(found.found_fen - found.expected_fen),
                "in_registers": yuan(found.timing_fen),
                "state": "differs" if found.differences else "balanced",
            }
        if record:
            record.write(values)
        else:
            record = self.create({"company_id": company.id, "scope": scope, "day": day, **values})
        new = self.env["dining.reconciliation.line"]._keep(record, found.differences) if found else ()
        if new or (record.state in ("differs", "refused") and record.state != before):
            record._tell_accountants()
        return record

    def action_compare_again(self):
        """Button: fetch the day's bills and compare them again."""
        self.ensure_one()
        self.env["dining.books"].check_access("write")
        if self.scope == "wallets":
            return self.action_reconcile()
        # sudo: comparing reads payments and ledgers and writes what it found, which is nobody's to edit
        self.sudo()._reconcile_day(self.company_id, self.day)
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_reconcile(self):
        """Button: compare wallets and books now, in the companies one works in."""
        self.env["dining.books"].check_access("write")
        # sudo: comparing reads ledgers and writes what it found, which is nobody's to edit
        companies = self.env["dining.books"].search([("company_id", "in", self.env.companies.ids)]).company_id
        records = self.browse()
        for company in companies:
            records |= self.sudo()._reconcile(company).sudo(False)
        action = self.env["ir.actions.act_window"]._for_xml_id("dining_accounting.dining_reconciliation_action")
        if len(records) == 1:
            return {**action, "view_mode": "form", "views": [(False, "form")], "res_id": records.id}
        return action

    def _tell_accountants(self):
        kind = self.env.ref("mail.mail_activity_data_todo").id
        for user in self.env.ref("account.group_account_user").all_user_ids:
            if user.active and not user.share and self.company_id in user.company_ids:
                words = self.with_context(lang=user.lang)._words_for_accountants()
                self.activity_schedule(
                    activity_type_id=kind, summary=words, user_id=user.id, date_deadline=day_of(self.at)
                )

    def _words_for_accountants(self):
        if self.state == "refused":
            return self.env._("A bill of WeChat's was refused")
        words = {
            "wallets": self.env._("Stored value and the books differ"),
            "trades": self.env._("Payments and WeChat's trade bill differ"),
            "funds": self.env._("The clearing account and WeChat's fund-flow bill differ"),
        }
        return words[self.scope]
