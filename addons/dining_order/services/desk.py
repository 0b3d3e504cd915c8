"""Who writes to which table session, and what its store allows: one statement."""

from dataclasses import dataclass
from datetime import datetime

from odoo import fields
from odoo.addons.dining_rules.moments import in_zone
from odoo.addons.dining_rules.refusals import Refusal

_SELECT = """
SELECT s.id AS session_id, s.state, s.config_id AS store_id, s.table_id, s.order_id, s.guest_count,
       g.id AS guest_id, g.seat, c.dining_tz AS tz, c.dining_max_dish_quantity AS max_dish_quantity,
       c.dining_writes_per_minute AS writes_per_minute, c.dining_confirm_first AS confirm_first,
       c.dining_menu_version AS menu_version, c.dining_menu_digest AS menu_digest,
       (SELECT count(*) FILTER (WHERE w.guest_id = g.id) || ',' || count(*)
          FROM (SELECT e.guest_id FROM dining_cart_entry e
                 WHERE e.session_id = s.id AND e.create_date > (now() AT TIME ZONE 'UTC') - interval '1 minute'
                 UNION ALL
                SELECT o.id FROM dining_table_guest o, generate_series(1, o.said_lately)
                 WHERE o.session_id = s.id AND o.said_since > (now() AT TIME ZONE 'UTC') - interval '1 minute') w
       ) AS writes
"""

_FROM = """
  FROM dining_table_session s
  JOIN pos_config c ON c.id = s.config_id AND c.is_dining
  JOIN dining_table_guest g ON g.session_id = s.id AND g.user_id = %(user_id)s
 WHERE s.access_token = %(token)s AND s.config_id = %(store_id)s
"""


@dataclass(frozen=True)
class Desk:
    """A guest's place at a table session; `writes` counts the last minute: (guest, table)."""

    session_id: int
    state: str
    store_id: int
    table_id: int
    order_id: int | None
    guest_count: int
    guest_id: int
    seat: int
    tz: str
    max_dish_quantity: int
    writes_per_minute: int
    confirm_first: bool
    menu_version: int
    menu_digest: str
    writes: tuple[int, int]

    def now(self) -> datetime:
        """The time in the store's zone."""
        return in_zone(fields.Datetime.now(), self.tz)

    def menu(self, env):
        """The store's present menu, without a statement where this process has read it before."""
        return env["dining.menu.version"]._snapshot(self.store_id, self.menu_version, self.menu_digest).menu

    def check_open(self):
        """:raises Refusal: table_session_closed"""
        if self.state != "open":
            raise Refusal("table_session_closed")

    def check_rate(self):
        """:raises Refusal: too_many_requests; a table may write three times as often as a phone"""
        guest, table = self.writes
        if guest >= self.writes_per_minute or table >= 3 * self.writes_per_minute:
            raise Refusal("too_many_requests")


def read_desk(env, store_id, token, user_id, also="", lock=False):
    """The desk of `user_id` at the session that `token` names in `store_id`.

    :param also: further columns, SQL from code, read in the same statement
    :param lock: hold the session's row until the end of the transaction; of two at once the later one waits, and
        where the earlier one has changed the row, fails with a serialisation error and is tried again
    :return: (Desk, dict of the further columns)
    :raises Refusal: table_session_unknown, also for a session of another store or one the user has not joined
    """
    lock = " FOR NO KEY UPDATE OF s" if lock else ""
    env.cr.execute(_SELECT + also + _FROM + lock, {"user_id": user_id, "token": token, "store_id": store_id})
    row = env.cr.dictfetchone()
    if row is None:
        raise Refusal("table_session_unknown")
    values = {name: row.pop(name) for name in Desk.__dataclass_fields__}
    values["writes"] = tuple(int(count) for count in values["writes"].split(","))
    return Desk(**values), row
