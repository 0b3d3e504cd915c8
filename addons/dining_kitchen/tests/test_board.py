from uuid import uuid4

from odoo.tests import tagged

from ..services import board as board_service
from ..services.board import read_board
from ..services.progress import Step, advance, recall
from ..services.register import Kitchen, Move
from ..services.void import void
from .common import KitchenCase


@tagged("post_install", "-at_install")
class TestBoard(KitchenCase):
    """What a station and the pass see."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        sessions = cls.env["dining.table.session"].sudo()
        cls.session = sessions._join(cls.store.id, cls.table.dining_code, cls.alice, 4)
        cls.other_session = sessions._join(cls.store.id, cls.other_table.dining_code, cls.bob, 2)

    def board(self, station=None):
        """The board of a station; of the pass without one."""
        self.env.flush_all()
        chosen = station or self.service_pass
        return read_board(self.env(su=True), self.store.id, chosen.id, is_pass=not station)

    def order(self, dish, quantity=1, session=None, **chosen):
        session = session or self.session
        self.add(session, dish, quantity, user=self.bob if session == self.other_session else None, **chosen)
        user = self.bob if session == self.other_session else self.alice
        return self.order_of(self.place(session, user=user))

    def step(self, line, kind, quantity=None, key=None):
        advance(
            self.env(su=True),
            self.store.id,
            [Step(line, kind, quantity)],
            source="display",
            client_key=key or str(uuid4()),
        )

    def test_a_card(self):
        self.table.floor_id.dining_name_en = "Ground floor"
        order = self.order(self.chicken, 2, note="花生过敏", rush=True)
        [card] = self.board(self.wok)["cards"]
        self.assertEqual(
            {name: card[name] for name in ("table", "area", "number", "guests", "rush", "held")},
            {
                "table": "B12",
                "area": {"zh": "一楼", "en": "Ground floor"},
                "number": order.tracking_number,
                "guests": 4,
                "rush": True,
                "held": False,
            },
        )
        self.assertRegex(card["since"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
        [dish] = card["dishes"]
        self.assertEqual(dish["name"], {"zh": "汽锅鸡", "en": "Steam-pot chicken"})
        self.assertEqual((dish["note"], dish["seat"]), ("花生过敏", 1))
        self.assertEqual((dish["owed"], dish["started"], dish["standing"], dish["unserved"]), (2, 0, 0, 2))

    def test_a_floor_without_an_english_name_is_called_by_its_own(self):
        self.order(self.chicken)
        self.assertEqual(self.board(self.wok)["cards"][0]["area"], {"zh": "一楼", "en": "一楼"})

    def test_options_and_set_meals_are_named(self):
        self.order(self.noodles, options=[self.large])
        [dish] = self.board(self.wok)["cards"][0]["dishes"]
        self.assertEqual([option["en"] for option in dish["options"]], ["Large"])
        self.assertFalse(dish["set"])

    def test_each_station_sees_its_own(self):
        self.order(self.tea)
        self.assertEqual(self.board(self.wok)["cards"], [])
        self.assertEqual(self.board(self.bar)["all_day"][0]["count"], 1)
        [card] = self.board()["cards"]
        self.assertEqual(card["dishes"][0]["station"], {"zh": "水吧", "en": "Bar"})

    def test_rush_first_then_the_oldest(self):
        self.order(self.chicken)
        self.order(self.chicken, session=self.other_session, rush=True)
        self.assertEqual([card["table"] for card in self.board(self.wok)["cards"]], ["B13", "B12"])

    def test_a_card_goes_when_all_of_it_is_ready_and_comes_to_the_pass(self):
        order = self.order(self.chicken, 2)
        line = order.lines.filtered(lambda line: not line.dining_charge).uuid
        self.step(line, "started")
        self.assertEqual(self.board(self.wok)["cards"][0]["dishes"][0]["started"], 2)
        self.step(line, "ready", 1)
        [dish] = self.board(self.wok)["cards"][0]["dishes"]
        self.assertEqual((dish["owed"], dish["started"], dish["standing"]), (1, 1, 1))
        key = str(uuid4())
        self.step(line, "ready", key=key)
        board = self.board(self.wok)
        self.assertEqual((board["cards"], board["all_day"]), ([], []))
        self.assertEqual([bump["table"] for bump in board["bumps"]], ["B12", "B12"])
        self.assertEqual(board["bumps"][0]["key"], key)
        [dish] = self.board()["cards"][0]["dishes"]
        self.assertEqual((dish["standing"], dish["unserved"]), (2, 2))
        self.step(line, "served")
        self.assertEqual(self.board()["cards"], [])
        self.assertEqual(self.board()["bumps"][0]["dishes"][0]["quantity"], 2)

    def test_a_recalled_tap_is_not_offered_again(self):
        line = self.order(self.chicken).lines.filtered(lambda line: not line.dining_charge).uuid
        self.step(line, "ready", key="bump")
        recall(self.env(su=True), self.store.id, "bump", source="display", client_key="back")
        board = self.board(self.wok)
        self.assertEqual((len(board["cards"]), board["bumps"]), (1, []))

    def test_what_was_taken_off_stays_a_while_with_its_reason(self):
        order = self.order(self.chicken, 2)
        line = order.lines.filtered(lambda line: not line.dining_charge)
        void(order, line, 1, "客人取消")
        for station in (self.wok, None):
            [dish] = self.board(station)["cards"][0]["dishes"]
            self.assertEqual((dish["owed"], dish["voided"], dish["void_reason"]), (1, 1, "客人取消"))
        void(order, line, 1, "等太久")
        for station in (self.wok, None):
            board = self.board(station)
            [dish] = board["cards"][0]["dishes"]
            self.assertEqual(dish["name"], {"zh": "汽锅鸡", "en": "Steam-pot chicken"})
            self.assertEqual((dish["owed"], dish["voided"], dish["void_reason"]), (0, 2, "等太久"))
            self.assertEqual(board["all_day"], [])
        self.patch(board_service, "VOIDS_SHOWN_MINUTES", 0)
        self.assertEqual([self.board(station)["cards"] for station in (self.wok, None)], [[], []])

    def test_a_moved_table_is_called_by_its_new_name(self):
        order = self.order(self.chicken)
        self.other_session.action_close()
        order.table_id = self.other_table
        self.assertEqual(self.board(self.wok)["cards"][0]["table"], "B13")

    def test_a_moved_portion_keeps_what_was_done_and_how_long_it_waits(self):
        order = self.order(self.chicken, 2)
        line = order.lines.filtered(lambda line: not line.dining_charge)
        self.step(line.uuid, "ready", 1)
        before = self.board(self.wok)["cards"][0]
        other = order.copy({"lines": [], "table_id": self.other_table.id})
        new = line.copy({"order_id": other.id, "qty": 1, "uuid": str(uuid4())})
        Kitchen(other).move([Move(line.uuid, new.uuid, 1)])
        [card] = self.board(self.wok)["cards"]
        self.assertEqual((card["table"], card["since"], card["dishes"][0]["owed"]), ("B12", before["since"], 1))
        moved = [card for card in self.board()["cards"] if card["table"] == "B13"]
        self.assertEqual([(dish["standing"], dish["unserved"]) for dish in moved[0]["dishes"]], [(1, 1)])

    def test_a_dish_on_hold_waits_at_the_end(self):
        order = self.order(self.tea)
        fired = self.env["dining.dish.event"].search([("order_id", "=", order.id)])
        line = str(uuid4())
        for kind in ("ordered", "held"):
            fired.sudo().copy({"kind": kind, "line_uuid": line, "origin_uuid": line, "station_id": self.bar.id})
        cards = self.board(self.bar)["cards"]
        self.assertEqual([card["held"] for card in cards], [False, True])
        self.assertEqual(self.board(self.bar)["all_day"][0]["count"], 1, "what is on hold is not to be cooked yet")

    def test_the_revision_tells_a_change(self):
        self.order(self.chicken)
        first = self.board(self.wok)
        self.assertEqual(self.board(self.wok)["revision"], first["revision"])
        self.order(self.chicken, session=self.other_session)
        self.assertNotEqual(self.board(self.wok)["revision"], first["revision"])

    def test_paper_changes_nothing_on_a_display(self):
        order = self.order(self.chicken)
        boards = [self.board(self.wok), self.board()]
        fired = self.env["dining.dish.event"].search([("order_id", "=", order.id)])
        self.env["dining.dish.event"]._append(
            [
                fired._further(
                    kind="printed",
                    source="printer",
                    quantity=1,
                    order_id=order.id,
                    line_uuid=fired.line_uuid,
                    line_id=fired.line_id,
                    sequence=1,
                )
            ]
        )
        self.assertEqual([self.board(self.wok), self.board()], boards)

    def test_two_statements_whatever_the_orders(self):
        for _number in range(3):
            self.order(self.chicken, 2, note="少盐")
            self.order(self.tea, session=self.other_session)
        self.env.flush_all()
        for is_pass in (False, True):
            with self.assertQueryCount(2):
                read_board(self.env(su=True), self.store.id, self.wok.id, is_pass=is_pass)
