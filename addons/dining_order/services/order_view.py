"""Orders as the API shows them: read by a few SQL statements, no ORM."""

from odoo.addons.dining_rules.moments import utc_text
from odoo.addons.dining_rules.money import fen
from odoo.addons.dining_rules.refusals import Refusal

#: Of a dish of which nothing more can be said.
NO_WAIT = {"can_rush": False, "wait": None}
_STATES = {"draft": "open", "paid": "paid", "done": "paid", "invoiced": "paid", "cancel": "cancelled"}

_ORDERS = """
SELECT o.id, o.uuid, o.tracking_number, o.state, o.amount_total, o.amount_tax, o.amount_paid, o.write_date,
       o.create_date, c.id AS store_id, c.name AS store_zh, coalesce(c.dining_name_en, c.name) AS store_en,
       coalesce(t.dining_name, '') AS table_name
  FROM pos_order o
  JOIN pos_config c ON c.id = o.config_id AND c.is_dining
  LEFT JOIN restaurant_table t ON t.id = o.table_id
"""

_LINES = """
SELECT l.id, l.order_id, l.uuid, l.qty, l.price_subtotal_incl, l.combo_parent_id, l.customer_note, l.dining_rush,
       l.dining_charge, l.dining_facts, l.dining_round_id, l.full_product_name, p.product_tmpl_id AS dish_id,
       coalesce(pt.name->>'zh_CN', pt.name->>'en_US') AS name_zh, pt.name->>'en_US' AS name_en,
       ARRAY(SELECT a.code FROM dining_allergen a
              WHERE a.id IN (
                    SELECT allergen_id FROM dining_dish_allergen_rel WHERE dish_id = p.product_tmpl_id
                     UNION ALL
                    SELECT rel.allergen_id FROM pos_order_line_product_template_attribute_value_rel chosen
                      JOIN product_template_attribute_value v ON v.id = chosen.product_template_attribute_value_id
                      JOIN dining_option_allergen_rel rel ON rel.value_id = v.product_attribute_value_id
                     WHERE chosen.pos_order_line_id = l.id)) AS allergens
  FROM pos_order_line l
  JOIN product_product p ON p.id = l.product_id
  JOIN product_template pt ON pt.id = p.product_tmpl_id
 WHERE l.order_id = ANY(%s)
 ORDER BY l.id
"""

_MINE = """
 WHERE o.id IN (SELECT s.order_id FROM dining_table_session s
                  JOIN dining_table_guest g ON g.session_id = s.id AND g.user_id = %(user_id)s)
"""

#: An order that was merged into another is asked for by its old name for as long as a phone shows it.
_FIND = (
    "SELECT o.id FROM pos_order o"  # noqa: S608 -- constants only
    + _MINE
    + " AND (o.uuid = %(uuid)s OR o.id = (SELECT dining_merged_into_id FROM pos_order WHERE uuid = %(uuid)s))"
)

# Minutes count while an order is open: what is said of its waiting dishes grows old.
_REVISION = """
SELECT concat_ws('.', extract(epoch FROM o.write_date), o.state,
       CASE WHEN o.state = 'draft' THEN floor(extract(epoch FROM now()) / 60) END,
       (SELECT coalesce(sum(revision), 0) FROM dining_table_session WHERE order_id = o.id)) AS rev
  FROM pos_order o
"""


def read_orders(env, user_id):
    """The orders of the tables a WeChat user has sat at, newest first, at most 50.

    :return: dict as `OrdersOut` of the API's contract
    """
    env.cr.execute(_ORDERS + _MINE + " ORDER BY o.id DESC LIMIT 50", {"user_id": user_id})
    orders = env.cr.dictfetchall()
    env.cr.execute(_LINES, ([order["id"] for order in orders],))
    lines = env.cr.dictfetchall()
    return {"orders": [_summary(order, _dishes(lines, order["id"])) for order in orders]}


def find_order(env, uuid, user_id):
    """The id of an order by its uuid, for somebody who sat at its table.

    :raises Refusal: order_unknown, whether it is someone else's or nobody's
    """
    env.cr.execute(_FIND, {"user_id": user_id, "uuid": uuid})
    row = env.cr.fetchone()
    if row is None:
        raise Refusal("order_unknown")
    return row[0]


def order_rev(env, order_id):
    """A text that changes whenever `read_order` would answer something else."""
    env.cr.execute(_REVISION + " WHERE o.id = %s", (order_id,))
    return env.cr.fetchone()[0]


def read_order(env, order_id):
    """One order.

    :return: dict as `OrderOut` of the API's contract
    """
    env.cr.execute(_ORDERS + " WHERE o.id = %s", (order_id,))
    order = env.cr.dictfetchone()
    env.cr.execute(_LINES, ([order_id],))
    lines = env.cr.dictfetchall()
    states = env["pos.order.line"]._dining_states([line["id"] for line in lines])
    rounds = _rounds(env, order_id)
    waits = env["pos.order.line"]._dining_waits([line["id"] for line in lines], states)
    views = _line_views(lines, states, waits, {item["id"]: item["state"] for item in rounds})
    total, paid = fen(order["amount_total"]), fen(order["amount_paid"])
    open_order = order["state"] == "draft"
    waiting = any(item["state"] == "waiting" for item in rounds)
    return {
        **_head(order),
        "rev": order_rev(env, order_id),
        "rounds": [_round_view(item, views) for item in rounds],
        "charges": _charges(lines),
        "staff_lines": [view for round_id, view in views if round_id is None],
        "total_fen": total,
        "tax_fen": fen(order["amount_tax"]),
        "paid_fen": paid,
        "due_fen": max(0, total - paid) if open_order else 0,
        "payments": _payments(env, order_id),
        "payable": open_order and not waiting and total > paid,
    }


def _head(order):
    return {
        "id": order["uuid"],
        "number": order["tracking_number"],
        "store_id": order["store_id"],
        "store_name": {"zh": order["store_zh"], "en": order["store_en"]},
        "table_name": order["table_name"],
        "placed_at": utc_text(order["create_date"]),
        "state": _STATES[order["state"]],
    }


def _dishes(lines, order_id):
    return [
        line
        for line in lines
        if line["order_id"] == order_id and not line["combo_parent_id"] and not line["dining_charge"]
    ]


def _summary(order, dishes):
    return {
        **_head(order),
        "quantity": int(sum(line["qty"] for line in dishes)),
        "total_fen": fen(order["amount_total"]),
        "first_dishes": [_name(line) for line in dishes[:3]],
    }


def _name(line):
    if line["dining_facts"]:
        return line["dining_facts"]["name"]
    return {"zh": line["name_zh"], "en": line["name_en"]}


def _rounds(env, order_id):
    env.cr.execute(
        "SELECT id, number, state, placed_at FROM dining_round WHERE order_id = %s ORDER BY number",
        (order_id,),
    )
    return env.cr.dictfetchall()


def _round_view(item, views):
    return {
        "number": item["number"],
        "placed_at": utc_text(item["placed_at"]),
        "state": item["state"],
        "lines": [view for round_id, view in views if round_id == item["id"]],
    }


def _line_views(lines, states, waits, round_states):
    """[(round id or None, OrderLineOut)] of the dishes; a set meal's parts stand inside it."""
    parts = {}
    for line in lines:
        if line["combo_parent_id"]:
            parts.setdefault(line["combo_parent_id"], []).append(line)
    views = []
    for line in lines:
        if line["combo_parent_id"] or line["dining_charge"]:
            continue
        waiting = round_states.get(line["dining_round_id"]) == "waiting"
        state = "waiting" if waiting else states.get(line["id"], "ordered")
        view = _line_view(line, parts.get(line["id"], ()), state, waits.get(line["id"], NO_WAIT))
        views.append((line["dining_round_id"], view))
    return views


def _line_view(line, parts, state, wait):
    facts = line["dining_facts"] or {}
    amount = sum((part["price_subtotal_incl"] for part in parts), line["price_subtotal_incl"])
    return {
        "id": line["uuid"],
        "dish_id": line["dish_id"],
        "name": _name(line),
        "options": facts.get("options", []),
        "parts": [{"name": _name(part), "options": (part["dining_facts"] or {}).get("options", [])} for part in parts],
        "note": line["customer_note"] or "",
        "rush": line["dining_rush"] or False,
        "quantity": int(line["qty"]),
        "amount_fen": fen(amount),
        "seat": facts.get("seat"),
        "allergens": sorted({code for each in (line, *parts) for code in each["allergens"]}),
        "state": state,
        **wait,
    }


def _charges(lines):
    """Charges by kind, what each round added summed up."""
    charges = {}
    for line in lines:
        kind = line["dining_charge"]
        if not kind:
            continue
        charge = charges.setdefault(kind, {"kind": kind, "name": _name(line), "quantity": 0, "amount_fen": 0})
        charge["quantity"] = 1 if kind == "service" else charge["quantity"] + int(line["qty"])
        charge["amount_fen"] += fen(line["price_subtotal_incl"])
    return [charges[kind] for kind in ("seat", "service", "bonus") if kind in charges]


def _payments(env, order_id):
    env.cr.execute(
        """SELECT coalesce(m.name->>'zh_CN', m.name->>'en_US') AS zh, m.name->>'en_US' AS en, p.amount
             FROM pos_payment p JOIN pos_payment_method m ON m.id = p.payment_method_id
            WHERE p.pos_order_id = %s ORDER BY p.id""",
        (order_id,),
    )
    return [{"method": {"zh": zh, "en": en}, "amount_fen": fen(amount)} for zh, en, amount in env.cr.fetchall()]
