import re

from odoo import api, models
from odoo.exceptions import RedirectWarning, UserError
from odoo.fields import Command

TABLE_SIDE = 100
TABLE_STEP = 150
TABLE_MARGIN = 50


class PosConfig(models.Model):
    _inherit = "pos.config"

    @api.model
    def _dining_open_store(self, values, floors, vat_percent=6):
        """Open a store: a register with tables, ways to pay and the restaurant's tax.

        :param values: of the pos.config; `name` at least
        :param floors: `[{"name", "name_en"?, "color"?, "tables": [{"name", "seats", "shape"?, "column"?, "row"?}]}]`
        :param vat_percent: the VAT inside the store's prices
        :return: the pos.config
        """
        company = self.env["res.company"].browse(values.get("company_id") or self.env.company.id)
        configs = self.with_company(company)
        configs.check_access("create")
        # sudo: a restaurant's manager may open a store, though its tax, journals and drawer are the accountant's
        journal = configs.env["account.journal"].sudo()._ensure_company_account_journal()
        vat = configs.env["account.tax"].sudo()._dining_vat(company, vat_percent)
        vat._dining_set_on_charges()
        company.sudo().account_sale_tax_id = vat
        floor_records = configs._dining_create_floors(floors)
        store = configs.create(
            {
                "company_id": company.id,
                "is_dining": True,
                "module_pos_restaurant": True,
                "journal_id": journal.id,
                "floor_ids": [Command.set(floor_records.ids)],
                "payment_method_ids": [Command.set(configs.sudo()._dining_cash_method(values["name"]).ids)],
                "default_screen": "tables",
                "iface_splitbill": True,
                "iface_printbill": True,
                "show_product_images": True,
                "show_category_images": False,
                "self_ordering_mode": "nothing",
                **values,
            }
        )
        store._dining_offer_wechat_pay()
        # sudo: ways to pay are the administrator's; members' stored value is good in every store of the company
        store.sudo()._dining_accept_wallet()
        configs.env["dining.books"]._of(company)._book_sales_tax(vat)
        return store

    def _dining_offer_wechat_pay(self):
        """Let guests pay by phone, on the company's WeChat Pay account, as soon as that is switched on.

        The register takes a new way to pay only while it is closed, so the store gets it now.
        """
        # sudo: the account is the administrator's
        provider = (
            self.env["payment.provider"]
            .sudo()
            .search([("code", "=", "wechatpay"), ("company_id", "=", self.company_id.id)], limit=1)
        )
        if provider:
            self.sudo()._dining_accept_wechat(provider)

    def action_dining_print_codes(self):
        """Print the codes of all the store's tables."""
        return self.floor_ids.table_ids.action_dining_print_codes()

    def action_dining_open_register(self):
        """Open the store's register in the browser."""
        self.ensure_one()
        return self.open_ui()

    @api.model
    def action_dining_registers(self):
        """Open the register: at once where there is one store, else from the list of stores."""
        stores = self.search([("is_dining", "=", True)])
        if len(stores) == 1:
            return stores.action_dining_open_register()
        return self.env["ir.actions.act_window"]._for_xml_id("dining.pos_config_action")

    def _dining_wechat_app(self):
        """The mini-program in which the store's guests order.

        :raises UserError: none is set up, with the way to the place where it is
        """
        self.ensure_one()
        # sudo: the account's secrets are the administrator's, its codes are the manager's to print
        app = self.env["wechat.app"].sudo().search([("company_id", "=", self.company_id.id)], limit=1)
        if app and app.secret:
            return app
        words = self.env._(
            "No WeChat mini-program is set up for %(company)s, so a printed code would lead nowhere."
            " An administrator enters the AppID and AppSecret under Diancan → Configuration → Mini-programs.",
            company=self.company_id.name,
        )
        if self.env.user.has_group("base.group_system"):
            raise RedirectWarning(words, self.env.ref("wechat_app.wechat_app_action").id, self.env._("Set Up"))
        raise UserError(words)

    @api.model
    def _dining_charge_products(self):
        return self.env.ref("dining_menu.product_seat_charge") | self.env.ref("dining_menu.product_service_charge")

    @api.model
    def _dining_cash_method(self, store_name):
        """A cash drawer of the store's own: Odoo wants one journal for each."""
        journal = (
            self.env["account.journal"]
            .with_context(lang="en_US")
            .create({"name": f"Cash {store_name}", "type": "cash", "company_id": self.env.company.id})
        )
        journal.update_field_translations("name", {"zh_CN": f"现金 {store_name}"})
        method = (
            self.env["pos.payment.method"]
            .with_context(lang="en_US")
            .create(
                {
                    "name": "Cash",
                    "journal_id": journal.id,
                    "company_id": self.env.company.id,
                    "sequence": 1,
                }
            )
        )
        method.update_field_translations("name", {"zh_CN": "现金"})
        return method

    @api.model
    def _dining_create_floors(self, floors):
        records = self.env["restaurant.floor"]
        for number, floor in enumerate(floors, 1):
            records |= records.create(
                {
                    "name": floor["name"],
                    "dining_name_en": floor.get("name_en"),
                    "sequence": number,
                    "background_color": floor.get("color"),
                    "table_ids": [Command.create(_table(table, index)) for index, table in enumerate(floor["tables"])],
                }
            )
        return records


def _table(table, index):
    """The record of a table; those without a place stand in rows of five."""
    shape = table.get("shape", "square")
    digits = re.search(r"\d+", table["name"])
    return {
        "dining_name": table["name"],
        "table_number": int(digits.group()) if digits else index + 1,
        "seats": table["seats"],
        "shape": shape,
        "position_h": TABLE_MARGIN + TABLE_STEP * table.get("column", index % 5),
        "position_v": TABLE_MARGIN + TABLE_STEP * table.get("row", index // 5),
        "width": TABLE_SIDE,
        "height": TABLE_SIDE,
        "color": "#EB9A52" if shape == "round" else "#5FA97A",
    }
