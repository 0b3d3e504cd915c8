"""Two who change one table at the same moment, in transactions of their own: nothing is cooked twice, nothing lost.

What is written here is committed, for two transactions must see it; the database is this suite's own.
"""

import json
import threading
from itertools import combinations_with_replacement
from random import SystemRandom
from types import SimpleNamespace
from unittest.mock import patch
from uuid import uuid4

from odoo import Command, api
from odoo.addons.dining_base import after_commit
from odoo.addons.dining_base.errors import Refused
from odoo.addons.dining_kitchen.services.progress import Step, advance
from odoo.addons.dining_kitchen.services.rush import rush_by_phone
from odoo.addons.dining_kitchen.services.void import void
from odoo.addons.dining_kitchen.tests.test_register import RegisterCase
from odoo.addons.dining_order.services import cart, placement
from odoo.addons.dining_rules.dish_state import state_of
from odoo.addons.dining_rules.refusals import Refusal
from odoo.service.model import retrying
from odoo.tests import BaseCase, tagged
from odoo.tools import mute_logger

PATIENCE_SECONDS = 60
TEA = 2


@tagged("post_install", "-at_install")
class TestTwoWriters(RegisterCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.session._set_closed()
        cls.cashier.group_ids += cls.env.ref("point_of_sale.group_pos_manager")
        cls.store.dining_writes_per_minute = 100_000
        cls.env.flush_all()
        cls.env.cr.precommit.run()
        for patcher in (cls.commit_patcher, cls.rollback_patcher):
            patcher.stop()
        cls.cr.commit()
        # As in the restaurant: displays and registers are told after the commit, and here not at all.
        cls.startClassPatcher(patch.object(after_commit, "module", SimpleNamespace(current_test=None)))
        cls.startClassPatcher(patch.object(after_commit._sender, "add", lambda notes: None))
        # Odoo waits some seconds before it tries again.
        pause = SystemRandom().uniform
        cls.startClassPatcher(patch("odoo.service.model.random.uniform", lambda _low, _high: pause(0.05, 0.4)))

    @classmethod
    def tearDownClass(cls):
        cls.cr.rollback()
        for patcher in (cls.commit_patcher, cls.rollback_patcher):
            patcher.start()
        super().tearDownClass()

    def setUp(self):
        # No savepoint: other transactions come between.
        BaseCase.setUp(self)
        self.env.invalidate_all()

    # -- two at once ---------------------------------------------------------------------

    def at_once(self, *functions):
        """Run functions of an environment, each in a transaction that has begun before the other one writes.

        :return: for each what it returned, or the code of its refusal
        """
        begun = threading.Barrier(len(functions), timeout=PATIENCE_SECONDS)
        results = [None] * len(functions)
        threads = [
            threading.Thread(target=self._run, args=(function, begun, results, place))
            for place, function in enumerate(functions)
        ]
        # That one of them fails and is tried again is what is wanted here.
        with mute_logger("odoo.sql_db"):
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(PATIENCE_SECONDS)
        self.cr.rollback()
        self.env.invalidate_all()
        for result in results:
            if isinstance(result, Exception):
                raise result
        return results

    def _run(self, function, begun, results, place):
        first = [True]
        with self.registry.cursor() as cr:
            env = api.Environment(cr, api.SUPERUSER_ID, dict(self.env.context))

            def attempt():
                cr.execute("SELECT 1 FROM pos_order LIMIT 1")
                if first.pop() if first else False:
                    begun.wait()
                return function(env)

            try:
                results[place] = retrying(attempt, env)
            except (Refused, Refusal) as refusal:
                results[place] = refusal.code
            except Exception as error:
                results[place] = error

    def commit(self):
        self.env.flush_all()
        self.cr.commit()
        self.env.invalidate_all()

    # -- what is done at once ---------------------------------------------------------------

    def new_evening(self):
        """Two tables: here two teas and a chicken, there one tea; both in the kitchen."""
        for order in self.env["pos.order"].search([("config_id", "=", self.store.id), ("state", "=", "draft")]):
            order.action_pos_order_cancel()
        self.here, self.there = (self.join(user, table, 2) for user, table in (
            (self.alice, self.table), (self.bob, self.other_table)))  # fmt: skip
        self.add(self.here, self.tea, TEA)
        self.add(self.here, self.chicken)
        self.add(self.there, self.tea, user=self.bob)
        self.order = self.order_of(self.place(self.here))
        self.other = self.order_of(self.place(self.there, self.bob))
        self.line = self.order.lines.filtered(lambda line: line.product_id == self.tea.product_variant_id)
        self.commit()
        self.last = max(self.env["dining.ticket"].search([]).ids, default=0)

    def sync(self, order, **context):
        """As a register, in whichever transaction: a function of an environment."""

        def sync_from_ui(env):
            orders = env["pos.order"].with_user(self.cashier.id).with_context(**context)
            sent = json.loads(json.dumps(order, default=str))
            return orders.sync_from_ui([sent])["pos.order"][0]["id"]

        return sync_from_ui

    def as_cashier(self, method, *args):
        order_id, user_id = self.order.id, self.cashier.id
        return lambda env: getattr(env["pos.order"].with_user(user_id).browse(order_id), method)(*args)

    def does(self, name):
        """One of the things that happen to a table, as a function of an environment."""
        return getattr(self, f"_{name}")()

    def _tap_ready(self):
        step, key = Step(self.line.uuid, "ready", None), str(uuid4())
        return lambda env: bool(advance(env, self.store.id, [step], source="display", client_key=key))

    def _rush(self):
        uuid, line, key = self.order.uuid, self.line.uuid, str(uuid4())
        return lambda env: bool(rush_by_phone(env, uuid, line, self.alice.id, key))

    def _rush_at_register(self):
        return self.as_cashier("action_dining_rush", self.line.uuid)

    def _send_a_dish(self):
        line = self.dish_line(self.chicken)
        memory = self.pressed(self.order, line)
        order = self.header(self.order, lines=[Command.create(line)], last_order_preparation_change=memory)
        return self.sync(order, dining_send=[self.order.uuid])

    def _send_fewer(self):
        memory = self.pressed(self.order, {"uuid": self.line.uuid, "qty": 1})
        price = self.tea.list_price
        fewer = {"qty": 1, "price_subtotal_incl": price, "price_subtotal": round(price / 1.06, 2)}
        lines = [Command.update(self.line.id, fewer)]
        order = self.header(self.order, lines=lines, last_order_preparation_change=memory)
        return self.sync(order, dining_send=[self.order.uuid])

    def _split(self):
        moved = self.dish_line(self.tea)
        order = self.header(
            self.order, uuid=str(uuid4()), access_token=str(uuid4()), table_id=False, pos_reference=False,
            lines=[Command.create(moved)], last_order_preparation_change=json.dumps({"lines": {}}),
        )  # fmt: skip
        return self.sync(order, dining_moves=[{"from": self.line.uuid, "to": moved["uuid"], "quantity": 1}])

    def _void(self):
        order_id, line_id, user_id = self.order.id, self.line.id, self.cashier.id

        def take_off(env):
            env = env(user=user_id)
            void(env["pos.order"].browse(order_id), env["pos.order.line"].browse(line_id).exists(), 1, "沽清")
            return True

        return take_off

    def _merge(self):
        return self.as_cashier("action_dining_merge", self.other.id)

    def _pay(self):
        order_id, cash = self.order.id, self.cash.id

        def pay(env):
            order = env["pos.order"].browse(order_id)
            if order.state != "draft":
                raise Refused("order_not_open")
            order.add_payment({"pos_order_id": order_id, "amount": order.amount_total, "payment_method_id": cash})
            order._process_saved_order(False)
            return True

        return pay

    def _place(self):
        token, key, version = self.here.access_token, str(uuid4()), self.store._dining_menu().version
        wanted = self.wanted(self.tea, 1)

        def order_more(env):
            cart.add_line(env, self.store.id, token, self.alice.id, f"{key}-add", wanted)
            return placement.place(env, self.store.id, token, self.alice.id, key, version).order_id

        return order_more

    THINGS = (
        "tap_ready",
        "rush",
        "rush_at_register",
        "send_a_dish",
        "send_fewer",
        "split",
        "void",
        "merge",
        "pay",
        "place",
    )

    # -- what must hold -----------------------------------------------------------------------

    def assertEachDishOnce(self):
        """What is on open bills is paid; then what the kitchen was told is what the bills say."""
        for order in self.env["pos.order"].search([("config_id", "=", self.store.id), ("state", "=", "draft")]):
            if order.lines:
                order.add_payment(
                    {"pos_order_id": order.id, "amount": order.amount_total, "payment_method_id": self.cash.id}
                )
                order._process_saved_order(False)
        self.commit()
        orders = self.order | self.other
        events = self.env["dining.dish.event"].search([("order_id", ">=", min(orders.ids))], order="id")
        by_line = events.grouped("line_uuid")
        for line in self.env["pos.order.line"].search([("order_id", ">=", min(orders.ids))]):
            had = by_line.pop(line.uuid, events.browse())
            self.assertEqual(state_of(had._happenings()).portions, line.qty, f"{line.order_id} {line.product_id.name}")
        for uuid, had in by_line.items():
            self.assertEqual(state_of(had._happenings()).portions, 0, f"{uuid} is on no bill")
        for had in events.grouped("line_uuid").values():
            fired = had.filtered(lambda event: event.kind == "fired")
            self.assertLessEqual(len(fired), 1, "no line was raised, so none is fired twice")
        tickets = self.env["dining.ticket"].search([("id", ">", self.last)])
        self.assertTrue(all(len(ticket.job_ids) == 1 for ticket in tickets))
        return events

    def test_whatever_two_do_at_once(self):
        for one, other in combinations_with_replacement(self.THINGS, 2):
            with self.subTest(one=one, other=other):
                self.new_evening()
                results = self.at_once(self.does(one), self.does(other))
                events = self.assertEachDishOnce()
                tapped = "tap_ready" in (one, other) and any(
                    done is True for name, done in zip((one, other), results, strict=True) if name == "tap_ready"
                )
                if tapped:
                    mine = events.filtered(lambda event: event.origin_uuid == self.line.uuid)
                    for had in mine.grouped("line_uuid").values():
                        self.assertEqual(state_of(had._happenings()).to_cook, 0, "a tap is not forgotten")

    def test_two_phones_rush_one_dish(self):
        self.new_evening()
        results = self.at_once(self.does("rush"), self.does("rush"))
        self.assertEqual(sorted(results, key=str), [True, "rush_too_soon"])
        rushed = self.env["dining.dish.event"].search([("line_uuid", "=", self.line.uuid), ("kind", "=", "rushed")])
        self.assertEqual(len(rushed), 1)
        tickets = self.env["dining.ticket"].search([("id", ">", self.last), ("kind", "=", "rush")])
        self.assertEqual((len(tickets), len(tickets.job_ids)), (1, 1))

    def test_one_request_sent_twice_at_once(self):
        for name in ("rush", "tap_ready", "send_a_dish", "merge"):
            with self.subTest(name):
                self.new_evening()
                request = self.does(name)
                one, other = self.at_once(request, request)
                self.assertEqual(one, other)
                self.assertEachDishOnce()

    def test_two_managers_reverse_one_settlement(self):
        self.new_evening()
        self.order.add_payment(
            {"pos_order_id": self.order.id, "amount": self.order.amount_total, "payment_method_id": self.cash.id}
        )
        self.order._process_saved_order(False)
        self.commit()
        order_id, user_id = self.order.id, self.cashier.id

        def reverse(env):
            return bool(env["pos.order"].with_user(user_id).browse(order_id)._dining_reverse("结错桌"))

        results = self.at_once(reverse, reverse)
        self.assertEqual(sorted(results, key=str), [True, "reversal_done"])
        self.assertEqual((len(self.order.dining_refund_ids), len(self.order.dining_replaced_by_ids)), (1, 1))
