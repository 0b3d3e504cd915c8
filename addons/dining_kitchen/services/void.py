"""Taking dishes off an order in the back office (退菜), as the register does it."""

from odoo.addons.dining_base.after_commit import notify_later
from odoo.addons.dining_base.errors import Refused
from odoo.addons.dining_base.words import name_of
from odoo.fields import Command

from .register import Kitchen


def void(order, line, portions, reason):
    """Take portions of a line off the order, and off the kitchen's work.

    :param order: an open pos.order, as the user who takes it off
    :param line: pos.order.line; of a set meal its head, and its parts go with it
    :param portions: how many, whole
    :raises Refused: order_not_open, order_line_unknown, void_set_part, void_portions, dish_started
    """
    name = name_of(line.product_id).as_dict()
    if order.state != "draft":
        raise Refused("order_not_open")
    if line.order_id != order:
        raise Refused("order_line_unknown")
    if line.combo_parent_id:
        raise Refused("void_set_part", dish=name)
    if not 1 <= portions <= line.qty:
        raise Refused("void_portions", dish=name, max=int(line.qty))
    left = (line.qty - portions) / line.qty
    # An office user may write orders and not always their lines; the order decides.
    lines = (line | line.combo_line_ids).sudo()
    commands = [
        Command.update(each.id, {"qty": each.qty * left}) if left else Command.delete(each.id) for each in lines
    ]
    order.sudo().write({"lines": commands})
    if left:
        lines._onchange_amount_line_all()
    order.sudo()._dining_restore_amounts()
    Kitchen(order).hear("office", voids=True, reason=reason.strip()[:100])
    order._dining_touch()
    notify_later(order.config_id, "_dining_notify_register")
