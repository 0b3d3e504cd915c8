"""Firing: what is handed to the kitchen when a round is confirmed.

A *fired line* is one line of the order as the kitchen must see it; a set meal is one fired line whose
dishes are its parts. Nothing here reads a database: the caller gives ids that already exist.

The second half keeps the register's own memory of what was sent, `pos.order.last_order_preparation_change`,
in the form its JavaScript writes (`PosOrder.updateLastOrderChange`), so that the register does not offer to
send again what a phone has already sent.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from .allergies import Allergy
from .menu import Text

EMPTY_NOTE = "[]"
"""What the register reads where a line has no internal note (`PosOrderline.getNote`)."""


@dataclass(frozen=True)
class FiredLine:
    """One line of an order on its way to the kitchen.

    `quantity` counts portions of this line in all: a part's quantity is already multiplied by its set's.
    `category_ids` are the dish's pos.category ids, parents not included. `note` is the diner's 忌口, ''
    for none. `guest_seat` is the seat of the guest who ordered it, 0 for staff. `full_name` is what the
    register calls the line; left empty it is built from name and options. `held`: its course waits (叫起).
    `allergies` are what guests must not eat; those of a set meal stand at its parts.
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
    held: bool = False
    allergies: tuple[Allergy, ...] = ()

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
    return _stamped(change, at or datetime.now(UTC))


@dataclass(frozen=True)
class Portion:
    """So many portions of one line, and its note."""

    quantity: float
    note: str = ""


@dataclass(frozen=True)
class Changes:
    """What the kitchen must hear, by line uuid: portions to cook, portions to cancel, notes that changed."""

    fire: Mapping[str, float]
    void: Mapping[str, float]
    renote: frozenset[str]

    def __bool__(self) -> bool:
        return bool(self.fire or self.void or self.renote)


def kitchen_changes(
    current: Mapping[str, Portion],
    sent: Mapping[str, Portion],
    fired: Mapping[str, Portion],
    *,
    voids: bool = False,
    everything: bool = False,
) -> Changes:
    """Compare an order with what the kitchen has, each by line uuid.

    `current`: the order's lines as stored. `sent`: what the register holds as sent (`prepared`); it may be
    older than what phones have added since. `fired`: what our dish events add up to; they are the truth.

    More was sent than fired: fire the difference, never beyond the line. Less is on the order than fired:
    cancel the difference, only with `voids`, because portions also leave an order when its bill is split.
    `everything` (the order is paid) takes the lines themselves for sent.
    """
    fire, void, renote = {}, {}, set()
    for uuid in {**current, **fired}:
        line, cooked = current.get(uuid, Portion(0)), fired.get(uuid, Portion(0))
        claimed = line if everything else sent.get(uuid, Portion(0))
        if min(claimed.quantity, line.quantity) > cooked.quantity:
            fire[uuid] = min(claimed.quantity, line.quantity) - cooked.quantity
        elif line.quantity < cooked.quantity and (voids or everything):
            void[uuid] = cooked.quantity - max(line.quantity, 0)
        if min(line.quantity, cooked.quantity) > 0 and claimed.note == line.note != cooked.note:
            renote.add(uuid)
    return Changes(fire, void, frozenset(renote))


def prepared(existing: str | None) -> dict[str, Portion]:
    """What the register holds as sent, by line uuid."""
    return {
        entry["uuid"]: Portion(entry.get("quantity") or 0, entry.get("customer_note") or "")
        for entry in _parsed(existing)["lines"].values()
        if entry.get("uuid")
    }


def settled(
    existing: str | None, fired: Mapping[str, Portion], entries: Iterable[FiredLine], at: datetime
) -> str | None:
    """The register's memory made to agree with what was really fired; `existing` itself where it does.

    `fired` holds every line that is the kitchen's business, 0 for one that it has not got; entries of other
    lines stay as the register wrote them. `entries` are the lines as they stand, set meals with their parts.
    """
    change = _parsed(existing)
    lines = change["lines"]
    known = {sent.line_uuid: (sent, parent) for line in entries for sent, parent in _with_parents(line)}
    differing = False
    for uuid, portion in fired.items():
        key = _key_of(lines, uuid)
        if portion.quantity == ((lines.get(key) or {}).get("quantity") or 0):
            continue
        if portion.quantity <= 0:
            del lines[key]
        elif key in lines:
            lines[key]["quantity"] = _tidy(portion.quantity)
        elif uuid in known:
            lines[uuid] = _entry(*known[uuid], portion.quantity)
        else:
            continue
        differing = True
    return _stamped(change, at) if differing else existing


def joined_memory(existing: str | None, other: str | None, *, at: datetime | None = None) -> str | None:
    """The register's memory of one order after the lines of another have come to it; None where both have none."""
    if not existing and not other:
        return None
    change = _parsed(existing)
    change["lines"] |= _parsed(other)["lines"]
    return _stamped(change, at or datetime.now(UTC))


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


def _stamped(change: dict, at: datetime) -> str:
    change["metadata"] = {"serverDate": at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")}
    return json.dumps(change, ensure_ascii=False)


def _tidy(quantity: float) -> float:
    return int(quantity) if quantity == int(quantity) else quantity


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
        "quantity": _tidy(quantity),
        "customer_note": line.note,
    }
    if parent_uuid:
        entry["combo_parent_uuid"] = parent_uuid
    return entry
