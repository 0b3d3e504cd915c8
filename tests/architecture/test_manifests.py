"""Manifests and what stands beside them (convention 1, 18)."""

import re

import house
import pytest

REQUIRED = {"name", "summary", "version", "license", "author", "depends"}
OPTIONAL = {
    "category",
    "data",
    "assets",
    "installable",
    "application",
    "auto_install",
    "external_dependencies",
    "post_init_hook",
    "pre_init_hook",
    "uninstall_hook",
    "website",
    "images",
    "countries",
    "sequence",
    "description",
}
VERSION = re.compile(r"^19\.0\.\d+\.\d+\.\d+$")


@pytest.mark.parametrize("addon", house.addons())
class TestManifest:
    def test_keys(self, addon):
        keys = set(house.manifest(addon))
        house.none(REQUIRED - keys)
        house.none(keys - REQUIRED - OPTIONAL)

    def test_no_key_is_empty(self, addon):
        empty = [key for key, value in house.manifest(addon).items() if value in ("", [], {}, None)]
        # A pure library may depend on nothing of Odoo's but says so.
        house.none([key for key in empty if (addon, key) != ("dining_rules", "depends")])

    def test_version_licence_author(self, addon):
        manifest = house.manifest(addon)
        assert VERSION.match(manifest["version"])
        assert (manifest["license"], manifest["author"]) == ("LGPL-3", "Diancan contributors")

    def test_security_comes_first(self, addon):
        data = house.manifest(addon).get("data", [])
        security = [place for place, file in enumerate(data) if file.startswith("security/")]
        assert security == list(range(len(security)))

    def test_listed_files_are_there_and_no_other(self, addon):
        folder = house.ADDONS / addon
        listed = set(house.manifest(addon).get("data", []))
        there = {
            str(file.relative_to(folder))
            for part in ("security", "views", "data", "report", "reports", "wizard", "wizards")
            for file in (folder / part).rglob("*")
            if file.suffix in {".xml", ".csv"}
        }
        house.none(listed ^ there)

    def test_readme(self, addon):
        readme = house.ADDONS / addon / "README.md"
        assert readme.exists()
        assert len(readme.read_text().split()) >= 30
