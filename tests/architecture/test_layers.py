"""``depends`` and imports point strictly down the table in docs/architecture.md."""

import sys

import house
import pytest


def test_the_table_names_the_addons_that_are_here():
    assert sorted(house.layers()) == list(house.addons())


@pytest.mark.parametrize("addon", house.addons())
def test_depends_point_strictly_down(addon):
    layers = house.layers()
    wrong = [
        f"{addon} (layer {layers[addon]}) depends on {below} (layer {layers[below]})"
        for below in house.manifest(addon).get("depends", [])
        if below in house.addons() and layers[below] >= layers[addon]
    ]
    house.none(wrong)


@pytest.mark.parametrize("addon", house.addons())
def test_imports_follow_depends(addon):
    allowed = house.depends_below(addon) | {addon}
    wrong = [
        f"{house.name_of(file)}:{line} imports {dotted}"
        for file in house.files(".py", under=house.ADDONS / addon)
        for line, dotted in house.imported(file)
        if house.addon_of_import(dotted) not in {None, *allowed}
    ]
    house.none(wrong)


def test_dining_rules_is_pure():
    """Only the standard library and itself; its tests may also use the test tools."""
    wrong = []
    for file in house.files(".py", under=house.ADDONS / "dining_rules"):
        own = {"dining_rules", *({"pytest", "hypothesis"} if house.is_test(file) else ())}
        for line, dotted in house.imported(file):
            top = dotted.removeprefix("odoo.addons.").split(".")[0]
            if top not in own and top not in sys.stdlib_module_names:
                wrong.append(f"{house.name_of(file)}:{line} imports {dotted}")
    house.none(wrong)


def test_tooling_needs_only_the_standard_library():
    """It runs before the virtual environment exists; what it hands to pytest and Odoo runs inside."""
    wrong = [
        f"{house.name_of(file)}:{line} imports {dotted}"
        for file in house.files(".py", under=house.ROOT / "tooling")
        if file.parent.name != "inside_odoo" and not file.name.startswith("pytest_")
        for line, dotted in house.imported(file)
        if dotted.split(".")[0] not in {"tooling", *sys.stdlib_module_names}
    ]
    house.none(wrong)
