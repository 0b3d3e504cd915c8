import json
from uuid import uuid4

from odoo.tests import tagged

from ..services import board as board_service
from ..services.board import read_board
from ..services.progress import Step, advance
from ..services.register import Kitchen
from .common import KitchenCase


@tagged("post_install", "-at_install")
class TestBoardAgrees(KitchenCase):
    """The board adds events up by SQL, the register's side by the ORM: they must say the same of every line."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.category.dining_course = 2
        cls.store.dining_by_course = True
        cls.env.flush_all()
        cls.env.cr.precommit.run()
        cls.session = cls.env["dining.table.session"].sudo()._join(cls.store.id, cls.table.dining_code, cls.alice, 2)

    def setUp(self):
        super().setUp()
        # What was taken off is shown for a while beside what is left to do; here only the latter counts.
        self.patch(board_service, "VOIDS_SHOWN_MINUTES", 0)
        self.add(self.session, self.tea, 2)
        self.add(self.session, self.chicken, 2)
        self.order = self.order_of(self.place(self.session))
        self.tea_line, self.chicken_line = (
            self.order.lines.filtered(lambda line, dish=dish: line.product_id == dish.product_variant_id)
            for dish in (self.tea, self.chicken)
        )

    def board(self, station=None):
        """{line: what is still to be done with it} on a station's board, or on that of the pass."""
        self.env.flush_all()
        chosen = station or self.service_pass
        cards = read_board(self.env(su=True), self.store.id, chosen.id, is_pass=not station)["cards"]
        names = ("portions", "held", "owed", "standing", "served", "unserved")
        return {dish["line"]: {name: dish[name] for name in names} for card in cards for dish in card["dishes"]}

    def states(self):
        """The same by `Kitchen.states`; lines with nothing left to do are on no board."""
        return {
            uuid: {
                "portions": state.portions if state.portions > state.served else state.waiting,
                "held": bool(state.held and state.portions <= state.served),
                "owed": state.to_cook,
                "standing": state.to_serve,
                "served": state.served,
                "unserved": state.portions - state.served,
            }
            for uuid, state in Kitchen(self.order).states.items()
            if state.portions > state.served or state.waiting
        }

    def assertAgrees(self, **portions):
        """Both say the same, and of each dish so many portions."""
        wanted = self.states()
        self.assertEqual(self.board(), wanted)
        at_stations = {**self.board(self.bar), **self.board(self.wok)}
        owed = {line: state for line, state in wanted.items() if state["owed"] or state["held"]}
        self.assertEqual({line: at_stations.get(line) for line in owed}, owed)
        lines = {"tea": self.tea_line, "chicken": self.chicken_line}
        uuids = {name: line.uuid for name, line in lines.items()}
        self.assertEqual({name: wanted[uuid]["portions"] for name, uuid in uuids.items() if uuid in wanted}, portions)

    def step(self, line, kind, quantity):
        steps = [Step(line.uuid, kind, quantity)]
        advance(self.env(su=True), self.store.id, steps, source="display", client_key=str(uuid4()), reason="凉了")

    def sends(self, line, quantity):
        """The register's Order button, after the line was given another quantity."""
        line.qty = quantity
        memory = json.loads(self.order.last_order_preparation_change or '{"lines": {}}')
        entry = {"uuid": line.uuid, "customer_note": "", "note": "[]"}
        memory["lines"][line.uuid] = {**entry, **memory["lines"].get(line.uuid, {}), "quantity": quantity}
        self.order.last_order_preparation_change = json.dumps(memory)
        Kitchen(self.order).hear("register", voids=True)

    def test_what_is_cooked_step_by_step(self):
        self.assertAgrees(tea=2, chicken=2)
        self.step(self.tea_line, "started", 1)
        self.assertAgrees(tea=2, chicken=2)
        self.step(self.tea_line, "ready", 1)
        self.assertAgrees(tea=2, chicken=2)
        self.step(self.tea_line, "served", 1)
        self.assertAgrees(tea=2, chicken=2)
        self.step(self.tea_line, "ready", 1)
        self.step(self.tea_line, "refired", 1)
        self.assertAgrees(tea=2, chicken=2)
        self.step(self.tea_line, "ready", 1)
        self.step(self.tea_line, "served", 1)
        self.assertAgrees(chicken=2)

    def test_what_waits_is_fired_and_taken_off(self):
        self.order.course_ids.filtered(lambda course: not course.fired).fired = True
        Kitchen(self.order).hear("register", voids=True)
        self.assertAgrees(tea=2, chicken=2)
        self.sends(self.chicken_line, 1)
        self.assertAgrees(tea=2, chicken=1)
        self.sends(self.chicken_line, 0)
        self.assertAgrees(tea=2)

    def test_what_was_taken_off_and_is_ordered_again_into_a_course_that_waits(self):
        course = self.env["restaurant.order.course"].create({"order_id": self.order.id, "index": 3})
        for cooked in (False, True):
            with self.subTest(cooked=cooked):
                if cooked:
                    self.step(self.tea_line, "started", 1)
                    self.step(self.tea_line, "ready", 1)
                self.sends(self.tea_line, 0)
                self.assertAgrees(chicken=2)
                self.tea_line.course_id = course
                self.sends(self.tea_line, 1)
                self.assertTrue(self.states()[self.tea_line.uuid]["held"])
                self.assertAgrees(tea=1, chicken=2)
                course.fired = True
                Kitchen(self.order).hear("register", voids=True)
                self.assertFalse(self.states()[self.tea_line.uuid]["held"])
                self.assertAgrees(tea=1, chicken=2)
                course.fired = False

    def test_what_is_added_to_a_line_that_was_fired_waits_beside_it(self):
        self.tea_line.course_id = self.env["restaurant.order.course"].create({"order_id": self.order.id, "index": 3})
        self.sends(self.tea_line, 3)
        self.assertEqual(Kitchen(self.order).states[self.tea_line.uuid].waiting, 1)
        self.assertAgrees(tea=2, chicken=2)
        self.step(self.tea_line, "ready", 2)
        self.step(self.tea_line, "served", 2)
        self.assertTrue(self.states()[self.tea_line.uuid]["held"], "what was fired is served, what waits is left")
        self.assertAgrees(tea=1, chicken=2)
