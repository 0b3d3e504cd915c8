from uuid import uuid4

from odoo import Command
from odoo.addons.dining_base.errors import Refused
from odoo.addons.dining_order.services import allergies, cart, placement, table_view
from odoo.addons.dining_rules.refusals import Refusal
from odoo.tests import TransactionCase

#: What a register sends of an order besides its lines, its numbers and its memory of the kitchen.
HEADER = (
    "uuid",
    "access_token",
    "session_id",
    "amount_total",
    "amount_tax",
    "amount_paid",
    "amount_return",
    "state",
    "table_id",
    "pricelist_id",
    "fiscal_position_id",
    "partner_id",
    "company_id",
    "to_invoice",
    "user_id",
)


class DiningCase(TransactionCase):
    """A store of a Chinese company with a small menu, an open register and a table B12.

    Diners act as the API does: as superuser, through the services.
    """

    chart = "cn"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "lang": "en_US", "tz": "UTC"})
        cls.company = cls.env["res.company"].create(
            {
                "name": "Kunming Kitchen",
                "country_id": cls.env.ref("base.cn").id,
                "currency_id": cls.env.ref("base.CNY").id,
            }
        )
        cls.env.user.write(
            {
                "company_ids": [Command.link(cls.company.id)],
                "company_id": cls.company.id,
                "group_ids": [Command.link(cls.env.ref("point_of_sale.group_pos_manager").id)],
            }
        )
        cls.env = cls.env(context={**cls.env.context, "allowed_company_ids": cls.company.ids})
        cls.env["account.chart.template"].try_loading(cls.chart, cls.company, install_demo=False)
        cls.env.ref("base.CNY").active = True
        cls.tax = cls.env["account.tax"].create(
            {
                "name": "6% included",
                "amount": 6.0,
                "type_tax_use": "sale",
                "price_include_override": "tax_included",
                "company_id": cls.company.id,
            }
        )
        cls._create_store()
        cls._create_menu()
        cls.app = cls.env["wechat.app"].create(
            {
                "name": "Kunming Kitchen",
                "appid": "wx0123456789abcdef",
                "company_id": cls.company.id,
            }
        )
        cls.alice, cls.bob = (
            cls.env["wechat.user"].create({"app_id": cls.app.id, "openid": openid})
            for openid in ("o-alice-000000000000000000", "o-bob-00000000000000000000")
        )
        cls.env.flush_all()
        cls.env.cr.precommit.run()

    @classmethod
    def _create_store(cls):
        cls.cash = cls.env["pos.payment.method"].create(
            {
                "name": "Cash",
                "journal_id": cls.env["account.journal"]
                .search([("type", "=", "cash"), ("company_id", "=", cls.company.id)], limit=1)
                .id,
                "company_id": cls.company.id,
            }
        )
        cls.store = cls.env["pos.config"].create(
            {
                "name": "翠湖店",
                "dining_name_en": "Green Lake",
                "is_dining": True,
                "module_pos_restaurant": True,
                "company_id": cls.company.id,
                "payment_method_ids": [Command.set(cls.cash.ids)],
            }
        )
        cls.floor = cls.env["restaurant.floor"].create(
            {
                "name": "一楼",
                "pos_config_ids": [Command.set(cls.store.ids)],
            }
        )
        cls.table, cls.other_table = cls.env["restaurant.table"].create(
            [
                {"floor_id": cls.floor.id, "table_number": number, "dining_name": name}
                for number, name in ((12, "B12"), (13, "B13"))
            ]
        )
        cls.store.open_ui()
        cls.pos_session = cls.store.current_session_id
        cls.pos_session.set_opening_control(0, "")

    @classmethod
    def _create_menu(cls):
        cls.category = cls.env["pos.category"].create({"name": "Noodles"})
        cls.noodles = cls._dish("Crossing-bridge noodles", 38.0)
        size = cls.env["product.attribute"].create(
            {
                "name": "Size",
                "create_variant": "no_variant",
                "display_type": "radio",
                "value_ids": [
                    Command.create({"name": "Small"}),
                    Command.create({"name": "Large", "default_extra_price": 8.0}),
                ],
            }
        )
        cls.env["product.template.attribute.line"].create(
            {
                "product_tmpl_id": cls.noodles.id,
                "attribute_id": size.id,
                "value_ids": [Command.set(size.value_ids.ids)],
                "dining_min": 1,
                "dining_max": 1,
            }
        )
        cls.small, cls.large = cls.noodles.attribute_line_ids.product_template_value_ids
        cls.chicken = cls._dish("Steam-pot chicken", 88.0)
        cls.tea = cls._dish("Pu'er tea", 12.5)
        noodle_part, tea_part = cls.env["product.combo"].create(
            [
                {
                    "name": name,
                    "company_id": cls.company.id,
                    "combo_item_ids": [Command.create({"product_id": dish.product_variant_id.id})],
                }
                for name, dish in (("Main", cls.chicken), ("Drink", cls.tea))
            ]
        )
        cls.lunch = cls.env["product.template"].create(
            {
                "name": "Lunch set",
                "type": "combo",
                "list_price": 89.99,
                "available_in_pos": True,
                "combo_ids": [Command.set((noodle_part + tea_part).ids)],
                "pos_categ_ids": [Command.set(cls.category.ids)],
                "taxes_id": [Command.set(cls.tax.ids)],
                "company_id": cls.company.id,
            }
        )
        cls.lunch_components = [
            {"choice_id": combo.combo_item_ids.id, "option_ids": []} for combo in (noodle_part, tea_part)
        ]

    @classmethod
    def _dish(cls, name, price):
        return cls.env["product.template"].create(
            {
                "name": name,
                "type": "service",
                "list_price": price,
                "available_in_pos": True,
                "pos_categ_ids": [Command.set(cls.category.ids)],
                "taxes_id": [Command.set(cls.tax.ids)],
                "company_id": cls.company.id,
            }
        )

    # -- what phones do -----------------------------------------------------

    def join(self, user=None, table=None, guests=None):
        """Join as `user` (default Alice); returns the table session."""
        table = table or self.table
        return (
            self.env["dining.table.session"].sudo()._join(self.store.id, table.dining_code, user or self.alice, guests)
        )

    def wanted(self, dish, quantity=1, options=(), components=(), note="", rush=False, key=None):
        return {
            "key": key or str(uuid4()),
            "dish_id": dish.id,
            "option_ids": [option.id for option in options],
            "components": list(components),
            "quantity": quantity,
            "note": note,
            "rush": rush,
        }

    def add(self, session, dish, quantity=1, user=None, client_key=None, **chosen):
        """Put a dish into the cart; returns the line's key."""
        self.env.flush_all()
        entry = cart.add_line(
            self.env(su=True),
            self.store.id,
            session.access_token,
            (user or self.alice).id,
            client_key or str(uuid4()),
            self.wanted(dish, quantity, **chosen),
        )
        return entry["key"]

    def change(self, session, key, delta, user=None, client_key=None):
        return cart.change_line(
            self.env(su=True),
            self.store.id,
            session.access_token,
            (user or self.alice).id,
            client_key or str(uuid4()),
            key,
            delta,
        )

    def say(self, session, *codes, user=None, client_key=None, after=None):
        """Say that `user` is allergic to these; `after` everything said before, unless told."""
        self.env.flush_all()
        user = user or self.alice
        guest = session.guest_ids.filtered(lambda guest: guest.user_id == user)
        allergies.say_allergies(
            self.env(su=True),
            self.store.id,
            session.access_token,
            user.id,
            client_key or str(uuid4()),
            list(codes),
            guest.said_count if after is None else after,
        )
        self.env.flush_all()

    def clashes(self, session, keys):
        """The lines `keys` with everything that anybody at the table has said, as a phone that has shown it."""
        said = {}
        for seat, code in ((one.seat, one.code) for one in session.guest_ids._said()):
            said.setdefault(code, []).append(seat)
        return dict.fromkeys(keys, said)

    def place(self, session, user=None, client_key=None, menu_version=None, on_call=False, clashes_seen=()):
        """:param clashes_seen: keys of lines whose clashes are all seen, or what of each is"""
        self.env.flush_all()
        if not isinstance(clashes_seen, dict):
            clashes_seen = self.clashes(session, clashes_seen)
        return placement.place(
            self.env(su=True),
            self.store.id,
            session.access_token,
            (user or self.alice).id,
            client_key or str(uuid4()),
            menu_version or self.store._dining_menu().version,
            on_call,
            clashes_seen,
        )

    def view(self, session, user=None, rev=None):
        self.env.flush_all()
        return table_view.read_table(
            self.env(su=True), self.store.id, session.access_token, (user or self.alice).id, rev
        )

    def sent_by_register(self, order, *more, **changed):
        """An order as the register of `self.cashier` sends it: its header, and in `changed` lines that differ.

        :param more: fields that it sends too
        """
        names = [*HEADER, "pos_reference", "sequence_number", "tracking_number", *more]
        [values] = order.with_user(self.cashier).read(names, load="")
        values.pop("id")
        return {**values, "lines": [], "payment_ids": [], **changed}

    def facts(self):
        """What a refusal must leave as it was: counts and sums of everything an order writes."""
        self.env.flush_all()
        self.env.cr.execute(
            """SELECT (SELECT array_agg((id, kind, quantity) ORDER BY id)::text FROM dining_cart_entry),
                      (SELECT array_agg((id, state, amount_total) ORDER BY id)::text FROM pos_order),
                      (SELECT array_agg((id, qty, price_subtotal_incl) ORDER BY id)::text FROM pos_order_line),
                      (SELECT array_agg((id, state) ORDER BY id)::text FROM dining_round),
                      (SELECT array_agg((id, remaining, sold_out) ORDER BY id)::text FROM dining_dish_stock),
                      (SELECT array_agg((guest_id, allergen_id) ORDER BY guest_id, allergen_id)::text
                         FROM dining_guest_allergen_rel)"""
        )
        return self.env.cr.fetchone()

    def assertRefused(self, code, function, *args, **kwargs):
        """`function` is refused with `code` and leaves everything as it was; returns the refusal."""
        before = self.facts()
        refusal = None
        try:
            with self.env.cr.savepoint():
                function(*args, **kwargs)
        except (Refusal, Refused) as caught:
            refusal = caught
        self.env.invalidate_all()
        self.assertIsNotNone(refusal, f"{code} was expected, and nothing was refused")
        self.assertEqual(refusal.code, code)
        self.assertEqual(self.facts(), before, f"{code}: a refusal changes nothing")
        return refusal
