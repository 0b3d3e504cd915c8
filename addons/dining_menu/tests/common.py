import json

from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user


class MenuCase(TransactionCase):
    """A store with two dishes, options, a set meal, a manager and a cashier."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.tax = cls.env["account.tax"].create(
            {
                "name": "VAT 6 %",
                "amount": 6,
                "type_tax_use": "sale",
                "price_include_override": "tax_included",
            }
        )
        cls.store = cls.env["pos.config"].create(
            {"name": "滇味小馆", "dining_name_en": "Dian Kitchen", "is_dining": True}
        )
        cls.env.ref("dining_menu.product_seat_charge").taxes_id = cls.tax
        cls.env.ref("dining_menu.product_service_charge").taxes_id = cls.tax
        cls.noodles_category = cls.env["pos.category"].create({"name": "Noodles", "sequence": 1})
        cls.noodles_category.update_field_translations("name", {"zh_CN": "米线"})
        cls.drinks_category = cls.env["pos.category"].create({"name": "Drinks", "sequence": 2})
        cls.size = cls._attribute("Size", "pills", [("Small", 0), ("Large", 6)])
        cls.extras = cls._attribute("Extras", "multi", [("Egg", 3), ("Tofu", 2.5), ("No coriander", 0)])
        cls.noodles = cls._dish(
            "Crossing-the-bridge noodles",
            28,
            cls.noodles_category,
            name_zh="过桥米线",
            attributes=[cls.size, cls.extras],
        )
        cls.tea = cls._dish("Pu'er tea", 9, cls.drinks_category, name_zh="普洱茶")
        cls.manager = new_test_user(
            cls.env, "dining_manager", "base.group_user,point_of_sale.group_pos_manager", lang="en_US"
        )
        cls.cashier = new_test_user(
            cls.env, "dining_cashier", "base.group_user,point_of_sale.group_pos_user", lang="en_US"
        )

    @classmethod
    def _attribute(cls, name, display_type, values):
        return cls.env["product.attribute"].create(
            {
                "name": name,
                "display_type": display_type,
                "create_variant": "no_variant",
                "value_ids": [
                    Command.create({"name": value, "default_extra_price": price, "sequence": number})
                    for number, (value, price) in enumerate(values)
                ],
            }
        )

    @classmethod
    def _dish(cls, name, price, category, name_zh=None, attributes=(), **values):
        dish = cls.env["product.template"].create(
            {
                "name": name,
                "type": "service",
                "list_price": price,
                "available_in_pos": True,
                "pos_categ_ids": [Command.set(category.ids)],
                "taxes_id": [Command.set(cls.tax.ids)],
                "attribute_line_ids": [
                    Command.create(
                        {
                            "attribute_id": attribute.id,
                            "value_ids": [Command.set(attribute.value_ids.ids)],
                        }
                    )
                    for attribute in attributes
                ],
                **values,
            }
        )
        if name_zh:
            dish.update_field_translations("name", {"zh_CN": name_zh})
        return dish

    @classmethod
    def _set_meal(cls, name, price, category, parts):
        """`parts`: (name, count, [(dish, extra)]) each."""
        return cls._dish(
            name,
            price,
            category,
            type="combo",
            combo_ids=[
                Command.create(
                    {
                        "name": part,
                        "qty_free": count,
                        "qty_max": count,
                        "combo_item_ids": [
                            Command.create({"product_id": dish.product_variant_id.id, "extra_price": extra})
                            for dish, extra in choices
                        ],
                    }
                )
                for part, count, choices in parts
            ],
        )

    def _option(self, dish, name):
        return dish.dining_option_ids.filtered(lambda option: option.name == name)

    def _body(self, store=None):
        """The present public menu, parsed."""
        return json.loads((store or self.store)._dining_menu().body)

    def _dish_on_menu(self, dish):
        return next((entry for entry in self._body()["dishes"] if entry["id"] == dish.id), None)
