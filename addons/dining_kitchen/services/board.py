"""What a kitchen display shows, as plain JSON: two SQL statements, however many orders are open.

A station sees one card for what an order handed to it at once; the pass sees one card for each order with what
is ready, what is still missing, and of which station.
"""

import hashlib
import json
from collections import defaultdict
from datetime import timedelta

from odoo import fields
from odoo.addons.dining_rules.allergies import Allergy
from odoo.addons.dining_rules.dish_state import Happening, state_of
from odoo.addons.dining_rules.moments import utc_text

#: What nobody has struck off for so long was forgotten, not cooked.
SHOWN_HOURS = 6
#: A dish that was taken off stays for so long, unless a cook puts it away: nobody shall cook it unaware.
VOIDS_SHOWN_MINUTES = 10
#: Taps that can still be taken back from the screen.
RECALLABLE_TAPS = 10

_SUMS = ("held", "refired", "printed", "started", "ready", "served")

_DISHES = f"""
WITH touched AS (
    SELECT DISTINCT line_uuid FROM dining_dish_event
     WHERE config_id = %(store_id)s AND at > %(since)s AND kind IN ('fired', 'held', 'moved', 'refired')),
lines AS (
    SELECT e.line_uuid, {", ".join(f"sum(e.quantity) FILTER (WHERE e.kind = '{kind}') AS {kind}" for kind in _SUMS)},
           jsonb_agg(jsonb_build_array(e.kind, e.quantity, e.carried) ORDER BY e.id)
               FILTER (WHERE e.kind IN ('ordered', 'fired', 'moved', 'voided')) AS steps,
           (array_agg(e.order_id ORDER BY e.id DESC))[1] AS order_id,
           (array_agg(e.line_id ORDER BY e.id DESC))[1] AS line_id,
           (array_agg(e.dish_id ORDER BY e.id DESC))[1] AS dish_id,
           (array_agg(e.origin_uuid ORDER BY e.id DESC))[1] AS origin_uuid,
           (array_agg(e.station_id ORDER BY e.id DESC) FILTER (WHERE e.quantity > 0
                AND e.kind IN ('ordered', 'held', 'fired', 'moved', 'refired')))[1] AS station_id,
           (array_agg(e.note ORDER BY e.id DESC)
                FILTER (WHERE e.kind IN ('ordered', 'held', 'fired', 'voided', 'moved', 'noted')))[1] AS note,
           (array_agg(e.reason ORDER BY e.id DESC) FILTER (WHERE e.kind = 'refired'))[1] AS again_reason,
           jsonb_agg(jsonb_build_object('event', e.id, 'portions', -e.quantity) ORDER BY e.id)
               FILTER (WHERE e.kind = 'voided' AND e.at > %(voids_since)s) AS voids,
           (array_agg(e.reason ORDER BY e.id DESC) FILTER (WHERE e.kind = 'voided'))[1] AS void_reason,
           bool_or(coalesce(e.rush, false) OR e.kind = 'rushed') AS rush,
           max(e.at) FILTER (WHERE e.kind = 'refired') AS again_at,
           min(e.at) AS first_at
      FROM dining_dish_event e
      JOIN touched ON touched.line_uuid = e.line_uuid
     WHERE e.config_id = %(store_id)s
     GROUP BY e.line_uuid
    HAVING bool_or(e.carried IS NOT NULL OR e.kind = 'voided' AND e.at > %(voids_since)s)
        OR coalesce(sum(e.quantity) FILTER (WHERE e.kind IN ('fired', 'voided', 'moved', 'refired')), 0)
         > coalesce(sum(e.quantity) FILTER (WHERE e.kind = 'served'), 0)
        OR coalesce(sum(e.quantity) FILTER (WHERE e.kind = 'held'), 0)
         > coalesce(sum(e.quantity) FILTER (WHERE e.kind = 'fired'), 0)
        OR coalesce(max(e.id) FILTER (WHERE e.kind = 'held' AND e.quantity > 0), 0)
         > coalesce(max(e.id) FILTER (WHERE e.kind = 'fired'), 0))
SELECT lines.*, o.tracking_number, o.customer_count,
       (SELECT max(guest_count) FROM dining_table_session WHERE order_id = o.id AND state = 'open') AS guest_count,
       coalesce(t.dining_name, nullif(o.floating_order_name, ''), '') AS table_name,
       f.name AS area, coalesce(nullif(f.dining_name_en, ''), f.name) AS area_en,
       coalesce((SELECT min(at) FROM dining_dish_event first
                  WHERE first.origin_uuid = lines.origin_uuid AND first.kind = 'fired'), lines.first_at) AS fired_at,
       l.dining_facts, l.dining_allergies, parent.dining_facts AS set_facts, l.combo_parent_id,
       jsonb_build_object('zh', coalesce(pt.name->>'zh_CN', pt.name->>'en_US'), 'en', pt.name->>'en_US') AS dish_name,
       (SELECT jsonb_build_object('zh', coalesce(name->>'zh_CN', name->>'en_US'), 'en', name->>'en_US')
          FROM product_template WHERE id = sp.product_tmpl_id) AS set_name,
       jsonb_build_object('zh', coalesce(st.name->>'zh_CN', st.name->>'en_US'), 'en', st.name->>'en_US')
           AS station_name, st.id IS NULL OR coalesce(st.is_pass, false) AS at_pass,
       CASE WHEN l.dining_facts IS NULL THEN
           (SELECT jsonb_agg(jsonb_build_object('zh', coalesce(v.name->>'zh_CN', v.name->>'en_US'),
                                                'en', v.name->>'en_US') ORDER BY v.sequence, v.id)
              FROM pos_order_line_product_template_attribute_value_rel rel
              JOIN product_template_attribute_value a ON a.id = rel.product_template_attribute_value_id
              JOIN product_attribute_value v ON v.id = a.product_attribute_value_id
             WHERE rel.pos_order_line_id = l.id) END AS option_names
  FROM lines
  JOIN pos_order o ON o.id = lines.order_id
  JOIN product_template pt ON pt.id = lines.dish_id
  LEFT JOIN restaurant_table t ON t.id = o.table_id
  LEFT JOIN restaurant_floor f ON f.id = t.floor_id
  LEFT JOIN dining_station st ON st.id = lines.station_id
  LEFT JOIN pos_order_line l ON l.id = lines.line_id AND l.uuid = lines.line_uuid
  LEFT JOIN pos_order_line parent ON parent.id = l.combo_parent_id
  LEFT JOIN product_product sp ON sp.id = parent.product_id
 WHERE %(pass)s OR lines.station_id = %(station_id)s
 ORDER BY lines.line_id
"""  # noqa: S608 -- constants only

_TAPS = """
WITH taps AS (
    SELECT e.client_key, max(e.id) AS last_id, min(e.at) AS at, min(e.order_id) AS order_id, max(e.kind) AS kind,
           count(DISTINCT e.order_id) AS orders,
           jsonb_agg(jsonb_build_object('zh', coalesce(p.name->>'zh_CN', p.name->>'en_US'), 'en', p.name->>'en_US',
                                        'quantity', e.quantity, 'line', e.line_uuid) ORDER BY e.id) AS dishes
      FROM dining_dish_event e
      JOIN product_template p ON p.id = e.dish_id
     WHERE e.config_id = %(store_id)s AND e.at > %(since)s AND e.source = 'display' AND e.quantity > 0
       AND e.kind = %(kind)s AND (%(pass)s OR e.station_id = %(station_id)s)
       AND NOT EXISTS (SELECT 1 FROM dining_dish_event r WHERE r.order_id = e.order_id AND r.reverses_id = e.id)
     GROUP BY e.client_key
     ORDER BY max(e.id) DESC LIMIT %(limit)s)
SELECT taps.*, coalesce(t.dining_name, nullif(o.floating_order_name, ''), '') AS table_name, o.tracking_number
  FROM taps
  JOIN pos_order o ON o.id = taps.order_id
  LEFT JOIN restaurant_table t ON t.id = o.table_id
 ORDER BY taps.last_id DESC
"""


def read_board(env, store_id, station_id, *, is_pass=False):
    """The board of one station, or of the pass.

    :param env: as superuser; the caller has checked who asks
    :param station_id: the station; of the pass its own one, or None
    :return: {"revision", "cards", "all_day", "bumps"}; times are UTC, ISO 8601; the revision changes with any of it
    """
    now = fields.Datetime.now()
    facts = {
        "store_id": store_id,
        "station_id": station_id or None,
        "pass": is_pass,
        "since": now - timedelta(hours=SHOWN_HOURS),
        "voids_since": now - timedelta(minutes=VOIDS_SHOWN_MINUTES),
        "kind": "served" if is_pass else "ready",
        "limit": RECALLABLE_TAPS,
    }
    env["dining.dish.event"].flush_model()
    env.cr.execute(_DISHES, facts)
    dishes = [_dish(row) for row in env.cr.dictfetchall()]
    env.cr.execute(_TAPS, facts)
    bumps = [_bump(row) for row in env.cr.dictfetchall()]
    board = {
        "cards": _pass_cards(dishes) if is_pass else _station_cards(dishes),
        "all_day": _all_day(dishes, "unserved" if is_pass else "owed"),
        "bumps": bumps,
    }
    return {"revision": hashlib.sha256(json.dumps(board).encode()).hexdigest()[:16], **board}


def _dish(row):
    happenings = [Happening(kind, row[kind]) for kind in _SUMS if row[kind] is not None]
    happenings += [Happening(kind, quantity, carried or {}) for kind, quantity, carried in row["steps"] or ()]
    state = state_of(happenings)
    facts = row["dining_facts"] or {}
    voids = [{**void, "portions": _tidy(void["portions"])} for void in row["voids"] or ()]
    held = bool(state.held and state.portions <= state.served)
    since = row["again_at"] if state.again and row["again_at"] else row["fired_at"]
    return {
        "order": row,
        "line": row["line_uuid"],
        "dish": row["dish_id"],
        "name": facts.get("name") or row["dish_name"],
        "options": facts.get("options") or row["option_names"] or [],
        "set": row["combo_parent_id"] and ((row["set_facts"] or {}).get("name") or row["set_name"]),
        "note": row["note"] or "",
        "allergies": [Allergy.of(data).as_shown() for data in row["dining_allergies"] or ()],
        "seat": facts.get("seat") or 0,
        "rush": bool(row["rush"]),
        "again": row["again_reason"] if state.again and state.to_cook else None,
        "portions": _tidy(state.waiting if held else state.portions or state.waiting),
        "owed": _tidy(state.to_cook),
        "started": _tidy(max(state.started - state.ready, 0)),
        "standing": _tidy(state.to_serve),
        "served": _tidy(state.served),
        "unserved": _tidy(max(state.portions - state.served, 0)),
        "voided": _tidy(sum(void["portions"] for void in voids)),
        "voids": voids,
        "void_reason": row["void_reason"] or "",
        "held": held,
        "at_pass": row["at_pass"],
        "station": row["station_name"] if row["station_id"] else None,
        "since": utc_text(since),
    }


def _station_cards(dishes):
    """What an order handed to the station at once, until all of it is ready; and what was taken off lately."""
    batches = defaultdict(list)
    for dish in dishes:
        if dish["owed"] or dish["standing"] or dish["held"] or dish["voided"]:
            batches[dish["order"]["order_id"], dish["held"], dish["since"]].append(dish)
    open_batches = (
        batch for batch in batches.values() if any(dish["owed"] or dish["held"] or dish["voided"] for dish in batch)
    )
    return _sorted([_card(batch) for batch in open_batches])


def _pass_cards(dishes):
    """An order, until all of it is served: what is ready, and what its guests still wait for."""
    orders = defaultdict(list)
    for dish in dishes:
        if dish["unserved"] or dish["held"] or dish["voided"]:
            orders[dish["order"]["order_id"]].append(dish)
    for mine in orders.values():
        mine.sort(key=lambda dish: (not dish["standing"], dish["held"]))
    return _sorted([_card(mine) for mine in orders.values()])


def _card(dishes):
    order = dishes[0]["order"]
    live = [dish for dish in dishes if not dish["held"]]
    since = min(dish["since"] for dish in live or dishes)
    return {
        "key": f"{order['order_id']}-{since}",
        "table": order["table_name"],
        "area": {"zh": order["area"], "en": order["area_en"]} if order["area"] else None,
        "number": order["tracking_number"] or "",
        "guests": order["customer_count"] or order["guest_count"] or 0,
        "since": since,
        "rush": any(dish["rush"] for dish in live),
        "held": not live,
        "dishes": [{name: value for name, value in dish.items() if name != "order"} for dish in dishes],
    }


def _sorted(cards):
    return sorted(cards, key=lambda card: (card["held"], not card["rush"], card["since"], card["key"]))


def _all_day(dishes, count):
    """Portions of each dish that are still to be done, the most first."""
    totals = {}
    for dish in dishes:
        if dish[count] and not dish["held"]:
            total = totals.setdefault(dish["dish"], {"dish": dish["dish"], "name": dish["name"], "count": 0})
            total["count"] = _tidy(total["count"] + dish[count])
    return sorted(totals.values(), key=lambda total: (-total["count"], total["dish"]))


def _bump(row):
    return {
        "key": row["client_key"],
        "at": utc_text(row["at"]),
        "table": row["table_name"] if row["orders"] == 1 else "",
        "number": row["tracking_number"] if row["orders"] == 1 else "",
        "dishes": [{**dish, "quantity": _tidy(dish["quantity"])} for dish in row["dishes"]],
    }


def _tidy(quantity):
    return int(quantity) if quantity == int(quantity) else quantity
