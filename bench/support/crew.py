"""Print workers that are killed and started again.

Each is forked from this process, which has Odoo loaded, so that a new one is at work a moment after the old
one's death; started by its command it would take seconds, most of them without harm. What it runs is the
print worker's engine over the database, for the printers of one print agent: the restaurant's own worker
leaves these alone.

Ends with all of them when its stdin is closed, and says how many it has killed and what processor time they took.
"""

import contextlib
import ctypes
import json
import logging
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

PR_SET_PDEATHSIG = 1
TICK_SECONDS = 0.05
NAME = "bench print worker"


class Crew:
    """The program from outside; leaving the context ends it.

    :param kind: 'ours' or 'naive'
    :param kill_seconds: the oldest is killed so often; 0 for never
    :param log: file that gets what they have to say
    """

    def __init__(self, stack, agent_id, log, *, kind="ours", workers=1, kill_seconds=0.0):
        words = json.dumps({
            "conf": stack["conf"], "database": stack["database"], "agent_id": agent_id,
            "kind": kind, "workers": workers, "kill_seconds": kill_seconds,
        })  # fmt: skip
        with open(log, "ab") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "support.crew", words],
                cwd=Path(__file__).resolve().parents[1],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        if self._process.stdout.readline() != "ready\n":
            raise RuntimeError(f"the print workers do not start: see {log}")
        self.killed, self.cpu_seconds = 0, 0.0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        said, _none = self._process.communicate(timeout=60)
        told = json.loads(said)
        self.killed, self.cpu_seconds = told["killed"], told["cpu_seconds"]


def _work(kind, database, agent_id):
    """A worker's life."""
    if kind == "naive":
        from .naive import Naive

        Naive(database, agent_id).run()
        return
    from odoo.addons.dining_kitchen.diancan_agent.engine import Engine
    from odoo.addons.dining_kitchen.printing.source import SqlSource

    Engine(SqlSource(database, agent_id=agent_id, name=NAME)).run()


def _start(told):
    process_id = os.fork()
    if process_id:
        return process_id
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    os.close(0)
    try:
        _work(told["kind"], told["database"], told["agent_id"])
    finally:
        os._exit(1)


def _end(process_id):
    """Kill a worker; what processor time it took, in seconds."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(process_id, signal.SIGKILL)
    _pid, _status, used = os.wait4(process_id, 0)
    return used.ru_utime + used.ru_stime


def _load(conf):
    """Everything that a worker imports, before there are any."""
    from odoo.tools import config

    config.parse_config(["-c", conf, "--log-level=warn"], setup_logging=True)
    # python-escpos tells the root logger of every connection it opens and closes.
    logging.getLogger().addFilter(lambda record: record.module not in ("network", "serial", "usb"))
    from odoo.addons.dining_kitchen.printing import worker  # noqa: F401

    from . import naive  # noqa: F401


def main():
    told = json.loads(sys.argv[1])
    _load(told["conf"])
    workers = [_start(told) for _worker in range(told["workers"])]
    print("ready", flush=True)
    killed, cpu_seconds, due = 0, 0.0, time.monotonic() + told["kill_seconds"]
    while not select.select([0], [], [], TICK_SECONDS)[0]:
        if told["kill_seconds"] and time.monotonic() >= due:
            cpu_seconds += _end(workers.pop(0))
            workers.append(_start(told))
            killed, due = killed + 1, due + told["kill_seconds"]
    cpu_seconds += sum(map(_end, workers))
    print(json.dumps({"killed": killed, "cpu_seconds": cpu_seconds}), flush=True)


if __name__ == "__main__":
    main()
