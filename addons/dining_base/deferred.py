"""A call to the outside that must not happen inside a transaction."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Deferred:
    """What a service returns when the answer needs the outside world.

    Whoever runs it commits the recorded intent first, then calls `call()` with
    no cursor open, then `record(env, outcome)` in a new transaction; what
    `record` returns is the answer. `call` never raises for the other side's
    failures: an uncertain end is an outcome too.
    """

    call: Callable
    record: Callable


def run_deferred(env, deferred):
    """Commit what is recorded so far, call the outside with no transaction open, and record how it ended.

    For whoever has no loop of their own for writers that met on a row; the API's dispatcher has.

    :return: what `deferred.record` returns
    """
    env.cr.commit()
    return deferred.record(env, deferred.call())
