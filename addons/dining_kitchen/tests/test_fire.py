from dataclasses import replace

from odoo import Command
from odoo.addons.dining_rules import ticket as layout
from odoo.addons.dining_rules.typeset import Row, rows
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from ..models.dining_print_job import CHANNEL
from ..printing.queue import acknowledge
from .common import KitchenCase


@tagged("post_install", "-at_install")
class TestFire(KitchenCase):
    """A round on its way to the kitchen."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.session = cls.env["dining.table.session"].sudo()._join(cls.store.id, cls.table.dining_code, cls.alice, 4)

    def test_one_ticket_a_station(self):
        self.add(self.session, self.noodles, 2, options=[self.large], note="不要香菜，花生过敏")
        self.add(self.session, self.tea)
        self.add(self.session, self.chicken, rush=True)
        order = self.order_of(self.place(self.session))
        wok, bar = self.tickets(order)
        self.assertEqual((wok.station_id, bar.station_id), (self.wok, self.bar))
        self.assertEqual((wok.rush, bar.rush), (True, False))
        self.assertEqual(wok.summary, "Crossing-bridge noodles ×2、汽锅鸡")
        self.assertEqual(
            self.events(order),
            [("Crossing-bridge noodles", "fired", 2), ("Steam-pot chicken", "fired", 1), ("Pu'er tea", "fired", 1)],
        )
        self.assertEqual(
            [(job.ticket_id, job.printer_id, job.state, job.attempts) for job in wok.job_ids | bar.job_ids],
            [(wok, self.printer, "queued", 0), (bar, self.bar_printer, "queued", 0)],
        )

    def test_one_dish_a_ticket_and_a_copy_of_the_whole(self):
        self.wok.ticket_mode = "dish"
        self.service_pass.whole_ticket = True
        for dish in (self.noodles, self.chicken, self.tea):
            self.add(self.session, dish, options=[self.large] if dish == self.noodles else [])
        order = self.order_of(self.place(self.session))
        self.assertEqual(
            [(ticket.station_id, ticket.summary, ticket.is_whole) for ticket in self.tickets(order)],
            [
                (self.wok, "Crossing-bridge noodles", False),
                (self.wok, "汽锅鸡", False),
                (self.bar, "普洱茶", False),
                (self.service_pass, "Crossing-bridge noodles、汽锅鸡、普洱茶", True),
            ],
        )
        self.assertEqual(self.paper(self.tickets(order)[-1])[0].strip(), "出餐口 · 总单")
        self.assertEqual(len(self.events(order)), 3, "the copy cooks nothing")

    def test_stations_of_a_floor_and_of_a_service_type(self):
        upstairs = self.env["restaurant.floor"].create(
            {"name": "二楼", "pos_config_ids": [Command.link(self.store.id)]}
        )
        preset = self.env["pos.preset"].create({"name": "外带"})
        for rule in ({"floor_ids": upstairs.ids}, {"preset_ids": preset.ids}):
            self._station("Other", "别处", category_ids=[Command.set(self.category.ids)], sequence=1, **rule)
        here = self._station(
            "Here", "一楼", category_ids=[Command.set(self.category.ids)], floor_ids=self.table.floor_id.ids
        )
        self.add(self.session, self.chicken)
        self.assertEqual(self.tickets(self.order_of(self.place(self.session))).station_id, here)

    def test_what_the_ticket_says(self):
        self.add(self.session, self.noodles, 2, options=[self.large], note="不要香菜，花生过敏")
        self.add(self.session, self.chicken, rush=True)
        order = self.order_of(self.place(self.session))
        printed = rows(layout.load(self.tickets(order).layout), 48)
        text = [row.text.strip() for row in printed if isinstance(row, Row)]
        self.assertEqual(text[:4], ["热菜", "加急", "B12", "一楼  4人" + " " * 34 + "第1轮"])
        self.assertIn(f"No. {order.tracking_number}", text[4])
        self.assertEqual(
            text[6:],
            [
                "加急 汽锅鸡          ×1",
                "1号食客",
                "-" * 48,
                "Crossing-bridge      ×2",
                "noodles",
                "Large",
                "【忌口】不要香菜，花生过",
                "敏",
                "1号食客",
                "=" * 48,
                "共3份" + " " * 35 + "扫码点餐",
            ],
        )
        shouted = [span.text.strip() for row in printed if isinstance(row, Row) for span in row.spans if span.inverse]
        self.assertEqual(shouted, ["加急", "加急", "×2", "【忌口】不要香菜，花生过", "敏"])

    def test_a_second_round_is_tickets_of_its_own(self):
        self.add(self.session, self.tea)
        first = self.place(self.session)
        self.add(self.session, self.tea)
        self.place(self.session)
        tickets = self.tickets(self.order_of(first))
        self.assertEqual(tickets.mapped("round_id.number"), [1, 2])
        self.assertEqual(len(tickets.job_ids), 2)

    def test_a_set_meal_goes_to_the_stations_of_its_parts(self):
        self.add(self.session, self.lunch, components=self.lunch_components, note="少盐")
        order = self.order_of(self.place(self.session))
        wok, bar = self.tickets(order)
        self.assertEqual((wok.summary, bar.summary), ("汽锅鸡", "普洱茶"))
        for ticket in (wok, bar):
            self.assertIn("【忌口】少盐", self.paper(ticket), "a wish for the set concerns every part")
        self.assertEqual(self.events(order), [("Steam-pot chicken", "fired", 1), ("Pu'er tea", "fired", 1)])
        self.assertEqual(
            self.env["dining.dish.event"].search([("order_id", "=", order.id)]).mapped("note"), ["少盐", "少盐"]
        )

    def test_a_dish_no_station_takes_goes_to_the_pass_and_says_so(self):
        self.bar.active = False
        self.add(self.session, self.tea)
        ticket = self.tickets(self.order_of(self.place(self.session)))
        self.assertEqual((ticket.station_id, ticket.assigned), (self.service_pass, False))
        self.assertEqual(self.paper(ticket)[1].strip(), "未分配")
        self.assertEqual(ticket.job_ids.printer_id, self.bar_printer)

    def test_a_dish_named_by_a_station_goes_there(self):
        self.bar.dish_ids = self.chicken
        self.add(self.session, self.chicken)
        self.assertEqual(self.tickets(self.order_of(self.place(self.session))).station_id, self.bar)

    def test_a_station_without_a_printer_prints_at_the_pass(self):
        self.wok.printer_id = False
        self.add(self.session, self.chicken)
        ticket = self.tickets(self.order_of(self.place(self.session)))
        self.assertEqual((ticket.station_id, ticket.job_ids.printer_id), (self.wok, self.bar_printer))

    def test_a_store_without_stations_keeps_its_tickets(self):
        (self.wok | self.bar | self.service_pass).active = False
        self.add(self.session, self.chicken)
        ticket = self.tickets(self.order_of(self.place(self.session)))
        self.assertEqual((ticket.station_id.id, ticket.print_state, ticket.job_ids.ids), (False, "none", []))

    def test_a_table_in_both_languages(self):
        self.wok.language = "both"
        self.add(self.session, self.chicken)
        paper = self.paper(self.tickets(self.order_of(self.place(self.session))))
        self.assertEqual(paper[0], "热菜 Wok")
        self.assertIn("Steam-pot chicken", paper)

    def test_the_worker_is_woken_by_the_commit_and_knows_the_printers(self):
        self.add(self.session, self.chicken)
        self.add(self.session, self.tea)
        seen = []
        execute = type(self.env.cr).execute

        def spy(cursor, query, params=None, log_exceptions=True):
            if isinstance(params, (list, tuple)) and CHANNEL in params:
                seen.append(params[params.index(CHANNEL) + 1])
            return execute(cursor, query, params, log_exceptions)

        self.patch(type(self.env.cr), "execute", spy)
        self.place(self.session)
        self.assertEqual(seen, [",".join(sorted(map(str, (self.printer | self.bar_printer).ids)))])

    def test_two_statements(self):
        self.add(self.session, self.noodles, options=[self.small])
        self.add(self.session, self.tea)
        self.add(self.session, self.lunch, components=self.lunch_components)
        self.place(self.session)
        round_ = self.env["dining.round"].search([], limit=1)
        lines = round_.line_ids._dining_fired_lines()
        fresh = [self.renamed(line) for line in lines]
        self.env.flush_all()
        # What displays are told after the commit is no part of the placement.
        self.patch(type(self.env["pos.config"]), "_dining_notify_displays", lambda store: None)
        with self.assertQueryCount(2):
            round_._fire(fresh)

    def renamed(self, line):
        parts = tuple(self.renamed(part) for part in line.parts)
        return replace(line, line_uuid=line.line_uuid + "-again", parts=parts)

    def test_nothing_is_fired_twice(self):
        self.add(self.session, self.chicken)
        self.place(self.session)
        round_ = self.env["dining.round"].search([], limit=1)
        before = self.kitchen_facts()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            round_._fire(round_.line_ids._dining_fired_lines())
        self.assertEqual(self.kitchen_facts(), before)

    def test_charges_are_not_cooked(self):
        self.env.ref("dining_menu.product_seat_charge").taxes_id = self.tax
        self.store.dining_seat_charge = 2
        self.env.cr.precommit.run()
        self.add(self.session, self.chicken)
        order = self.order_of(self.place(self.session))
        self.assertEqual(len(order.lines), 2)
        self.assertEqual(self.events(order), [("Steam-pot chicken", "fired", 1)])

    def test_states_that_phones_show(self):
        self.add(self.session, self.lunch, components=self.lunch_components)
        self.add(self.session, self.tea)
        order = self.order_of(self.place(self.session))
        head = order.lines.filtered("combo_line_ids")
        chicken, tea = head.combo_line_ids.sorted("id")
        states = self.env["pos.order.line"]._dining_states(order.lines.ids)
        self.assertEqual(states, dict.fromkeys(order.lines.ids, "fired"))
        [job] = self.tickets(order).filtered(lambda ticket: ticket.station_id == self.bar).job_ids
        for _twice in range(2):
            acknowledge(self.env.cr, job.id)
        self.assertEqual(self.events(order).count(("Pu'er tea", "printed", 1)), 2, "once a line")
        states = self.env["pos.order.line"]._dining_states(order.lines.ids)
        self.assertEqual((states[chicken.id], states[tea.id], states[head.id]), ("fired", "printed", "fired"))
        self.assertEqual(self.env["pos.order.line"]._dining_states([]), {})
