"""Reading the command line and choosing the command."""

import argparse
import importlib
import signal
import sys

from .console import Problem

COMMANDS = {
    "run": "open the restaurant: from nothing to running",
    "test": "run the tests: all suites, or those of PATH",
    "doctor": "say what is missing and what mends it",
    "lint": "check the code's form; --fix mends what it can",
    "bench": "measure: bench/NAME.py",
    "openapi": "write the API's contract and the mini-program's types again",
    "i18n": "bring an addon's zh_CN.po up to date",
    "verify-statement": "check a member's signed statement of stored value",
    "shell": "a Python prompt inside Odoo",
    "server": "start Odoo on a throw-away database",
    "reset": "drop the running restaurant's data",
}


def build_parser():
    parser = argparse.ArgumentParser(prog="./manage", description="Diancan 点餐: the one command.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, summary in COMMANDS.items():
        sub = commands.add_parser(name, help=summary, description=summary)
        module = importlib.import_module(f"{__package__}.cmd_{name.replace('-', '_')}")
        module.add_arguments(sub)
        sub.set_defaults(main=module.main)
    commands.add_parser("help", help="show this").set_defaults(main=lambda args: parser.print_help() or 0)
    return parser


def _stop(signum, frame):
    """Make SIGTERM unwind like Ctrl-C, so that everything is put away."""
    raise KeyboardInterrupt


def main(argv=None):
    args = build_parser().parse_args(argv)
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGHUP, _stop)
    try:
        return args.main(args)
    except Problem as problem:
        print(f"\nmanage: {problem}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nmanage: stopped", file=sys.stderr)
        return 130
