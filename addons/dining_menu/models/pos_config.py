from odoo import api, fields, models
from odoo.addons.dining_rules.refusals import Refusal
from odoo.exceptions import ValidationError

from ..snapshot_builder import CHARGE_PRODUCTS


class PosConfig(models.Model):
    _name = "pos.config"
    _inherit = ["pos.config", "dining.menu.source"]

    _dining_menu_fields = frozenset(
        {
            "name",
            "is_dining",
            "active",
            "dining_name_en",
            "dining_max_dish_quantity",
            "dining_max_round_quantity",
            "dining_max_order_yuan",
            "dining_seat_charge",
            "dining_service_charge_percent",
            "dining_by_course",
            "limit_categories",
            "iface_available_categ_ids",
            "company_id",
        }
    )

    dining_by_course = fields.Boolean(
        "Serve by courses", help="Dishes of later courses (see the categories) wait until the register fires them."
    )
    dining_menu_version = fields.Integer("Menu version", readonly=True, copy=False)
    dining_menu_digest = fields.Char(readonly=True, copy=False)
    dining_stock_ids = fields.One2many("dining.dish.stock", "config_id", "Sold out and remaining")

    @api.constrains("dining_seat_charge", "dining_service_charge_percent", "company_id")
    def _check_dining_charge_taxes(self):
        for config in self:
            for kind, charged in (
                ("seat", config.dining_seat_charge),
                ("service", config.dining_service_charge_percent),
            ):
                product = self.env.ref(CHARGE_PRODUCTS[kind])
                taxes = product.product_tmpl_id.sudo()._dining_taxes(config.company_id)
                if charged and taxes._dining_permille() is None:
                    raise ValidationError(
                        self.env._(
                            "The tax of “%(product)s” is not included in its price, so guests could not be told what"
                            " they will pay. Give that product a tax that is included.",
                            product=product.display_name,
                        )
                    )

    def _dining_service_permille(self):
        return round(self.dining_service_charge_percent * 10)

    def action_dining_rebuild_menu(self):
        """Build the stores' menus from their dishes again; an unchanged menu keeps its version."""
        self.env["dining.menu.version"]._touch()

    def _dining_menu(self, version=None):
        """The store's menu, as `MenuSnapshot(version, body, etag, menu)`.

        One SQL statement where this process has read the menu before, two where not.

        :param version: an earlier version, one of the last 20; None for the present one
        :raises Refusal: store_unknown, menu_version_unknown
        """
        self.ensure_one()
        versions = self.env["dining.menu.version"].sudo()
        if version is not None:
            return versions._snapshot(self.id, version)
        present = None if versions._is_touched() else versions._present(self.id)
        if present is None:
            if not self.exists().is_dining:
                raise Refusal("store_unknown")
            versions._rebuild()
            present = versions._present(self.id)
        return versions._snapshot(self.id, *present)

    def _dining_available(self, dish_ids=None):
        """Portions left of the dishes that are limited: {dish id: portions}, 0 for sold out; one statement."""
        self.ensure_one()
        return self.env["dining.dish.stock"]._available(self.id, dish_ids)

    def _dining_take(self, quantities):
        """Take portions of limited dishes; one statement.

        :param quantities: {dish id: portions}; dishes that are not limited may be among them
        :raises Refusal: dish_sold_out naming the first dish that falls short; nothing is taken then
        """
        self.ensure_one()
        self.env["dining.dish.stock"]._take(self, quantities)

    def _dining_give_back(self, quantities):
        """Give back portions that were taken; one statement."""
        self.ensure_one()
        self.env["dining.dish.stock"]._give_back(self.id, quantities)

    def _get_special_products(self):
        products = super()._get_special_products()
        for xmlid in CHARGE_PRODUCTS.values():
            products |= self.env.ref(xmlid, raise_if_not_found=False) or self.env["product.product"]
        return products
