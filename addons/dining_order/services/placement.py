"""Placing a round: the table's cart becomes lines of the table's `pos.order`.

This is the hot path, so it is plain SQL: at most 20 statements with the kitchen's,
held by a test. What is written is what Odoo's own ORM would write; another test
compares the two column by column.
"""

from dataclasses import dataclass
from uuid import uuid4

from odoo import fields
from odoo.addons.dining_base.after_commit import notify_later
from odoo.addons.dining_base.sql import insert_rows
from odoo.addons.dining_rules import pricing
from odoo.addons.dining_rules.firing import FiredLine, preparation_change
from odoo.addons.dining_rules.money import fen, yuan
from odoo.addons.dining_rules.refusals import Refusal

from .cart import fingerprint, read_cart
from .desk import read_desk

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
       coalesce(sum(l.price_subtotal_incl) FILTER (WHERE l.dining_charge IS NULL), 0) AS dishes,
       coalesce(sum(l.qty) FILTER (WHERE l.dining_charge = 'seat'), 0) AS seats,
       coalesce(sum(l.price_subtotal_incl) FILTER (WHERE l.dining_charge = 'service'), 0) AS service
  FROM pos_order o
  LEFT JOIN pos_order_line l ON l.order_id = o.id
 WHERE o.id = coalesce(%s, (SELECT max(id) FROM pos_order
                             WHERE table_id = %s AND config_id = %s AND state = 'draft'))
 GROUP BY o.id
"""

_IDS = """
SELECT nextval('dining_round_id_seq'), nextval('pos_order_id_seq'), nextval(%s),
       ARRAY(SELECT nextval('pos_order_line_id_seq') FROM generate_series(1, %s))
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

    def __init__(self, env, store_id, token, user_id, client_key, menu_version):
        self.env = env
        self.cr = env.cr
        self.client_key = client_key
        self.menu_version = menu_version
        self.body_hash = fingerprint(["round", token, menu_version])
        self.store = env["pos.config"].browse(store_id)
        self._meet(store_id, token)
        also = env.cr.mogrify(_PLACING_COLUMNS, {"client_key": client_key}).decode().replace("%", "%%")
        self.desk, self.more = read_desk(env, store_id, token, user_id, also)
        self.now = fields.Datetime.now()

    def _meet(self, store_id, token):
        """Two phones that submit at once meet on the session's row: the second tries again, and finds the
        cart taken."""
        self.cr.execute(
            "UPDATE dining_table_session SET placements = placements + 1"
            " WHERE access_token = %s AND config_id = %s AND state = 'open'",
            (token, store_id),
        )

    def place(self):
        """Place the cart as one round.

        :return: Placed; a repeat of the same key and body gets the same round
        :raises Refusal: of the session, store_closed, cart_empty, menu_changed, menu_version_unknown,
            round_waiting, round_too_large, order_too_large, and those of `pricing.quote`
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
        rows = self._write(quote)
        self._take_from_cart(cart)
        lines = self._fired_lines(rows)
        if self.round_state == "confirmed":
            self.env["dining.round"].browse(self.round_id)._fire(lines)
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
        first = self.round_number == 1
        self.round_state = "waiting" if desk.confirm_first and first else "confirmed"

    def _quote(self, cart):
        menu = self._current_menu(cart)
        portions = sum(line.quantity for line in cart)
        if menu.max_round_quantity and portions > menu.max_round_quantity:
            raise Refusal("round_too_large", max=menu.max_round_quantity)
        wanted = pricing.demand(menu, [line for line in cart if line.dish_id in menu.dishes])
        available = self.store._dining_available(list(wanted))
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
        limited = {dish_id: count for dish_id, count in wanted.items() if dish_id in available}
        if limited:
            self.store._dining_take(limited)
        return quote

    def _charged(self):
        if not self.order:
            return pricing.Charged()
        return pricing.Charged(
            dishes_fen=fen(self.order["dishes"]),
            seats=int(self.order["seats"]),
            service_fen=fen(self.order["service"]),
        )

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

    def _write(self, quote):
        """Write order, round and lines; returns [(row, quoted line or part or charge, parent row)]."""
        count = sum(1 + len(line.parts) for line in quote.lines) + len(quote.charges)
        self.cr.execute(_IDS, (self.store._dining_sequence_name(), count))
        self.round_id, new_order_id, number, line_ids = self.cr.fetchone()
        if self.order:
            self.order_id, self.order_uuid = self.order["id"], self.order["uuid"]
            self.order_number, reference = self.order["tracking_number"], self.order["pos_reference"]
        else:
            self.order_id, self.order_uuid = new_order_id, str(uuid4())
            reference = f"{self.now:%y}D-{self.store.id}-{number:06d}"
            self.order_number = f"{number % 1000:03d}"
        rows = self._line_rows(quote, iter(line_ids), reference)
        fired = self._preparation(rows)
        if self.order:
            self._grow_order(quote, fired)
        else:
            insert_rows(self.cr, "pos_order", [self._order_row(quote, number, reference, fired)])
        insert_rows(self.cr, "dining_round", [self._round_row()])
        insert_rows(self.cr, "pos_order_line", [row for row, _quoted, _parent in rows])
        self._link(rows)
        if self.desk.order_id != self.order_id:
            self.cr.execute(
                "UPDATE dining_table_session SET order_id = %s WHERE id = %s",
                (self.order_id, self.desk.session_id),
            )
        self.env["pos.order"].invalidate_model()
        self.env["pos.order.line"].invalidate_model()
        return rows

    def _preparation(self, rows):
        """The register's memory of what was sent, with this round in it; unchanged while it waits."""
        before = self.order and self.order["last_order_preparation_change"]
        if self.round_state != "confirmed":
            return before
        return preparation_change(before, self._fired_lines(rows))

    def _order_row(self, quote, number, reference, fired):
        session_id, cashier_id = self.more["pos_session"]
        total, tax = yuan(quote.total_fen), yuan(quote.tax_fen)
        return {
            **self.env["pos.order"]._dining_default_row(self.store),
            **self._log_values(),
            "id": self.order_id,
            "uuid": self.order_uuid,
            "access_token": str(uuid4()),
            "ticket_code": None,
            "session_id": session_id,
            "user_id": cashier_id,
            "table_id": self.desk.table_id,
            "customer_count": self.desk.guest_count or 1,
            "date_order": self.now,
            "pos_reference": reference,
            "sequence_number": number,
            "tracking_number": self.order_number,
            "amount_total": total,
            "amount_tax": tax,
            "last_order_preparation_change": fired,
        }

    def _grow_order(self, quote, fired):
        """Add to an order that is there. The row's own lines decide its total, whatever a register said."""
        self.cr.execute(
            """UPDATE pos_order o
                  SET amount_total = lines.total + %(total)s, amount_tax = lines.tax + %(tax)s,
                      last_order_preparation_change = %(fired)s,
                      customer_count = greatest(customer_count, %(guests)s),
                      write_date = %(now)s, write_uid = %(uid)s
                 FROM (SELECT coalesce(sum(price_subtotal_incl), 0) AS total,
                              coalesce(sum(price_subtotal_incl - price_subtotal), 0) AS tax
                         FROM pos_order_line WHERE order_id = %(id)s) lines
                WHERE o.id = %(id)s""",
            {
                "total": yuan(quote.total_fen),
                "tax": yuan(quote.tax_fen),
                "fired": fired,
                "now": self.now,
                "uid": self.env.uid,
                "id": self.order_id,
                "guests": self.desk.guest_count,
            },
        )

    def _round_row(self):
        return {
            **self._log_values(),
            "id": self.round_id,
            "order_id": self.order_id,
            "session_id": self.desk.session_id,
            "config_id": self.store.id,
            "company_id": self.more["company_id"],
            "guest_id": self.desk.guest_id,
            "number": self.round_number,
            "state": self.round_state,
            "placed_at": self.now,
            "client_key": self.client_key,
            "request_hash": self.body_hash,
        }

    def _line_rows(self, quote, line_ids, reference):
        rows = []
        for line in quote.lines:
            head = self._line_row(next(line_ids), line, len(rows), reference, line.line)
            rows.append((head, line, None))
            for part in line.parts:
                row = self._line_row(next(line_ids), part, len(rows), reference, line.line)
                row.update(combo_parent_id=head["id"], combo_item_id=part.choice.id, customer_note=None)
                rows.append((row, part, head))
        for charge in quote.charges:
            rows.append((self._charge_row(next(line_ids), charge, len(rows), reference), charge, None))
        return rows

    def _line_row(self, line_id, quoted, index, reference, chosen):
        is_set = bool(getattr(quoted, "parts", ()))
        names = [name.zh for name in quoted.option_names]
        return {
            **self._priced_row(
                line_id,
                index,
                reference,
                product_id=quoted.dish.product_id,
                quantity=chosen.quantity,
                unit_fen=0 if is_set else quoted.unit_price_fen,
                amount_fen=0 if is_set else quoted.amount_fen,
                tax_fen=0 if is_set else quoted.tax_fen,
            ),
            "price_extra": 0.0 if is_set else yuan(quoted.extra_fen),
            "full_product_name": quoted.dish.name.zh + (f" ({', '.join(names)})" if names else ""),
            "customer_note": chosen.note or None,
            "dining_rush": chosen.rush,
            "dining_facts": {
                "name": quoted.dish.name.as_dict(),
                "options": [name.as_dict() for name in quoted.option_names],
                "seat": chosen.guest,
            },
        }

    def _charge_row(self, line_id, charge, index, reference):
        return {
            **self._priced_row(
                line_id,
                index,
                reference,
                product_id=charge.product_id,
                quantity=charge.quantity,
                unit_fen=charge.unit_price_fen,
                amount_fen=charge.amount_fen,
                tax_fen=charge.tax_fen,
            ),
            "full_product_name": charge.name.zh,
            "dining_charge": charge.kind,
            "dining_facts": {"name": charge.name.as_dict(), "options": [], "seat": None},
        }

    def _priced_row(self, line_id, index, reference, *, product_id, quantity, unit_fen, amount_fen, tax_fen):
        return {
            **self.env["pos.order.line"]._dining_default_row(self.store),
            **self._log_values(),
            "id": line_id,
            "uuid": str(uuid4()),
            "name": f"{reference}/{self.round_number}.{index + 1}",
            "order_id": self.order_id,
            "product_id": product_id,
            "qty": quantity,
            "price_unit": yuan(unit_fen),
            "price_subtotal": yuan(amount_fen - tax_fen),
            "price_subtotal_incl": yuan(amount_fen),
            "price_extra": 0.0,
            "full_product_name": None,
            "customer_note": None,
            "combo_parent_id": None,
            "combo_item_id": None,
            "dining_round_id": self.round_id,
            "dining_guest_id": self.desk.guest_id,
            "dining_rush": False,
            "dining_charge": None,
            "dining_facts": None,
        }

    def _log_values(self):
        return {
            "create_uid": self.env.uid,
            "write_uid": self.env.uid,
            "create_date": self.now,
            "write_date": self.now,
        }

    def _link(self, rows):
        """The lines' taxes and options, which Odoo keeps in tables of their own."""
        taxes = [(row["id"], tax_id) for row, quoted, _parent in rows for tax_id in self._tax_ids(quoted)]
        options = [
            (row["id"], option_id) for row, quoted, _parent in rows for option_id in getattr(quoted, "option_ids", ())
        ]
        line_model = self.env["pos.order.line"]
        for name, pairs in (("tax_ids", taxes), ("attribute_value_ids", options)):
            if pairs:
                field = line_model._fields[name]
                insert_rows(
                    self.cr,
                    field.relation,
                    [{field.column1: line, field.column2: other} for line, other in pairs],
                )

    def _tax_ids(self, quoted):
        if isinstance(quoted, pricing.Charge):
            product = self.menu.seat_product if quoted.kind == "seat" else self.menu.service_product
            return product.tax_ids
        return quoted.dish.tax_ids

    def _take_from_cart(self, cart):
        insert_rows(
            self.cr,
            "dining_cart_entry",
            [
                {
                    "session_id": self.desk.session_id,
                    "guest_id": self.desk.guest_id,
                    "kind": "placed",
                    "line_key": line.key,
                    "dish_id": line.dish_id,
                    "quantity": -line.quantity,
                    "round_id": self.round_id,
                    "create_date": self.now,
                }
                for line in cart
            ],
        )

    # -- the kitchen -------------------------------------------------------------

    def _fired_lines(self, rows):
        parts = {}
        for row, quoted, parent in rows:
            if parent is not None:
                parts.setdefault(parent["id"], []).append(self._fired_line(row, quoted, ()))
        return [
            self._fired_line(row, quoted, tuple(parts.get(row["id"], ())))
            for row, quoted, parent in rows
            if parent is None and not isinstance(quoted, pricing.Charge)
        ]

    def _fired_line(self, row, quoted, parts):
        return FiredLine(
            line_id=row["id"],
            line_uuid=row["uuid"],
            dish_id=quoted.dish.id,
            product_id=quoted.dish.product_id,
            category_ids=quoted.dish.category_ids,
            quantity=row["qty"],
            name=quoted.dish.name,
            options=quoted.option_names,
            parts=parts,
            note=row["customer_note"] or "",
            rush=row["dining_rush"],
            guest_seat=row["dining_facts"]["seat"] or 0,
            full_name=row["full_product_name"],
        )


def place(env, store_id, token, user_id, client_key, menu_version):
    """Place the table's cart as one round; see `Placement.place`."""
    return Placement(env, store_id, token, user_id, client_key, menu_version).place()


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
