"""./manage reset"""

from . import paths, restaurant
from .console import ask, say


def add_arguments(parser):
    parser.add_argument("--yes", action="store_true", help="do not ask")


def main(args):
    if not paths.DATA.exists():
        say("There is no restaurant's data here.")
        return 0
    with restaurant.alone():
        if not args.yes and not ask("Drop the restaurant with its orders, members and money?"):
            say("Nothing was dropped. (./manage reset --yes does not ask.)")
            return 1
        restaurant.drop()
    say("Dropped. ./manage run opens a fresh restaurant.")
    return 0
