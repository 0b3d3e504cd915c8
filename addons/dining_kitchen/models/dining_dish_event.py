from odoo import api, fields, models
from odoo.addons.dining_base.after_commit import notify_later
from odoo.addons.dining_base.append_only import only_add_to
from odoo.addons.dining_base.sql import insert_rows
from odoo.addons.dining_rules.dish_state import Happening, carried
from odoo.exceptions import UserError


class DiningDishEvent(models.Model):
    """What happened to one dish of an order; only ever added to, as the database itself enforces.

    The line is named by its uuid, because the register may take a line off its order again; what was
    cooked stays known. Where a dish is, `dining_rules.dish_state` derives from its events.
    """

    _name = "dining.dish.event"
    _description = "Dish event"
    _order = "id desc"
    _log_access = False
    _rec_name = "line_uuid"

    at = fields.Datetime("Time", required=True, readonly=True, index=True)
    kind = fields.Selection(
        [
            ("ordered", "Ordered"),
            ("held", "Held"),
            ("fired", "Fired"),
            ("printed", "Printed"),
            ("started", "Started"),
            ("ready", "Ready"),
            ("served", "Served"),
            ("voided", "Cancelled"),
            ("noted", "Note changed"),
            ("moved", "Moved with its bill"),
            ("refired", "Cooked again"),
            ("rushed", "Rushed"),
        ],
        required=True,
        readonly=True,
    )
    source = fields.Selection(
        [
            ("phone", "Phone"),
            ("register", "Register"),
            ("payment", "Payment"),
            ("office", "Back office"),
            ("display", "Kitchen display"),
            ("printer", "Printer"),
        ],
        required=True,
        readonly=True,
    )
    config_id = fields.Many2one("pos.config", "Store", required=True, readonly=True, ondelete="restrict")
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="restrict")
    order_id = fields.Many2one("pos.order", required=True, readonly=True, ondelete="restrict", index=True)
    pos_reference = fields.Char("Receipt number", related="order_id.pos_reference")
    round_id = fields.Many2one("dining.round", readonly=True, ondelete="restrict", index="btree_not_null")
    station_id = fields.Many2one("dining.station", readonly=True, ondelete="restrict")
    ticket_id = fields.Many2one("dining.ticket", readonly=True, ondelete="restrict", index="btree_not_null")
    line_uuid = fields.Char("Order line", required=True, readonly=True)
    origin_uuid = fields.Char(
        "First order line", required=True, readonly=True, help="The line that the dish was ordered on, before it moved."
    )
    line_id = fields.Integer("Line id", readonly=True)
    sequence = fields.Integer(required=True, readonly=True, help="Counts the line's events of one kind, from 1.")
    dish_id = fields.Many2one("product.template", required=True, readonly=True, ondelete="restrict")
    product_id = fields.Many2one("product.product", required=True, readonly=True, ondelete="restrict")
    quantity = fields.Float(
        required=True, readonly=True, digits=(16, 3), help="Negative where portions are taken back."
    )
    carried = fields.Json(readonly=True, help="What had been done to moved portions: {stage: portions}.")
    reason = fields.Char(readonly=True)
    client_key = fields.Char(readonly=True, help="Names a tap on a display; it counts once.")
    client_hash = fields.Char(
        readonly=True, help="Of what was asked for under the client key: a repeat asks for the same."
    )
    note = fields.Char("Wishes", readonly=True)
    #: [{"code", "seat", "contained"}], as `dining_rules.allergies.Allergy.on_paper`.
    allergies = fields.Json("Allergies on its ticket", readonly=True)
    rush = fields.Boolean(readonly=True)
    user_id = fields.Many2one("res.users", "By", readonly=True, ondelete="restrict")
    reverses_id = fields.Many2one("dining.dish.event", readonly=True, ondelete="restrict")

    _once = models.UniqueIndex("(line_uuid, kind, sequence)")
    _client_key_once = models.UniqueIndex("(client_key, line_uuid, kind) WHERE client_key IS NOT NULL")
    _of_origin = models.Index("(origin_uuid)")

    def _happenings(self):
        """These events as `dining_rules.dish_state` takes them."""
        return [Happening(event.kind, event.quantity, event.carried or {}) for event in self]

    def _brought(self):
        """Of one line's events the one that brought it to its station: its firing, or the move of its bill."""
        return self.filtered(lambda event: event.kind in ("fired", "moved") and event.quantity > 0)[-1:]

    def _further(self, **values):
        """The row of a further event of this event's dish.

        :param values: columns of its own, as `_append` takes them
        """
        return {
            "at": fields.Datetime.now(),
            "config_id": self.config_id.id,
            "company_id": self.company_id.id,
            "station_id": self.station_id.id or None,
            "ticket_id": self.ticket_id.id or None,
            "origin_uuid": self.origin_uuid,
            "dish_id": self.dish_id.id,
            "product_id": self.product_id.id,
            "user_id": self.env.uid,
            **values,
        }

    def _move(self, portions, state, left, came):
        """The rows of portions that go to another bill, with what was done to them.

        :param state: the line's `dining_rules.dish_state.DishState`
        :param left: order_id, line_uuid, line_id and sequence where they stood; `came`: where they stand now
        """
        moved = self._further(
            kind="moved",
            source="register",
            carried=carried(state, portions),
            note=self.note or None,
            rush=self.rush,
        )
        return [
            {**moved, **left, "quantity": -portions, "reverses_id": self.id},
            {**moved, **came, "quantity": portions, "reverses_id": None},
        ]

    @api.model
    def _append(self, rows):
        """Write rows of the same columns; none may be changed afterwards. The stores' displays hear of it."""
        insert_rows(self.env.cr, self._table, rows)
        self.invalidate_model(flush=False)
        for store in self.env["pos.config"].browse({row["config_id"] for row in rows}):
            notify_later(store, "_dining_notify_displays")

    def init(self):
        only_add_to(self.env.cr, "dining_dish_event", "event")

    def write(self, vals):  # pylint: disable=method-required-super
        raise UserError(self.env._("What happened in the kitchen cannot be changed."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("What happened in the kitchen cannot be deleted."))
