from dining_rules.allergies import Allergy, Said, clashes, contents, renewed, unprinted, warnings
from dining_rules.menu import Menu, Text, public_view

from . import menus

PEANUTS, SESAME, EGGS = Text("花生", "Peanuts"), Text("芝麻", "Sesame"), Text("蛋", "Eggs")
ANN, BEA, CID = 41, 42, 43
SAID = [Said(ANN, 1, "sesame", SESAME), Said(BEA, 2, "peanut", PEANUTS), Said(BEA, 2, "egg", EGGS)]


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
    peanuts, eggs = Allergy(PEANUTS, 2, True, "peanut", BEA), Allergy(EGGS, 2, False, "egg", BEA)
    sesame = Allergy(SESAME, 1, False, "sesame", ANN)
    assert warnings(SAID, frozenset({"peanut"}), BEA) == (peanuts, eggs)
    assert warnings(SAID, frozenset({"peanut"}), ANN) == (peanuts, sesame)
    assert warnings(SAID, frozenset({"peanut"}), None) == (peanuts,), "staff have added it"
    assert warnings(SAID, frozenset({"milk"}), CID) == ()
    assert clashes(warnings(SAID, frozenset({"peanut"}), ANN)) == {("peanut", 2)}
    assert clashes(warnings(SAID, frozenset({"milk"}), ANN)) == set()


def test_what_is_in_the_dish_stands_first():
    heard = warnings(SAID, frozenset({"egg"}), ANN)
    assert heard == (Allergy(EGGS, 2, True, "egg", BEA), Allergy(SESAME, 1, False, "sesame", ANN))


def test_who_is_not_asked_takes_nothing_back():
    sesame, eggs = Allergy(SESAME, 1, False, "sesame", ANN), Allergy(EGGS, 1, True, "egg", CID)
    milk = Allergy(Text("奶", "Milk"), 2, True, "milk", BEA)
    assert renewed((milk, sesame), (eggs,), [CID]) == (milk, eggs, sesame)
    assert renewed((milk, sesame), (eggs,), [ANN, CID]) == (milk, eggs)
    assert renewed((milk, sesame), (), []) == (milk, sesame)


def test_paper_that_has_told_of_an_allergy_is_not_printed_again():
    inside, other = Allergy(EGGS, 1, True, "egg", CID), Allergy(EGGS, 1, False, "egg", CID)
    assert unprinted((inside,), []) == [inside]
    assert unprinted((inside, other), [inside.on_paper()]) == [], "louder says it too"
    assert unprinted((inside, other), [other.on_paper()]) == [inside], "that the dish contains it is new"
    assert unprinted((inside,), [Allergy(EGGS, 2, True, "egg", CID).on_paper()]) == [inside], "another seat"


def test_an_allergy_survives_json():
    allergy = Allergy(PEANUTS, 2, True, "peanut", BEA)
    shown = {"zh": "花生", "en": "Peanuts", "seat": 2, "contained": True, "code": "peanut"}
    assert allergy.as_shown() == shown
    assert allergy.as_dict() == {**shown, "guest": BEA}
    assert Allergy.of(allergy.as_dict()) == allergy
    before = {name: value for name, value in shown.items() if name != "code"}
    assert Allergy.of(before) == Allergy(PEANUTS, 2, True), "written before codes and guests were"


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
