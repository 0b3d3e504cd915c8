import json

from odoo.addons.dining_rules.firing import prepared
from odoo.tests import tagged

from ..services.board import read_board
from ..services.register import Kitchen
from .common import KitchenCase


@tagged("post_install", "-at_install")
class TestCourses(KitchenCase):
    """起菜/叫起: what waits for its course is written down, and cooked once when the course is fired."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.category.dining_course = 2
        cls.store.dining_by_course = True
        cls.env.flush_all()
        cls.env.cr.precommit.run()
        cls.session = cls.env["dining.table.session"].sudo()._join(cls.store.id, cls.table.dining_code, cls.alice, 2)

    def order_both(self):
        self.add(self.session, self.tea)
        self.add(self.session, self.chicken, 2)
        return self.order_of(self.place(self.session))

    def states(self, order):
        names = self.env["pos.order.line"]._dining_states(order.lines.ids)
        return {line.product_id.name: names.get(line.id) for line in order.lines}

    def courses(self, order):
        return [(course.index, course.dining_number, course.fired) for course in order.course_ids.sorted("index")]

    def sent(self, order):
        return {uuid: portion.quantity for uuid, portion in prepared(order.last_order_preparation_change).items()}

    def fire(self, order, course):
        """What Odoo's register does when somebody presses «Fire course»."""
        course.fired = True
        Kitchen(order).hear("register", voids=True)

    def test_a_later_course_waits_and_is_cooked_once(self):
        order = self.order_both()
        self.assertEqual(self.courses(order), [(1, 1, True), (2, 2, False)])
        self.assertEqual(self.states(order), {"Pu'er tea": "fired", "Steam-pot chicken": "held"})
        self.assertEqual(self.tickets(order).station_id, self.bar)
        for _twice in range(2):
            self.fire(order, order.course_ids.filtered(lambda course: not course.fired) or order.course_ids[-1:])
        self.assertEqual(self.states(order), {"Pu'er tea": "fired", "Steam-pot chicken": "fired"})
        self.assertEqual([ticket.summary for ticket in self.tickets(order)], ["普洱茶", "汽锅鸡 ×2"])
        self.assertEqual(
            [event for event in self.events(order) if event[0] == "Steam-pot chicken"],
            [("Steam-pot chicken", kind, 2) for kind in ("ordered", "held", "fired")],
        )

    def test_hearing_the_register_again_fires_nothing_that_waits(self):
        order = self.order_both()
        before = self.kitchen_facts()
        memory = order.last_order_preparation_change
        Kitchen(order).hear("register", voids=True)
        self.assertEqual((self.kitchen_facts(), order.last_order_preparation_change), (before, memory))

    def test_what_is_taken_off_while_it_waits_is_never_cooked(self):
        order = self.order_both()
        order.lines.filtered(lambda line: line.product_id.name == "Steam-pot chicken").unlink()
        Kitchen(order).hear("register", voids=True)
        self.fire(order, order.course_ids[-1:])
        self.assertEqual([ticket.summary for ticket in self.tickets(order)], ["普洱茶"], "and no cancellation either")
        self.assertEqual(
            [event for event in self.events(order) if event[0] == "Steam-pot chicken"],
            [("Steam-pot chicken", kind, quantity) for quantity in (2, -2) for kind in ("ordered", "held")],
        )

    def test_what_is_added_to_a_course_that_waits_waits_too(self):
        order = self.order_both()
        self.add(self.session, self.chicken)
        self.place(self.session)
        self.assertEqual(self.courses(order), [(1, 1, True), (2, 2, False)])
        self.fire(order, order.course_ids.sorted("index")[-1:])
        self.assertEqual([ticket.summary for ticket in self.tickets(order)][1:], ["汽锅鸡 ×2、汽锅鸡"])

    def test_guests_say_when(self):
        self.store.dining_by_course = False
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.add(self.session, self.tea)
        order = self.order_of(self.place(self.session, on_call=True))
        self.assertEqual(self.states(order), {"Pu'er tea": "held"})
        self.assertFalse(self.tickets(order))
        self.fire(order, order.course_ids)
        self.assertEqual(self.tickets(order).summary, "普洱茶")

    def test_a_paid_order_waits_for_nothing(self):
        order = self.order_both()
        Kitchen(order).hear("payment", everything=True)
        self.assertEqual(self.states(order), {"Pu'er tea": "fired", "Steam-pot chicken": "fired"})

    def test_a_course_is_cooked_whatever_the_register_that_fires_it_knows(self):
        """A phone has added a dish to it a moment ago, and the register has not read it yet."""
        order = self.order_both()
        known = order.last_order_preparation_change
        self.add(self.session, self.chicken)
        self.place(self.session)
        order.last_order_preparation_change = known
        self.fire(order, order.course_ids.sorted("index")[-1:])
        self.assertEqual([ticket.summary for ticket in self.tickets(order)][1:], ["汽锅鸡 ×2、汽锅鸡"])

    def test_fewer_are_cooked_where_some_were_taken_off_with_the_firing(self):
        order = self.order_both()
        order.lines.filtered(lambda line: line.product_id.name == "Steam-pot chicken").qty = 1
        self.fire(order, order.course_ids[-1:])
        self.assertEqual([ticket.summary for ticket in self.tickets(order)], ["普洱茶", "汽锅鸡"])
        self.assertEqual(sorted(self.sent(order).values()), [1, 1])

    def test_a_cooked_dish_that_gets_more_portions_in_a_course_that_waits(self):
        order = self.order_both()
        tea = order.lines.filtered(lambda line: line.product_id.name == "Pu'er tea")
        tea.write({"qty": 3, "course_id": order.course_ids.sorted("index")[-1].id})
        memory = json.loads(order.last_order_preparation_change)
        memory["lines"][tea.uuid]["quantity"] = 3
        order.last_order_preparation_change = json.dumps(memory)
        for _twice in range(2):
            Kitchen(order).hear("register", voids=True)
            self.assertEqual(
                [event for event in self.events(order) if event[0] == "Pu'er tea"],
                [("Pu'er tea", "fired", 1), ("Pu'er tea", "ordered", 2), ("Pu'er tea", "held", 2)],
            )
            self.assertEqual(self.sent(order)[tea.uuid], 3)
        self.fire(order, order.course_ids.sorted("index")[-1:])
        self.assertEqual([ticket.summary for ticket in self.tickets(order)][1:], ["汽锅鸡 ×2", "普洱茶 ×2"])

    def test_nothing_waits_on_an_order_that_is_cancelled(self):
        order = self.order_both()
        order.action_pos_order_cancel()
        self.assertEqual(self.states(order), {"Pu'er tea": "voided", "Steam-pot chicken": "ordered"})
        self.assertEqual([ticket.kind for ticket in self.tickets(order)], ["new", "cancel"])

    def test_what_waits_waits_at_the_table_that_it_was_merged_with(self):
        order = self.order_both()
        session = self.join(self.bob, self.other_table, 2)
        self.add(session, self.tea, user=self.bob)
        target = self.order_of(self.place(session, self.bob))
        chicken = order.lines.filtered(lambda line: line.product_id.name == "Steam-pot chicken")
        order.action_dining_merge(target.id)
        self.env.invalidate_all()
        self.assertEqual(self.states(target)["Steam-pot chicken"], "held")
        [card] = read_board(self.env(su=True), self.store.id, self.wok.id)["cards"]
        self.assertEqual((card["table"], card["held"]), ("B13", True))
        chicken.unlink()
        Kitchen(target).hear("register", voids=True)
        self.assertEqual(read_board(self.env(su=True), self.store.id, self.wok.id)["cards"], [])
