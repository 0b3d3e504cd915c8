"""./manage lint"""

from . import lint, runners, suites
from .console import heading, say


def add_arguments(parser):
    parser.add_argument("paths", nargs="*", metavar="PATH", help="look at these only")
    parser.add_argument("--fix", action="store_true", help="format, and mend what can be mended")


def main(args):
    total = lint.run(args.paths, args.fix)
    if not args.paths:
        for suite in suites.every():
            if suite.name == "tests/architecture":
                heading(suite.name)
                total += runners.run_python(suite)
    say(str(total))
    return 1 if total.failed else 0
