"""Where the processes of one database share a mini-program's access token."""

from odoo.modules.registry import Registry
from odoo.tools import SQL
from psycopg2.extensions import TRANSACTION_STATUS_IDLE

from .client import FETCH_SECONDS, TOKEN_MARGIN_SECONDS


class TokenStore:
    """The row of one mini-program in `wechat_token`.

    Every method is one short transaction of its own, so that no lock is held
    while WeChat is asked: who fetches holds a lease that ends by itself. Times
    are the database's, so that processes on several machines agree.
    """

    def __init__(self, dbname, app_id):
        self._dbname = dbname
        self._app_id = app_id

    def get(self):
        """The token, or None when there is none that lives long enough."""
        return self._one(
            SQL(
                "SELECT token FROM wechat_token"
                " WHERE app_id = %s AND expires_at > (now() AT TIME ZONE 'UTC') + %s * interval '1 second'",
                self._app_id,
                TOKEN_MARGIN_SECONDS,
            )
        )

    def lease(self):
        """Take the right to fetch; False when somebody else has it or a token is there by now."""
        return bool(
            self._one(
                SQL(
                    """INSERT INTO wechat_token AS t (app_id, leased_until)
                       VALUES (%(app)s, (now() AT TIME ZONE 'UTC') + %(lease)s * interval '1 second')
                  ON CONFLICT (app_id) DO UPDATE SET leased_until = EXCLUDED.leased_until
                        WHERE (t.leased_until IS NULL OR t.leased_until < (now() AT TIME ZONE 'UTC'))
                          AND (t.expires_at IS NULL
                               OR t.expires_at <= (now() AT TIME ZONE 'UTC') + %(margin)s * interval '1 second')
                    RETURNING app_id""",
                    app=self._app_id,
                    lease=FETCH_SECONDS,
                    margin=TOKEN_MARGIN_SECONDS,
                )
            )
        )

    def put(self, token, seconds):
        """Keep a token that lives `seconds` from now."""
        self._one(
            SQL(
                "UPDATE wechat_token SET token = %s, leased_until = NULL,"
                " expires_at = (now() AT TIME ZONE 'UTC') + %s * interval '1 second'"
                " WHERE app_id = %s RETURNING app_id",
                token,
                seconds,
                self._app_id,
            )
        )

    def release(self):
        """Give up the lease, so that the next caller may try at once."""
        self._one(SQL("UPDATE wechat_token SET leased_until = NULL WHERE app_id = %s RETURNING app_id", self._app_id))

    def drop(self, token):
        """Forget `token`, unless another process has replaced it already."""
        self._one(
            SQL(
                "UPDATE wechat_token SET expires_at = NULL WHERE app_id = %s AND token = %s RETURNING app_id",
                self._app_id,
                token,
            )
        )

    def _one(self, query):
        with Registry(self._dbname).cursor() as cr:
            if cr.connection.info.transaction_status == TRANSACTION_STATUS_IDLE:
                # Who waits for the row shall then see what was written to it; Odoo's usual
                # REPEATABLE READ would fail instead. Only possible before the first statement.
                cr.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
            cr.execute(query)
            row = cr.fetchone()
            return row[0] if row else None
