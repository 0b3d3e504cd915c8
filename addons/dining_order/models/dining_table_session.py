import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.dining_base.after_commit import notify_later
from odoo.addons.dining_base.errors import Refused
from odoo.exceptions import AccessError
from odoo.fields import Domain
from psycopg2.errors import SerializationFailure, UniqueViolation

#: Phones that may join one table session.
MAX_GUESTS = 40
#: A table where nobody has ordered and no phone has stirred for so long has other guests.
ABANDONED_AFTER = timedelta(minutes=90)

#: A cart is only added to: its lines are added to the other one as they stand.
_BRING_CART = """
INSERT INTO dining_cart_entry
       (session_id, guest_id, kind, line_key, dish_id, choice, quantity, note, rush, create_date)
SELECT %(there)s, place.new, 'add', a.line_key, a.dish_id, a.choice, line.quantity, a.note, a.rush, %(now)s
  FROM (SELECT line_key, sum(quantity) AS quantity FROM dining_cart_entry
         WHERE session_id = %(here)s GROUP BY line_key HAVING sum(quantity) > 0) line
  JOIN dining_cart_entry a ON a.session_id = %(here)s AND a.line_key = line.line_key AND a.kind = 'add'
  JOIN unnest(%(old)s, %(new)s) AS place (old, new) ON place.old = a.guest_id
 ORDER BY a.id
    ON CONFLICT DO NOTHING
"""


class DiningTableSession(models.Model):
    """The guests of one table from sitting down to paying.

    Its token names it to phones; it is new for every session, so that a phone
    that has left, or a photograph, cannot order on the next guests' bill.
    """

    _name = "dining.table.session"
    _description = "Table session"
    _order = "id desc"

    config_id = fields.Many2one("pos.config", "Store", required=True, readonly=True, ondelete="restrict")
    company_id = fields.Many2one(related="config_id.company_id", store=True, precompute=True)
    table_id = fields.Many2one("restaurant.table", required=True, readonly=True, ondelete="restrict")
    state = fields.Selection([("open", "Open"), ("closed", "Closed")], required=True, readonly=True, default="open")
    access_token = fields.Char(
        required=True,
        readonly=True,
        copy=False,
        groups="base.group_system",
        default=lambda self: secrets.token_urlsafe(24),
    )
    order_id = fields.Many2one("pos.order", readonly=True, ondelete="set null", index="btree_not_null")
    currency_id = fields.Many2one(related="order_id.currency_id")
    order_total = fields.Monetary(related="order_id.amount_total", string="Total")
    guest_count = fields.Integer("Guests", default=0)
    guest_ids = fields.One2many("dining.table.guest", "session_id", "Phones", readonly=True)
    round_ids = fields.One2many("dining.round", "session_id", readonly=True)
    opened_by_id = fields.Many2one("res.users", readonly=True, help="Empty: by a guest's scan.")
    closed_at = fields.Datetime(readonly=True)
    merged_into_id = fields.Many2one(
        "dining.table.session",
        readonly=True,
        ondelete="set null",
        help="The session of the table that this one was merged with: its phones go on there.",
    )
    placements = fields.Integer(
        readonly=True, default=0, help="Counts rounds being placed: two at once meet on this row."
    )
    revision = fields.Integer(readonly=True, default=0, help="Raised when staff change something phones show.")

    _token_unique = models.UniqueIndex("(access_token)")
    _one_open = models.UniqueIndex("(table_id) WHERE state = 'open'", "This table is open already.")

    @api.depends("table_id", "create_date")
    def _compute_display_name(self):
        for session in self:
            session.display_name = session.table_id.dining_name or ""

    # -- opening and joining ----------------------------------------------

    @api.model
    def _scan(self, scene):
        """Where a table code leads.

        :return: the table, as superuser
        :raises Refused: table_code_unknown
        """
        # Diners are no Odoo users; the code is the secret that opens this one table.
        table = self.env["restaurant.table"].sudo().search([("dining_code", "=", scene)], limit=1)
        if not table or not table._dining_store():
            raise Refused("table_code_unknown")
        return table

    @api.model
    def _open_at(self, table):
        """The open session of `table`, or none."""
        return self.search([("table_id", "=", table.id), ("state", "=", "open")], limit=1)

    @api.model
    def _join(self, store_id, scene, user, guest_count=None):
        """Bring a phone to the table whose code it scanned, opening the table where that is allowed.

        :param store_id: the store the phone believes to be in; a code of another store is refused
        :param user: the phone's wechat.user
        :param guest_count: how many sit down; kept from the first phone that tells
        :return: the table session; joining twice changes nothing
        :raises Refused: table_code_unknown, store_closed, table_not_open, table_full
        """
        table = self._scan(scene)
        store = table._dining_store()
        if store.id != store_id:
            raise Refused("table_code_unknown")
        if not store.current_session_id or store.current_session_state != "opened":
            raise Refused("store_closed", store=store.name)
        session = self.sudo()._open_at(table)
        if user not in session.guest_ids.user_id and session._is_abandoned():
            session._set_closed()
            session = self.browse()
        if not session:
            if store.dining_open_by != "scan":
                raise Refused("table_not_open")
            session = self._open(table, guest_count)
        session._seat(user)
        if guest_count and not session.guest_count:
            session.guest_count = guest_count
        return session

    @api.model
    def _open(self, table, guest_count=None):
        """Open `table`; the register's open order of the table becomes the session's."""
        store = table._dining_store()
        if not store:
            raise Refused("table_code_unknown")
        order = (
            self.env["pos.order"]
            .sudo()
            .search([("table_id", "=", table.id), ("state", "=", "draft"), ("config_id", "=", store.id)], limit=1)
        )
        values = {
            "config_id": store.id,
            "table_id": table.id,
            "order_id": order.id,
            "guest_count": guest_count or 0,
            "opened_by_id": self.env.uid if not self.env.su else False,
        }
        try:
            with self.env.cr.savepoint():
                return self.sudo().create(values)
        except UniqueViolation:
            if not self.env.su:
                raise
            # Another phone opened the table between our look and our write: try again, and find it open.
            raise SerializationFailure from None

    def _seat(self, user):
        """Give `user` a seat, once."""
        seated = self.guest_ids.filtered(lambda guest: guest.user_id == user)
        if seated:
            return seated
        if len(self.guest_ids) >= MAX_GUESTS:
            raise Refused("table_full")
        # Two phones that join at once must not get the same seat: the second waits and tries again.
        self.revision += 1
        self.flush_recordset()
        return (
            self.env["dining.table.guest"]
            .sudo()
            .create(
                {
                    "session_id": self.id,
                    "user_id": user.id,
                    "seat": max(self.guest_ids.mapped("seat"), default=0) + 1,
                }
            )
        )

    # -- closing ------------------------------------------------------------

    def _is_abandoned(self):
        """Whether guests have left without ordering, so that who sits down now is of another party.

        Their phones keep the old token, which must not reach the cart of those who sit there now.
        """
        if not self or self.order_id or self.opened_by_id:
            return False
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT greatest((SELECT max(create_date) FROM dining_cart_entry WHERE session_id = %s),"
            " (SELECT max(greatest(create_date, write_date)) FROM dining_table_guest WHERE session_id = %s))",
            (self.id, self.id),
        )
        last_sign = self.env.cr.fetchone()[0] or self.create_date
        return fields.Datetime.now() - last_sign > ABANDONED_AFTER

    def _follow_order(self):
        """The register has moved the order: its guests' phones move with it.

        Where the other table is open already, its own session stays and these phones go on there.
        """
        for session in self.filtered(lambda item: item.state == "open"):
            order = session.order_id
            there = self._open_at(order.table_id)
            if there:
                order.lines._dining_reseat(session._go_on_at(there))
                there.order_id = there.order_id or order
            elif order.table_id:
                session.write({"table_id": order.table_id.id, "revision": session.revision + 1})
            else:
                session._set_closed()

    def _merge_into(self, target):
        """The order of these sessions was merged into `target`: their guests eat on its bill.

        Where the other table has a session, the guests get seats in it and their phones go on there; else the
        session moves to that table.

        :return: {dining.table.guest: the guest's new place}, for those who changed it
        """
        places = {}
        for session in self:
            there = self._open_at(target.table_id)
            values = {"order_id": target.id, "revision": session.revision + 1}
            if session.state == "open" and there and there != session:
                places |= session._go_on_at(there)
                there.order_id = target
            elif session.state == "open" and target.table_id:
                values["table_id"] = target.table_id.id
            session.write(values)
        return places

    def _go_on_at(self, there):
        """These guests go on at a table that is open already, with what they have said and chosen.

        :return: {dining.table.guest: the guest's place there}
        """
        places = {guest: there._seat(guest.user_id) for guest in self.guest_ids}
        for guest, place in places.items():
            guest._bring_allergies(place)
        self._bring_cart(there, places)
        there.write({"guest_count": there.guest_count + self.guest_count, "revision": there.revision + 1})
        self.merged_into_id = there
        self._set_closed()
        return places

    def _eaten_orders(self):
        """The open bills of which these guests eat: theirs, all of their table, and those with dishes of theirs."""
        theirs = Domain("id", "=", self.order_id.id) | Domain("table_id", "=", self.table_id.id)
        theirs |= Domain("lines.dining_guest_id", "in", self.guest_ids.ids)
        wanted = Domain([("config_id", "=", self.config_id.id), ("state", "=", "draft")]) & theirs
        # In the order of their ids, so that two who want the same cannot wait for each other.
        return self.env["pos.order"].search(wanted, order="id")

    def _bring_cart(self, there, places):
        """What these guests have chosen and not yet placed lies in the cart of the table they go on at.

        :param places: {dining.table.guest: the guest's place there}
        """
        self.env.flush_all()
        self.env.cr.execute(
            _BRING_CART,
            {
                "here": self.id,
                "there": there.id,
                "now": fields.Datetime.now(),
                "old": [guest.id for guest in places],
                "new": [place.id for place in places.values()],
            },
        )

    def _let_go(self):
        """The bill that staff had begun here is no more; the guests still sit there."""
        for session in self.filtered(lambda item: item.state == "open"):
            session.write({"order_id": False, "revision": session.revision + 1})

    def _hold(self):
        """Wait for, and hold, what is said at these tables; written, not only locked, as `pos.order._dining_lock`."""
        if self:
            self.env.flush_all()
            for session_id in sorted(self.ids):
                self.env.cr.execute(
                    "UPDATE dining_table_session SET write_date = write_date WHERE id = %s", (session_id,)
                )

    def _set_closed(self):
        for session in self.filtered(lambda item: item.state == "open"):
            session.write({"state": "closed", "closed_at": fields.Datetime.now()})
            # Said for one visit. What was ordered keeps what its kitchen was told: allergen, seat and guest.
            session.guest_ids._forget_allergies()
            notify_later(session.config_id, "_dining_notify_register")

    def _as_staff(self):
        """These sessions with the right to change them, for staff who may see them."""
        self.check_access("read")
        if not self.env.su and not self.env.user.has_group("point_of_sale.group_pos_user"):
            raise AccessError(self.env._("Only staff open and close tables."))
        return self.sudo()

    def action_close(self):
        """Close the tables for phones; their orders stay at the register."""
        self._as_staff()._set_closed()

    def action_rotate_token(self):
        """Make every phone at the table scan again, as where a stranger has joined.

        It keeps out who only has the token; who holds a picture of the table's code can scan as well, so give the
        table a new code too.
        """
        for session in self._as_staff():
            session.access_token = secrets.token_urlsafe(24)
            session.guest_ids.filtered(lambda guest: not guest._has_written()).unlink()
