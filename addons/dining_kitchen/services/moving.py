"""Tables that move (转台) and merge (并台): what was fired stays fired, and the stations hear where it goes."""

from odoo.addons.dining_base.after_commit import notify_later
from odoo.addons.dining_rules.dish_state import state_of
from odoo.addons.dining_rules.menu import Text

from .register import Kitchen
from .slips import print_slips, table_name


def tell_move(order, left):
    """An order sits at another table: every station that still owes dishes of it is told.

    :param left: name of the table that it left
    """
    kitchen = Kitchen(order)
    if left != table_name(kitchen.order):
        # The pass carries to the new table also what no station owes any more.
        notify_later(order.config_id, "_dining_notify_displays")
        _tell(kitchen, left, list(kitchen.leaves))


def absorb(target, source):
    """The lines of `source` stand on `target` now: their dishes are on its bill, and nothing is fired.

    :param target: pos.order whose lines have come
    :param source: pos.order that they have left, with its table still known
    """
    kitchen = Kitchen(target)
    came = _write_moves(kitchen, source)
    # What waits for its course waits at the other table now.
    waits = {uuid: state.waiting for uuid, state in kitchen.states.items() if uuid in came and state.waiting}
    kitchen.release("register", {uuid: -count for uuid, count in waits.items()}, source)
    kitchen.release("register", waits)
    kitchen.settle()
    _tell(kitchen, table_name(source.sudo()), came)


def _tell(kitchen, left, uuids):
    shares = {}
    for uuid in uuids:
        state = kitchen.states.get(uuid)
        if state and state.to_cook > 0:
            shares.setdefault(kitchen.brought(uuid).station_id, []).append(kitchen.line_of(uuid, state.to_cook))
    if shares:
        way = f"{left} → {table_name(kitchen.order)}"
        print_slips(kitchen.order, "move", shares, Text(way, way), kitchen.author())


def _write_moves(kitchen, source):
    """Take the portions off one order and write them on the other, with what was done to them.

    What a register has taken off and not yet sent goes along too: whoever sends or pays the bill cancels it.

    :return: uuids of the lines that came
    """
    # A cashier may read events and write none.
    events = kitchen.env["dining.dish.event"].sudo().search([("order_id", "=", source.id)], order="id")
    by_line = events.grouped("line_uuid")
    rows = []
    for uuid, had in by_line.items():
        state = state_of(had._happenings())
        if state.portions > 0:
            sequence = max(had.filtered(lambda event: event.kind == "moved").mapped("sequence"), default=0)
            line = {"line_uuid": uuid, "line_id": had[-1:].line_id}
            left = {**line, "order_id": source.id, "sequence": sequence + 1}
            came = {**line, "order_id": kitchen.order.id, "sequence": sequence + 2}
            rows += had._brought()._move(state.portions, state, left, came)
    if rows:
        events._append(rows)
    return list(by_line)
