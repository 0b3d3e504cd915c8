"""Placing a round: the table's cart becomes lines of the table's `pos.order`.

This is the hot path, so it is plain SQL: at most 20 statements with the kitchen's,
held by a test. What is written is what Odoo's own ORM would write; another test
compares the two column by column.
"""

from dataclasses import dataclass, replace
from uuid import uuid4

from odoo import fields
from odoo.addons.dining_base.after_commit import notify_later
from odoo.addons.dining_base.sql import execute_together, insertion
from odoo.addons.dining_rules import courses, pricing
from odoo.addons.dining_rules.allergies import clashes, contents, warnings
from odoo.addons.dining_rules.charges import NOTHING_CHARGED, Charged
from odoo.addons.dining_rules.courses import Course
from odoo.addons.dining_rules.firing import preparation_change
from odoo.addons.dining_rules.money import fen, yuan
from odoo.addons.dining_rules.refusals import Refusal

from .allergies import SAID_COLUMN, said_by
from .cart import fingerprint, read_cart
from .desk import read_desk
from .placement_rows import PlacementRows

_PLACING_COLUMNS = """
    , (SELECT r.id FROM dining_round r WHERE r.guest_id = g.id AND r.client_key = %(client_key)s) AS repeat_id
    , c.company_id
    , (SELECT array[ps.id, ps.user_id] FROM pos_session ps WHERE ps.config_id = c.id AND ps.state = 'opened' LIMIT 1)
      AS pos_session
"""

_ORDER = """
SELECT o.id, o.uuid, o.pos_reference, o.tracking_number, o.last_order_preparation_change, o.state,
       (SELECT coalesce(max(number), 0) FROM dining_round WHERE order_id = o.id) AS rounds,
       EXISTS (SELECT 1 FROM dining_round WHERE order_id = o.id AND state = 'waiting') AS waiting,
       EXISTS (SELECT 1 FROM dining_round WHERE order_id = o.id AND state = 'confirmed') AS confirmed,
       coalesce(sum(l.price_subtotal_incl) FILTER (WHERE l.dining_charge IS NULL), 0) AS dishes,
       coalesce(o.dining_seats_charged, 0) AS seats, coalesce(o.dining_service_fen, 0) AS service_fen,
       (SELECT jsonb_agg(jsonb_build_object('id', rc.id, 'number', coalesce(rc.dining_number, rc.index),
                                            'index', rc.index, 'fired', coalesce(rc.fired, false)))
          FROM restaurant_order_course rc WHERE rc.order_id = o.id) AS courses,
       array_remove(array_agg(l.dining_charge) FILTER (WHERE l.price_unit != 0 AND l.qty != 0), NULL) AS charges
  FROM pos_order o
  LEFT JOIN pos_order_line l ON l.order_id = o.id
 WHERE o.id = coalesce(%s, (SELECT max(id) FROM pos_order
                             WHERE table_id = %s AND config_id = %s AND state = 'draft'))
 GROUP BY o.id
"""

_IDS = """
SELECT nextval('dining_round_id_seq'), nextval('pos_order_id_seq'), nextval(%s),
       ARRAY(SELECT nextval('pos_order_line_id_seq') FROM generate_series(1, %s)),
       ARRAY(SELECT nextval('restaurant_order_course_id_seq') FROM generate_series(1, %s))
"""


@dataclass(frozen=True)
class Placed:
    """What was placed: the order's uuid, its number for people, and the round."""

    order_id: int
    order_uuid: str
    order_number: str
    round_number: int
    round_state: str


class Placement:
    """Places one round for one guest; see `place`."""

    def __init__(self, env, store_id, token, user_id, client_key, menu_version, on_call, clashes_seen):
        self.env = env
        self.cr = env.cr
        self.client_key = client_key
        self.menu_version = menu_version
        self.on_call = on_call
        self.clashes_seen = clashes_seen or {}
        self.body_hash = fingerprint(["round", token, menu_version, *(["on_call"] if on_call else [])])
        self.store = env["pos.config"].browse(store_id)
        also = env.cr.mogrify(_PLACING_COLUMNS + SAID_COLUMN, {"client_key": client_key}).decode().replace("%", "%%")
        # Two phones that submit at once meet here: the second tries again, and finds the cart taken.
        self.desk, self.more = read_desk(env, store_id, token, user_id, also, lock=True)
        self.said = said_by(self.more)
        self.now = fields.Datetime.now()

    def place(self):
        """Place the cart as one round.

        :return: Placed; a repeat of the same key and body gets the same round
        :raises Refusal: of the session, store_closed, cart_empty, menu_changed, menu_version_unknown,
            round_waiting, round_too_large, order_too_large, allergy_unconfirmed, and those of `pricing.quote`
        """
        if self.more["repeat_id"]:
            return self._repeat()
        self.desk.check_open()
        if not self.more["pos_session"]:
            raise Refusal("store_closed")
        cart = read_cart(self.env, self.desk.session_id)
        if not cart:
            raise Refusal("cart_empty")
        self._read_order()
        quote = self._quote(cart)
        rows = self._write(quote, cart)
        if self.round_state == "confirmed":
            self.env["dining.round"].browse(self.round_id)._fire(rows.fired_lines)
        notify_later(self.store, "_dining_notify_register")
        return Placed(self.order_id, self.order_uuid, self.order_number, self.round_number, self.round_state)

    def _repeat(self):
        self.cr.execute(
            "SELECT r.request_hash, r.number, r.state, o.id, o.uuid, o.tracking_number"
            "  FROM dining_round r JOIN pos_order o ON o.id = r.order_id WHERE r.id = %s",
            (self.more["repeat_id"],),
        )
        request_hash, number, state, order_id, uuid, order_number = self.cr.fetchone()
        if request_hash != self.body_hash:
            raise Refusal("idempotency_key_reused")
        return Placed(order_id, uuid, order_number, number, state)

    # -- what it costs -------------------------------------------------------

    def _read_order(self):
        """The table's open order: what phones have placed, or what the register has begun."""
        desk = self.desk
        self.cr.execute(_ORDER, (desk.order_id, desk.table_id, desk.store_id))
        self.order = self.cr.dictfetchone()
        if self.order and self.order["state"] != "draft":
            raise Refusal("table_session_closed")
        if self.order and self.order["waiting"]:
            raise Refusal("round_waiting")
        self.round_number = (self.order["rounds"] if self.order else 0) + 1
        # A rejected round proves nobody's presence: the next one waits again.
        trusted = bool(self.order and self.order["confirmed"])
        self.round_state = "waiting" if desk.confirm_first and not trusted else "confirmed"

    def _quote(self, cart):
        menu = self._current_menu(cart)
        portions = sum(line.quantity for line in cart)
        if menu.max_round_quantity and portions > menu.max_round_quantity:
            raise Refusal("round_too_large", max=menu.max_round_quantity)
        available = self.store._dining_available()
        charged = self._charged()
        quote = pricing.quote(
            menu,
            cart,
            guests=self.desk.guest_count,
            now=self.desk.now(),
            available=available,
            charged=charged,
        )
        if menu.max_order_fen and charged.dishes_fen + quote.dishes_fen > menu.max_order_fen:
            raise Refusal("order_too_large", max=menu.max_order_fen // 100)
        self._check_allergies(quote)
        limited = {dish_id: count for dish_id, count in pricing.demand(menu, cart).items() if dish_id in available}
        if limited:
            self.store._dining_take(limited)
        return quote

    def _check_allergies(self, quote):
        """No phone places unaware what a guest at its table must not eat: another one may have said so just now.

        :raises Refusal: allergy_unconfirmed
        """
        for line in quote.lines:
            seen = self.clashes_seen.get(line.line.key, {})
            told = {(code, seat) for code, seats in seen.items() for seat in seats}
            if any(clashes(self.allergies(leaf, line.line)) - told for leaf in line.parts or (line,)):
                raise Refusal("allergy_unconfirmed", dish=line.dish.name.as_dict(), key=line.line.key)

    def allergies(self, quoted, chosen):
        """What the kitchen must hear with a quoted dish, as `dining_rules.allergies.warnings`.

        :param chosen: the CartLine it came from
        """
        return warnings(self.said, contents(quoted.dish, quoted.option_ids), chosen.guest_id) if self.said else ()

    def _charged(self):
        if not self.order:
            return NOTHING_CHARGED
        return Charged(
            dishes_fen=fen(self.order["dishes"]),
            seats=self.order["seats"],
            service_fen=self.order["service_fen"],
            waived=self._waived(),
        )

    def _waived(self):
        """Kinds of charges that were made and that staff have taken off the order."""
        order = self.order
        made = {kind for kind, charged in (("seat", order["seats"]), ("service", order["service_fen"])) if charged}
        return frozenset(made.difference(order["charges"] or ()))

    def _current_menu(self, cart):
        """The menu of today; a diner who looked at an older one hears what has changed."""
        current = self.menu = self.desk.menu(self.env)
        if self.menu_version != current.version:
            seen = self.store._dining_menu(version=self.menu_version)
            changes = pricing.diff(seen.menu, current, cart)
            if changes:
                raise Refusal(
                    "menu_changed",
                    menu_version=current.version,
                    changes=[_change_view(change) for change in changes],
                )
        return current

    # -- writing ---------------------------------------------------------------

    def _write(self, quote, cart):
        """Write order, round and lines and take them from the cart, all in one statement.

        :return: PlacementRows
        """
        count = sum(1 + len(line.parts) for line in quote.lines) + len(quote.charges)
        planned, new = self._plan_courses(quote)
        self.cr.execute(_IDS, (self.store._dining_sequence_name(), count, len(new)))
        round_id, order_id, number, line_ids, course_ids = self.cr.fetchone()
        rows = PlacementRows(self, quote, round_id, number, line_ids)
        self._number_order(rows, order_id, number)
        written = {course: replace(course, id=course_id) for course, course_id in zip(new, course_ids, strict=True)}
        rows.courses = {number: written.get(course, course) for number, course in planned.items()}
        course_rows = rows.course_rows(written.values())
        lines = rows.lines()
        fired = self._preparation(rows)
        order = self._growth(quote, fired) if self.order else insertion("pos_order", [rows.order(fired)])
        execute_together(
            self.cr,
            [
                order,
                *([insertion("restaurant_order_course", course_rows)] if course_rows else []),
                insertion("dining_round", [rows.round()]),
                insertion("pos_order_line", lines),
                *rows.links(),
                insertion("dining_cart_entry", rows.cart_entries(cart)),
                # Every placing changes the row that it holds, so that one which waited for it is tried again.
                (
                    "UPDATE dining_table_session SET order_id = %s, placements = placements + 1 WHERE id = %s",
                    [self.order_id, self.desk.session_id],
                ),
            ],
        )
        self.round_id = round_id
        self.env.invalidate_all()
        return rows

    def _plan_courses(self, quote):
        """({the menu's course number: Course or None}, the Courses that must be written)."""
        self.course_rows = (self.order and self.order["courses"]) or []
        known = [Course(row["number"], row["fired"], row["id"]) for row in self.course_rows]
        planned = courses.plan(known, [line.dish.course for line in quote.lines], on_call=self.on_call)
        new = {course for course in planned.values() if course and not course.id}
        return planned, sorted(new, key=lambda course: course.number)

    def _number_order(self, rows, order_id, number):
        if self.order:
            self.order_id, self.order_uuid = self.order["id"], self.order["uuid"]
            self.order_number, rows.reference = self.order["tracking_number"], self.order["pos_reference"]
        else:
            self.order_id, self.order_uuid = order_id, str(uuid4())
            self.order_number = f"{number % 1000:03d}"
            rows.reference = f"{self.now:%y}D-{self.store.id}-{number:06d}"

    def _preparation(self, rows):
        """The register's memory of what was sent, with this round in it; unchanged while it waits."""
        before = self.order and self.order["last_order_preparation_change"]
        if self.round_state != "confirmed":
            return before
        return preparation_change(before, rows.fired_lines)

    def _growth(self, quote, fired):
        """Add to an order that is there. The row's own lines decide its total, whatever a register said."""
        return (
            """UPDATE pos_order o
                  SET amount_total = lines.total + %s, amount_tax = lines.tax + %s,
                      last_order_preparation_change = %s,
                      customer_count = greatest(customer_count, %s),
                      dining_seats_charged = coalesce(dining_seats_charged, 0) + %s,
                      dining_service_fen = coalesce(dining_service_fen, 0) + %s,
                      write_date = %s, write_uid = %s
                 FROM (SELECT coalesce(sum(price_subtotal_incl), 0) AS total,
                              coalesce(sum(price_subtotal_incl - price_subtotal), 0) AS tax
                         FROM pos_order_line WHERE order_id = %s) lines
                WHERE o.id = %s""",
            [
                yuan(quote.total_fen),
                yuan(quote.tax_fen),
                fired,
                self.desk.guest_count,
                quote.seats_charged,
                quote.service_fen,
                self.now,
                self.env.uid,
                self.order_id,
                self.order_id,
            ],
        )


def place(env, store_id, token, user_id, client_key, menu_version, on_call=False, clashes_seen=None):
    """Place the table's cart as one round; see `Placement.place`.

    :param on_call: 叫起: the kitchen waits until the staff say so
    :param clashes_seen: what the diner wants although guests at the table must not eat of it:
        {line key: {code of the allergen: seats of these guests}}
    """
    return Placement(env, store_id, token, user_id, client_key, menu_version, on_call, clashes_seen).place()


def _change_view(change):
    return {
        "key": change.key,
        "dish_id": change.dish_id,
        "name": change.name.as_dict() if change.name else None,
        "kind": change.kind,
        "old_price_fen": change.old_price_fen,
        "new_price_fen": change.new_price_fen,
        "code": change.refusal.code if change.refusal else None,
    }
