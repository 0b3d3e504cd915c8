from odoo import api, fields, models
from odoo.exceptions import UserError


class DiningAllergen(models.Model):
    """What makes some guests ill, to be named at a dish and by a guest.

    The standard ones are the eight groups of GB 7718 (General Standard for the Labelling of Prepackaged Foods, 4.4.3):
    gluten, crustaceans, fish, eggs, peanuts, soy, milk and tree nuts; and molluscs and sesame, which Chinese kitchens
    use much and which Regulation (EU) 1169/2011, Annex II, names besides.
    """

    _name = "dining.allergen"
    _inherit = ["dining.menu.source"]
    _description = "Allergen"
    _order = "sequence, id"

    name = fields.Char(
        required=True, translate=True, help="A short word: kitchen tickets print it in the largest type."
    )
    code = fields.Char(
        required=True,
        copy=False,
        help="Names the allergen to phones: small letters, digits and underscores, e.g. tree_nut.",
    )
    sequence = fields.Integer(default=100)
    active = fields.Boolean(default=True)
    dish_ids = fields.Many2many(
        "product.template", "dining_dish_allergen_rel", "allergen_id", "dish_id", "Dishes with it"
    )
    dish_count = fields.Integer("Dishes", compute="_compute_dish_count")

    _code_unique = models.Constraint("UNIQUE(code)", "Another allergen has this code already.")
    _code_plain = models.Constraint(
        "CHECK(code ~ '^[a-z][a-z0-9_]{0,31}$')",
        "An allergen's code is made of small letters, digits and underscores, begins with a letter and has at most"
        " 32 of them.",
    )

    @api.depends("dish_ids")
    def _compute_dish_count(self):
        for allergen in self:
            allergen.dish_count = len(allergen.dish_ids)

    @api.ondelete(at_uninstall=False)
    def _unlink_never_what_is_used(self):
        """What a dish contains, or a guest has said, must not be forgotten with a record; an archived one is known."""
        for allergen in self.with_context(active_test=False):
            if allergen._is_used():
                raise UserError(
                    self.env._(
                        "%(name)s stands at dishes, options or guests. Archive it: guests are no longer offered it.",
                        name=allergen.name,
                    )
                )

    def _is_used(self):
        """Whether something says it is in a dish, or somebody must not eat it."""
        options = self.env["product.attribute.value"].with_context(active_test=False)
        return bool(self.dish_ids or options.search_count([("dining_allergen_ids", "in", self.ids)], limit=1))

    @api.model
    def _coded(self, codes):
        """The allergens in use with these codes, in their order.

        :param codes: iterable of codes
        :return: (dining.allergen, the codes that nobody knows)
        """
        wanted = set(codes)
        found = self.search([("code", "in", list(wanted))])
        return found, sorted(wanted - set(found.mapped("code")))
