"""./manage shell: a prompt on a database."""

from . import cmd_server, postgres, restaurant, shell
from .console import Problem
from .templates import open_store


def add_arguments(parser):
    cmd_server.add_database(parser, required=False)
    parser.add_argument("--psql", action="store_true", help="PostgreSQL's prompt instead of Python's")
    parser.add_argument("arguments", nargs="*", help="more for the program, after --")


def main(args):
    if args.db:
        with open_store() as store:
            cmd_server.open_database(store, args)
            return _prompt(store.instance(args.db), args)
    with restaurant.server() as server:
        if restaurant.database() not in server.databases():
            raise Problem(
                "There is no restaurant here yet.", "open it once with ./manage run, or name a database: --db NAME"
            )
        return _prompt(restaurant.instance(server), args)


def _prompt(instance, args):
    if args.psql:
        command = [postgres.programs() / "psql", "-d", instance.database, *args.arguments]
        return shell.passthrough(command, env=instance.server.environ())
    command = instance.command("shell", "--no-http", *args.arguments)
    return shell.passthrough(command, env=instance.environ())
