"""A register as Odoo's JavaScript keeps one: its own copy of the orders, which may be old, and what it sends."""

import copy
import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from odoo import Command
from odoo.addons.dining_order.tests.common import HEADER as ORDER_HEADER

HEADER = (*ORDER_HEADER, "last_order_preparation_change")
LINE = ("uuid", "product_id", "qty", "price_unit", "customer_note", "course_id", "combo_parent_id")


class LocalOrder:
    """One order as a register holds it."""

    def __init__(self, header, lines, fired):
        self.header = header
        self.lines = lines
        self.courses_fired = fired
        self.memory = json.loads(header.pop("last_order_preparation_change") or "{}")
        self.memory.setdefault("lines", {})
        self.dirty, self.created, self.deleted, self.moves = set(), set(), [], []
        self.new_courses = {}

    @property
    def uuid(self):
        return self.header["uuid"]

    def claims(self):
        """What it holds as sent: {uuid: (portions, note)}."""
        return {
            entry["uuid"]: (entry["quantity"], entry.get("customer_note") or "")
            for entry in self.memory["lines"].values()
        }

    def press(self, at):
        """`PosOrder.updateLastOrderChange`"""
        for uuid, line in self.lines.items():
            entry = self.memory["lines"].setdefault(uuid, {"uuid": uuid, "note": "[]"})
            entry.update(quantity=line["qty"], customer_note=line["customer_note"] or "")
        for key in [key for key, entry in self.memory["lines"].items() if entry["uuid"] not in self.lines]:
            del self.memory["lines"][key]
        self.memory["metadata"] = {"serverDate": at.strftime("%Y-%m-%d %H:%M:%S")}

    def hand_on(self, line, other, to, quantity):
        """`PosStore.handlePreparationHistory`"""
        entry = self.memory["lines"].get(line["uuid"])
        if entry and entry["quantity"] <= quantity:
            other.memory["lines"][to] = {**entry, "uuid": to}
            del self.memory["lines"][line["uuid"]]
        elif entry:
            entry["quantity"] -= quantity
            other.memory["lines"][to] = {**entry, "uuid": to, "quantity": quantity}
        other.moves.append({"from": line["uuid"], "to": to, "quantity": quantity})


class Register:
    """One device at which somebody works.

    :param case: a RegisterCase
    :param skew: seconds by which its clock is wrong
    """

    def __init__(self, case, skew):
        self.case = case
        self.skew = skew
        self.orders = {}
        self._sent = None

    @property
    def env(self):
        return self.case.env

    def now(self):
        return datetime.now(UTC) + timedelta(seconds=self.skew)

    def refresh(self):
        """Read the open orders anew; what was only typed here is forgotten."""
        found = self.env["pos.order"].search([("config_id", "=", self.case.store.id), ("state", "=", "draft")])
        self.orders = {order.uuid: self._copy(order) for order in found}

    def _copy(self, order):
        [header] = order.read(HEADER, load="")
        header["id"] = order.id
        lines = {line["uuid"]: line for line in order.lines.read(LINE, load="")}
        return LocalOrder(header, lines, {course.id for course in order.course_ids if course.fired})

    # -- what a cashier types -----------------------------------------------------------

    def new_order(self, table):
        local = LocalOrder(
            {
                "uuid": str(uuid4()),
                "access_token": str(uuid4()),
                "session_id": self.case.pos_session.id,
                "state": "draft",
                "table_id": table.id if table else False,
                "company_id": self.case.company.id,
                "user_id": self.case.cashier.id,
                "amount_total": 0,
                "amount_tax": 0,
                "amount_paid": 0,
                "amount_return": 0,
                "to_invoice": False,
                "pricelist_id": False,
                "fiscal_position_id": False,
                "partner_id": False,
                "last_order_preparation_change": "{}",
            },
            {},
            set(),
        )
        self.orders[local.uuid] = local
        return local

    def add(self, local, dish, quantity, **more):
        uuid = str(uuid4())
        local.lines[uuid] = {
            "uuid": uuid,
            "product_id": dish.product_variant_id.id,
            "qty": quantity,
            "price_unit": dish.list_price,
            "customer_note": "",
            "course_id": False,
            "combo_parent_id": False,
            **more,
        }
        local.created.add(uuid)
        return uuid

    def change(self, local, uuid, **values):
        local.lines[uuid].update(values)
        if uuid not in local.created:
            local.dirty.add(uuid)

    def remove(self, local, uuid):
        line = local.lines.pop(uuid)
        if uuid in local.created:
            local.created.remove(uuid)
        else:
            local.deleted.append(line["id"])
            local.dirty.discard(uuid)

    def split(self, local, portions):
        """A bill of its own for so many portions of each line: `SplitBillScreen.createSplittedOrder`.

        :param portions: {uuid: portions}
        :return: the new LocalOrder
        """
        other = self.new_order(None)
        for uuid, count in portions.items():
            line = local.lines[uuid]
            to = str(uuid4())
            other.lines[to] = {**line, "uuid": to, "qty": count, "course_id": False}
            other.lines[to].pop("id", None)
            other.created.add(to)
            if line["course_id"]:
                # A new course, which nobody has fired.
                other.new_courses.setdefault(line["course_id"], str(uuid4()))
                other.lines[to]["new_course"] = other.new_courses[line["course_id"]]
            local.hand_on(line, other, to, count)
            if line["qty"] == count:
                self.remove(local, uuid)
            else:
                self.change(local, uuid, qty=line["qty"] - count)
        return other

    # -- what it sends ---------------------------------------------------------------------

    def payload(self, local):
        """(the order as it is sent, its context)."""
        lines = [Command.update(local.lines[uuid]["id"], self._values(local.lines[uuid])) for uuid in local.dirty]
        lines += [Command.create({**self._values(local.lines[uuid]), "uuid": uuid}) for uuid in local.created]
        lines += [Command.delete(line_id) for line_id in local.deleted]
        order = {name: value for name, value in local.header.items() if name != "id"}
        order.update(lines=lines, payment_ids=[], last_order_preparation_change=json.dumps(local.memory))
        if local.new_courses:
            order["course_ids"] = [
                Command.create({"uuid": uuid, "index": index})
                for index, uuid in enumerate(local.new_courses.values(), 1)
            ]
            order["relations_uuid_mapping"] = {
                "pos.order.line": {
                    uuid: {"course_id": line["new_course"]}
                    for uuid, line in local.lines.items()
                    if line.get("new_course")
                }
            }
        return order, {"dining_moves": local.moves}

    def _values(self, line):
        amount = line["qty"] * line["price_unit"]
        return {
            "product_id": line["product_id"],
            "qty": line["qty"],
            "price_unit": line["price_unit"],
            "price_subtotal": round(amount / 1.06, 2),
            "price_subtotal_incl": amount,
            "tax_ids": [Command.set(self.case.tax.ids)],
            "customer_note": line["customer_note"] or False,
            "course_id": line["course_id"],
        }

    def send(self, local, user, *, pressed=False, reason=""):
        """Send one order; `heard` is to follow when the answer comes.

        :return: the pos.order
        :raises Refused: and nothing has changed
        """
        if pressed:
            local.press(self.now())
        order, context = self.payload(local)
        if pressed:
            context |= {"dining_send": [local.uuid], "dining_reasons": {local.uuid: reason}}
        self._sent = order, context
        return self.send_again(user)

    def heard(self, local, held):
        """Hold the order as the server now has it."""
        self.orders.pop(local.uuid)
        if held.state == "draft":
            self.orders[held.uuid] = self._copy(held)

    def send_again(self, user):
        """Send the last order once more, as where its answer was lost.

        :return: the pos.order
        """
        order, context = copy.deepcopy(self._sent)
        result = self.env["pos.order"].with_user(user).with_context(**context).sync_from_ui([order])
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env["pos.order"].browse(result["pos.order"][0]["id"])
