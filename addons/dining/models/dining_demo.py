import logging

from odoo import api, models

from ..demo import name_records, read
from ..demo.company import create_users, prepare_company
from ..demo.menu import create_menu, limit_portions
from ..demo.offers import create_offers
from ..demo.simulators import connect_kitchen, connect_wechat, read_credentials

_logger = logging.getLogger(__name__)

VAT_PERCENT = 6
"""What a general taxpayer's restaurant charges in China."""


class DiningDemo(models.AbstractModel):
    """The demo restaurant, for a newcomer to look around in and for tests."""

    _name = "dining.demo"
    _description = "Demo restaurant"

    @api.model
    def _load(self, addresses=None):
        """Load the demo restaurant into this database, once; a second call only tells it its addresses.

        :param addresses: where its simulators are, `{"odoo", "wechat", "printer_host", "printer_port",
            "cold_printer_port"}`; none of them is needed
        :return: logins as `[(Chinese label, English label, login, password)]`
        """
        addresses = addresses or {}
        credentials = read_credentials(addresses["wechat"]) if addresses.get("wechat") else None
        demo = self.sudo().with_context(lang="en_US", tz="Asia/Shanghai")
        store = demo.env.ref("dining.store_main_demo", raise_if_not_found=False) or demo._create()
        demo._configure(store.with_env(demo.env), addresses, credentials)
        demo._open_register(store)
        return [(data["name"], data["en"], login, login) for login, data in read("restaurant")["users"].items()]

    @api.model
    def _create(self):
        company = prepare_company(self.env)
        demo = self.with_company(company)
        vat = demo.env["account.tax"]._dining_vat(company, VAT_PERCENT)
        dishes = create_menu(demo.env, vat)
        create_users(demo.env, company)
        store = demo._create_store()
        limit_portions(demo.env, store, dishes)
        create_offers(demo.env, company)
        _logger.info("demo restaurant loaded: %s dishes and set meals", len(dishes))
        return store

    @api.model
    def _create_store(self):
        data = read("restaurant")
        floors = [
            {
                **floor,
                "tables": [
                    dict(zip(("name", "seats", "shape", "column", "row"), table, strict=True))
                    for table in floor["tables"]
                ],
            }
            for floor in data["floors"]
        ]
        store = self.env["pos.config"]._dining_open_store(
            {
                "name": data["store"]["name"],
                "dining_name_en": data["store"]["name_en"],
                "dining_address": data["store"]["address"],
                "dining_seat_charge": data["store"]["seat_charge"],
            },
            floors,
            VAT_PERCENT,
        )
        # Odoo names it in the language of whoever makes it.
        store.journal_id.update_field_translations("name", {"zh_CN": "收银"})
        name_records(self.env, "store", {"main": store})
        name_records(self.env, "table", {table.dining_name.lower(): table for table in store.floor_ids.table_ids})
        return store

    @api.model
    def _configure(self, store, addresses, credentials):
        """Tell the restaurant where its simulators are."""
        if addresses.get("odoo"):
            parameters = self.env["ir.config_parameter"]
            parameters.set_param("web.base.url", addresses["odoo"])
            parameters.set_param("web.base.url.freeze", True)
        if addresses.get("printer_host"):
            connect_kitchen(self.env, store, addresses)
        if credentials:
            connect_wechat(self.env, store, credentials, addresses["odoo"])

    @api.model
    def _open_register(self, store):
        """Open the register, with what is in its drawer, unless it is open."""
        if store.current_session_id:
            return
        cashier = self.env.ref("dining.user_cashier_demo")
        # What is noted about it is read by people in Kunming.
        sessions = self.env["pos.session"].with_user(cashier).with_context(lang="zh_CN", mail_create_nolog=True)
        session = sessions.create({"config_id": store.id, "user_id": cashier.id})
        session.set_opening_control(session.cash_register_balance_start, "")
