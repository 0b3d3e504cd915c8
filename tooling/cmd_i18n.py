"""./manage i18n: bring an addon's zh_CN.po up to date with its source strings."""

from pathlib import Path

from . import addons, paths
from .console import Problem, say
from .templates import open_store

SCRIPT = Path(__file__).parent / "inside_odoo" / "merge_translations.py"


def add_arguments(parser):
    parser.add_argument("addons", nargs="+", metavar="ADDON", help="addons/NAME or NAME")


def main(args):
    names = [Path(name).name for name in args.addons]
    for name in names:
        if name not in addons.ours():
            raise Problem(f"There is no addon {name}.", f"one of: {', '.join(addons.ours())}")
    with open_store() as store, store.copy(names) as instance:
        for name in names:
            script = f"ADDON = {name!r}\nFOLDER = {str(paths.ADDONS / name)!r}\n{SCRIPT.read_text()}"
            out = instance.shell(script, doing=f"Exporting the texts of {name}")
            say(out.strip().splitlines()[-1])
    return 0
