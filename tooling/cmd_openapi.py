"""./manage openapi: the API's contract, and what is generated from it."""

from . import node, paths, venv
from .console import Problem
from .shell import run

ADDON = paths.ADDONS / "dining_api"
FILE = ADDON / "openapi.json"


def add_arguments(parser):
    parser.add_argument("--check", action="store_true", help="only say whether they are up to date")


def main(args):
    before = _read()
    generate()
    if args.check and before != _read():
        raise Problem(
            "The contract and what is generated from it had drifted apart.",
            "they are written anew now; commit them",
        )
    return 0


def generate():
    """Write openapi.json from the pydantic models, then the mini-program's types."""
    contract = run([venv.ensure(), "-m", "contract.openapi"], cwd=ADDON, doing="Writing the contract as OpenAPI")
    FILE.write_text(contract)
    package = paths.ROOT / "miniprogram"
    if (package / "package.json").exists():
        node.ensure_packages(package)
        run(["npm", "run", "--silent", "types"], cwd=package, doing="Writing the mini-program's types")


def _read():
    generated = (FILE, paths.ROOT / "miniprogram/src/services/api.d.ts")
    return [file.read_bytes() if file.exists() else b"" for file in generated]
