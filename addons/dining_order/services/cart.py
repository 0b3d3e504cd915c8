"""The shared cart: rows are only added, so phones never wait for each other."""

import hashlib
import json

from odoo import fields
from odoo.addons.dining_rules.pricing import CartLine, Component, price_line
from odoo.addons.dining_rules.refusals import Refusal
from psycopg2.extras import Json

from .desk import read_desk

#: Lines that a cart may hold before it must be placed.
MAX_CART_LINES = 100

_CART_COLUMNS = """
    , (SELECT count(*) FROM (
           SELECT 1 FROM dining_cart_entry e WHERE e.session_id = s.id
            GROUP BY e.line_key HAVING sum(e.quantity) > 0) line) AS open_lines
"""

_INSERT = """
INSERT INTO dining_cart_entry
       (session_id, guest_id, kind, line_key, client_key, request_hash, dish_id, choice, quantity, note, rush,
        create_date)
"""

_CHANGE = (
    _INSERT  # noqa: S608 -- constants only
    + """
        SELECT a.session_id, %(guest_id)s, 'change', a.line_key, %(client_key)s, %(hash)s, a.dish_id, a.choice,
               %(delta)s, a.note, a.rush, %(now)s
          FROM dining_cart_entry a,
               (SELECT sum(quantity) AS quantity FROM dining_cart_entry
                 WHERE session_id = %(session_id)s AND line_key = %(line_key)s) line
         WHERE a.session_id = %(session_id)s AND a.line_key = %(line_key)s AND a.kind = 'add'
           AND line.quantity > 0 AND %(delta)s != 0
           AND line.quantity + %(delta)s BETWEEN 0 AND %(max)s
        ON CONFLICT DO NOTHING RETURNING id
"""
)

_READ = """
WITH line AS (
    SELECT line_key, sum(quantity) AS quantity
      FROM dining_cart_entry WHERE session_id = %s GROUP BY line_key HAVING sum(quantity) > 0)
SELECT a.line_key, a.dish_id, a.choice, a.note, a.rush, line.quantity, g.seat, g.id AS guest_id
  FROM line
  JOIN dining_cart_entry a ON a.session_id = %s AND a.line_key = line.line_key AND a.kind = 'add'
  JOIN dining_table_guest g ON g.id = a.guest_id
 ORDER BY a.id
"""


def fingerprint(body):
    """A hash of a request's parsed body, to tell a repeat from another write under the same key."""
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def add_line(env, store_id, token, user_id, client_key, wanted):
    """Put a dish into the table's cart.

    :param wanted: dict as `CartLineIn` of the API's contract
    :return: {"key", "delta"}; a repeat of the same `client_key` and body gets the same
    :raises Refusal: of the session, the rate, the dish and its options, cart_full, cart_line_exists,
        idempotency_key_reused
    """
    desk, more = read_desk(env, store_id, token, user_id, _CART_COLUMNS + _remaining_columns(env, wanted))
    body_hash = fingerprint(["add", wanted])
    line = _cart_line(wanted)
    entry = {"key": line.key, "delta": line.quantity}
    try:
        desk.check_open()
        desk.check_rate()
        if more["open_lines"] >= MAX_CART_LINES:
            raise Refusal("cart_full")
        price_line(desk.menu(env), line, desk.now(), _remaining(more))
    except Refusal:
        # A repeat of what was accepted earlier is answered as then, whatever has changed since.
        if _is_repeat(env, desk, client_key, body_hash):
            return entry
        raise
    choice = {"option_ids": wanted["option_ids"], "components": wanted["components"]}
    env.cr.execute(
        _INSERT + "VALUES (%s, %s, 'add', %s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING RETURNING id",
        (
            desk.session_id,
            desk.guest_id,
            line.key,
            client_key,
            body_hash,
            line.dish_id,
            Json(choice),
            line.quantity,
            line.note,
            line.rush,
            fields.Datetime.now(),
        ),
    )
    if not env.cr.rowcount and not _is_repeat(env, desk, client_key, body_hash):
        raise Refusal("cart_line_exists")
    return entry


def change_line(env, store_id, token, user_id, client_key, line_key, delta):
    """Add `delta` portions (negative: take out) to a line that is in the cart.

    :return: {"key", "delta"}
    :raises Refusal: of the session, the rate, cart_line_unknown, quantity_out_of_range, idempotency_key_reused
    """
    desk, _more = read_desk(env, store_id, token, user_id)
    body_hash = fingerprint(["change", line_key, delta])
    entry = {"key": line_key, "delta": delta}
    try:
        desk.check_open()
        desk.check_rate()
    except Refusal:
        if _is_repeat(env, desk, client_key, body_hash):
            return entry
        raise
    env.cr.execute(
        _CHANGE,
        {
            "guest_id": desk.guest_id,
            "client_key": client_key,
            "hash": body_hash,
            "delta": delta,
            "now": fields.Datetime.now(),
            "session_id": desk.session_id,
            "line_key": line_key,
            "max": desk.max_dish_quantity,
        },
    )
    if not env.cr.rowcount and not _is_repeat(env, desk, client_key, body_hash):
        _refuse_change(env, desk, line_key)
    return entry


def read_cart(env, session_id):
    """The cart's lines, oldest first.

    :return: list of (CartLine with the adder as its guest)
    """
    env.cr.execute(_READ, (session_id, session_id))
    return [
        CartLine(
            key=row["line_key"],
            dish_id=row["dish_id"],
            option_ids=tuple(row["choice"]["option_ids"]),
            components=_components(row["choice"]["components"]),
            quantity=row["quantity"],
            note=row["note"] or "",
            rush=row["rush"] or False,
            guest=row["seat"],
            guest_id=row["guest_id"],
        )
        for row in env.cr.dictfetchall()
    ]


def _remaining_columns(env, wanted):
    """The portions left of the dishes wanted, as {dish id: left}, in the desk's own statement."""
    return (
        env.cr.mogrify(
            """, (SELECT jsonb_object_agg(product_tmpl_id, CASE WHEN sold_out THEN 0 ELSE remaining END)
                FROM dining_dish_stock d
               WHERE d.config_id = s.config_id AND (sold_out OR limited)
                 AND (product_tmpl_id = %s OR product_tmpl_id IN (
                      SELECT p.product_tmpl_id FROM product_combo_item i
                        JOIN product_product p ON p.id = i.product_id WHERE i.id = ANY(%s)))) AS remaining """,
            (wanted["dish_id"], [component["choice_id"] for component in wanted["components"]]),
        )
        .decode()
        .replace("%", "%%")
    )


def _remaining(more):
    """{dish id: portions left}; JSON has made the ids texts."""
    return {int(dish_id): left for dish_id, left in (more["remaining"] or {}).items()}


def _cart_line(wanted):
    return CartLine(
        key=str(wanted["key"]),
        dish_id=wanted["dish_id"],
        option_ids=tuple(wanted["option_ids"]),
        components=_components(wanted["components"]),
        quantity=wanted["quantity"],
        note=wanted["note"].strip(),
        rush=wanted["rush"],
    )


def _components(components):
    return tuple(Component(part["choice_id"], tuple(part["option_ids"])) for part in components)


def _is_repeat(env, desk, client_key, body_hash):
    """Whether this very write was made before.

    :raises Refusal: idempotency_key_reused, where the key was used for another write
    """
    env.cr.execute(
        "SELECT request_hash FROM dining_cart_entry WHERE guest_id = %s AND client_key = %s",
        (desk.guest_id, client_key),
    )
    row = env.cr.fetchone()
    if row and row[0] != body_hash:
        raise Refusal("idempotency_key_reused")
    return bool(row)


def _refuse_change(env, desk, line_key):
    line = next((line for line in read_cart(env, desk.session_id) if line.key == line_key), None)
    if line is None:
        raise Refusal("cart_line_unknown")
    dish = desk.menu(env).dishes.get(line.dish_id)
    name = dish.name.as_dict() if dish else {"zh": "菜品", "en": "Dish"}
    raise Refusal("quantity_out_of_range", dish=name, max=desk.max_dish_quantity)
