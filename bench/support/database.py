"""Odoo's records, from a program beside the running server."""

import contextlib

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import config


@contextlib.contextmanager
def environment(stack):
    """An environment on the restaurant's database, committed at the end.

    The server's processes hear of the changes, as they would from each other.

    :param stack: the running restaurant, from DIANCAN_STACK
    """
    config.parse_config(["-c", stack["conf"], "--log-level=error"], setup_logging=True)
    registry = Registry(stack["database"])
    with registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {"lang": "en_US", "tz": "UTC", "tracking_disable": True})
        yield env
        env.flush_all()
        cr.commit()
    registry.signal_changes()


@contextlib.contextmanager
def cursor(stack):
    """A cursor of its own, for looking on; `environment` must have been used before."""
    with Registry(stack["database"]).cursor() as cr:
        yield cr
