"""./manage server, shell and psql: a database to try things on."""

import re

from . import addons, shell
from .console import Problem, say, step
from .templates import open_store

NAME = re.compile(r"^(?!run-|build-|stock-|addons-|postgres$|template)[a-z][a-z0-9_-]{0,40}$")


def add_database(parser, required=True):
    parser.add_argument(
        "--db", metavar="NAME", required=required, help="a database of your own; made when it is not there"
    )
    parser.add_argument(
        "--addons", metavar="A,B", default="", help="install only these (with those below them) in a new database"
    )
    parser.add_argument("--fresh", action="store_true", help="drop the database first")


def add_arguments(parser):
    add_database(parser)
    parser.add_argument("--port", type=int, default=0, help="HTTP port; a free one if left out")
    parser.add_argument("--drop", action="store_true", help="drop the database and stop")
    parser.add_argument("arguments", nargs="*", help="more for Odoo, after --")


def open_database(store, args):
    """Make the database a person named, if it is not there yet."""
    if not NAME.match(args.db):
        raise Problem(f"{args.db} cannot be used as a name.", "choose another, like try-menu")
    if args.fresh:
        store.drop(args.db)
    if args.db not in store.server.databases():
        names = [name for name in args.addons.split(",") if name] or addons.ours()
        step(f"making the database {args.db} with {', '.join(names) or 'stock modules'} ...")
        store.make(args.db, names)


def main(args):
    with open_store() as store:
        if args.drop:
            store.drop(args.db)
            return 0
        open_database(store, args)
        port = args.port or shell.free_port()
        instance = store.instance(args.db, http_port=str(port), gevent_port=str(shell.free_port()))
        say(f"http://127.0.0.1:{port}  (admin / admin)  Ctrl-C stops it")
        return shell.passthrough(instance.command("server", *args.arguments), env=instance.environ())
