"""Every dependency is pinned and has its reason in docs/dependencies.md."""

import importlib.metadata
import json
import re

import house
from packaging.specifiers import SpecifierSet

REASONS = house.ROOT / "docs" / "dependencies.md"
PIN = re.compile(r"^([A-Za-z0-9._-]+)==[0-9][^ ;]*$")


def _normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def _requirements():
    lines = (house.ROOT / "requirements.txt").read_text().splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


def _reasons():
    """Names in backquotes at the start of a table row or list item."""
    rows = re.findall(r"^(?:\||-) *((?:`[^`]+`,? *)+)(?:\||:)", REASONS.read_text(), re.M)
    return {_normal(name) for row in rows for name in re.findall(r"`([^`]+)`", row)}


def _node_packages():
    found = set()
    for file in house.files(".json"):
        if file.name == "package.json":
            package = json.loads(file.read_text())
            for part in ("dependencies", "devDependencies"):
                for name, version in package.get(part, {}).items():
                    found.add((house.name_of(file), name, version))
    return found


def test_python_packages_are_pinned():
    house.none([line for line in _requirements() if not PIN.match(line)])


def test_python_packages_are_sorted_and_once():
    names = [_normal(line.partition("==")[0]) for line in _requirements()]
    assert names == sorted(set(names))


def test_node_packages_are_pinned():
    house.none([row for row in sorted(_node_packages()) if not re.match(r"^\d", row[2])])


def test_every_package_has_a_reason():
    names = {_normal(line.partition("==")[0]) for line in _requirements()}
    names |= {_normal(name) for _, name, _ in _node_packages()}
    house.none(names - _reasons())


def test_no_reason_without_a_package():
    names = {_normal(line.partition("==")[0]) for line in _requirements()}
    names |= {_normal(name) for _, name, _ in _node_packages()}
    house.none(_reasons() - names)


def test_debians_own_python_can_run_every_package():
    """Debian 12 has Python 3.11.2; a newer patch release must not be needed."""
    wanting = [
        f"{found.metadata['Name']} {found.version} wants Python {found.metadata['Requires-Python']}"
        for found in importlib.metadata.distributions()
        if "3.11.2" not in SpecifierSet(found.metadata["Requires-Python"] or "")
    ]
    house.none(wanting)
