from odoo import api, fields, models

KINDS = [("size", "Size"), ("method", "Method"), ("extra", "Extra")]


class ProductAttribute(models.Model):
    _name = "product.attribute"
    _inherit = ["product.attribute", "dining.menu.source"]

    _dining_menu_fields = frozenset({"name", "sequence", "active", "display_type"})

    dining_kind = fields.Selection(
        KINDS,
        "Kind of option",
        compute="_compute_dining_kind",
        store=True,
        readonly=False,
        help="规格 size, 做法 method or 加料 extra: how the choice is shown to diners and on kitchen tickets.",
    )

    dining_several = fields.Boolean(
        "Several may be chosen",
        compute="_compute_dining_several",
        inverse="_inverse_dining_several",
        help="How many at most is said at each dish.",
    )

    @api.depends("display_type")
    def _compute_dining_several(self):
        for attribute in self:
            attribute.dining_several = attribute.display_type == "multi"

    def _inverse_dining_several(self):
        for attribute in self:
            if attribute.dining_several != (attribute.display_type == "multi"):
                attribute.display_type = "multi" if attribute.dining_several else "pills"

    @api.depends("display_type")
    def _compute_dining_kind(self):
        for attribute in self:
            if not attribute.dining_kind or attribute.display_type == "multi":
                attribute.dining_kind = "extra" if attribute.display_type == "multi" else "size"
