"""What the architecture tests read: the layer table, manifests, Python files."""

import ast
import functools
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ADDONS = ROOT / "addons"
TABLE = ROOT / "docs" / "architecture.md"
ROW = re.compile(r"^\|\s*(\d+)\s*\|\s*`([a-z0-9_]+)`\s*\|", re.M)
NOT_OURS = {"node_modules", "__pycache__", ".git", ".data"}


@functools.cache
def layers():
    """{addon: layer} of the table in docs/architecture.md."""
    rows = ROW.findall(TABLE.read_text())
    return {addon: int(layer) for layer, addon in rows}


@functools.cache
def addons():
    """The addons that are here, sorted by name."""
    return tuple(sorted(file.parent.name for file in ADDONS.glob("*/__manifest__.py")))


@functools.cache
def manifest(addon):
    return ast.literal_eval((ADDONS / addon / "__manifest__.py").read_text())


@functools.cache
def tree(file):
    return ast.parse(file.read_text(), str(file))


def files(*suffixes, under=ROOT):
    """All files of the project with these suffixes, nothing fetched or built."""
    return sorted(
        file
        for file in under.rglob("*")
        if file.suffix in suffixes and not NOT_OURS & set(file.relative_to(ROOT).parts) and file.is_file()
    )


def name_of(file):
    """A file's path for messages and lists."""
    return str(file.relative_to(ROOT))


def is_test(file):
    return "tests" in file.parts or "test" in file.parts


def depends_below(addon):
    """All our addons that this one depends on, near or far."""
    found = set()
    for below in manifest(addon).get("depends", []):
        if below in addons():
            found |= {below} | depends_below(below)
    return found


def none(found):
    """Assert that nothing was found, and print all of it otherwise."""
    assert not found, "\n" + "\n".join(sorted(map(str, found)))


def imported(file):
    """The modules a Python file imports, relative ones made absolute.

    :returns: [(line, dotted name)]; for an addon ``odoo.addons.NAME...``
    """
    in_addon = ADDONS in file.parents
    home = ["odoo", "addons", *file.relative_to(ADDONS).parts] if in_addon else file.relative_to(ROOT).parts
    package = list(home[:-1])
    found = []
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            prefix = ".".join([*base, *([node.module] if node.module else [])])
            found += [(node.lineno, f"{prefix}.{alias.name}") for alias in node.names]
    return found


def addon_of_import(dotted):
    """The addon of ours that an import reaches into, or None."""
    parts = dotted.split(".")
    if parts[:2] == ["odoo", "addons"]:
        parts = parts[2:]
    return parts[0] if parts and parts[0] in addons() else None
