"""Templates are built once, copied, and built again when something changed.

PostgreSQL is real; in place of Odoo's installer stands one that notes its work.
"""

import shutil

import pytest

from tooling import odoo_source, postgres, templates
from tooling.console import Problem


class Installer:
    """Stands in for an Odoo instance: installing makes a table for each module."""

    work = []
    broken = False

    def __init__(self, server, database, data, scratch, **settings):
        self.server, self.database, self.data = server, database, data

    def install(self, modules, *arguments, strict=True):
        if self.broken:
            raise Problem("it does not install")
        for module in modules:
            self.server.sql(f'CREATE TABLE "{module}" ()', self.database)
        files = self.data / "filestore" / self.database
        files.mkdir(parents=True, exist_ok=True)
        (files / modules[-1]).write_text("picture")
        self.work.append(tuple(modules))


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    base = tmp_path_factory.mktemp("templates")
    own = postgres.Cluster(base, durable=False)
    with own as server:
        yield server
    shutil.rmtree(own._data.parent, ignore_errors=True)


@pytest.fixture
def store(project, cluster, tmp_path, monkeypatch):
    for name in ("base", "web", "mail"):
        (project / "odoo" / name).mkdir(parents=True)
    found = odoo_source.Odoo(project, (project / "odoo",), "19.0")
    monkeypatch.setattr(odoo_source, "ensure", lambda: found)
    monkeypatch.setattr(templates, "Instance", Installer)
    monkeypatch.setattr(templates.addons, "BASELINE", ("base",))
    monkeypatch.setattr(Installer, "work", [])
    # A version of its own keeps the tests' templates apart on the shared server.
    monkeypatch.setattr(templates, "LANGUAGES", str(tmp_path))
    yield templates.Store(cluster, tmp_path / "home")
    for name in cluster.databases() - {"postgres", "template0", "template1"}:
        cluster.drop(name)


def tables(server, database):
    return {
        row[0]
        for row in server.sql(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace", database
        )
    }


def test_a_copy_is_built_in_levels_and_dropped(store):
    with store.copy(["top"]) as instance:
        name = instance.database
        assert tables(store.server, name) == {"base", "web", "mail", "low", "middle", "top"}
        files = {file.name for file in (instance.data / "filestore" / name).iterdir()}
        assert files == {"web", "middle", "top"}
    assert name not in store.server.databases()
    assert not (instance.data / "filestore" / name).exists()
    assert Installer.work == [("base", "mail", "web"), ("low", "middle"), ("top",)]


def test_the_second_copy_installs_nothing(store):
    with store.copy(["middle"]):
        pass
    before = list(Installer.work)
    with store.copy(["middle"]) as instance:
        assert "middle" in tables(store.server, instance.database)
    assert Installer.work == before


def test_an_edit_installs_the_edited_addon_alone(store, project):
    with store.copy(["middle"]):
        pass
    Installer.work.clear()
    (project / "addons/middle/models.py").write_text("x = 2\n")
    with store.copy(["middle"]):
        pass
    assert Installer.work == [("middle",)]


def test_an_edited_test_installs_nothing(store, project):
    with store.copy(["middle"]):
        pass
    Installer.work.clear()
    (project / "addons/middle/tests/test_it.py").write_text("def test_other(): pass\n")
    with store.copy(["middle"]):
        pass
    assert Installer.work == []


def test_a_failed_build_leaves_no_template(store, monkeypatch):
    monkeypatch.setattr(Installer, "broken", True)
    with pytest.raises(Problem, match="it does not install"), store.copy(["low"]):
        pass
    monkeypatch.setattr(Installer, "broken", False)
    with store.copy(["low"]) as instance:
        assert tables(store.server, instance.database) == {"base", "low"}


def test_old_templates_and_crashed_runs_are_dropped(store, project, monkeypatch):
    monkeypatch.setattr(templates, "KEEP", {"stock-": 1, "addons-": 2})
    store.server.create("run-1-crashed")
    for content in ("x = 1\n", "x = 2\n", "x = 3\n"):
        (project / "addons/low/models.py").write_text(content)
        with store.copy(["low"]):
            pass
    left = store.server.databases() - {"postgres", "template0", "template1"}
    kinds = [name.partition("-")[0] for name in left]
    assert (kinds.count("addons"), kinds.count("stock")) == (2, 1)
    assert "run-1-crashed" not in left
