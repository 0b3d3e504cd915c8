from odoo import models


class AccountTax(models.Model):
    _name = "account.tax"
    _inherit = ["account.tax", "dining.menu.source"]

    _dining_menu_fields = frozenset({"amount", "amount_type", "price_include_override", "active"})

    def _dining_permille(self):
        """The rate of these taxes together in permille, or None where a menu cannot carry them.

        A menu's prices hold their tax, so that the diner pays what the menu says: every tax must be a
        percentage included in the price, in whole permille.
        """
        rate = sum(self.mapped("amount")) * 10
        carried = all(tax.amount_type == "percent" and tax.price_include for tax in self)
        return round(rate) if carried and abs(rate - round(rate)) < 1e-6 else None
