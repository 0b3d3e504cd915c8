from odoo import api, fields, models
from odoo.addons.dining_rules.money import yuan

from ..services.posting import day_of
from ..services.reconciling import reconcile


class DiningReconciliation(models.Model):
    """One comparison of wallets and books; kept, so that one can see since when they agree."""

    _name = "dining.reconciliation"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Reconciliation of stored value"
    _order = "id desc"
    _rec_name = "at"

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    at = fields.Datetime("Time", required=True, readonly=True)
    wallets = fields.Monetary("In members' wallets", readonly=True, help="The principal; the bonus was never money.")
    in_registers = fields.Monetary(
        "Spent, register still open", readonly=True, help="It is booked when the register is closed."
    )
    expected = fields.Monetary("Books should owe", readonly=True)
    found = fields.Monetary("Books owe", readonly=True, help="Stored value and the deferred VAT within it.")
    difference = fields.Monetary(readonly=True)
    state = fields.Selection([("balanced", "Agrees"), ("differs", "Differs")], "Status", required=True, readonly=True)
    line_ids = fields.One2many("dining.reconciliation.line", "reconciliation_id", "Differences", readonly=True)

    @api.model
    def _reconcile(self, company):
        """Compare a company's wallets with its books; returns the record of it."""
        found = reconcile(self.env, company)
        previous = self.search([("company_id", "=", company.id)], limit=1)
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

    def action_reconcile(self):
        """Button: compare now, in the companies one works in."""
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
                words = self.with_context(lang=user.lang).env._("Stored value and the books differ")
                self.activity_schedule(
                    activity_type_id=kind, summary=words, user_id=user.id, date_deadline=day_of(self.at)
                )
