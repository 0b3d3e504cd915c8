"""./manage openapi: the API's contract, and what is generated from it."""

from . import node, paths, runners, venv
from .console import Problem

CONTRACT = ("-m", "dining_api.contract.openapi")
TYPES = ("npm", "run", "--silent", "types")


def add_arguments(parser):
    parser.add_argument("--check", action="store_true", help="only say whether they are up to date")


def main(args):
    before = _read()
    generate()
    if args.check and before != _read():
        raise Problem(
            "The contract and what is generated from it had drifted apart.", "they are written anew now; commit them"
        )
    return 0


def generate():
    """Write openapi.json from the pydantic models, then the mini-program's types."""
    env = {"PYTHONPATH": str(paths.ADDONS)}
    code, _ = runners.stream([venv.ensure(), *CONTRACT], env=env)
    if not code and (paths.ROOT / "miniprogram/package.json").exists():
        node.ensure_packages(paths.ROOT / "miniprogram")
        code, _ = runners.stream(TYPES, cwd=paths.ROOT / "miniprogram")
    if code:
        raise Problem("The contract could not be generated, the reason stands above.")


def _read():
    contract = paths.ADDONS / "dining_api/openapi.json"
    return contract.read_bytes() if contract.exists() else b""
