"""The accountant's walk: from the closed day to its journal entry and the money at WeChat, and not one step further."""

import ast

from odoo import Command
from odoo.addons.dining_base.errors import Refused
from odoo.addons.dining_payment.tests.common import DiningPayCase
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

#: What an accountant's attempt must leave as it was.
SOLD = """
    SELECT (SELECT array_agg((id, state, amount_total, amount_paid, table_id) ORDER BY id)::text FROM pos_order),
           (SELECT array_agg((id, price_unit, qty, discount) ORDER BY id)::text FROM pos_order_line),
           (SELECT array_agg((id, amount, payment_method_id) ORDER BY id)::text FROM pos_payment),
           (SELECT array_agg((id, state, move_id) ORDER BY id)::text FROM pos_session),
           (SELECT array_agg((id, list_price, active) ORDER BY id)::text FROM product_template),
           (SELECT array_agg((id, name, dining_seat_charge) ORDER BY id)::text FROM pos_config),
           (SELECT array_agg((id, dining_code, active) ORDER BY id)::text FROM restaurant_table),
           (SELECT array_agg((id, state) ORDER BY id)::text FROM dining_round),
           (SELECT count(*) FROM dining_dish_stock)
"""


@tagged("post_install", "-at_install")
class TestAccountant(DiningPayCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = new_test_user(
            cls.env,
            "dining-accountant",
            groups="dining.group_accountant,account.group_account_user",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
            lang="en_US",
        )

    def setUp(self):
        super().setUp()
        self.env = self.env(context={**self.env.context, "allowed_company_ids": self.company.ids})

    def serve(self):
        """One table pays 58.50 in cash, the other is left with 100.50 to pay."""
        self.wechat_order = self.order(self.chicken, self.tea)
        other = self.env["dining.table.session"].sudo()._join(self.store.id, self.other_table.dining_code, self.bob)
        self.add(other, self.noodles, options=self.large, user=self.bob)
        self.add(other, self.tea, user=self.bob)
        self.cash_order = self.env["pos.order"].browse(self.place(other, self.bob).order_id)
        self.sync(self.paid_at_register(self.cash_order, 58.5))

    def close(self):
        """The other table pays by WeChat, and the day is closed."""
        self.pay(self.wechat_order)
        self.pos_session.post_closing_cash_details(58.5)
        self.pos_session.update_closing_control_state_session("")
        self.assertTrue(self.pos_session.close_session_from_ui().get("successful"))
        self.env.flush_all()

    def sold(self):
        self.env.flush_all()
        self.env.cr.execute(SOLD)
        return self.env.cr.fetchone()

    def as_accountant(self, records):
        return records.with_user(self.accountant).with_context(allowed_company_ids=self.company.ids)

    def test_the_walk_to_the_entry_and_the_money_at_wechat(self):
        self.serve()
        self.close()
        session = self.as_accountant(self.pos_session)
        action = session.action_dining_open_entry()
        self.assertEqual(action["res_model"], "account.move")
        entry = self.as_accountant(self.env["account.move"]).browse(action["res_id"])
        self.assertEqual((entry, entry.state), (session.move_id, "posted"))
        self.assertEqual(round(sum(entry.line_ids.mapped("balance")), 2), 0)
        self.assertTrue(session.show_journal_items()["domain"])
        orders = self.as_accountant(self.env["pos.order"]).search(session.action_dining_open_orders()["domain"])
        self.assertEqual(orders, self.wechat_order | self.cash_order)
        for menu in ("pos_order_action", "pos_session_action", "account_move_action", "payment_transaction_action"):
            self.open_all(f"dining.{menu}")
        [clearing] = self.open_all("dining.account_move_line_action_clearing")
        self.assertEqual(clearing.balance, 100.5)
        self.assertEqual(clearing.account_id, self.wechat_method.outstanding_account_id)

    def open_all(self, action_xmlid):
        """Open a list and the form of each of its records, as the web client does; returns the records."""
        action = self.env["ir.actions.act_window"].with_user(self.accountant)._for_xml_id(action_xmlid)
        model = self.as_accountant(self.env[action["res_model"]])
        found = model.search(ast.literal_eval(action["domain"]))
        for view_id, kind in action["views"]:
            if kind in ("list", "form"):
                views = model.get_views([(view_id, kind)])
                names = list(views["models"][action["res_model"]]["fields"])
                found.web_read({name: {} for name in names})
        return found

    def test_what_the_accountant_may_not_do(self):
        self.serve()
        begun = self.tx(self.begin(self.wechat_order))
        order, line, payment, dish, session, store, table, waiting = map(
            self.as_accountant,
            (
                self.wechat_order,
                self.wechat_order.lines[0],
                self.cash_order.payment_ids,
                self.chicken,
                self.pos_session,
                self.store,
                self.table,
                self.wechat_order.dining_round_ids,
            ),
        )
        attempts = {
            "an order's table": lambda: order.write({"table_id": self.other_table.id}),
            "an order's state": lambda: order.write({"state": "cancel"}),
            "cancelling an order": order.action_pos_order_cancel,
            "removing an order": order.unlink,
            "refunding an order": order.refund,
            "an order from a register": lambda: order.sync_from_ui([self.as_register(self.cash_order)]),
            "a line's price": lambda: line.write({"price_unit": 0.01}),
            "removing a line": line.unlink,
            "a payment": lambda: payment.write({"amount": 1}),
            "removing a payment": payment.unlink,
            "a dish's price": lambda: dish.write({"list_price": 0.01}),
            "selling a dish out": dish.action_dining_sell_out,
            "taking a dish off": lambda: order.env["dining.void"].create({"line_id": line.id, "portions": 1}),
            "a register session": lambda: session.write({"state": "opened"}),
            "opening a register": lambda: session.create({"config_id": store.id}),
            "paying an order": order.action_pos_order_paid,
            "closing a register session": lambda: session.update_closing_control_state_session(""),
            "a store": lambda: store.write({"dining_seat_charge": 99}),
            "a table": lambda: table.write({"active": False}),
            "a table's code": lambda: table.read(["dining_code"]),
            "a new table code": table.action_dining_reset_code,
            "deciding on a round": waiting.action_confirm,
            "WeChat Pay's keys": lambda: self.as_accountant(self.provider).read(["wechatpay_apiv3_key"]),
            "returning money": self.as_accountant(begun).action_dining_return,
        }
        before = self.sold()
        self.assertEqual((order.state, len(payment)), ("draft", 1))
        # What a refusal leaves to be done after the rollback is done too: a guest's payment must not be closed by it.
        with self.rolled_back():
            for what, attempt in attempts.items():
                with self.subTest(what), mute_logger("odoo.addons.base.models.ir_model", "odoo.models"):
                    with self.assertRaises(Refused if what == "returning money" else AccessError):
                        attempt()
                    self.env.invalidate_all()
                    self.assertEqual(self.sold(), before)
        self.assertEqual(begun.state, "pending")

    def test_the_walk_in_the_browser(self):
        self.serve()
        self.close()
        self.accountant.action_id = self.env.ref("dining.pos_session_action").id
        self.start_tour("/odoo", "dining_accountant", login=self.accountant.login)
