"""Stores to measure in: one of Diancan, and one that sells the same dishes by Odoo's own self-ordering.

They belong to a company of their own, so that nothing else in the database is
in the way of either.
"""

from odoo import Command

#: Odoo's self-ordering answers 404 beside Diancan unless this is set.
ALLOW_PEER = "dining_api.allow_pos_self_order"
MENU_WORDS = ("米线", "鸡", "菌", "牛肉", "豆腐", "时蔬", "汤", "饭")
CLOSED_PORT = 9


class Restaurant:
    """A store of Diancan, its dishes and its kitchen, made at once.

    :param env: superuser's environment
    :param dish_count: dishes on the menu; every third has sizes, every fifth extras
    """

    def __init__(self, env, dish_count):
        company = self._make_company(env)
        admin = env.ref("base.user_admin")
        admin.write(
            {
                "company_ids": [Command.link(company.id)],
                "company_id": company.id,
                "group_ids": [Command.link(env.ref("point_of_sale.group_pos_manager").id)],
            }
        )
        self.env = env = env(context={**env.context, "allowed_company_ids": company.ids})
        self.company, self.admin = company.with_env(env), admin
        self.tax = env["account.tax"].create({
            "name": "6% included", "amount": 6.0, "type_tax_use": "sale", "price_include_override": "tax_included",
            "company_id": company.id,
        })  # fmt: skip
        self.categories = env["pos.category"].create([{"name": f"Bench {number}"} for number in range(8)])
        self.size, self.extra = self._make_attributes()
        self.dishes = self._make_dishes(dish_count)
        self.ours = self._make_store("Diancan", is_dining=True)
        self._make_kitchen()
        self._open(self.ours)

    def _make_company(self, env):
        company = env["res.company"].create({
            "name": "Bench", "country_id": env.ref("base.cn").id, "currency_id": env.ref("base.CNY").id,
        })  # fmt: skip
        env.ref("base.CNY").active = True
        env["account.chart.template"].try_loading("cn", company, install_demo=False)
        return company

    def _make_attributes(self):
        return self.env["product.attribute"].create([
            {
                "name": name, "create_variant": "no_variant", "display_type": display,
                "value_ids": [Command.create({"name": word, "default_extra_price": price}) for word, price in values],
            }
            for name, display, values in (
                ("Size", "radio", (("Small", 0.0), ("Large", 8.0))),
                ("Extras", "multi", (("Egg", 3.0), ("Greens", 4.0), ("More noodles", 5.0))),
            )
        ])  # fmt: skip

    def _make_dishes(self, count):
        dishes = self.env["product.template"].create(
            [
                {
                    "name": f"Bench dish {number}",
                    "type": "service",
                    "list_price": 18.0 + number % 70,
                    "available_in_pos": True,
                    "pos_categ_ids": [Command.set(self.categories[number % len(self.categories)].ids)],
                    "taxes_id": [Command.set(self.tax.ids)],
                    "company_id": self.company.id,
                    "attribute_line_ids": [
                        Command.create(
                            {"attribute_id": attribute.id, "value_ids": [Command.set(attribute.value_ids.ids)]}
                        )
                        for attribute, step in ((self.size, 3), (self.extra, 5))
                        if number % step == 0
                    ],
                }
                for number in range(count)
            ]
        )
        for number, dish in enumerate(dishes):
            word = MENU_WORDS[number % len(MENU_WORDS)]
            dish.update_field_translations("name", {"zh_CN": f"测试{word}{number}", "en_US": f"Bench dish {number}"})
        return dishes

    def _make_store(self, name, **settings):
        journal = self.env["account.journal"].search(
            [("type", "=", "cash"), ("company_id", "=", self.company.id)], limit=1
        )
        cash = self.env["pos.payment.method"].create({
            "name": f"Cash {name}", "journal_id": journal.copy().id, "company_id": self.company.id,
        })  # fmt: skip
        return self.env["pos.config"].with_user(self.admin).create({
            "name": name,
            "module_pos_restaurant": True,
            "company_id": self.company.id,
            "payment_method_ids": [Command.set(cash.ids)],
            "limit_categories": True,
            "iface_available_categ_ids": [Command.set(self.categories.ids)],
            **settings,
        }).sudo()  # fmt: skip

    def _open(self, store):
        store.open_ui()
        store.current_session_id.set_opening_control(0, "")
        self.env.flush_all()

    def _make_kitchen(self):
        """Two stations, each with its printer; the print worker finds both switched off."""
        printers = self.env["dining.printer"].create(
            [
                {"name": name, "config_id": self.ours.id, "host": "127.0.0.1", "port": CLOSED_PORT}
                for name in ("Hot", "Cold")
            ]
        )
        half = len(self.categories) // 2
        self.env["dining.station"].create([
            {
                "name": printer.name, "config_id": self.ours.id, "printer_id": printer.id, "is_pass": not number,
                "category_ids": [Command.set(self.categories[number * half : (number + 1) * half].ids)],
            }
            for number, printer in enumerate(printers)
        ])  # fmt: skip

    def make_tables(self, store, count):
        """Tables on a floor of `store`, one for each order: nobody waits for anybody else's."""
        floor = self.env["restaurant.floor"].create({
            "name": f"Bench {store.name}", "pos_config_ids": [Command.set(store.ids)],
        })  # fmt: skip
        return self.env["restaurant.table"].create(
            [{"floor_id": floor.id, "table_number": number + 1} for number in range(count)]
        )


class Stores(Restaurant):
    """The same with the peer's store beside it."""

    def __init__(self, env, dish_count):
        super().__init__(env, dish_count)
        env["ir.config_parameter"].set_param(ALLOW_PEER, "1")
        self.peer = self._make_store(
            "Peer",
            self_ordering_mode="mobile",
            self_ordering_service_mode="table",
            self_ordering_pay_after="meal",
            self_ordering_default_user_id=self.admin.id,
        )
        self._open(self.peer)
