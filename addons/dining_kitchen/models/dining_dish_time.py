from odoo import fields, models
from odoo.tools import SQL

_STAGES = ("fired", "started", "ready", "served")


def _mean_time(stage, portions, share="e.quantity", epoch="extract(epoch FROM e.at)"):
    """SQL of the mean time at which portions reached a stage; NULL until all have: the slowest one decides."""
    return f"""CASE WHEN sum({share}) FILTER (WHERE kind = '{stage}') >= {portions}
                THEN sum({share} * {epoch}) FILTER (WHERE kind = '{stage}') / {portions} END AS {stage}"""


_PORTIONS = "sum(e.quantity) FILTER (WHERE e.kind IN ('fired', 'voided', 'moved'))"

# A dish is found by its first firing, whose time has an index, and what happened to it by the line that it was
# first ordered on, whatever bill it stands on now: a period costs what happened in it, not what ever happened.
#
# The mean wait of a dish's portions is the difference of two mean times, however portions are paired. Of most
# dishes nothing was taken back, and every event counts (`plain`).
_PLAIN = f"""
SELECT {_PORTIONS} AS portions, coalesce(sum(e.quantity) FILTER (WHERE kind = 'refired'), 0) AS again,
       bool_or(coalesce(e.rush, false) OR kind = 'rushed') AS rush,
       bool_or(e.quantity < 0 OR kind IN ('ordered', 'refired')) AS tangled,
       sum(e.quantity * extract(epoch FROM least(e.at, r.placed_at))) FILTER (WHERE kind = 'fired') / {_PORTIONS}
           AS received,
       {", ".join(_mean_time(stage, _PORTIONS) for stage in _STAGES)}
  FROM dining_dish_event e
  LEFT JOIN dining_round r ON r.id = e.round_id
 WHERE e.origin_uuid = first.origin_uuid
HAVING {_PORTIONS} > 0
"""  # noqa: S608 -- constants only

# For the others the rules of `dining_rules.dish_state`, with times. `net`: portions of an event that no later one
# took back. `upto`: they, counted on from the first of their kind. `skipped`: of what is cooked again the first is
# thrown away, and what was served and came back is served once more; of what is cancelled the last goes. `share`:
# portions of the event that count; `received`: of a dish that waited, the first ones when it was ordered.
_TANGLED = f"""
WITH happened AS (
    SELECT e.kind, coalesce(e.reverses_id, e.id) AS id, min(e.at) AS at, min(least(e.at, r.placed_at)) AS placed_at,
           sum(e.quantity) AS quantity, greatest(sum(e.quantity), 0) AS net
      FROM dining_dish_event e
      LEFT JOIN dining_round r ON r.id = e.round_id
     WHERE e.origin_uuid = first.origin_uuid AND plain.tangled AND e.kind NOT IN ('voided', 'moved', 'refired')
     GROUP BY e.kind, coalesce(e.reverses_id, e.id)),
counted AS (
    SELECT kind, extract(epoch FROM at) AS epoch, extract(epoch FROM placed_at) AS placed, net,
           sum(net) OVER (PARTITION BY kind ORDER BY id) AS upto,
           CASE kind WHEN 'ready' THEN plain.again
                     WHEN 'served' THEN sum(net - quantity) OVER (PARTITION BY kind) ELSE 0 END AS skipped,
           coalesce(sum(quantity) FILTER (WHERE kind = 'ordered') OVER (), 0) AS held
      FROM happened),
shared AS (
    SELECT kind, epoch, placed,
           greatest(least(upto, skipped + plain.portions) - greatest(upto - net, skipped), 0) AS share,
           CASE kind WHEN 'ordered' THEN greatest(least(upto, plain.portions, held) - (upto - net), 0)
                     WHEN 'fired' THEN greatest(least(upto, plain.portions) - greatest(upto - net, held), 0)
                     END AS received_share
      FROM counted)
SELECT sum(received_share * placed) / plain.portions AS received,
       {", ".join(_mean_time(stage, "plain.portions", "share", "epoch") for stage in _STAGES)}
  FROM shared
"""  # noqa: S608 -- constants only

_WAY = ", ".join(
    f"(CASE WHEN plain.tangled THEN tangled.{time} ELSE plain.{time} END)::float AS {time}"
    for time in ("received", *_STAGES)
)

_QUERY = f"""
SELECT first.id, first.at, first.config_id, first.company_id, first.station_id, first.dish_id,
       category.id AS category_id, first.order_id, o.preset_id, t.floor_id,
       to_char(local.at, 'HH24:00') AS hour, extract(isodow FROM local.at)::text AS weekday,
       plain.portions, plain.again AS cooked_again, plain.rush,
       timezone('UTC', to_timestamp(way.received)) AS received_at, timezone('UTC', to_timestamp(way.fired)) AS fired_at,
       timezone('UTC', to_timestamp(way.started)) AS started_at, timezone('UTC', to_timestamp(way.ready)) AS ready_at,
       timezone('UTC', to_timestamp(way.served)) AS served_at,
       (way.fired - way.received) / 60 AS held_minutes, (way.started - way.fired) / 60 AS queue_minutes,
       (way.ready - way.started) / 60 AS cooking_minutes, (way.ready - way.fired) / 60 AS kitchen_minutes,
       (way.ready - way.fired) / 60 AS kitchen_median, (way.served - way.ready) / 60 AS pass_minutes,
       (way.served - way.received) / 60 AS total_minutes, (way.served - way.received) / 60 AS total_median
  FROM dining_dish_event first
  JOIN pos_order o ON o.id = first.order_id
  JOIN pos_config c ON c.id = first.config_id
  LEFT JOIN restaurant_table t ON t.id = o.table_id
 CROSS JOIN LATERAL (SELECT timezone(c.dining_tz, timezone('UTC', first.at)) AS at) local
 CROSS JOIN LATERAL ({_PLAIN}) plain
 CROSS JOIN LATERAL ({_TANGLED}) tangled
 CROSS JOIN LATERAL (
    SELECT {_WAY}) way
  LEFT JOIN LATERAL (
    SELECT category.id FROM pos_category_product_template_rel rel
      JOIN pos_category category ON category.id = rel.pos_category_id
     WHERE rel.product_template_id = first.dish_id ORDER BY category.sequence, category.id LIMIT 1) category ON true
 WHERE first.kind = 'fired' AND first.sequence = 1 AND first.line_uuid = first.origin_uuid
"""  # noqa: S608 -- constants only


class DiningDishTime(models.Model):
    """How long the dishes of an order took: one row a dish that was not cancelled, read from its events.

    Times and minutes are means over its portions. A time is there once all portions have got so far; one that
    no cook has reported (paper only, without a display) is not guessed.
    """

    _name = "dining.dish.time"
    _description = "Dish times"
    _auto = False
    _order = "at desc, id desc"
    _rec_name = "dish_id"
    _depends = {
        "dining.dish.event": ["at", "kind", "quantity", "order_id", "reverses_id", "rush", "station_id"],
        "dining.round": ["placed_at"],
        "pos.order": ["preset_id", "table_id"],
        "pos.config": ["dining_tz"],
        "product.template": ["pos_categ_ids"],
        "restaurant.table": ["floor_id"],
    }

    at = fields.Datetime("Date", readonly=True, help="When it was first sent to the kitchen.")
    config_id = fields.Many2one("pos.config", "Store", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    order_id = fields.Many2one("pos.order", readonly=True, help="The one that it was first on, before its bill moved.")
    station_id = fields.Many2one("dining.station", readonly=True)
    dish_id = fields.Many2one("product.template", readonly=True)
    category_id = fields.Many2one("pos.category", readonly=True)
    floor_id = fields.Many2one("restaurant.floor", readonly=True)
    preset_id = fields.Many2one("pos.preset", "Service type", readonly=True)
    hour = fields.Char("Hour of the day", readonly=True, help="In the store's time zone.")
    weekday = fields.Selection(
        [
            ("1", "Monday"),
            ("2", "Tuesday"),
            ("3", "Wednesday"),
            ("4", "Thursday"),
            ("5", "Friday"),
            ("6", "Saturday"),
            ("7", "Sunday"),
        ],
        "Day of the week",
        readonly=True,
    )
    portions = fields.Float(readonly=True, digits=(16, 1))
    cooked_again = fields.Float("Cooked again", readonly=True, digits=(16, 1))
    rush = fields.Boolean("Rushed", readonly=True)
    received_at = fields.Datetime("Received at", readonly=True)
    fired_at = fields.Datetime("Fired at", readonly=True)
    started_at = fields.Datetime("Started at", readonly=True)
    ready_at = fields.Datetime("Ready at", readonly=True)
    served_at = fields.Datetime("Served at", readonly=True)
    held_minutes = fields.Float("Received → fired (min)", readonly=True, aggregator="avg", digits=(16, 1))
    queue_minutes = fields.Float("Fired → started (min)", readonly=True, aggregator="avg", digits=(16, 1))
    cooking_minutes = fields.Float("Started → ready (min)", readonly=True, aggregator="avg", digits=(16, 1))
    kitchen_minutes = fields.Float("Fired → ready (min)", readonly=True, aggregator="avg", digits=(16, 1))
    kitchen_median = fields.Float("Fired → ready, median (min)", readonly=True, aggregator="median", digits=(16, 1))
    pass_minutes = fields.Float("Ready → served (min)", readonly=True, aggregator="avg", digits=(16, 1))
    total_minutes = fields.Float("Received → served (min)", readonly=True, aggregator="avg", digits=(16, 1))
    total_median = fields.Float("Received → served, median (min)", readonly=True, aggregator="median", digits=(16, 1))

    @property
    def _table_query(self):
        return SQL(_QUERY)

    def _read_group_select(self, aggregate_spec, query):
        """Odoo knows no median: one forgotten dish must not make a whole evening slow."""
        name, _colon, function = aggregate_spec.partition(":")
        if function == "median":
            field = self._field_to_sql(self._table, name, query)
            return SQL("percentile_cont(0.5) WITHIN GROUP (ORDER BY %s)", field)
        return super()._read_group_select(aggregate_spec, query)
