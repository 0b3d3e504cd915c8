import base64

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .. import picture


class ProductTemplate(models.Model):
    _name = "product.template"
    _inherit = ["product.template", "dining.menu.source"]

    _dining_menu_fields = frozenset(
        {
            "name",
            "list_price",
            "description_sale",
            "image_1920",
            "type",
            "active",
            "sale_ok",
            "available_in_pos",
            "to_weight",
            "pos_categ_ids",
            "pos_sequence",
            "taxes_id",
            "attribute_line_ids",
            "combo_ids",
            "product_tag_ids",
            "company_id",
            "dining_spicy",
            "dining_serves",
            "dining_allergen_ids",
            "dining_hours_ids",
        }
    )

    dining_spicy = fields.Selection(
        [("0", "Not spicy"), ("1", "Mild"), ("2", "Medium"), ("3", "Hot")], "Spicy", default="0", required=True
    )
    dining_serves = fields.Integer("Serves", help="Suggested number of diners; 0 says nothing.")
    dining_allergen_ids = fields.Many2many(
        "dining.allergen",
        "dining_dish_allergen_rel",
        "dish_id",
        "allergen_id",
        "Allergens",
        help="What the dish contains, sauces and oil included.",
    )
    dining_set_allergen_ids = fields.Many2many(
        "dining.allergen",
        string="Allergens of its dishes",
        compute="_compute_dining_set_allergen_ids",
        help="All that a choice in the set meal may contain.",
    )
    dining_hours_ids = fields.One2many(
        "dining.dish.hours",
        "product_tmpl_id",
        "Sale hours",
        copy=True,
        help="None: the hours of the dish's categories, and all day where these have none.",
    )
    dining_option_ids = fields.One2many(
        "product.template.attribute.value",
        "product_tmpl_id",
        "Options and prices",
        domain=[("ptav_active", "=", True), ("attribute_id.create_variant", "=", "no_variant")],
    )
    dining_stock_ids = fields.One2many("dining.dish.stock", "product_tmpl_id", "Sold out and remaining")
    dining_sold_out = fields.Boolean("Sold out", compute="_compute_dining_sold_out")
    dining_picture = fields.Binary("Picture on phones", compute="_compute_dining_picture", store=True, attachment=True)
    dining_problem = fields.Char("Not on phones", compute="_compute_dining_problem")

    _dining_serves_not_negative = models.Constraint(
        "CHECK(dining_serves IS NULL OR dining_serves BETWEEN 0 AND 99)", "A dish serves from 0 to 99 diners."
    )

    def _dining_course(self):
        """The earliest course among the dish's categories."""
        return min(self.pos_categ_ids.mapped("dining_course"), default=1)

    @api.depends("dining_stock_ids.sold_out", "dining_stock_ids.limited", "dining_stock_ids.remaining")
    def _compute_dining_sold_out(self):
        for dish in self:
            dish.dining_sold_out = any(stock._left() == 0 for stock in dish.dining_stock_ids)

    @api.depends("combo_ids.combo_item_ids.product_id.dining_allergen_ids")
    def _compute_dining_set_allergen_ids(self):
        for meal in self:
            meal.dining_set_allergen_ids = meal.combo_ids.combo_item_ids.product_id.dining_allergen_ids.sorted()

    @api.depends("image_1920")
    def _compute_dining_picture(self):
        for dish in self:
            # Sizes may be asked for by the client with bin_size; the bytes are wanted here.
            source = dish.with_context(bin_size=False).image_1024
            small = source and picture.jpeg(base64.b64decode(source))
            dish.dining_picture = small and base64.b64encode(small)

    @api.depends_context("company")
    @api.depends(
        "type",
        "list_price",
        "to_weight",
        "taxes_id",
        "pos_categ_ids",
        "combo_ids",
        "product_variant_count",
        "available_in_pos",
        "sale_ok",
    )
    def _compute_dining_problem(self):
        for dish in self:
            # What is still being typed in has no variants yet, and nobody looks for it on a phone.
            dish.dining_problem = (bool(dish._origin) and dish.available_in_pos and dish.sale_ok) and (
                dish._dining_unsellable() or dish._dining_unlisted()
            )

    @api.constrains("list_price", "available_in_pos", "attribute_line_ids")
    def _check_dining_price(self):
        # A negative price by itself is a discount's, not a dish's.
        for dish in self.filtered(lambda dish: dish.available_in_pos and dish.list_price >= 0):
            lines = dish.attribute_line_ids.filtered(lambda line: line.attribute_id.create_variant == "no_variant")
            if dish.list_price + sum(line._dining_cheapest() for line in lines) < -0.001:
                raise ValidationError(
                    self.env._(
                        "With its cheapest options %(dish)s would cost less than nothing.", dish=dish.display_name
                    )
                )

    @api.constrains("type", "dining_allergen_ids")
    def _check_dining_allergens(self):
        # The kitchen must know which of its dishes it is; and what is not chosen is not eaten.
        for meal in self.filtered(lambda dish: dish.type == "combo" and dish.dining_allergen_ids):
            raise ValidationError(
                self.env._("Name the allergens at the dishes that %(meal)s is made of.", meal=meal.display_name)
            )

    def action_dining_sell_out(self):
        """Mark the dish sold out in every store the user works in."""
        self._dining_stock_rows().write({"sold_out": True})

    def action_dining_restore(self):
        """Sell the dish again in every store the user works in, without a limit."""
        self._dining_stock_rows().write({"sold_out": False, "limited": False})

    def action_dining_track(self):
        """Show the dish's portions left, store by store."""
        self._dining_stock_rows()

    def _dining_stock_rows(self):
        stores = self.env["pos.config"].search([("is_dining", "=", True)])
        self.env["dining.dish.stock"]._ensure_rows(stores, self)
        return self.env["dining.dish.stock"].search(
            [("config_id", "in", stores.ids), ("product_tmpl_id", "in", self.ids)]
        )

    def _dining_image(self, picture_hash):
        """The dish's picture as JPEG bytes, 480 px wide.

        :param picture_hash: as the menu's `image` has it; another than the present one gives None
        """
        self.ensure_one()
        # Pictures on a menu are public; attachments of products are not.
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [("res_model", "=", self._name), ("res_field", "=", "dining_picture"), ("res_id", "=", self.id)],
                limit=1,
            )
        )
        current = (attachment.checksum or "")[: picture.HASH_LENGTH]
        return attachment.raw if current and current == picture_hash else None

    def _dining_unsellable(self):
        """Why no phone can order this dish, in words, or False."""
        self.ensure_one()
        if self.product_variant_count != 1:
            return self.env._("It has several variants; give its attributes the variant creation “Never”.")
        if self.list_price < 0:
            return self.env._("Its price is negative.")
        if self.to_weight:
            return self.env._("It is weighed at the register.")
        if self._dining_taxes(self.env.company)._dining_permille() is None:
            return self.env._("Its tax is not included in the price.")
        return False

    def _dining_unlisted(self):
        """Why the dish does not stand on the menu by itself, in words, or False."""
        if not self.pos_categ_ids:
            return self.env._("It is in no category, so it is sold inside set meals only.")
        if self.type == "combo" and not self.combo_ids.filtered("qty_free"):
            return self.env._("This set meal has nothing to choose.")
        return False

    def _dining_taxes(self, company):
        """The sale taxes that hold in `company`, or in the nearest of its parents that has some."""
        while company:
            taxes = self.taxes_id.filtered(lambda tax, company=company: tax.company_id == company)
            if taxes:
                return taxes
            company = company.parent_id
        return self.env["account.tax"]
