from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .product_attribute import KINDS


class ProductTemplateAttributeLine(models.Model):
    _name = "product.template.attribute.line"
    _inherit = ["product.template.attribute.line", "dining.menu.source"]

    dining_kind = fields.Selection(
        KINDS, "Kind", compute="_compute_dining_limits", store=True, readonly=False, precompute=True
    )
    dining_min = fields.Integer(
        "At least",
        compute="_compute_dining_limits",
        store=True,
        readonly=False,
        precompute=True,
        help="Options a diner must choose; 0 where the choice may be left out.",
    )
    dining_max = fields.Integer(
        "At most",
        compute="_compute_dining_limits",
        store=True,
        readonly=False,
        precompute=True,
        help="Options a diner may choose; 0 for no limit.",
    )

    _dining_limits = models.Constraint(
        "CHECK(dining_min >= 0 AND dining_max >= 0 AND (dining_max = 0 OR dining_min <= dining_max))",
        "The least number of options cannot be above the greatest.",
    )

    @api.depends("attribute_id")
    def _compute_dining_limits(self):
        for line in self:
            several = line.attribute_id.display_type == "multi"
            line.dining_kind = line.attribute_id.dining_kind
            line.dining_min = 0 if several else 1
            line.dining_max = 0 if several else 1

    @api.constrains("dining_min", "dining_max", "value_ids", "attribute_id")
    def _check_dining_limits(self):
        for line in self:
            several = line.attribute_id.display_type == "multi"
            if not several and line.dining_max != 1:
                raise ValidationError(
                    self.env._(
                        "The register lets one choose a single %(attribute)s: set “At most” to 1, or let"
                        " several be chosen in these options.",
                        attribute=line.attribute_id.name,
                    )
                )
            if line.dining_min > line.value_count:
                raise ValidationError(
                    self.env._(
                        "%(dish)s asks for %(min)s of %(attribute)s but offers only %(count)s.",
                        dish=line.product_tmpl_id.name,
                        min=line.dining_min,
                        attribute=line.attribute_id.name,
                        count=line.value_count,
                    )
                )

    def _dining_options(self):
        """The values a diner may choose: active ones without free text, in the attribute's order."""
        self.ensure_one()
        return self.product_template_value_ids.filtered(
            lambda option: option.ptav_active and not option.is_custom
        ).sorted(lambda option: (option.product_attribute_value_id.sequence, option.product_attribute_value_id.id))

    def _dining_range(self):
        """(least, most) options that may be chosen, as far as there are any.

        An attribute that the register shows as a single choice is one here too, whatever was entered while it was
        shown otherwise.
        """
        self.ensure_one()
        count = len(self._dining_options())
        several = self.attribute_id.display_type == "multi"
        most = min(self.dining_max or count, count) if several else min(1, count)
        return min(self.dining_min, most), most

    def _dining_cheapest(self):
        """The least that the options of this line can add to the dish's price."""
        prices = sorted(self._dining_options().mapped("price_extra"))
        least, most = self._dining_range()
        return sum(prices[:least]) + sum(price for price in prices[least:most] if price < 0)
