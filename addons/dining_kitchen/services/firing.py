"""Handing dishes to the kitchen: two SQL statements, in the caller's transaction.

The first reads the order and the store's stations and draws ids; the second inserts tickets, print jobs and
dish events and wakes the print worker. It hears of it when, and only if, the transaction commits.
"""

from types import MappingProxyType

from odoo import fields
from odoo.addons.dining_base.after_commit import notify_later
from odoo.addons.dining_base.sql import execute_together, insertion
from odoo.addons.dining_rules import ticket as layout
from odoo.addons.dining_rules.menu import Text
from odoo.addons.dining_rules.moments import in_zone
from odoo.addons.dining_rules.routing import RoutingTable, Station

from ..printing.queue import CHANNEL

_CONTEXT = """
SELECT o.id AS order_id, o.config_id, o.company_id, o.tracking_number, o.customer_count, c.dining_tz,
       coalesce(t.dining_name, nullif(o.floating_order_name, '')) AS table_name, f.name AS area,
       (SELECT number FROM dining_round WHERE id = %(round_id)s) AS round_number,
       (SELECT coalesce(jsonb_agg(jsonb_build_object(
            'id', s.id, 'name', s.name, 'priority', s.sequence, 'is_pass', s.is_pass, 'language', s.language,
            'printer_id', p.id, 'per_dish', s.ticket_mode = 'dish', 'whole', s.whole_ticket,
            'specific', coalesce(rule.floors OR rule.presets, false),
            'category_ids', (SELECT coalesce(jsonb_agg(category_id), '[]') FROM dining_station_category_rel
                              WHERE station_id = s.id),
            'dish_ids', (SELECT coalesce(jsonb_agg(dish_id), '[]') FROM dining_station_dish_rel
                          WHERE station_id = s.id))), '[]')
          FROM dining_station s LEFT JOIN dining_printer p ON p.id = s.printer_id AND p.active
          CROSS JOIN LATERAL (
            -- Without rows a station takes every floor and every service type.
            SELECT (SELECT bool_or(floor_id IS NOT DISTINCT FROM f.id)
                      FROM dining_station_floor_rel WHERE station_id = s.id) AS floors,
                   (SELECT bool_or(preset_id IS NOT DISTINCT FROM o.preset_id)
                      FROM dining_station_preset_rel WHERE station_id = s.id) AS presets) rule
         WHERE s.config_id = o.config_id AND s.active
           AND coalesce(rule.floors, true) AND coalesce(rule.presets, true)) AS stations,
       (SELECT jsonb_object_agg(id, parent_id) FROM pos_category WHERE parent_id IS NOT NULL) AS parents,
       ARRAY(SELECT nextval('dining_ticket_id_seq') FROM generate_series(1, %(tickets)s
             + (SELECT count(*)::int FROM dining_station WHERE config_id = o.config_id AND active AND whole_ticket)))
       AS ticket_ids
  FROM pos_order o
  JOIN pos_config c ON c.id = o.config_id
  LEFT JOIN restaurant_table t ON t.id = o.table_id
  LEFT JOIN restaurant_floor f ON f.id = t.floor_id
 WHERE o.id = coalesce(%(order_id)s, (SELECT order_id FROM dining_round WHERE id = %(round_id)s))
"""

#: Kind of a ticket, or of waiting: (kind of its events, sign of their quantities).
_EVENTS = {
    "new": ("fired", 1),
    "cancel": ("voided", -1),
    "note": ("noted", 0),
    "ordered": ("ordered", 1),
    "held": ("held", 1),
}


class Firing:
    """Hands lines of one order to the kitchen.

    :param source: 'phone', 'register', 'payment' or 'office'
    :param ordered_by: Text printed at the foot of the tickets
    :param reason: why portions are cancelled, printed and kept with the events
    """

    def __init__(self, env, *, source, ordered_by, round_id=None, order_id=None, reason=""):
        self.env = env
        self.cr = env.cr
        self.source = source
        self.ordered_by = ordered_by
        self.round_id = round_id
        self.order_id = order_id
        self.reason = reason
        self.now = fields.Datetime.now()

    def fire(self, lines, kind="new", counts=None, taken=None):
        """Write tickets, print jobs and dish events for `lines`.

        Of new lines, those whose course waits are written down as held: they get no ticket yet.

        :param lines: list of FiredLine; their quantities are what is new, cancelled or spoken of
        :param kind: 'new', 'cancel' or 'note'
        :param counts: {(kind of event, line uuid): events that it has already}; a line not named has none
        :param taken: {line uuid: what was done to the portions that leave, as `dish_state.carried`}
        :raises IntegrityError: a line would be fired twice
        """
        held = [line for line in lines if line.held and kind == "new"]
        cooked = [line for line in lines if line not in held]
        facts = self._read_context(sum(len(line.leaves()) for line in cooked))
        stations = facts["routing"].split(cooked)
        tickets = [self._ticket_row(facts, share, kind) for share in stations]
        events = [
            self._event_row(ticket, share.station, leaf, line, kind, counts or {}, taken or {})
            for ticket, share in zip(tickets, stations, strict=True)
            if not share.copy
            for line in share.lines
            for leaf in line.leaves()
        ]
        events += self._held_rows(facts, held, {})
        execute_together(
            self.cr,
            [
                *([insertion("dining_ticket", tickets)] if tickets else []),
                insertion("dining_dish_event", events),
                *self._queue(facts["routing"], stations, tickets),
            ],
        )
        self._written(facts)

    def hold(self, lines, counts):
        """Write that lines wait for their course, or, with negative quantities, that they no longer do.

        :param lines: list of FiredLine
        :param counts: as `fire`
        """
        facts = self._read_context(0)
        execute_together(self.cr, [insertion("dining_dish_event", self._held_rows(facts, lines, counts))])
        self._written(facts)

    def _held_rows(self, facts, lines, counts):
        """Events 'ordered' and 'held' of lines that wait, at the stations that will cook them."""
        ticket = {"id": None, **{name: facts[name] for name in ("config_id", "company_id", "order_id")}}
        return [
            self._event_row(ticket, share.station, leaf, line, kind, counts)
            for share in facts["routing"].split(lines)
            if not share.copy
            for line in share.lines
            for leaf in line.leaves()
            for kind in ("ordered", "held")
        ]

    def _written(self, facts):
        for name in ("dining.ticket", "dining.print.job", "dining.dish.event"):
            self.env[name].invalidate_model(flush=False)
        notify_later(self.env["pos.config"].browse(facts["config_id"]), "_dining_notify_displays")

    def _read_context(self, tickets):
        self.cr.execute(_CONTEXT, {"round_id": self.round_id, "order_id": self.order_id, "tickets": tickets})
        facts = self.cr.dictfetchone()
        parents = {int(child): parent for child, parent in (facts.pop("parents") or {}).items()}
        stations = tuple(_station(values) for values in facts.pop("stations"))
        return {**facts, "routing": RoutingTable(stations, parents), "ticket_ids": iter(facts["ticket_ids"])}

    def _ticket_row(self, facts, share, kind):
        station = share.station
        table_name = facts["table_name"] or f"#{facts['tracking_number']}"
        ticket = layout.Ticket(
            kind=kind,
            station=station and station.name,
            assigned=share.assigned,
            copy=share.copy,
            table=table_name,
            area=facts["area"] or "",
            guests=facts["customer_count"] or 0,
            order_number=facts["tracking_number"] or "",
            round_number=facts["round_number"] or 0,
            placed_at=in_zone(self.now, facts["dining_tz"]),
            ordered_by=self.ordered_by,
            lines=share.lines,
            reason=self.reason,
        )
        return {
            "id": next(facts["ticket_ids"]),
            "create_date": self.now,
            "kind": kind,
            "config_id": facts["config_id"],
            "company_id": facts["company_id"],
            "order_id": facts["order_id"],
            "round_id": self.round_id,
            "station_id": station.id if station else None,
            "assigned": share.assigned,
            "is_whole": share.copy,
            "table_name": table_name,
            "rush": any(line.rush for line in share.lines),
            "summary": _summary(share.lines),
            "layout": layout.dump(layout.build(ticket, station.language if station else "zh")),
        }

    def _queue(self, routing, stations, tickets):
        """The statements that queue the tickets which a printer can print, and wake the worker."""
        jobs = [
            {
                "create_date": self.now,
                "ticket_id": ticket["id"],
                "printer_id": printer_id,
                "state": "queued",
                "attempts": 0,
                "next_try_at": self.now,
            }
            for ticket, share in zip(tickets, stations, strict=True)
            if (printer_id := _printer_id(routing, share.station))
        ]
        if not jobs:
            return []
        printers = ",".join(sorted({str(job["printer_id"]) for job in jobs}))
        return [insertion("dining_print_job", jobs), ("SELECT pg_notify(%s, %s)", [CHANNEL, printers])]

    def _event_row(self, ticket, station, leaf, line, kind, counts, taken=MappingProxyType({})):
        event, sign = _EVENTS[kind]
        return {
            "at": self.now,
            "kind": event,
            "source": self.source,
            "config_id": ticket["config_id"],
            "company_id": ticket["company_id"],
            "order_id": ticket["order_id"],
            "round_id": self.round_id,
            "station_id": station.id if station else None,
            "ticket_id": ticket["id"],
            "line_uuid": leaf.line_uuid,
            "origin_uuid": leaf.line_uuid,
            "line_id": leaf.line_id,
            "sequence": counts.get((event, leaf.line_uuid), 0) + 1,
            "dish_id": leaf.dish_id,
            "product_id": leaf.product_id,
            "quantity": sign * leaf.quantity,
            "carried": taken.get(leaf.line_uuid) or None,
            "note": leaf.note or line.note or None,
            "rush": line.rush or leaf.rush,
            "allergies": [allergy.on_paper() for allergy in leaf.allergies] or None if ticket["id"] else None,
            "reason": self.reason or None,
            "user_id": self.env.uid,
        }


def _station(values):
    name = values["name"]
    english = name.get("en_US") or ""
    return Station(
        id=values["id"],
        name=Text(name.get("zh_CN") or english, english or name.get("zh_CN") or ""),
        priority=values["priority"] or 0,
        category_ids=frozenset(values["category_ids"]),
        dish_ids=frozenset(values["dish_ids"]),
        is_pass=values["is_pass"] or False,
        language=values["language"],
        printer_id=values["printer_id"],
        specific=values["specific"],
        per_dish=values["per_dish"],
        whole=values["whole"] or False,
    )


def _printer_id(routing, station):
    """The station's printer; without one the pass's, so that no ticket stays unprinted for want of a setting."""
    if station and station.printer_id:
        return station.printer_id
    able = [other for other in routing.stations if other.printer_id]
    return RoutingTable(tuple(able)).fallback().printer_id if able else None


def _summary(lines):
    """'汽锅鸡 ×2、米线', for lists on the screen."""
    leaves = [leaf for line in lines for leaf in line.leaves()]
    return "、".join(leaf.name.zh + (f" ×{leaf.quantity:g}" if leaf.quantity != 1 else "") for leaf in leaves)
