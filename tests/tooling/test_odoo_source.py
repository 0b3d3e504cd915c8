"""An Odoo that is there already is recognised and used."""

import pytest

from tooling import odoo_source
from tooling.console import Problem


def make_odoo(folder, version=(19, 0)):
    (folder / "odoo" / "addons" / "base").mkdir(parents=True)
    (folder / "odoo" / "release.py").write_text(f"version_info = {version!r}\nversion = '19.0'\n")
    return folder


@pytest.fixture
def choose(monkeypatch):
    return lambda folder: monkeypatch.setenv("DIANCAN_ODOO", str(folder))


def test_a_checkout_has_two_addons_folders(tmp_path, choose):
    make_odoo(tmp_path)
    (tmp_path / "addons" / "web" / "static").mkdir(parents=True)
    choose(tmp_path)
    assert odoo_source.find() == odoo_source.Odoo(tmp_path, (tmp_path / "odoo" / "addons", tmp_path / "addons"), "19.0")


def test_a_package_has_one(tmp_path, choose):
    library = make_odoo(tmp_path / "usr/lib/python3/dist-packages")
    # Debian's package has a second, partial copy of the addons beside it.
    (library / "addons" / "web").mkdir(parents=True)
    choose(tmp_path)
    assert odoo_source.find() == odoo_source.Odoo(library, (library / "odoo" / "addons",), "19.0")


def test_a_folder_without_odoo_is_refused(tmp_path, choose):
    choose(tmp_path)
    with pytest.raises(Problem, match="holds no Odoo") as refused:
        odoo_source.ensure()
    assert "Odoo 19 checkout" in refused.value.remedy


def test_another_version_is_refused(tmp_path, choose):
    make_odoo(tmp_path, (18, 0))
    choose(tmp_path)
    with pytest.raises(Problem, match="Diancan runs on Odoo 19"):
        odoo_source.ensure()


def test_nothing_is_there_before_it_is_fetched(tmp_path, monkeypatch):
    monkeypatch.delenv("DIANCAN_ODOO", raising=False)
    monkeypatch.setenv("DIANCAN_CACHE", str(tmp_path))
    assert odoo_source.find() is None
