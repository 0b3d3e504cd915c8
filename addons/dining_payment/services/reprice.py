"""Whether an order's lines still cost what the menu said when they were placed."""

from odoo.addons.dining_rules import pricing
from odoo.addons.dining_rules.money import fen
from odoo.addons.dining_rules.refusals import Refusal

_VERSION = """
SELECT max(version) FROM dining_menu_version WHERE config_id = %s AND built_at <= %s
"""


def wrong_price(order):
    """The first line of a placed round whose price is not the menu's; an empty recordset if there is none.

    Each round is priced again by the engine with the menu in force when it was
    placed. Quantities and Odoo's own discount are the cashier's; the price of a
    portion is not. Where that menu is no longer kept, only the sums can be checked.

    :param order: a pos.order, as superuser
    """
    for item in order.dining_round_ids:
        heads = item.line_ids.filtered(lambda line: not line.combo_parent_id and not line.dining_charge)
        menus = _menus(order, item.placed_at)
        for line in heads:
            if menus and not any(_costs_what(menu, line) for menu in menus):
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


def _menus(order, placed_at):
    """The menu in force at `placed_at` and the one before, which a phone may have caught in the same moment."""
    order.env.cr.execute(_VERSION, (order.config_id.id, placed_at))
    version = order.env.cr.fetchone()[0]
    menus = (_menu(order.config_id, number) for number in ((version, version - 1) if version else ()))
    return [menu for menu in menus if menu]


def _menu(store, version):
    """The store's menu of that version; None where it is no longer kept."""
    try:
        return store._dining_menu(version=version).menu
    except Refusal:
        return None


def _costs_what(menu, line):
    """Whether the menu gives `line` and its parts the prices they bear."""
    parts = line.combo_line_ids
    chosen = pricing.CartLine(
        key="",
        dish_id=line.product_id.product_tmpl_id.id,
        option_ids=tuple(line.attribute_value_ids.ids),
        components=tuple(
            pricing.Component(part.combo_item_id.id, tuple(part.attribute_value_ids.ids)) for part in parts
        ),
    )
    try:
        quoted = pricing.price_line(menu, chosen)
    except Refusal:
        return False
    if not quoted.parts:
        return fen(line.price_unit) == quoted.unit_price_fen
    borne = sorted((part.combo_item_id.id, fen(part.price_unit)) for part in parts)
    return fen(line.price_unit) == 0 and borne == sorted((part.choice.id, part.unit_price_fen) for part in quoted.parts)
