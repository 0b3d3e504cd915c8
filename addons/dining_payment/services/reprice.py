"""Whether an order's lines still cost what they were placed at."""

from odoo.addons.dining_rules.money import fen


def wrong_price(order):
    """The first line whose price is not the one it was placed at; an empty recordset if there is none.

    Placement writes what a portion costs into the line's facts, which only the
    server writes. Quantities and Odoo's own discount are the cashier's; the price
    of a portion is not. A line that was not placed by a phone has no such price.

    :param order: a pos.order
    """
    for line in order.lines:
        placed_fen = (line.dining_facts or {}).get("unit_price_fen")
        if placed_fen is not None and fen(line.price_unit) != placed_fen:
            return line
    return order.lines.browse()


def wrong_amount(order):
    """The first line whose amount is not its price times its quantity less its discount."""
    for line in order.lines:
        if fen(line.price_subtotal_incl) != _amount_fen(line):
            return line
    return order.lines.browse()


def _amount_fen(line):
    if all(tax.price_include for tax in line.tax_ids):
        return fen(line.order_id.currency_id.round(line.price_unit * line.qty * (1 - line.discount / 100)))
    return fen(line._compute_amount_line_all()["price_subtotal_incl"])
