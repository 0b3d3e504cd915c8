"""Short tickets that fire nothing: a guest asks to hurry, a table has moved, a dish is cooked once more."""

from odoo import fields
from odoo.addons.dining_base.words import name_of
from odoo.addons.dining_rules import ticket as layout
from odoo.addons.dining_rules.moments import in_zone


def print_slips(order, kind, shares, remark, ordered_by, reason=""):
    """One short ticket a station.

    :param order: pos.order, as superuser
    :param kind: 'rush', 'move' or 'refire'
    :param shares: {dining.station, empty for dishes without one: list of FiredLine}
    :param remark: Text in large type below the heading, or None
    :param ordered_by: Text at the foot
    :param reason: why, in the words of who did it
    :return: {station: dining.ticket}
    """
    return {
        station: _print_slip(order, kind, station, tuple(lines), remark, ordered_by, reason)
        for station, lines in shares.items()
    }


def table_name(order, table=None):
    """What staff call the place of an order: its table, else its name, else its number."""
    table = order.table_id if table is None else table
    return table.dining_name or order.floating_order_name or f"#{order.tracking_number}"


def _print_slip(order, kind, station, lines, remark, ordered_by, reason):
    env = order.env
    now = fields.Datetime.now()
    table = table_name(order)
    slip = layout.Ticket(
        kind=kind,
        station=name_of(station) if station else None,
        table=table,
        area=order.table_id.floor_id.name or "",
        order_number=order.tracking_number or "",
        placed_at=in_zone(now, order.config_id.dining_tz),
        ordered_by=ordered_by,
        lines=lines,
        remark=remark,
        reason=reason,
    )
    ticket = env["dining.ticket"].create(
        {
            "create_date": now,
            "kind": kind,
            "config_id": order.config_id.id,
            "company_id": order.company_id.id,
            "order_id": order.id,
            "station_id": station.id,
            "assigned": True,
            "table_name": table,
            "rush": kind == "rush",
            "summary": "、".join(line.name.zh for line in lines),
            "layout": layout.dump(layout.build(slip, station.language or "zh")),
        }
    )
    printer = ticket._printer()
    if printer:
        env["dining.print.job"]._queue(printer, ticket=ticket)
    return ticket
