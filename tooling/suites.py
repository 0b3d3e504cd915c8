"""The test suites: what they are, and which one owns a path."""

import dataclasses
from pathlib import Path

from . import addons, odoo_source, paths
from .console import Problem

PURE_ADDON = "dining_rules"
STOCK = ("payment", "loyalty", "point_of_sale", "pos_restaurant")


@dataclasses.dataclass(frozen=True)
class Suite:
    """Tests that run in one process.

    :param kind: which runner: lint, python, node, odoo, stock or baseline (Odoo's
        own tests with or without our addons), or browser
    :param name: what a person calls it
    :param targets: the paths given to the runner
    """

    kind: str
    name: str
    targets: tuple


def _has_tests(folder):
    return any(folder.rglob("test_*.py"))


def every():
    """All suites of the project, cheapest first."""
    found = [Suite("lint", "lint", ())]
    python = [paths.ROOT / "tests" / part for part in ("unit", "architecture", "tooling", "contract")]
    python.append(paths.ADDONS / PURE_ADDON / "tests")
    python += sorted((paths.ROOT / "sandbox").glob("*/tests"))
    found += [Suite("python", _name(path), (path,)) for path in python if path.is_dir() and _has_tests(path)]
    found += [Suite("node", _name(path), (path,)) for path in _node_folders()]
    found += [
        Suite("odoo", _name(path), (path,))
        for name in addons.closure(addons.ours())
        if name != PURE_ADDON and _has_tests(path := paths.ADDONS / name / "tests")
    ]
    house = paths.ROOT / "tests" / "odoo"
    if house.is_dir() and _has_tests(house):
        found.append(Suite("odoo", _name(house), (house,)))
    browser = paths.ROOT / "tests" / "e2e"
    if browser.is_dir() and _has_tests(browser):
        found.append(Suite("browser", _name(browser), (browser,)))
    return found


def stock(kind="stock", names=()):
    """Odoo's own tests of the modules that we extend.

    :param names: only these of them
    :raises Problem: when a name is none of them
    """
    for name in names:
        if name not in STOCK:
            raise Problem(f"{name} is none of the modules whose tests are run here.", f"one of: {', '.join(STOCK)}")
    libraries = odoo_source.ensure().addons
    return [
        Suite(kind, f"Odoo's {name}", (folder,))
        for name in names or STOCK
        for folder in (library / name / "tests" for library in libraries)
        if folder.is_dir()
    ]


def _node_folders():
    return [
        paths.ROOT / name for name in ("miniprogram", "sandbox/phone") if (paths.ROOT / name / "package.json").exists()
    ]


def _name(path):
    return str(path.relative_to(paths.ROOT))


def owning(target):
    """The suites that own a path given by a person, narrowed to that path.

    :param target: a file or folder, perhaps with pytest's ``::test_name``
    :raises Problem: when nothing there is a test of this project
    """
    written, mark, inside = target.partition("::")
    path = Path(written)
    path = (path if path.is_absolute() else _from_here_or_root(path)).resolve()
    if not path.exists() or not path.is_relative_to(paths.ROOT):
        raise Problem(f"{written} is not in this project.", "./manage test --list shows the suites")
    if path == paths.ROOT:
        return every()
    found = []
    for suite in every():
        if not suite.targets:
            continue
        home = suite.targets[0]
        owner = home.parent if home.is_relative_to(paths.ADDONS) else home
        if path == owner or home.is_relative_to(path):
            found.append(suite)
        elif path.is_relative_to(owner):
            narrowed = (f"{path}{mark}{inside}",) if path.is_relative_to(home) else suite.targets
            if suite.kind == "node":
                narrowed = suite.targets
            found.append(dataclasses.replace(suite, targets=narrowed))
    if not found:
        raise Problem(f"No test suite owns {written}.", "./manage test --list shows the suites")
    return found


def _from_here_or_root(path):
    """A path as typed where the person stands, or as seen from the project's root."""
    here = Path.cwd() / path
    return here if here.exists() and here.resolve().is_relative_to(paths.ROOT) else paths.ROOT / path


def addons_for(suite):
    """The addons an odoo suite needs: its own, or all for tests across addons."""
    first = Path(str(suite.targets[0]).partition("::")[0])
    if first.is_relative_to(paths.ADDONS):
        return [first.relative_to(paths.ADDONS).parts[0]]
    return addons.ours()
