from odoo import api, fields, models, tools
from odoo.addons.dining_base.errors import Refused
from odoo.addons.dining_rules.charges import service_on
from odoo.addons.dining_rules.money import fen, yuan

from ..services.merge import merge
from ..services.rows import default_row

#: What only the server may say of an order; a register that sends it back is not heard.
SERVER_FIELDS = (
    "dining_session_ids",
    "dining_round_ids",
    "dining_waiting",
    "dining_seats_charged",
    "dining_service_fen",
    "dining_merged_into_id",
)
LINE_SERVER_FIELDS = (
    "dining_round_id",
    "dining_round_number",
    "dining_round_state",
    "dining_guest_id",
    "dining_rush",
    "dining_charge",
    "dining_facts",
    "dining_allergies",
)


class PosOrder(models.Model):
    _inherit = "pos.order"

    dining_session_ids = fields.One2many("dining.table.session", "order_id", "Table sessions", readonly=True)
    dining_round_ids = fields.One2many("dining.round", "order_id", "Rounds", readonly=True)
    dining_waiting = fields.Integer("Rounds waiting for staff", compute="_compute_dining_waiting")
    #: What was charged so far, whatever became of the charges' lines: a charge that staff took off is not made again.
    dining_seats_charged = fields.Integer("Seats charged", readonly=True, copy=False)
    dining_service_fen = fields.Integer("Service charged (fen)", readonly=True, copy=False)
    dining_merged_into_id = fields.Many2one(
        "pos.order", "Merged into", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )

    @api.depends("dining_round_ids.state")
    def _compute_dining_waiting(self):
        for order in self:
            order.dining_waiting = len(order.dining_round_ids.filtered(lambda item: item.state == "waiting"))

    @api.depends("pos_reference", "config_id.is_dining")
    def _compute_display_name(self):
        """The number on the receipt: Odoo's own name is a mere `/` until the order is paid."""
        result = super()._compute_display_name()
        for order in self.filtered(lambda order: order.config_id.is_dining and order.pos_reference):
            order.display_name = order.pos_reference
        return result

    @tools.ormcache("store.id")
    def _dining_default_row(self, store):
        """The columns of a new order of `store` that do not depend on what is ordered.

        They come from the ORM's own defaults and computed fields, so that placement,
        which inserts by SQL, writes what the ORM would.

        :return: {column: value}
        """
        return default_row(
            self.new(
                {
                    "config_id": store.id,
                    "company_id": store.company_id.id,
                    "pricelist_id": store.pricelist_id.id,
                    "fiscal_position_id": store.default_fiscal_position_id.id,
                    "sale_journal": store.journal_id.id,
                    "amount_paid": 0.0,
                    "amount_return": 0.0,
                }
            )
        )

    def write(self, vals):
        moved = self.filtered(lambda order: order.table_id.id != vals["table_id"]) if "table_id" in vals else self[:0]
        result = super().write(vals)
        if moved:
            # Whoever moves an order at the register may not edit table sessions.
            moved.sudo().dining_session_ids._follow_order()
            for order in moved.filtered("config_id.is_dining"):
                order._dining_take_in()
                order._dining_warn()
        if vals.get("state") in ("paid", "cancel"):
            self._dining_ended()
        return result

    def _dining_lock(self):
        """Wait for, and hold, the right to change these orders.

        The rows are written, not only locked: who waited with an older snapshot
        then fails and is tried again, instead of acting on what is no longer so.
        """
        self.env.flush_all()
        # In the order of their ids, so that two who want the same cannot wait for each other.
        for order_id in sorted(self.ids):
            self.env.cr.execute("UPDATE pos_order SET write_date = write_date WHERE id = %s", (order_id,))
        self.env.invalidate_all()

    def _dining_check_may_cancel(self):
        """Refuse to cancel these orders, before anybody is told; other addons add what they guard."""

    def _dining_ended(self):
        """A paid or cancelled order ends its table session: its token opens nothing more.

        A bill that staff have begun and taken back does not send away guests who have not ordered yet.
        """
        # Whoever ends the order at the register may not edit table sessions.
        orders = self.sudo()
        cancelled = orders.filtered(lambda order: order.state == "cancel")
        cancelled.dining_session_ids.filtered(lambda session: not session.round_ids)._let_go()
        orders.dining_session_ids._set_closed()
        waiting = cancelled.dining_round_ids.filtered(lambda item: item.state == "waiting")
        waiting._set_rejected()
        waiting._give_back_portions()

    def _dining_take_in(self):
        """Phones that scanned before anything was ordered eat of the bill that staff begin at their table."""
        sessions = self.env["dining.table.session"].sudo()
        for order in self.filtered(lambda order: order.state == "draft" and order.table_id and not order.is_refund):
            session = sessions._open_at(order.table_id)
            if session.config_id == order.config_id and not session.order_id and not session._is_abandoned():
                session.write({"order_id": order.id, "revision": session.revision + 1})

    def _dining_warn(self, by_guest=False):
        """Hold the dishes against what the guests at the table must not eat, also those that staff have added.

        What was said of a table that is closed stays as it is.

        :param by_guest: a guest has just said something
        :return: the lines of which something else is said now
        """
        self.ensure_one()
        # Whoever adds a dish at the register may not read table sessions.
        order = self.sudo()
        table = order.dining_session_ids | order.dining_session_ids._open_at(order.table_id)
        table = table.filtered(lambda session: session.state == "open")
        guests = order.lines.dining_guest_id.session_id.filtered(lambda session: session.state == "open")
        (table | guests)._hold()
        return self.lines.browse(order.lines._dining_warn(table.guest_ids).ids)

    def _dining_touch(self):
        """Tell phones that something they show of these orders has changed."""
        for session in self.sudo().dining_session_ids:
            session.revision += 1

    # -- the register ---------------------------------------------------------

    @api.model
    def _get_open_order(self, order):
        """The order of that name, wherever it sits: a register that has not heard of a move names the old table."""
        known = self.search([("uuid", "=", order.get("uuid"))], limit=1)
        return known if known.config_id.is_dining else super()._get_open_order(order)

    @api.model
    def _process_order(self, order, existing_order):
        """Hear from the register only what is the register's to say.

        It sends whole orders back, with a total that may be older than what
        phones have added meanwhile: a draft's total is taken from its lines.
        """
        self._dining_strip(order)
        if existing_order and existing_order.config_id.is_dining:
            existing_order._dining_heard_before(order)
            existing_order._dining_keep_table(order)
        draft = order.get("state") == "draft"
        before = existing_order.lines._dining_portions() if existing_order else {}
        order_id = super()._process_order(order, existing_order)
        processed = self.browse(order_id)
        if processed.config_id.is_dining:
            processed._dining_count_down(before)
            processed._dining_take_in()
            processed._dining_warn()
            if draft and processed.state == "draft":
                processed._dining_charge_service()
                processed._dining_restore_amounts()
            processed._dining_touch()
        return order_id

    def action_pos_order_paid(self):
        """What is paid before it was sent goes to the kitchen with the payment, and with its allergies."""
        for order in self.filtered("config_id.is_dining"):
            order._dining_take_in()
            order._dining_warn()
        return super().action_pos_order_paid()

    def _dining_heard_before(self, order):
        """Let a register send again what it had no answer to, and speak of what another has taken off.

        A line that was written by the first sending is not written twice; a line that is no more is not changed.
        """
        for name in ("lines", "course_ids"):
            ids = {record.uuid: record.id for record in self[name]}
            order[name] = [heard for command in order.get(name) or () if (heard := _heard(command, ids)) is not None]

    def _dining_keep_table(self, order):
        """Leave the order at its table, unless the register has moved it from this very table.

        Every header names a table; that of a register which has not heard of a move names the one that was left. A
        move is told in the context: `dining_left`, {uuid of the order: id of the table that it left, or false}.
        """
        left = self.env.context.get("dining_left")
        moved = isinstance(left, dict) and self.uuid in left and left[self.uuid] == self.table_id.id
        if self.table_id and not moved:
            order.pop("table_id", None)

    def _dining_count_down(self, before):
        """Count what staff have added off the dishes that are limited.

        Staff see what is left on the plate, so they may sell below the count; it stops at zero.

        :param before: portions of each dish before the register wrote, as `_dining_portions`
        """
        after = self.lines._dining_portions()
        added = {dish: count - before.get(dish, 0) for dish, count in after.items() if count > before.get(dish, 0)}
        left = self.config_id.sudo()._dining_available(list(added)) if added else {}
        self.config_id.sudo()._dining_take({dish: min(added[dish], left[dish]) for dish in left if left[dish] > 0})

    @api.model
    def _dining_strip(self, order):
        for name in SERVER_FIELDS:
            order.pop(name, None)
        for command in order.get("lines") or ():
            if command[0] in (0, 1):
                for name in LINE_SERVER_FIELDS:
                    command[2].pop(name, None)

    def _dining_charge_service(self):
        """Charge service on dishes that staff have added, once the guests' rounds have begun to be charged.

        It goes on the service line of a round that the staff have accepted; a round that waits may yet be rejected,
        and then takes its own line along, so beside it staff's dishes get a line of their own.

        Nothing is given back for a dish taken off: a bill that is split loses dishes too. Where staff took the
        service charge off, it stays off.
        """
        self.lines.flush_recordset()
        lines = self.lines.filtered(lambda line: line.dining_charge == "service" and line.price_unit)
        dishes = sum(self.lines.filtered(lambda line: not line.dining_charge).mapped("price_subtotal_incl"))
        owed_fen = service_on(fen(dishes), self.config_id._dining_service_permille()) - self.dining_service_fen
        if lines and owed_fen > 0:
            line = lines.filtered(lambda line: line.dining_round_state != "waiting")[-1:]
            unit_fen = fen(line.price_unit) + owed_fen
            line = line or lines[-1:].copy({"dining_round_id": False, "dining_guest_id": False})
            line.write(
                {"price_unit": yuan(unit_fen), "dining_facts": {**line.dining_facts, "unit_price_fen": unit_fen}}
            )
            line._onchange_amount_line_all()
            self.dining_service_fen += owed_fen

    def _dining_forget_charges(self, lines):
        """Lines that are taken off before anybody accepted them have charged nothing."""
        seats = lines.filtered(lambda line: line.dining_charge == "seat")
        service = lines.filtered(lambda line: line.dining_charge == "service")
        self.dining_seats_charged -= int(sum(seats.mapped("qty")))
        self.dining_service_fen -= fen(sum(service.mapped("price_subtotal_incl")))

    def _dining_restore_amounts(self):
        """Make the header say what the lines say."""
        for order in self:
            order.lines.flush_recordset()
            total = sum(order.lines.mapped("price_subtotal_incl"))
            net = sum(order.lines.mapped("price_subtotal"))
            amounts = {
                "amount_total": order.currency_id.round(total),
                "amount_tax": order.currency_id.round(total - net),
            }
            if any(order.currency_id.compare_amounts(order[name], value) for name, value in amounts.items()):
                order.write(amounts)

    def action_dining_merge(self, target_id):
        """The register merges this table's order into another (并台), all of it here or nothing.

        Sent again after an answer that was lost, it finds the work done.

        :param target_id: id of the pos.order that takes the dishes
        :raises Refused: merge_other_store, merge_has_payment, and what other addons check
        """
        self.ensure_one()
        target = self.browse(target_id).exists()
        (self | target).check_access("write")
        if not target or self.dining_merged_into_id != target:
            merge(self, target)
        return True

    def _dining_check_may_merge(self, target):
        """Refuse a merge before anything is changed; other addons add what they guard.

        :raises Refused: merge_other_store, merge_has_payment
        """
        same_store = target and target.config_id == self.config_id and self.config_id.is_dining
        if not same_store or self == target or {self.state, target.state} != {"draft"}:
            raise Refused("merge_other_store")
        if self.payment_ids:
            raise Refused("merge_has_payment", table=self.table_id.dining_name or self.tracking_number or "")

    def _dining_absorb(self, source):
        """The lines of `source` have come to this order; other addons bring along what they know of them."""

    def _dining_take_over(self, source, uuids):
        """The dishes of `source`, which is settled no more, are billed here; its phones see and pay this order.

        Other addons bring along what they know of the dishes.

        :param source: pos.order
        :param uuids: {uuid of a line there: uuid of its copy here}
        """
        for session in source.dining_session_ids:
            # Closed: nobody orders on it, and other guests may sit at the table by now.
            came = session.copy({"order_id": self.id, "state": "closed", "closed_at": fields.Datetime.now()})
            for guest in session.guest_ids:
                guest.copy({"session_id": came.id, "allergen_ids": False})

    def _dining_confirm_waiting(self):
        """Send the table's waiting rounds to the kitchen."""
        self.dining_round_ids.filtered(lambda item: item.state == "waiting").action_confirm()

    def action_dining_confirm(self):
        """Button of the register: the guests are there, cook their first round."""
        self.ensure_one()
        self._dining_confirm_waiting()
        return True


def _heard(command, ids):
    """A command of the register as it must be understood, or None.

    :param ids: {uuid: id} of the records that are there
    """
    if command[0] == fields.Command.CREATE and command[2].get("uuid") in ids:
        return fields.Command.update(ids[command[2]["uuid"]], command[2])
    if command[0] in (fields.Command.UPDATE, fields.Command.DELETE, fields.Command.UNLINK):
        return command if command[1] in ids.values() else None
    return command
