"""Processes that die between two statements."""

from unittest.mock import patch


class Crash(Exception):
    """The process died."""


def dying(cr, statement):
    """A context in which the process dies at a statement.

    :param statement: how many statements still pass before it; None: it lives
    """
    left = [statement]
    execute = type(cr).execute

    def dies(cursor, *args, **kwargs):
        if left[0] is not None:
            left[0] -= 1
            if left[0] < 0:
                raise Crash
        return execute(cursor, *args, **kwargs)

    return patch.object(type(cr), "execute", dies)
