"""What a phone at a table shows: guests, the cart and the order so far."""

from odoo.addons.dining_rules.allergies import contents
from odoo.addons.dining_rules.pricing import price_line
from odoo.addons.dining_rules.refusals import Refusal

from ..models.dining_table_guest import guest_view
from .cart import read_cart
from .desk import read_desk
from .order_view import read_order

# Counts, not highest ids: an entry that commits late raises the count, whatever its id.
_REVISION_COLUMNS = """
    , (SELECT dining_name FROM restaurant_table WHERE id = s.table_id) AS table_name
    , (SELECT f.name FROM restaurant_floor f JOIN restaurant_table t ON t.floor_id = f.id WHERE t.id = s.table_id)
      AS floor_name
    , (SELECT access_token FROM dining_table_session WHERE id = s.merged_into_id) AS merged_token
    , g.said_count
    , concat_ws('-', s.state, s.revision, s.placements, s.guest_count,
        (SELECT count(*) FROM dining_cart_entry WHERE session_id = s.id),
        (SELECT count(*) FROM dining_table_guest WHERE session_id = s.id),
        (SELECT extract(epoch FROM o.write_date)::text || o.state FROM pos_order o WHERE o.id = s.order_id),
        c.dining_menu_version,
        (SELECT extract(epoch FROM max(write_date)) FROM dining_dish_stock WHERE config_id = c.id)) AS rev
"""

_GUESTS = """
SELECT g.seat, ARRAY(SELECT a.code FROM dining_guest_allergen_rel rel JOIN dining_allergen a ON a.id = rel.allergen_id
                      WHERE rel.guest_id = g.id ORDER BY a.sequence, a.id)
  FROM dining_table_guest g WHERE g.session_id = %s ORDER BY g.seat
"""


def read_table(env, store_id, token, user_id, known_rev=None):
    """The table as the guest `user_id` sees it.

    :param known_rev: the revision the phone shows; None comes back when nothing has changed since
    :return: dict as `TableOut` of the API's contract, or None
    :raises Refusal: table_session_unknown
    """
    desk, more = read_desk(env, store_id, token, user_id, _REVISION_COLUMNS)
    if desk.state == "closed" and more["merged_token"]:
        # Staff have put two tables together: the phone goes on at the other one, under its token.
        return read_table(env, store_id, more["merged_token"], user_id, known_rev)
    if more["rev"] == known_rev:
        return None
    store = env["pos.config"].browse(store_id)
    menu = desk.menu(env)
    available = store._dining_available()
    guests = _read_guests(env, desk.session_id)
    return {
        "token": token,
        "rev": more["rev"],
        "state": desk.state,
        "store_id": store_id,
        "table_name": more["table_name"],
        "floor_name": more["floor_name"],
        "guest_count": desk.guest_count,
        "me": next(guest for guest in guests if guest["seat"] == desk.seat),
        "allergies_rev": more["said_count"],
        "guests": guests,
        "cart": _cart_view(menu, read_cart(env, desk.session_id), desk.now(), available),
        "order": read_order(env, desk.order_id) if desk.order_id else None,
        "menu_version": desk.menu_version,
        "remaining": {str(dish_id): left for dish_id, left in available.items()},
    }


def _read_guests(env, session_id):
    env.cr.execute(_GUESTS, (session_id,))
    return [guest_view(seat, allergens) for seat, allergens in env.cr.fetchall()]


def _cart_view(menu, cart, now, available):
    lines = [_line_view(menu, line, now, available) for line in cart]
    return {
        "lines": lines,
        "quantity": sum(line["quantity"] for line in lines),
        "total_fen": sum(line["amount_fen"] for line in lines if not line["problem"]),
    }


def _line_view(menu, line, now, available):
    """One line with its price, or with the reason why it cannot be ordered as it is."""
    problem = None
    try:
        quoted = price_line(menu, line, now, available)
    except Refusal as refusal:
        problem = {"code": refusal.code, "message": refusal.message_by_language, "data": refusal.data}
        quoted = None
    dish = menu.dishes.get(line.dish_id)
    return {
        "key": line.key,
        "dish_id": line.dish_id,
        "name": dish.name.as_dict() if dish else {"zh": "已下架菜品", "en": "Dish no longer sold"},
        "option_ids": list(line.option_ids),
        "options": [name.as_dict() for name in quoted.option_names] if quoted else [],
        "components": [_part_view(part) for part in quoted.parts] if quoted else [],
        "quantity": line.quantity,
        "note": line.note,
        "rush": line.rush,
        "seat": line.guest,
        "allergens": sorted(_contents(dish, quoted)),
        "unit_price_fen": quoted.unit_price_fen if quoted else 0,
        "amount_fen": quoted.amount_fen if quoted else 0,
        "problem": problem,
    }


def _contents(dish, quoted):
    """Codes of the allergens in a line; of one that cannot be ordered, those of its dish."""
    if not quoted:
        return contents(dish) if dish else ()
    leaves = (quoted, *quoted.parts)
    return frozenset().union(*(contents(leaf.dish, leaf.option_ids) for leaf in leaves))


def _part_view(part):
    return {
        "choice_id": part.choice.id,
        "name": part.dish.name.as_dict(),
        "options": [name.as_dict() for name in part.option_names],
    }
