"""A guest or a waiter asks the kitchen to hurry with a dish (催菜)."""

from datetime import timedelta
from math import ceil

from odoo import fields
from odoo.addons.dining_base.after_commit import notify_later
from odoo.addons.dining_base.errors import Refused
from odoo.addons.dining_order.services.order_view import find_order
from odoo.addons.dining_rules.menu import Text
from odoo.addons.dining_rules.moments import utc_text
from odoo.addons.dining_rules.ticket import WAITED

from .register import Kitchen
from .slips import print_slips

#: A dish is rushed at most once in this time, however many phones ask.
PAUSE = timedelta(minutes=5)
BY_PHONE = Text("扫码催菜", "Asked by phone")


def rush_by_phone(env, order_uuid, line_uuid, user_id, client_key):
    """A guest who sat at the order's table asks to hurry.

    :return: {"line_id": uuid, "rushed_at": ISO time}; a repeat of `client_key` gets the same
    :raises Refusal: order_unknown
    :raises Refused: as `rush`
    """
    order = env["pos.order"].browse(find_order(env, order_uuid, user_id))
    at = rush(order, line_uuid, "phone", BY_PHONE, client_key)
    return {"line_id": line_uuid, "rushed_at": utc_text(at)}


def rush(order, line_uuid, source, asked_by=None, client_key=None):
    """Tell the stations that still owe portions of a line; a set meal is rushed with all its parts.

    :param order: pos.order
    :param source: 'phone', 'register' or 'office'
    :param asked_by: Text for the foot of the slip; left out, the user
    :param client_key: names the request; sent again, nothing more is printed
    :return: when the kitchen was told, UTC
    :raises Refused: order_line_unknown, rush_not_fired, rush_ready, rush_too_soon, idempotency_key_reused
    """
    order._dining_lock()
    kitchen = Kitchen(order)
    line = next((line for line in kitchen.lines if line.line_uuid == line_uuid), None)
    if line is None:
        raise Refused("order_line_unknown")
    return _repeat(kitchen, line, client_key) or _tell(kitchen, line, source, asked_by, client_key)


def _repeat(kitchen, line, client_key):
    """When the same request was heard before, else None."""
    if not client_key:
        return None
    events = kitchen.env["dining.dish.event"].sudo()  # a diner is no Odoo user
    heard = events.search([("client_key", "=", client_key), ("kind", "=", "rushed")], limit=1)
    if heard and heard.line_uuid not in [leaf.line_uuid for leaf in line.leaves()]:
        raise Refused("idempotency_key_reused")
    return heard.at or None


def _tell(kitchen, line, source, asked_by, client_key):
    owed = _owed(kitchen, line)
    now = fields.Datetime.now()
    _check_pause(kitchen, line, now)
    fired = {leaf.line_uuid: kitchen.brought(leaf.line_uuid) for leaf in owed}
    shares = {}
    for leaf in owed:
        shares.setdefault(fired[leaf.line_uuid].station_id, []).append(leaf)
    waited = (now - min(event.at for event in _first_fired(kitchen, fired.values()))) // timedelta(minutes=1)
    remark = Text(WAITED.zh.format(waited), WAITED.en.format(waited))
    tickets = print_slips(kitchen.order, "rush", shares, remark, asked_by or kitchen.author())
    kitchen.events._append(
        [
            fired[leaf.line_uuid]._further(
                at=now,
                kind="rushed",
                source=source,
                order_id=kitchen.order.id,
                ticket_id=tickets[station].id,
                line_uuid=leaf.line_uuid,
                line_id=leaf.line_id,
                sequence=kitchen.counts["rushed", leaf.line_uuid] + 1,
                quantity=0,
                client_key=client_key,
            )
            for station, leaves in shares.items()
            for leaf in leaves
        ]
    )
    kitchen.order._dining_touch()
    notify_later(kitchen.order.config_id, "_dining_notify_register")
    return now


def _owed(kitchen, line):
    """The parts of a line that a station still owes, with so many portions.

    :raises Refused: rush_not_fired, rush_ready
    """
    states = {leaf.line_uuid: kitchen.states.get(leaf.line_uuid) for leaf in line.leaves()}
    owed = [kitchen.line_of(uuid, state.to_cook) for uuid, state in states.items() if state and state.to_cook > 0]
    if owed:
        return owed
    cooked = any(state and state.portions > 0 for state in states.values())
    raise Refused("rush_ready" if cooked else "rush_not_fired", dish=line.name.as_dict())


def _check_pause(kitchen, line, now):
    """:raises Refused: rush_too_soon"""
    uuids = [leaf.line_uuid for leaf in line.leaves()]
    earlier = [event.at for event in kitchen.events if event.kind == "rushed" and event.line_uuid in uuids]
    left = max(earlier, default=now - PAUSE) + PAUSE - now
    if left > timedelta(0):
        raise Refused("rush_too_soon", dish=line.name.as_dict(), minutes=ceil(left / timedelta(minutes=1)))


def _first_fired(kitchen, brought):
    """The firing of each dish, on whichever bill it stood then."""
    origins = [event.origin_uuid for event in brought]
    events = kitchen.env["dining.dish.event"].sudo()  # a cashier reads events; a diner has no user
    return events.search([("line_uuid", "in", origins), ("kind", "=", "fired")])
