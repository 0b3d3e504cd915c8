"""The tooling under test, on folders of the test's own."""

import pytest

from tooling import paths


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project folder with three addons on top of each other."""
    for name, depends in (("low", ["base"]), ("middle", ["low", "web"]), ("top", ["middle", "mail"])):
        addon = tmp_path / "addons" / name
        (addon / "tests").mkdir(parents=True)
        (addon / "__manifest__.py").write_text(repr({"name": name, "depends": depends}))
        (addon / "models.py").write_text("x = 1\n")
        (addon / "tests" / "test_it.py").write_text("def test_it(): pass\n")
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    monkeypatch.setattr(paths, "ADDONS", tmp_path / "addons")
    return tmp_path
