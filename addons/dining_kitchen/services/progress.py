"""The only door by which a dish is started, ready, served, recalled or cooked again.

Three SQL statements in the caller's transaction: lock the orders, read what happened to the lines, insert.
What is asked for is bounded by `dining_rules.dish_state`: no more portions ready than owed, none served that
is not ready. A client key names one tap: sent again it answers what the first one did.
"""

import hashlib
import json
import math
from collections import defaultdict
from dataclasses import dataclass

from odoo import fields
from odoo.addons.dining_base.after_commit import notify_later
from odoo.addons.dining_base.errors import Refused
from odoo.addons.dining_base.sql import insertion
from odoo.addons.dining_rules.dish_state import Happening, reach, state_of
from odoo.addons.dining_rules.menu import Text
from psycopg2.errors import SerializationFailure

from .register import Kitchen
from .slips import print_slips

KINDS = ("started", "ready", "served", "refired")
#: At the foot of what a tap on a display prints.
BY_DISPLAY = Text("厨显屏", "Kitchen display")
#: Kinds that a recall takes back.
RECALLABLE = ("started", "ready", "served")

# The rows are written, not only locked: whoever waited for them with an older snapshot, such as a merge, must fail and
# try again instead of acting on what is no longer so.
_LOCK = """
WITH held AS MATERIALIZED (
    SELECT o.id FROM pos_order o
     WHERE o.id IN (SELECT order_id FROM dining_dish_event
                     WHERE config_id = %(store_id)s AND (line_uuid = ANY(%(lines)s) OR client_key = %(recalled)s))
     ORDER BY o.id
       FOR NO KEY UPDATE)
UPDATE pos_order o SET write_date = o.write_date FROM held WHERE o.id = held.id
"""
_EVENTS = """
SELECT e.id, e.kind, e.quantity, e.carried, e.line_uuid, e.sequence, e.client_key, e.client_hash, e.reverses_id,
       e.order_id, e.config_id, e.company_id, e.round_id, e.station_id, e.ticket_id, e.origin_uuid, e.line_id,
       e.dish_id, e.product_id, e.rush,
       jsonb_build_object('zh', coalesce(t.name->>'zh_CN', t.name->>'en_US'), 'en', t.name->>'en_US') AS name
  FROM dining_dish_event e
  JOIN product_template t ON t.id = e.dish_id
 WHERE e.config_id = %(store_id)s
   AND (e.line_uuid = ANY(%(lines)s) OR e.client_key = %(key)s
        OR e.line_uuid IN (SELECT line_uuid FROM dining_dish_event WHERE client_key = %(recalled)s))
 ORDER BY e.id
"""
#: What a further event of a line takes over from the line's last one.
_KEPT = (
    "order_id",
    "config_id",
    "company_id",
    "round_id",
    "station_id",
    "ticket_id",
    "line_uuid",
    "origin_uuid",
    "line_id",
    "dish_id",
    "product_id",
    "rush",
)


@dataclass(frozen=True)
class Step:
    """`quantity` portions of a line reach `kind`; None: all that can."""

    line_uuid: str
    kind: str
    quantity: float | None = None


def advance(env, store_id, steps, *, source, client_key, reason=None):
    """Write that dishes were started, are ready, were served, or are cooked again.

    Steps are taken one after another; what is more than can be done is cut down to it, and a step of which
    nothing is left is passed over where another one still does something.

    :param steps: list of Step
    :param source: 'display', 'register' or 'office'
    :param client_key: names the tap; the same key with other steps is refused
    :param reason: why dishes are cooked again
    :return: list of {"line", "kind", "quantity"}, what was written under this key
    :raises Refused: kitchen_dish_unknown, kitchen_nothing_left, kitchen_reason_missing, idempotency_key_reused,
        display_request_invalid
    """
    _check(steps, client_key, reason)
    body = [[step.line_uuid, step.kind, step.quantity] for step in steps]
    tap = _Tap(env, store_id, source, client_key, [body, reason])
    return tap.run([step.line_uuid for step in steps], None, lambda: tap.take(steps, reason))


def recall(env, store_id, recalled_key, *, source, client_key):
    """Take back what was written under another client key, as far as it still can be.

    A dish that was ready and has been served meanwhile stays ready.

    :param recalled_key: the client key of the tap that is taken back
    :return: as `advance`, quantities negative
    :raises Refused: kitchen_nothing_to_recall, idempotency_key_reused
    """
    tap = _Tap(env, store_id, source, client_key, ["recall", recalled_key])
    return tap.run([], recalled_key, lambda: tap.take_back(recalled_key))


def _check(steps, client_key, reason):
    for step in steps:
        quantity = step.quantity
        if step.kind not in KINDS or (quantity is not None and not (math.isfinite(quantity) and quantity > 0)):
            raise Refused("display_request_invalid")
    if not client_key or not steps or len({(step.line_uuid, step.kind) for step in steps}) < len(steps):
        raise Refused("display_request_invalid")
    if any(step.kind == "refired" for step in steps) and not (reason or "").strip():
        raise Refused("kitchen_reason_missing")


class _Tap:
    """One tap: the lines it speaks of, and the rows that it writes."""

    def __init__(self, env, store_id, source, client_key, body):
        self.env = env
        self.store_id = store_id
        self.source = source
        self.client_key = client_key
        self.client_hash = hashlib.sha256(json.dumps(body).encode()).hexdigest()[:32]
        self.now = fields.Datetime.now()
        self.rows = []

    def run(self, lines, recalled_key, work):
        # Whoever is not a display must be allowed to see the store.
        store = self.env["pos.config"].browse(self.store_id)
        store.check_access("read")
        self._read(lines, recalled_key)
        done = [event for event in self.events if event["client_key"] == self.client_key]
        if done:
            if done[0]["client_hash"] != self.client_hash:
                raise Refused("idempotency_key_reused")
            return _outcome(done)
        work()
        self._print_refired()
        statement, values = insertion("dining_dish_event", self.rows)
        self.env.cr.execute(statement + " ON CONFLICT DO NOTHING", values)
        if self.env.cr.rowcount < len(self.rows):
            # Another screen did the same at the same moment: try again, and find it done.
            raise SerializationFailure
        self.env["dining.dish.event"].invalidate_model(flush=False)
        self._tell(store)
        return _outcome(self.rows)

    def _read(self, lines, recalled_key):
        self.env["dining.dish.event"].flush_model()
        facts = {"store_id": self.store_id, "lines": lines, "key": self.client_key, "recalled": recalled_key}
        # In the order of their ids, so that two taps on several orders cannot wait for each other.
        self.env.cr.execute(_LOCK, facts)
        self.env.cr.execute(_EVENTS, facts)
        self.events = self.env.cr.dictfetchall()
        self.lines = defaultdict(list)
        for event in self.events:
            self.lines[event["line_uuid"]].append(event)

    def take(self, steps, reason):
        for step in steps:
            if step.line_uuid not in self.lines:
                raise Refused("kitchen_dish_unknown")
        for step in steps:
            quantity = reach(self._state(step.line_uuid), step.kind, step.quantity)
            if quantity > 0 and step.kind == "refired":
                self._cook_again(step.line_uuid, quantity, reason.strip())
            elif quantity > 0:
                self._write(step.line_uuid, step.kind, quantity)
        if not self.rows:
            raise Refused("kitchen_nothing_left", dish=self.lines[steps[0].line_uuid][-1]["name"])

    def take_back(self, recalled_key):
        reversed_ids = {event["reverses_id"] for event in self.events}
        taps = [
            event
            for event in reversed(self.events)
            if event["client_key"] == recalled_key and event["kind"] in RECALLABLE and event["id"] not in reversed_ids
        ]
        for event in taps:
            state = self._state(event["line_uuid"])
            # What went on meanwhile stays: only what has got no further comes back.
            free = {"started": state.started - state.ready, "ready": state.to_serve, "served": state.served}[
                event["kind"]
            ]
            quantity = min(event["quantity"], max(free, 0))
            if quantity > 0:
                self._write(event["line_uuid"], event["kind"], -quantity, reverses_id=event["id"])
        if not self.rows:
            raise Refused("kitchen_nothing_to_recall")

    def _state(self, line_uuid):
        return state_of(
            Happening(event["kind"], event["quantity"], event["carried"] or {}) for event in self.lines[line_uuid]
        )

    def _cook_again(self, line_uuid, quantity, reason):
        served = [event["id"] for event in self.lines[line_uuid] if event["kind"] == "served"]
        self._write(line_uuid, "refired", quantity, reason=reason)
        state = self._state(line_uuid)
        # What a guest sent back is served once more.
        returned = state.served - max(state.ready - state.again, 0)
        if returned > 0:
            self._write(line_uuid, "served", -returned, reason=reason, reverses_id=served[-1] if served else None)

    def _write(self, line_uuid, kind, quantity, reason=None, reverses_id=None):
        events = self.lines[line_uuid]
        sequence = max((event["sequence"] for event in events if event["kind"] == kind), default=0) + 1
        row = {
            **{name: events[-1][name] for name in _KEPT},
            "at": self.now,
            "kind": kind,
            "source": self.source,
            "sequence": sequence,
            "quantity": quantity,
            "reason": reason,
            "client_key": self.client_key,
            "client_hash": self.client_hash,
            "reverses_id": reverses_id,
            # A display is nobody in particular.
            "user_id": None if self.env.su else self.env.uid,
        }
        self.rows.append(row)
        events.append({**row, "carried": None, "name": events[-1]["name"]})

    def _print_refired(self):
        """Tell on paper, at the stations of the dishes, that they are cooked again, and why: 重做."""
        rows = [row for row in self.rows if row["kind"] == "refired"]
        for order_id in sorted({row["order_id"] for row in rows}):
            # A display is nobody, and cashiers write no tickets; what was tapped is theirs to have printed.
            kitchen = Kitchen(self.env["pos.order"].sudo().browse(order_id))
            mine = [row for row in rows if row["order_id"] == order_id]
            shares = {}
            for row in mine:
                station = kitchen.env["dining.station"].sudo().browse(row["station_id"] or ())
                shares.setdefault(station, []).append(kitchen.line_of(row["line_uuid"], row["quantity"]))
            author = BY_DISPLAY if self.source == "display" else kitchen.author()
            tickets = print_slips(kitchen.order, "refire", shares, None, author, mine[0]["reason"])
            for station, ticket in tickets.items():
                for row in mine:
                    if (row["station_id"] or False) == station.id:
                        row["ticket_id"] = ticket.id

    def _tell(self, store):
        # Cooks may not touch table sessions; their guests' phones shall know all the same.
        for order_id in sorted({row["order_id"] for row in self.rows}):
            notify_later(self.env["pos.order"].sudo().browse(order_id), "_dining_touch")
        notify_later(store.sudo(), "_dining_notify_displays")


def _outcome(rows):
    return [{"line": row["line_uuid"], "kind": row["kind"], "quantity": row["quantity"]} for row in rows]
