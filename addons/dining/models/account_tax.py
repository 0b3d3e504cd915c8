from odoo import api, models
from odoo.fields import Command


class AccountTax(models.Model):
    _inherit = "account.tax"

    @api.model
    def _dining_vat(self, company, percent):
        """The sale tax of `percent` that is included in the price, made where the company has none.

        A new one books on the account of the company's chart: it is made from the chart's own sale tax of that
        rate, else of any rate.
        """
        taxes = self.with_company(company).search(
            [
                *self._check_company_domain(company),
                ("type_tax_use", "=", "sale"),
                ("amount_type", "=", "percent"),
            ]
        )
        same_rate = taxes.filtered(lambda tax: tax.amount == percent)
        included = same_rate.filtered("price_include")[:1]
        if included:
            return included
        values = {
            "name": f"{percent:g}% included",
            "invoice_label": f"{percent:g}%",
            "amount": percent,
            "price_include_override": "tax_included",
        }
        model = (same_rate or taxes)[:1]
        if model:
            tax = model.copy({**values, "description": False})
        else:
            tax = self.create({**values, "type_tax_use": "sale", "company_id": company.id})
        tax.update_field_translations("name", {"zh_CN": f"{percent:g}%（含税）"})
        return tax

    def _dining_set_on_charges(self):
        """Put the tax on the products that seat and service charges are booked on."""
        for product in self.env["pos.config"]._dining_charge_products():
            others = product.taxes_id.filtered(lambda tax: tax.company_id != self.company_id)
            product.taxes_id = [Command.set((others | self).ids)]
