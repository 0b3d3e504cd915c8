import json
from unittest.mock import patch
from uuid import uuid4

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError
from psycopg2.errorcodes import SERIALIZATION_FAILURE
from psycopg2.errors import SerializationFailure

from ..models.dining_display import CHANNEL, PATH
from ..services import display
from ..services.progress import advance
from .common import KitchenCase


class Met(SerializationFailure):
    pgcode = SERIALIZATION_FAILURE


@tagged("post_install", "-at_install")
class TestDisplay(KitchenCase, HttpCase):
    """The link of a kitchen display: whoever has it sees its station and nothing else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.display = cls.env["dining.display"].create(
            {"name": "Wok screen", "config_id": cls.store.id, "station_id": cls.wok.id}
        )
        cls.guests = cls.env["dining.table.session"].sudo()._join(cls.store.id, cls.table.dining_code, cls.alice, 2)

    def place_chicken(self, **chosen):
        self.add(self.guests, self.chicken, **chosen)
        order = self.order_of(self.place(self.guests))
        self.env.flush_all()
        return order

    def path(self, rest="", token=None):
        return PATH + (token or self.display.access_token) + rest

    def send(self, body, token=None):
        data = body if isinstance(body, str) else json.dumps(body)
        response = self.url_open(self.path("/taps", token), data=data, headers={"Content-Type": "application/json"})
        return response.status_code, response.json()

    def test_the_page_needs_no_account(self):
        response = self.url_open(self.path())
        self.assertEqual(response.status_code, 200)
        self.assertIn("Wok screen", response.text)
        self.assertEqual(response.headers["Referrer-Policy"], "no-referrer")

    def test_the_board(self):
        self.place_chicken(note="花生过敏")
        board = self.url_open(self.path("/board")).json()
        self.assertEqual(board["cards"][0]["dishes"][0]["note"], "花生过敏")
        same = self.url_open(self.path(f"/board?revision={board['revision']}")).json()
        self.assertEqual(set(same), {"now", "revision"})

    def test_a_tap_is_done_once(self):
        order = self.place_chicken()
        line = order.lines.filtered(lambda line: not line.dining_charge).uuid
        body = {"key": "tap-1", "steps": [{"line": line, "kind": "ready", "quantity": 1}]}
        self.assertEqual(self.send(body), (200, {"done": [{"line": line, "kind": "ready", "quantity": 1.0}]}))
        self.assertEqual(self.send(body)[0], 200)
        self.assertEqual(self.events(order), [("Steam-pot chicken", "fired", 1), ("Steam-pot chicken", "ready", 1)])
        self.assertEqual(self.send({"key": "tap-2", "recall": "tap-1"})[0], 200)
        self.assertEqual(self.events(order)[-1], ("Steam-pot chicken", "ready", -1))

    def test_a_tap_that_meets_another_write_is_tried_again_and_not_lost(self):
        order = self.place_chicken()
        line = order.lines.filtered(lambda line: not line.dining_charge).uuid
        once = iter([Met("met another write")])

        def meets(*args, **kwargs):
            for error in once:
                raise error
            return advance(*args, **kwargs)

        body = {"key": "tap-1", "steps": [{"line": line, "kind": "ready", "quantity": 1}]}
        with patch.object(display, "advance", meets), mute_logger("odoo.service.model"):
            self.assertEqual(self.send(body), (200, {"done": [{"line": line, "kind": "ready", "quantity": 1.0}]}))
        self.assertEqual(self.events(order), [("Steam-pot chicken", "fired", 1), ("Steam-pot chicken", "ready", 1)])

    def test_refusals_have_words_in_both_languages(self):
        order = self.place_chicken()
        before = self.kitchen_facts()
        line = order.lines.filtered(lambda line: not line.dining_charge).uuid
        status, answer = self.send({"key": "tap", "steps": [{"line": line, "kind": "served"}]})
        self.assertEqual((status, answer["code"]), (409, "kitchen_nothing_left"))
        self.assertIn("汽锅鸡", answer["message"]["zh"])
        self.assertIn("Steam-pot chicken", answer["message"]["en"])
        step = {"line": line, "kind": "ready"}
        unreadable = [
            "no json",
            "[]",
            {},
            {"key": "tap"},
            {"key": "tap", "steps": []},
            {"key": "tap", "steps": [step] * 201},
            {"key": "", "steps": [step]},
            {"key": "k" * 65, "steps": [step]},
            {"key": 5, "steps": [step]},
            {"key": "tap", "steps": ["ready"]},
            {"key": "tap", "steps": [{**step, "quantity": "1"}]},
            {"key": "tap", "steps": [{**step, "quantity": True}]},
            {"key": "tap", "steps": [{**step, "quantity": -1}]},
            {"key": "tap", "steps": [{**step, "line": None}]},
            {"key": "tap", "steps": [{**step, "kind": "fired"}]},
            {"key": "tap", "steps": [step], "reason": 3},
            {"key": "tap\0", "steps": [step]},
            json.dumps({"key": "tap", "steps": [step]}) + " " * 40_000,
        ]
        for body in unreadable:
            status, answer = self.send(body)
            self.assertEqual((status, answer["code"]), (400, "display_request_invalid"), body)
        self.assertEqual(self.kitchen_facts(), before)

    def test_a_wrong_link_opens_nothing(self):
        order = self.place_chicken()
        before = self.kitchen_facts()
        line = order.lines.filtered(lambda line: not line.dining_charge).uuid
        body = {"key": "tap", "steps": [{"line": line, "kind": "ready"}]}
        for token in ("x", "0", "None", "False", self.display.access_token[:-1], "%"):
            self.assertEqual(self.url_open(self.path(token=token)).status_code, 404, token)
            self.assertEqual(self.url_open(self.path("/board", token)).status_code, 404, token)
            self.assertEqual(self.send(body, token)[0], 404, token)
        self.assertEqual(self.kitchen_facts(), before)

    def test_a_new_link_closes_the_old_one(self):
        old = self.display.access_token
        self.display.action_rotate_token()
        self.env.flush_all()
        self.assertEqual(self.url_open(self.path("/board", old)).json()["code"], "display_unknown")
        self.assertEqual(self.url_open(self.path("/board")).status_code, 200)

    def test_an_archived_display_is_closed(self):
        self.display.active = False
        self.env.flush_all()
        self.assertEqual(self.url_open(self.path("/board")).status_code, 404)

    def test_a_display_touches_its_own_store_only(self):
        line = self.place_chicken().lines.filtered(lambda line: not line.dining_charge).uuid
        store = self.store.copy({"name": "滇池店"})
        other = self.env["dining.display"].create({"name": "Pass", "config_id": store.id, "kind": "pass"})
        self.env.flush_all()
        before = self.kitchen_facts()
        self.assertEqual(self.url_open(self.path("/board", other.access_token)).json()["cards"], [])
        status, answer = self.send({"key": "tap", "steps": [{"line": line, "kind": "ready"}]}, other.access_token)
        self.assertEqual((status, answer["code"]), (404, "kitchen_dish_unknown"))
        self.assertEqual(self.kitchen_facts(), before)

    def test_three_statements(self):
        self.place_chicken()
        token = self.display.access_token
        public = self.env(user=self.env.ref("base.public_user").id, su=False)
        display.board(public, token)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        display.board(public, token)
        self.assertLessEqual(self.env.cr.sql_log_count - before, 3)

    def test_only_managers_see_links(self):
        own = {"company_id": self.company.id, "company_ids": [Command.set(self.company.ids)]}
        groups = "base.group_user,point_of_sale.group_pos_user"
        cashier = new_test_user(self.env, "display-cashier", groups=groups, **own)
        with self.assertRaises(AccessError):
            self.display.with_user(cashier).read(["name"])
        company = self.env["res.company"].create({"name": "Dali Kitchen"})
        neighbour = new_test_user(
            self.env,
            "display-neighbour",
            groups="base.group_user,point_of_sale.group_pos_manager",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        mine = self.env["dining.display"].with_user(neighbour).with_context(allowed_company_ids=company.ids)
        self.assertFalse(mine.search([]))

    def test_the_form_shows_link_and_code(self):
        self.assertTrue(self.display.link.endswith(self.path()))
        self.assertEqual(self.display.action_open()["url"], self.path())
        self.assertTrue(self.display.link_qr)
        self.assertNotEqual(self.display.copy().access_token, self.display.access_token)

    def test_settings_that_make_no_sense(self):
        with self.assertRaises(ValidationError):
            self.display.copy({"station_id": False})
        store = self.store.copy({"name": "滇池店"})
        with self.assertRaises(ValidationError):
            self.display.config_id = store
        for warn, late in ((0, 20), (20, 20), (30, 20), (10, 601)):
            with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
                self.display.write({"warn_minutes": warn, "late_minutes": late})
                self.display.flush_recordset()
            self.display.invalidate_recordset()

    def _channels(self, asked):
        """What a public visitor who asks for these is given by our part; Odoo's own needs a request."""
        bus = self.env.registry["ir.websocket"]
        given = []
        for owner in bus.__mro__:
            if owner.__module__ == "odoo.addons.bus.models.ir_websocket":
                self.patch(owner, "_build_bus_channel_list", lambda _self, channels: given.extend(channels))
        public = self.env.ref("base.public_user")
        self.env["ir.websocket"].with_user(public)._build_bus_channel_list(asked)
        return given

    def test_the_bus_knows_a_display_by_its_token_only(self):
        channels = self._channels([f"{CHANNEL}:{self.display.access_token}", f"{CHANNEL}:wrong", "mine"])
        self.assertIn((self.store, CHANNEL), channels)
        self.assertIn("mine", channels)
        self.assertEqual([each for each in channels if isinstance(each, str) and each.startswith(CHANNEL)], [])
        wrong = self._channels([f"{CHANNEL}:{uuid4()}", CHANNEL, f"pos.config({self.store.id},)"])
        self.assertNotIn((self.store, CHANNEL), wrong)
