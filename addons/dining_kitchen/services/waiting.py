"""How long an order's dishes will still take, and which of them may be rushed: one statement."""

from datetime import timedelta

from odoo import fields
from odoo.addons.dining_rules.estimate import WINDOW_MINUTES, remaining, together

from .rush import PAUSE

#: Dishes fired earlier than this and never marked ready are forgotten ones, not a queue.
_QUEUE_HOURS = 3
#: States in which a station still owes a dish.
OWED = ("fired", "printed", "started")

# A dish is followed by the line it was first ordered on, whatever bill it stands on now.
_STATEMENT = """
WITH mine AS (
    SELECT DISTINCT ON (l.id) l.id, coalesce(l.combo_parent_id, l.id) AS head_id, l.uuid, e.origin_uuid, e.station_id,
           (SELECT max(at) FROM dining_dish_event WHERE line_uuid = l.uuid AND kind = 'rushed') AS rushed_at
      FROM pos_order_line l
      JOIN dining_dish_event e ON e.line_uuid = l.uuid AND e.kind IN ('fired', 'moved') AND e.quantity > 0
     WHERE l.id = ANY(%(ids)s) OR l.combo_parent_id = ANY(%(ids)s)
     ORDER BY l.id, e.id DESC),
dish AS (
    SELECT origin_uuid, station_id, config_id,
           min(at) FILTER (WHERE kind = 'fired') AS fired_at,
           max(at) FILTER (WHERE kind = 'ready' AND quantity > 0) AS ready_at,
           coalesce(sum(quantity) FILTER (WHERE kind IN ('fired', 'voided', 'refired')), 0)
           - coalesce(sum(quantity) FILTER (WHERE kind = 'ready'), 0) AS owed
      FROM dining_dish_event
     WHERE at > %(queue_since)s AND station_id IN (SELECT station_id FROM mine)
     GROUP BY origin_uuid, station_id, config_id)
SELECT mine.id, mine.head_id, mine.rushed_at, own.fired_at,
       (SELECT coalesce(sum(owed), 0) FROM dish
         WHERE station_id = mine.station_id AND owed > 0 AND fired_at <= own.fired_at) AS ahead,
       ARRAY(SELECT extract(epoch FROM ready_at - fired_at) / 60 FROM dish
              WHERE station_id = mine.station_id AND owed <= 0 AND ready_at > %(window_since)s) AS times
  FROM mine
  LEFT JOIN dish own ON own.origin_uuid = mine.origin_uuid AND own.station_id = mine.station_id
"""


def read_waits(env, line_ids, states):
    """What a phone may say and ask about lines that a station still owes.

    :param line_ids: ids of an order's lines
    :param states: {line id: state} as `pos.order.line._dining_states`
    :return: {line id: {"can_rush": bool, "wait": {"low", "high"} in minutes or None}}, only of lines still owed
    """
    owed = [line_id for line_id in line_ids if states.get(line_id) in OWED]
    if not owed:
        return {}
    now = fields.Datetime.now()
    env.cr.execute(
        _STATEMENT,
        {
            "ids": owed,
            "queue_since": now - timedelta(hours=_QUEUE_HOURS),
            "window_since": now - timedelta(minutes=WINDOW_MINUTES),
        },
    )
    by_line = {}
    for row in env.cr.dictfetchall():
        # A part that is ready keeps neither its set meal waiting nor from being rushed.
        if states.get(row["id"], "fired") in OWED:
            by_line.setdefault(row["head_id"], []).append(row)
    return {head_id: _wait(rows, now) for head_id, rows in by_line.items() if head_id in owed}


def _wait(rows, now):
    last = max((row["rushed_at"] for row in rows if row["rushed_at"]), default=None)
    span = together([_range(row, now) for row in rows])
    return {
        "can_rush": last is None or now - last >= PAUSE,
        "wait": {"low": span.low, "high": span.high} if span else None,
    }


def _range(row, now):
    if not row["fired_at"]:
        return None
    times = [float(each) for each in row["times"]]
    return remaining(times, float(row["ahead"]), (now - row["fired_at"]).total_seconds() / 60)
