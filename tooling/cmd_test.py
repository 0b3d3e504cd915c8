"""./manage test"""

import contextlib
import json
import os

from . import addons, browser, lint, locks, node, paths, runners, stack, suites
from .console import Problem, heading, say
from .supervisor import Supervisor
from .templates import open_store

NEED_STORE = {"odoo", "stock", "baseline", "browser"}


def add_arguments(parser):
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="a folder or file of tests, or an addon; all suites if left out"
    )
    parser.add_argument("-k", metavar="WORDS", help="only tests whose name matches (pytest)")
    parser.add_argument("-x", action="store_true", help="stop a suite at its first failure (pytest)")
    parser.add_argument(
        "--seeds", type=int, metavar="N", help="so many lives for each state machine, other ones than usual"
    )
    parser.add_argument("--list", action="store_true", help="show the suites and stop")
    parser.add_argument(
        "--odoo",
        action="store_true",
        help="run Odoo's own tests of what we build on, with our addons installed; PATH then names its modules",
    )
    parser.add_argument("--baseline", action="store_true", help="the same without our addons, to compare with")


def main(args):
    chosen = _choose(args)
    if args.list:
        for suite in chosen:
            say(f"{suite.kind:8} {suite.name}")
        return 0
    if args.seeds:
        os.environ["DINING_SEEDS"] = str(args.seeds)
    extra = [*(["-k", args.k] if args.k else []), *(["-x"] if args.x else [])]
    # One addon alone is tested without the others; all together, with all.
    names = None if args.paths else addons.ours()
    total, lines = runners.Result(), []
    with contextlib.ExitStack() as opened:
        store = None
        for suite in chosen:
            heading(f"{suite.kind} {suite.name}")
            if store is None and suite.kind in NEED_STORE:
                browser.ensure()
                store = opened.enter_context(open_store())
            with _turn(suite):
                result = _run(suite, store, names, extra)
            lines.append(f"{suite.name}: {result}")
            total += result
    heading("all suites")
    for line in lines:
        say(line)
    say(str(total))
    return 1 if total.failed or not total.passed else 0


def _choose(args):
    if args.odoo or args.baseline:
        return suites.stock("baseline" if args.baseline else "stock", args.paths)
    return [suite for path in args.paths for suite in suites.owning(path)] or suites.every()


def _turn(suite):
    """Heavy suites of several ./manage take turns; light ones go at once."""
    if suite.kind in NEED_STORE:
        return locks.slot(paths.locks(), max(2, os.cpu_count() or 2), suite.name)
    return contextlib.nullcontext()


def _run(suite, store, names, extra):
    """Run one suite; what keeps it from running counts as one failure."""
    try:
        match suite.kind:
            case "lint":
                return lint.run(suite.targets)
            case "python":
                return runners.run_python(suite, extra)
            case "node":
                return run_node(suite)
            case "odoo":
                return runners.run_odoo(suite, store, names, extra)
            case "stock":
                return runners.run_stock(suite, store, extra)
            case "baseline":
                return runners.run_stock(suite, store, extra, ours=False)
            case "browser":
                return run_browser(suite, store, extra)
    except Problem as problem:
        say(f"{suite.name} could not run: {problem}")
        return runners.Result(failed=1)


def run_node(suite):
    """A folder's ``npm test``."""
    folder = suite.targets[0]
    node.ensure_packages(folder)
    code, output = runners.stream(["npm", "test", "--silent"], cwd=folder)
    return runners.count(output, code)


def run_browser(suite, store, extra):
    """Browser tests against a whole restaurant on a database of its own."""
    with store.copy(addons.ours()) as instance, Supervisor(instance.scratch / "logs") as supervisor:
        running = stack.Stack(supervisor, instance, instance.scratch / "state", stack.choose_ports(anywhere=True))
        running.start()
        told = {**running.describe(), "logs": str(instance.scratch / "logs")}
        return runners.run_python(suite, extra, {"DIANCAN_STACK": json.dumps(told)})
