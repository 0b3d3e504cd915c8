"""./manage verify-statement FILE"""

from . import paths, shell, venv

PROGRAM = paths.ADDONS / "dining_wallet/tools/verify_statement.py"


def add_arguments(parser):
    parser.add_argument("file", help="the statement, JSON or PDF")
    parser.add_argument("--key", metavar="FINGERPRINT", help="of the key that the restaurant publishes")


def main(args):
    return shell.passthrough([venv.ensure(), PROGRAM, args.file, *([args.key] if args.key else [])])
