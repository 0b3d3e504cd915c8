"""./manage shell and psql: a prompt on a database."""

from . import cmd_server, postgres, shell
from .templates import test_server


def add_arguments(parser):
    cmd_server.add_database(parser)
    parser.add_argument("--psql", action="store_true", help="PostgreSQL's prompt instead of Python's")
    parser.add_argument("arguments", nargs="*", help="more for the program, after --")


def main(args):
    with test_server() as server:
        if args.psql:
            command = [postgres.programs() / "psql", "-d", args.db, *args.arguments]
            return shell.passthrough(command, env=server.environ())
        return cmd_server.shell_on(server, args)
