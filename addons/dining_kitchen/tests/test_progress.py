from uuid import uuid4

from odoo import Command
from odoo.addons.dining_base.errors import Refused
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from psycopg2.errors import SerializationFailure

from ..printing import queue
from ..services import progress
from ..services.progress import Step, advance, recall
from .common import KitchenCase


@tagged("post_install", "-at_install")
class TestProgress(KitchenCase):
    """Dishes are started, ready and served, taken back and cooked again; never more of them than there are."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.session = cls.env["dining.table.session"].sudo()._join(cls.store.id, cls.table.dining_code, cls.alice, 2)

    def setUp(self):
        super().setUp()
        self.add(self.session, self.chicken, 2)
        self.order = self.order_of(self.place(self.session))
        self.line = self.order.lines.filtered(lambda line: not line.dining_charge).uuid

    def advance(self, *steps, key=None, env=None, reason=None, store=None):
        steps = [Step(*step) for step in steps]
        return advance(
            env or self.env(su=True),
            (store or self.store).id,
            steps,
            source="display",
            client_key=key or str(uuid4()),
            reason=reason,
        )

    def recall(self, recalled, key=None):
        return recall(self.env(su=True), self.store.id, recalled, source="display", client_key=key or str(uuid4()))

    def done(self):
        """[(kind, quantity)] after the firing."""
        events = self.env["dining.dish.event"].search([("order_id", "=", self.order.id)], order="id")
        return [(event.kind, event.quantity) for event in events if event.kind != "fired"]

    def assertKitchenRefuses(self, code, function, *args, **kwargs):
        before = self.kitchen_facts()
        with self.assertRaises(Refused) as caught:
            function(*args, **kwargs)
        self.assertEqual(caught.exception.code, code)
        self.assertEqual(self.kitchen_facts(), before, f"{code}: a refusal changes nothing")

    def test_the_whole_way(self):
        key = str(uuid4())
        self.assertEqual(
            self.advance((self.line, "started", 2), key=key),
            [{"line": self.line, "kind": "started", "quantity": 2}],
        )
        self.advance((self.line, "ready", 1))
        self.advance((self.line, "ready", None))
        self.advance((self.line, "served", None))
        self.assertEqual(self.done(), [("started", 2), ("ready", 1), ("ready", 1), ("served", 2)])
        event = self.env["dining.dish.event"].search([("client_key", "=", key)])
        self.assertEqual(
            (event.source, event.station_id, event.user_id.id, event.sequence), ("display", self.wok, False, 1)
        )
        states = self.env["pos.order.line"]._dining_states(self.order.lines.ids)
        self.assertIn("served", states.values())

    def test_ready_without_being_started(self):
        self.advance((self.line, "ready", None))
        self.assertEqual(self.done(), [("ready", 2)])

    def test_more_than_is_owed_is_cut_down(self):
        self.assertEqual(self.advance((self.line, "ready", 9))[0]["quantity"], 2)
        self.assertKitchenRefuses("kitchen_nothing_left", self.advance, (self.line, "ready", 1))

    def test_nothing_is_served_that_is_not_ready(self):
        self.assertKitchenRefuses("kitchen_nothing_left", self.advance, (self.line, "served", 1))
        self.advance((self.line, "ready", 1))
        self.assertEqual(self.advance((self.line, "served", 2))[0]["quantity"], 1)

    def test_who_starts_one_beside_a_ready_one_has_started_both(self):
        self.advance((self.line, "ready", 1))
        self.advance((self.line, "started", 1))
        self.assertEqual(self.done(), [("ready", 1), ("started", 2)])
        self.assertKitchenRefuses("kitchen_nothing_left", self.advance, (self.line, "started", 1))

    def test_the_pass_strikes_off_what_no_station_reported(self):
        done = self.advance((self.line, "ready", 2), (self.line, "served", 2))
        self.assertEqual([(each["kind"], each["quantity"]) for each in done], [("ready", 2), ("served", 2)])

    def test_a_tap_counts_once_however_often_it_is_sent(self):
        key = str(uuid4())
        first = self.advance((self.line, "ready", 1), key=key)
        self.assertEqual(self.advance((self.line, "ready", 1), key=key), first)
        self.assertEqual(self.done(), [("ready", 1)])
        self.assertKitchenRefuses("idempotency_key_reused", self.advance, (self.line, "ready", 2), key=key)
        self.assertKitchenRefuses("idempotency_key_reused", self.advance, (self.line, "started", 1), key=key)

    def test_two_screens_at_once(self):
        """The later one sees nothing of the earlier one, collides with it and is tried again by Odoo."""
        read = progress._Tap._read

        def read_early(tap, lines, recalled):
            read(tap, lines, recalled)
            if tap.client_key == "late":
                self.advance((self.line, "ready", 2))

        self.patch(progress._Tap, "_read", read_early)
        with self.assertRaises(SerializationFailure), self.env.cr.savepoint():
            self.advance((self.line, "ready", 2), key="late")
        self.assertEqual(self.done(), [])

    def test_recall(self):
        key = str(uuid4())
        self.advance((self.line, "ready", 2), key=key)
        again = str(uuid4())
        back = self.recall(key, key=again)
        self.assertEqual(back, [{"line": self.line, "kind": "ready", "quantity": -2}])
        self.assertEqual(self.recall(key, key=again), back, "sent twice, recalled once")
        self.assertEqual(self.done(), [("ready", 2), ("ready", -2)])
        events = self.env["dining.dish.event"].search(
            [("line_uuid", "=", self.line), ("kind", "=", "ready")], order="id"
        )
        self.assertEqual(events[1].reverses_id, events[0])
        self.assertKitchenRefuses("kitchen_nothing_to_recall", self.recall, key)
        self.assertKitchenRefuses("kitchen_nothing_to_recall", self.recall, "no such tap")
        self.advance((self.line, "ready", 2))
        self.assertEqual(sum(quantity for _kind, quantity in self.done()), 2)

    def test_what_was_served_meanwhile_is_not_recalled(self):
        key = str(uuid4())
        self.advance((self.line, "ready", 2), key=key)
        self.advance((self.line, "served", 1))
        self.assertEqual(self.recall(key)[0]["quantity"], -1)

    def test_cooked_again(self):
        self.assertKitchenRefuses("kitchen_nothing_left", self.advance, (self.line, "refired", 1), reason="打翻了")
        served = str(uuid4())
        self.advance((self.line, "ready", 2), (self.line, "served", 2), key=served)
        for reason in (None, "", "  "):
            self.assertKitchenRefuses("kitchen_reason_missing", self.advance, (self.line, "refired", 1), reason=reason)
        self.advance((self.line, "refired", 1), reason=" 客人退回 ")
        self.assertEqual(self.done()[2:], [("refired", 1), ("served", -1)])
        event = self.env["dining.dish.event"].search([("line_uuid", "=", self.line), ("kind", "=", "refired")])
        self.assertEqual(event.reason, "客人退回")
        self.assertEqual(self.advance((self.line, "ready", None))[0]["quantity"], 1)
        self.assertEqual(self.advance((self.line, "served", None))[0]["quantity"], 1)
        self.assertKitchenRefuses("kitchen_nothing_left", self.advance, (self.line, "served", None))

    def test_what_is_cooked_again_is_printed_with_its_reason(self):
        self.advance((self.line, "ready", 2), (self.line, "served", 2))
        key = str(uuid4())
        for _sent_twice in range(2):
            self.advance((self.line, "refired", 1), key=key, reason="客人说没熟")
        [_first, ticket] = self.tickets(self.order)
        self.assertEqual((ticket.kind, ticket.station_id, ticket.summary), ("refire", self.wok, "汽锅鸡"))
        self.assertEqual((ticket.job_ids.printer_id, ticket.job_ids.state), (self.printer, "queued"))
        paper = self.paper(ticket)
        self.assertEqual([row.strip() for row in paper[1:4]], ["重做", "【原因】客人说没熟", "B12"])
        self.assertTrue(any(row.startswith("汽锅鸡") and row.endswith("×1") for row in paper), paper)
        self.assertTrue(paper[-2].endswith("厨显屏"), paper)
        event = self.env["dining.dish.event"].search([("line_uuid", "=", self.line), ("kind", "=", "refired")])
        self.assertEqual((event.ticket_id, event.quantity), (ticket, 1))
        queue.acknowledge(self.env.cr, ticket.job_ids.id)
        self.env.invalidate_all()
        fired = self.env["dining.dish.event"].search(
            [("line_uuid", "=", self.line), ("kind", "in", ("fired", "printed"))]
        )
        self.assertEqual([(each.kind, each.quantity) for each in fired], [("fired", 2)], "fired once")

    def test_dishes_cooked_again_are_printed_at_their_stations(self):
        self.add(self.session, self.tea)
        self.place(self.session)
        tea = self.order.lines.filtered(lambda line: line.product_id == self.tea.product_variant_id).uuid
        self.advance((self.line, "ready"), (tea, "ready"))
        self.advance((self.line, "refired"), (tea, "refired"), reason="打翻了")
        slips = self.tickets(self.order).filtered(lambda ticket: ticket.kind == "refire")
        self.assertEqual(
            [(slip.station_id, slip.summary, slip.job_ids.printer_id) for slip in slips],
            [(self.wok, "汽锅鸡", self.printer), (self.bar, "普洱茶", self.bar_printer)],
        )

    def test_a_cancelled_dish_is_not_ready(self):
        self.order.with_context(device_identifier=None).action_pos_order_cancel()
        self.assertKitchenRefuses("kitchen_nothing_left", self.advance, (self.line, "ready", None))

    def test_what_is_no_step_is_refused(self):
        bad = [(self.line, "fired", 1), (self.line, "voided", 1), (self.line, "ready", 0), (self.line, "ready", -1)]
        bad += [(self.line, "ready", float("nan")), (self.line, "ready", float("inf"))]
        for step in bad:
            self.assertKitchenRefuses("display_request_invalid", self.advance, step)
        self.assertKitchenRefuses("display_request_invalid", self.advance)
        twice = (self.line, "ready", 1)
        self.assertKitchenRefuses("display_request_invalid", self.advance, twice, twice)

    def test_dishes_of_nobody_and_of_other_stores(self):
        other = self.store.copy({"name": "滇池店"})
        self.assertKitchenRefuses("kitchen_dish_unknown", self.advance, (str(uuid4()), "ready", 1))
        self.assertKitchenRefuses("kitchen_dish_unknown", self.advance, (self.line, "ready", 1), store=other)
        mixed = ((self.line, "ready", 1), (str(uuid4()), "ready", 1))
        self.assertKitchenRefuses("kitchen_dish_unknown", self.advance, *mixed)

    def test_a_cashier_of_another_company(self):
        company = self.env["res.company"].create({"name": "Dali Kitchen"})
        stranger = new_test_user(
            self.env,
            "progress-stranger",
            groups="base.group_user,point_of_sale.group_pos_user",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        before = self.kitchen_facts()
        env = self.env(user=stranger.id, su=False, context={"allowed_company_ids": company.ids})
        with self.assertRaises(AccessError):
            self.advance((self.line, "ready", 1), env=env)
        self.assertEqual(self.kitchen_facts(), before)

    def test_guests_phones_hear_of_it(self):
        before = self.session.revision
        self.advance((self.line, "started", None))
        self.session.invalidate_recordset()
        self.assertEqual(self.session.revision, before + 1)

    def test_three_statements(self):
        self.add(self.session, self.tea)
        self.add(self.session, self.chicken, note="少盐")
        self.place(self.session)
        lines = self.order.lines.filtered(lambda line: not line.dining_charge).mapped("uuid")
        self.assertEqual(len(lines), 3)
        # What is told after the commit is no part of the tap.
        self.patch(type(self.env["pos.order"]), "_dining_touch", lambda order: None)
        self.patch(type(self.env["pos.config"]), "_dining_notify_displays", lambda store: None)
        self.env.flush_all()
        with self.assertQueryCount(3):
            self.advance(*[(line, "ready", None) for line in lines])
