"""./manage test"""

import contextlib

from . import addons, runners, suites
from .console import heading, say
from .templates import Store, test_server


def add_arguments(parser):
    parser.add_argument("paths", nargs="*", metavar="PATH",
                        help="a folder or file of tests, or an addon; all suites if left out")
    parser.add_argument("-k", metavar="WORDS", help="only tests whose name matches (pytest)")
    parser.add_argument("-x", action="store_true", help="stop a suite at its first failure (pytest)")
    parser.add_argument("--list", action="store_true", help="show the suites and stop")


def main(args):
    chosen = [suite for path in args.paths for suite in suites.owning(path)] or suites.every()
    if args.list:
        for suite in chosen:
            say(f"{suite.kind:8} {suite.name}")
        return 0
    extra = [*(["-k", args.k] if args.k else []), *(["-x"] if args.x else [])]
    # One addon alone is tested without the others; all together, with all.
    names = addons.ours() if not args.paths else None
    total = runners.Result()
    lines = []
    with contextlib.ExitStack() as stack:
        store = None
        for suite in chosen:
            heading(f"{suite.kind} {suite.name}")
            if suite.kind == "odoo" and store is None:
                store = Store(stack.enter_context(test_server()))
            result = run(suite, store, names, extra)
            lines.append(f"{suite.name}: {result}")
            total += result
    heading("all suites")
    for line in lines:
        say(line)
    say(str(total))
    return 1 if total.failed or not total.passed else 0


def run(suite, store, names, extra):
    if suite.kind == "odoo":
        return runners.run_odoo(suite, store, names, extra)
    return runners.run_python(suite, extra)
