"""./manage bench NAME

Runs ``bench/NAME.py`` against a whole restaurant (without the phone) on a
database of its own, on a PostgreSQL that waits for the disk as in production,
with two Odoo workers. The program finds the addresses as JSON in the variable
DIANCAN_STACK, as the browser tests do, and prints its figures; with ``--json``
its last line is one JSON object. Whatever stands behind NAME is the program's.
"""

import argparse
import json

from . import addons, paths, postgres, shell, stack
from .console import Problem
from .supervisor import Supervisor
from .templates import open_store

WORKERS = 2


def add_arguments(parser):
    parser.add_argument("name", nargs="?", help="which one; all are listed if left out")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="for the program, which says what it takes: --help")


def main(args):
    folder = paths.ROOT / "bench"
    names = sorted(file.stem for file in folder.glob("[a-z]*.py"))
    if args.name not in names:
        raise Problem(
            f"There is no bench {args.name}." if args.name else "Which one?",
            f"./manage bench NAME, with NAME one of: {', '.join(names)}",
        )
    with (
        open_store(durable=True) as store,
        store.copy(addons.ours()) as instance,
        Supervisor(instance.scratch / "logs") as supervisor,
    ):
        ports = stack.choose_ports(anywhere=True)
        running = stack.Stack(supervisor, instance, instance.scratch / "state", ports, WORKERS)
        running.start(phone=False)
        told = {
            **running.describe(),
            "logs": str(instance.scratch / "logs"),
            "workers": WORKERS,
            "postgres_programs": str(postgres.programs()),
        }
        command = [instance.python, folder / f"{args.name}.py", *(["--json"] if args.json else []), *args.arguments]
        env = {**instance.environ(), **instance.server.environ(), "DIANCAN_STACK": json.dumps(told)}
        return shell.passthrough(command, cwd=paths.ROOT, env=env)
