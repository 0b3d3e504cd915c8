"""Short transactions of their own, for work on either side of a call to WeChat."""

from contextlib import contextmanager

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from psycopg2.extensions import ISOLATION_LEVEL_READ_COMMITTED, TRANSACTION_STATUS_IDLE


@contextmanager
def own_transaction(dbname):
    """A superuser environment in a new transaction, committed at the end.

    It reads what is committed at each statement (READ COMMITTED): after waiting
    for a row lock it sees what the holder of the lock wrote. Odoo's usual
    REPEATABLE READ would end in a serialization failure there, and twenty
    notices at once would use up all retries.
    """
    with Registry(dbname).cursor() as cr:
        if cr.connection.info.transaction_status == TRANSACTION_STATUS_IDLE:
            # Only possible before the first statement; the next cursor of the connection sets its own.
            cr.connection.set_isolation_level(ISOLATION_LEVEL_READ_COMMITTED)
        yield api.Environment(cr, SUPERUSER_ID, {})
