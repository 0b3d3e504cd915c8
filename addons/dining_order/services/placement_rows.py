"""The rows that placing a round inserts: what Odoo's own ORM would write, column by column."""

import secrets
import string
from functools import cached_property
from uuid import uuid4

from odoo.addons.dining_base.sql import insertion
from odoo.addons.dining_rules.allergies import Allergy
from odoo.addons.dining_rules.charges import Charge
from odoo.addons.dining_rules.firing import FiredLine
from odoo.addons.dining_rules.money import yuan

#: The characters of the code by which a receipt is found again, as the register's own `random5Chars` takes them.
_TICKET_CODE = string.digits + string.ascii_lowercase


class PlacementRows:
    """Rows of one round.

    :param placement: the Placement they are for; it tells order, desk and time
    :param quote: what its lines cost
    :param round_id: id of the new round
    :param number: the store's next order number, used where the order is new
    :param line_ids: ids for all lines, set parts and charges
    """

    def __init__(self, placement, quote, round_id, number, line_ids):
        self.placement = placement
        self.env = placement.env
        self.quote = quote
        self.round_id = round_id
        self.number = number
        self.line_ids = line_ids
        self.reference = None
        #: {the menu's course number: dining_rules.courses.Course, or None for cooked at once}
        self.courses = {}

    @cached_property
    def _placed(self):
        """[(row, the quoted line, part or charge, row of the set it is a part of)]."""
        line_ids, placed = iter(self.line_ids), []
        for line in self.quote.lines:
            course = self.courses.get(line.dish.course)
            head = self._line(next(line_ids), line, len(placed), line.line)
            head["course_id"] = course and course.id
            placed.append((head, line, None))
            for part in line.parts:
                row = self._line(next(line_ids), part, len(placed), line.line)
                row["course_id"] = head["course_id"]
                row.update(combo_parent_id=head["id"], combo_item_id=part.choice.id, customer_note=None)
                placed.append((row, part, head))
        for charge in self.quote.charges:
            placed.append((self._charge(next(line_ids), charge, len(placed)), charge, None))
        return placed

    def lines(self):
        return [row for row, _quoted, _parent in self._placed]

    # -- the order and the round ------------------------------------------------

    def order(self, fired):
        """:param fired: the register's memory of what was sent to the kitchen"""
        placement, desk = self.placement, self.placement.desk
        session_id, cashier_id = placement.more["pos_session"]
        return {
            **self.env["pos.order"]._dining_default_row(placement.store),
            **self._log_values,
            "id": placement.order_id,
            "uuid": placement.order_uuid,
            "access_token": str(uuid4()),
            "ticket_code": "".join(secrets.choice(_TICKET_CODE) for _character in range(5)),
            "session_id": session_id,
            "user_id": cashier_id,
            "table_id": desk.table_id,
            "customer_count": desk.guest_count or 1,
            "date_order": placement.now,
            "pos_reference": self.reference,
            "sequence_number": self.number,
            "tracking_number": placement.order_number,
            "amount_total": yuan(self.quote.total_fen),
            "amount_tax": yuan(self.quote.tax_fen),
            "last_order_preparation_change": fired,
            "dining_seats_charged": self.quote.seats_charged,
            "dining_service_fen": self.quote.service_fen,
        }

    def round(self):
        placement = self.placement
        return {
            **self._log_values,
            "id": self.round_id,
            "order_id": placement.order_id,
            "session_id": placement.desk.session_id,
            "config_id": placement.store.id,
            "company_id": placement.more["company_id"],
            "guest_id": placement.desk.guest_id,
            "number": placement.round_number,
            "state": placement.round_state,
            "placed_at": placement.now,
            "client_key": placement.client_key,
            "request_hash": placement.body_hash,
        }

    @cached_property
    def _log_values(self):
        uid, now = self.env.uid, self.placement.now
        return {"create_uid": uid, "write_uid": uid, "create_date": now, "write_date": now}

    def cart_entries(self, cart):
        """What takes the placed lines out of the cart."""
        desk = self.placement.desk
        return [
            {
                "session_id": desk.session_id,
                "guest_id": desk.guest_id,
                "kind": "placed",
                "line_key": line.key,
                "dish_id": line.dish_id,
                "quantity": -line.quantity,
                "round_id": self.round_id,
                "create_date": self.placement.now,
            }
            for line in cart
        ]

    def course_rows(self, new):
        """Rows of the order's new courses, after those that it has.

        :param new: Courses with their ids, in the order of their numbers
        """
        last_index = max((row["index"] or 0 for row in self.placement.course_rows), default=0)
        return [
            {
                **self._log_values,
                "id": course.id,
                "uuid": str(uuid4()),
                "order_id": self.placement.order_id,
                "index": last_index + place,
                "dining_number": course.number,
                "fired": course.fired,
                "fired_date": self.placement.now if course.fired else None,
            }
            for place, course in enumerate(new, 1)
        ]

    # -- lines ------------------------------------------------------------------

    def _line(self, line_id, quoted, index, chosen):
        is_set = bool(getattr(quoted, "parts", ()))
        names = [name.zh for name in quoted.option_names]
        return {
            **self._priced(
                line_id,
                index,
                product_id=quoted.dish.product_id,
                quantity=chosen.quantity,
                unit_fen=0 if is_set else quoted.unit_price_fen,
                amount_fen=0 if is_set else quoted.amount_fen,
                tax_fen=0 if is_set else quoted.tax_fen,
            ),
            "price_extra": 0.0 if is_set else yuan(quoted.extra_fen),
            "full_product_name": quoted.dish.name.zh + (f" ({', '.join(names)})" if names else ""),
            "customer_note": chosen.note or None,
            "dining_guest_id": chosen.guest_id,
            "dining_rush": chosen.rush,
            "dining_facts": {
                "name": quoted.dish.name.as_dict(),
                "options": [name.as_dict() for name in quoted.option_names],
                "seat": chosen.guest,
                "unit_price_fen": 0 if is_set else quoted.unit_price_fen,
            },
            "dining_allergies": None if is_set else self._allergies(quoted, chosen),
        }

    def _allergies(self, quoted, chosen):
        return [allergy.as_dict() for allergy in self.placement.allergies(quoted, chosen)] or None

    def _charge(self, line_id, charge, index):
        return {
            **self._priced(
                line_id,
                index,
                product_id=charge.product_id,
                quantity=charge.quantity,
                unit_fen=charge.unit_price_fen,
                amount_fen=charge.amount_fen,
                tax_fen=charge.tax_fen,
            ),
            "full_product_name": charge.name.zh,
            "dining_charge": charge.kind,
            "dining_facts": {
                "name": charge.name.as_dict(),
                "options": [],
                "seat": None,
                "unit_price_fen": charge.unit_price_fen,
            },
        }

    def _priced(self, line_id, index, *, product_id, quantity, unit_fen, amount_fen, tax_fen):
        placement = self.placement
        return {
            **self.env["pos.order.line"]._dining_default_row(placement.store),
            **self._log_values,
            "id": line_id,
            "uuid": str(uuid4()),
            "name": f"{self.reference}/{placement.round_number}.{index + 1}",
            "order_id": placement.order_id,
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
            "course_id": None,
            "dining_round_id": self.round_id,
            "dining_guest_id": placement.desk.guest_id,
            "dining_rush": False,
            "dining_charge": None,
            "dining_facts": None,
            "dining_allergies": None,
        }

    def links(self):
        """Insertions of the lines' taxes and options, which Odoo keeps in tables of their own."""
        taxes = [(row["id"], tax_id) for row, quoted, _parent in self._placed for tax_id in self._tax_ids(quoted)]
        options = [
            (row["id"], option_id)
            for row, quoted, _parent in self._placed
            for option_id in getattr(quoted, "option_ids", ())
        ]
        line_model = self.env["pos.order.line"]
        for name, pairs in (("tax_ids", taxes), ("attribute_value_ids", options)):
            if pairs:
                field = line_model._fields[name]
                yield insertion(field.relation, [{field.column1: line, field.column2: other} for line, other in pairs])

    def _tax_ids(self, quoted):
        if isinstance(quoted, Charge):
            menu = self.placement.menu
            return (menu.seat_product if quoted.kind == "seat" else menu.service_product).tax_ids
        return quoted.dish.tax_ids

    # -- the kitchen --------------------------------------------------------------

    @cached_property
    def fired_lines(self):
        """The round's dishes as the kitchen gets them; charges are not cooked."""
        parts = {}
        for row, quoted, parent in self._placed:
            if parent is not None:
                parts.setdefault(parent["id"], []).append(_fired_line(row, quoted, ()))
        waiting = {course.id for course in self.courses.values() if course and not course.fired}
        return [
            _fired_line(row, quoted, tuple(parts.get(row["id"], ())), held=row["course_id"] in waiting)
            for row, quoted, parent in self._placed
            if parent is None and not isinstance(quoted, Charge)
        ]


def _fired_line(row, quoted, parts, held=False):
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
        held=held,
        allergies=tuple(Allergy.of(data) for data in row["dining_allergies"] or ()),
    )
