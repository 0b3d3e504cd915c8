"""Which addons belong together, and when a template is out of date."""

import pytest

from tooling import addons, odoo_source
from tooling.console import Problem


def test_closure_is_lowest_first(project):
    assert addons.closure(["top"]) == ["low", "middle", "top"]
    assert addons.closure(["middle"]) == ["low", "middle"]


def test_an_unknown_addon_is_named(project):
    with pytest.raises(Problem, match="addons/nothing is not here") as refused:
        addons.closure(["nothing"])
    assert refused.value.remedy == "the addons are: low, middle, top"


def test_a_circle_is_named(project):
    (project / "addons/low/__manifest__.py").write_text(repr({"depends": ["top"]}))
    with pytest.raises(Problem, match="top > middle > low > top"):
        addons.closure(["top"])


def test_a_broken_manifest_is_named(project):
    (project / "addons/low/__manifest__.py").write_text("{")
    with pytest.raises(Problem, match="addons/low/__manifest__.py cannot be read"):
        addons.closure(["top"])


@pytest.fixture
def odoo(project, monkeypatch):
    for name in ("base", "web", "mail"):
        (project / "odoo" / name).mkdir(parents=True)
    found = odoo_source.Odoo(project, (project / "odoo",), "19.0")
    monkeypatch.setattr(odoo_source, "ensure", lambda: found)


def test_stock_is_what_odoo_has_to_bring(odoo):
    assert addons.stock(["low", "middle"]) == sorted({"base", "web", *addons.BASELINE})


def test_a_dependency_that_nobody_has_is_named(odoo, project):
    (project / "addons/low/__manifest__.py").write_text(repr({"depends": ["nowhere"]}))
    with pytest.raises(Problem, match="addons/low depends on nowhere"):
        addons.stock(["low"])


@pytest.mark.parametrize("file", ["low/models.py", "low/new.xml", "middle/__manifest__.py"])
def test_the_hash_follows_what_is_installed(project, file):
    before = addons.content_hash(["low", "middle"])
    (project / "addons" / file).write_text("{'name': 'other'}")
    assert addons.content_hash(["low", "middle"]) != before


@pytest.mark.parametrize("file", ["low/README.md", "low/tests/test_it.py", "top/models.py"])
def test_the_hash_leaves_out_what_is_not(project, file):
    before = addons.content_hash(["low", "middle"])
    (project / "addons" / file).write_text("changed")
    assert addons.content_hash(["low", "middle"]) == before
