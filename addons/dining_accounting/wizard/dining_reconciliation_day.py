from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from ..services import bill_matching
from ..services.posting import day_of


class DiningReconciliationDay(models.TransientModel):
    """Which day is to be compared with WeChat's bills."""

    _name = "dining.reconciliation.day"
    _description = "Reconcile a day"

    day = fields.Date(required=True, default=lambda self: day_of(fields.Datetime.now()) - timedelta(days=1))

    def action_reconcile(self):
        """Button: fetch the day's bills and compare, in the company one works in."""
        self.ensure_one()
        self.env["dining.books"].check_access("write")
        if self.day >= day_of(fields.Datetime.now()):
            raise UserError(self.env._("WeChat writes a day's bill when the day is over."))
        company, day = self.env.company, self.day
        # sudo: comparing reads payments and ledgers and writes what it found, which is nobody's to edit
        records = self.env["dining.reconciliation"].sudo()
        if not bill_matching.providers_of(records.env, company):
            raise UserError(self.env._("This company has no WeChat Pay account in use."))
        records._reconcile_day(company, day)
        action = self.env["ir.actions.act_window"]._for_xml_id("dining_accounting.dining_reconciliation_action")
        return {**action, "domain": [("day", "=", str(day)), ("company_id", "=", company.id)], "context": {}}
