"""Firing: what is handed to the kitchen when a round is confirmed.

A *fired line* is one line of the order as the kitchen must see it; a set meal is one fired line whose
dishes are its parts. Nothing here reads a database: the caller gives ids that already exist.

The second half keeps the register's own memory of what was sent, `pos.order.last_order_preparation_change`,
in the form its JavaScript writes (`PosOrder.updateLastOrderChange`), so that the register does not offer to
send again what a phone has already sent.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from .menu import Text

EMPTY_NOTE = "[]"
"""What the register reads where a line has no internal note (`PosOrderline.getNote`)."""


@dataclass(frozen=True)
class FiredLine:
    """One line of an order on its way to the kitchen.

    `quantity` counts portions of this line in all: a part's quantity is already multiplied by its set's.
    `category_ids` are the dish's pos.category ids, parents not included. `note` is the diner's 忌口, ''
    for none. `guest_seat` is the seat of the guest who ordered it, 0 for staff. `full_name` is what the
    register calls the line; left empty it is built from name and options.
    """

    line_id: int
    line_uuid: str
    dish_id: int
    product_id: int
    category_ids: tuple[int, ...]
    quantity: float
    name: Text
    options: tuple[Text, ...] = ()
    parts: tuple[FiredLine, ...] = ()
    note: str = ""
    rush: bool = False
    guest_seat: int = 0
    full_name: str = ""

    def leaves(self) -> tuple[FiredLine, ...]:
        """What is cooked: the parts of a set meal, or the line itself."""
        return self.parts or (self,)

    def flat(self) -> tuple[FiredLine, ...]:
        """The line and its parts, as the order holds them."""
        return (self, *self.parts)


def preparation_change(
    existing: str | None, fired: Iterable[FiredLine], *, at: datetime | None = None, sitting_mode: int = 0
) -> str:
    """The register's memory of what was sent, after `fired` was sent too.

    `existing` is the stored JSON or None; what it says of other lines is kept. A line fired again adds
    its quantity. `at` is an aware datetime (default: now); the register compares it with its own to learn
    that another device has sent something. `sitting_mode` is the order's preset id.
    Returns JSON text for `pos.order.last_order_preparation_change`.
    """
    change = _parsed(existing)
    lines = change["lines"]
    for line in fired:
        for sent, parent_uuid in _with_parents(line):
            key = _key_of(lines, sent.line_uuid)
            before = lines.pop(key, {}).get("quantity") or 0
            lines[sent.line_uuid] = _entry(sent, parent_uuid, before + sent.quantity)
    if sitting_mode:
        change["sittingMode"] = sitting_mode
    moment = (at or datetime.now(UTC)).astimezone(UTC)
    change["metadata"] = {"serverDate": moment.strftime("%Y-%m-%d %H:%M:%S")}
    return json.dumps(change, ensure_ascii=False)


def prepared_quantities(existing: str | None) -> dict[str, float]:
    """Quantity the register holds as sent, by line uuid."""
    return {
        entry["uuid"]: entry.get("quantity") or 0 for entry in _parsed(existing)["lines"].values() if entry.get("uuid")
    }


def _parsed(existing: str | None) -> dict:
    change = json.loads(existing) if existing else {}
    return {
        **change,
        "lines": dict(change.get("lines") or {}),
        "general_customer_note": change.get("general_customer_note") or "",
        "internal_note": change.get("internal_note") or "",
        "sittingMode": change.get("sittingMode") or 0,
    }


def _with_parents(line: FiredLine) -> Iterable[tuple[FiredLine, str | None]]:
    yield line, None
    for part in line.parts:
        yield part, line.line_uuid


def _key_of(lines: dict, uuid: str) -> str:
    """The key of a line; older keys carry the note behind the uuid."""
    return next((key for key in lines if key.startswith(uuid)), uuid)


def _entry(line: FiredLine, parent_uuid: str | None, quantity: float) -> dict:
    options = [option.zh for option in line.options]
    full_name = line.full_name or line.name.zh + (f" ({', '.join(options)})" if options else "")
    entry = {
        "attribute_value_names": options,
        "uuid": line.line_uuid,
        "isCombo": bool(line.parts),
        "product_id": line.product_id,
        "name": full_name,
        "basic_name": line.name.zh,
        "display_name": line.name.zh,
        "note": EMPTY_NOTE,
        "quantity": int(quantity) if quantity == int(quantity) else quantity,
        "customer_note": line.note,
    }
    if parent_uuid:
        entry["combo_parent_uuid"] = parent_uuid
    return entry
