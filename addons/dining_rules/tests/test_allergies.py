from dining_rules.allergies import Allergy, Said, clashes, contents, warnings
from dining_rules.menu import Menu, Text, public_view

from . import menus

PEANUTS, SESAME, EGGS = Text("花生", "Peanuts"), Text("芝麻", "Sesame"), Text("蛋", "Eggs")
SAID = [Said(1, "sesame", SESAME), Said(2, "peanut", PEANUTS), Said(2, "egg", EGGS)]


def house():
    """The house's menu: noodles with peanuts, egg as an extra, sesame on the beef."""
    snapshot = menus.house()
    noodles, beef = snapshot["dishes"][0], snapshot["dishes"][1]
    noodles["allergens"], beef["allergens"] = ["peanut"], ["sesame"]
    noodles["groups"][1]["options"][0]["allergens"] = ["egg"]
    return snapshot


def test_a_dish_contains_what_its_options_bring():
    noodles = Menu.from_snapshot(house()).dishes[menus.RICE_NOODLES]
    assert contents(noodles) == {"peanut"}
    assert contents(noodles, (menus.LARGE,)) == {"peanut"}
    assert contents(noodles, (menus.LARGE, menus.EGG)) == {"peanut", "egg"}


def test_the_kitchen_hears_all_of_the_guest_who_ordered_and_of_others_what_is_in_the_dish():
    peanuts, eggs = Allergy(PEANUTS, 2, True), Allergy(EGGS, 2, False)
    assert warnings(SAID, frozenset({"peanut"}), 2) == (peanuts, eggs)
    assert warnings(SAID, frozenset({"peanut"}), 1) == (peanuts, Allergy(SESAME, 1, False))
    assert warnings(SAID, frozenset({"peanut"}), None) == (peanuts,), "staff have added it"
    assert warnings(SAID, frozenset({"milk"}), 3) == ()
    assert clashes(warnings(SAID, frozenset({"peanut"}), 1))
    assert not clashes(warnings(SAID, frozenset({"milk"}), 1))


def test_what_is_in_the_dish_stands_first():
    heard = warnings(SAID, frozenset({"egg"}), 1)
    assert heard == (Allergy(EGGS, 2, True), Allergy(SESAME, 1, False))


def test_an_allergy_survives_json():
    allergy = Allergy(PEANUTS, 2, True)
    assert allergy.as_dict() == {"zh": "花生", "en": "Peanuts", "seat": 2, "contained": True}
    assert Allergy.of(allergy.as_dict()) == allergy


def test_a_set_meal_shows_what_any_of_its_choices_may_contain():
    noodles, _beef, _chicken, _tea, lunch = public_view(house())["dishes"]
    assert noodles["allergens"] == ["peanut"]
    assert lunch["allergens"] == ["peanut", "sesame"]
    assert [choice["allergens"] for group in lunch["sets"] for choice in group["choices"]] == [
        ["peanut"],
        ["sesame"],
        [],
        [],
    ]


def test_menus_written_before_there_were_allergens_are_read():
    snapshot = menus.house()
    for dish in snapshot["dishes"]:
        del dish["allergens"]
    assert contents(Menu.from_snapshot(snapshot).dishes[menus.RICE_NOODLES], (menus.EGG,)) == frozenset()
