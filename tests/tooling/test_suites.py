"""Which suite owns a path."""

from types import SimpleNamespace

import pytest

from tooling import suites
from tooling.console import Problem


@pytest.fixture
def laid_out(project):
    for folder in ("tests/unit", "tests/e2e", "addons/dining_rules/tests", "sandbox/wechat/tests"):
        (project / folder).mkdir(parents=True)
        (project / folder / "test_one.py").write_text("def test_one(): pass\n")
    (project / "addons/dining_rules/__manifest__.py").write_text("{}")
    (project / "miniprogram/tests").mkdir(parents=True)
    (project / "miniprogram/package.json").write_text("{}")
    return project


def names(found):
    return [(suite.kind, suite.name) for suite in found]


def test_every_suite_is_found_cheapest_first(laid_out):
    assert names(suites.every()) == [
        ("lint", "lint"),
        ("python", "tests/unit"),
        ("python", "addons/dining_rules/tests"),
        ("python", "sandbox/wechat/tests"),
        ("node", "miniprogram"),
        ("odoo", "addons/low/tests"),
        ("odoo", "addons/middle/tests"),
        ("odoo", "addons/top/tests"),
        ("browser", "tests/e2e"),
    ]


@pytest.mark.parametrize(
    ("path", "kind", "name"),
    [
        ("addons/low", "odoo", "addons/low/tests"),
        ("addons/low/models.py", "odoo", "addons/low/tests"),
        ("addons/dining_rules", "python", "addons/dining_rules/tests"),
        ("tests/unit", "python", "tests/unit"),
        ("tests/e2e/test_one.py", "browser", "tests/e2e"),
        ("miniprogram/tests", "node", "miniprogram"),
        ("sandbox/wechat", "python", "sandbox/wechat/tests"),
    ],
)
def test_a_path_belongs_to_one_suite(laid_out, path, kind, name):
    assert names(suites.owning(path)) == [(kind, name)]


def test_a_folder_above_owns_all_below(laid_out):
    assert [name for _, name in names(suites.owning("tests"))] == ["tests/unit", "tests/e2e"]


def test_one_test_is_passed_on(laid_out):
    (suite,) = suites.owning("addons/low/tests/test_it.py::test_it")
    assert suite.targets == (f"{laid_out}/addons/low/tests/test_it.py::test_it",)
    assert suites.addons_for(suite) == ["low"]


@pytest.mark.parametrize("path", ["nowhere", "/etc", "addons/low/../../.."])
def test_what_is_not_ours_is_refused(laid_out, path):
    with pytest.raises(Problem, match="not in this project"):
        suites.owning(path)


def test_a_path_without_tests_is_refused(laid_out):
    (laid_out / "docs").mkdir()
    with pytest.raises(Problem, match="No test suite owns docs"):
        suites.owning("docs")


def test_odoos_own_tests_can_be_chosen_by_module(laid_out, monkeypatch, tmp_path):
    for name in suites.STOCK:
        (tmp_path / name / "tests").mkdir(parents=True)
    monkeypatch.setattr(suites.odoo_source, "ensure", lambda: SimpleNamespace(addons=[tmp_path]))
    assert [name for _, name in names(suites.stock())] == [f"Odoo's {name}" for name in suites.STOCK]
    assert names(suites.stock("baseline", ["loyalty"])) == [("baseline", "Odoo's loyalty")]
    with pytest.raises(Problem, match="sale is none of"):
        suites.stock("stock", ["sale"])
