"""Merging the orders of two tables (并台), in one transaction.

Odoo's register would copy the lines in the browser and cancel the emptied order afterwards; what it copies has lost
the guest, the round and the price it was ordered at, and half of it is lost where the second call fails. Here the
lines themselves change their order, so whatever is known of them comes along.
"""

import json

from odoo.addons.dining_base.after_commit import notify_later
from odoo.addons.dining_rules.firing import joined_memory


def merge(source, target):
    """Put everything of `source` on `target` and cancel the emptied order.

    :param source: pos.order
    :param target: pos.order of the same store; its table and its number stay
    :raises Refused: as `pos.order._dining_check_may_merge`
    """
    (source | target)._dining_lock()
    source._dining_check_may_merge(target)
    # Cashiers may not edit sessions, rounds and charges; the two orders they may write decide.
    source, target = source.sudo(), target.sudo()
    lines, memory = source.lines, _joined_memory(source, target)
    _bring_courses(source, target)
    places = source.dining_session_ids._merge_into(target)
    _bring_rounds(source, target)
    lines.write({"order_id": target.id})
    lines._dining_reseat(places)
    target.write(
        {
            "customer_count": (target.customer_count or 0) + (source.customer_count or 0),
            "dining_seats_charged": target.dining_seats_charged + source.dining_seats_charged,
            "dining_service_fen": target.dining_service_fen + source.dining_service_fen,
            "general_customer_note": _both(target.general_customer_note, source.general_customer_note),
            "last_order_preparation_change": memory,
        }
    )
    source.env.flush_all()
    source.invalidate_recordset()
    target.invalidate_recordset()
    target._dining_absorb(source)
    target._dining_warn()
    _end(source, target)
    target._dining_restore_amounts()
    target._dining_touch()
    notify_later(target.config_id, "_dining_notify_register")


def _joined_memory(source, target):
    """The registers' memory of what was sent, for the lines of both."""
    return joined_memory(target.last_order_preparation_change or None, source.last_order_preparation_change or None)


def _bring_courses(source, target):
    """Courses of one number become one where both were called up or both wait; else they stay two."""
    courses = {_course_key(course): course for course in target.course_ids}
    last = max(target.course_ids.mapped("index"), default=0)
    for course in source.course_ids.sorted("index"):
        same = courses.get(_course_key(course))
        if same:
            course.line_ids.write({"course_id": same.id})
            course.unlink()
        else:
            last += 1
            course.write({"order_id": target.id, "index": last})
            courses[_course_key(course)] = course


def _course_key(course):
    return course.dining_number or course.index, course.fired


def _bring_rounds(source, target):
    number = max(target.dining_round_ids.mapped("number"), default=0)
    for item in source.dining_round_ids.sorted("number"):
        number += 1
        item.write({"order_id": target.id, "number": number})


def _both(one, other):
    return "\n".join(dict.fromkeys(filter(None, (one, other)))) or False


def _end(source, target):
    """The emptied order is cancelled; whoever asks for it by its old name is led on."""
    source.search([("dining_merged_into_id", "=", source.id)]).write({"dining_merged_into_id": target.id})
    source.write(
        {
            "state": "cancel",
            "dining_merged_into_id": target.id,
            "dining_seats_charged": 0,
            "dining_service_fen": 0,
            "last_order_preparation_change": json.dumps({"lines": {}}),
        }
    )
    source._dining_restore_amounts()
