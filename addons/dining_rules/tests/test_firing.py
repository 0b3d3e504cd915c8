import json
from datetime import datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from dining_rules.firing import FiredLine, Portion, kitchen_changes, preparation_change, prepared, settled
from dining_rules.menu import Text

AT = datetime(2026, 3, 1, 19, 30, 5, tzinfo=timezone(timedelta(hours=8)))


def fired(uuid, quantity=1, parts=(), **more):
    return FiredLine(
        line_id=1,
        line_uuid=uuid,
        dish_id=10,
        product_id=20,
        category_ids=(3,),
        quantity=quantity,
        name=Text("汽锅鸡", "Steam-pot chicken"),
        parts=parts,
        **more,
    )


def test_one_line_is_written_as_the_register_writes_it():
    line = fired("u-1", quantity=2, options=(Text("大份", "Large"), Text("微辣", "Mild")), note="不要香菜")
    assert json.loads(preparation_change(None, [line], at=AT)) == {
        "lines": {
            "u-1": {
                "attribute_value_names": ["大份", "微辣"],
                "uuid": "u-1",
                "isCombo": False,
                "product_id": 20,
                "name": "汽锅鸡 (大份, 微辣)",
                "basic_name": "汽锅鸡",
                "display_name": "汽锅鸡",
                "note": "[]",
                "quantity": 2,
                "customer_note": "不要香菜",
            },
        },
        "general_customer_note": "",
        "internal_note": "",
        "sittingMode": 0,
        "metadata": {"serverDate": "2026-03-01 11:30:05"},
    }


def test_a_set_meal_writes_parent_and_parts():
    line = fired("set", parts=(fired("part-a"), fired("part-b", quantity=2)))
    lines = json.loads(preparation_change(None, [line], at=AT))["lines"]
    assert {
        uuid: (entry["isCombo"], entry.get("combo_parent_uuid"), entry["quantity"]) for uuid, entry in lines.items()
    } == {"set": (True, None, 1), "part-a": (False, "set", 1), "part-b": (False, "set", 2)}


def test_what_was_sent_before_is_kept_and_added_to():
    first = preparation_change(None, [fired("a"), fired("b", quantity=3)], at=AT, sitting_mode=7)
    second = preparation_change(first, [fired("b", quantity=2), fired("c")], at=AT + timedelta(minutes=1))
    assert prepared(second) == {"a": Portion(1), "b": Portion(5), "c": Portion(1)}
    assert json.loads(second)["sittingMode"] == 7
    assert json.loads(second)["metadata"] == {"serverDate": "2026-03-01 11:31:05"}


def test_notes_on_the_order_stay():
    existing = json.dumps({"lines": {}, "general_customer_note": "靠窗", "internal_note": '["vip"]'})
    change = json.loads(preparation_change(existing, [fired("a")], at=AT))
    assert (change["general_customer_note"], change["internal_note"]) == ("靠窗", '["vip"]')


def test_an_older_key_with_the_note_behind_the_uuid_is_found():
    existing = json.dumps({"lines": {"a - ": {"uuid": "a", "quantity": 1}}})
    change = json.loads(preparation_change(existing, [fired("a")], at=AT))
    assert list(change["lines"]) == ["a"]
    assert change["lines"]["a"]["quantity"] == 2


def test_weighed_quantities_stay_fractions():
    change = json.loads(preparation_change(None, [fired("a", quantity=0.75)], at=AT))
    assert change["lines"]["a"]["quantity"] == 0.75


def test_a_set_meal_is_cooked_as_its_parts():
    part = fired("p")
    assert fired("s", parts=(part,)).leaves() == (part,)
    assert part.leaves() == (part,)


def test_nothing_known_means_nothing_sent():
    assert prepared(None) == {}
    assert prepared("") == {}


def test_what_was_sent_and_not_fired_is_fired():
    changes = kitchen_changes({"a": Portion(3)}, {"a": Portion(3)}, {"a": Portion(1)})
    assert (changes.fire, changes.void, changes.renote) == ({"a": 2}, {}, frozenset())


def test_what_was_not_sent_waits_until_the_order_is_paid():
    assert not kitchen_changes({"a": Portion(3)}, {}, {})
    assert kitchen_changes({"a": Portion(3)}, {}, {}, everything=True).fire == {"a": 3}


def test_never_more_than_the_line_says():
    assert kitchen_changes({"a": Portion(1)}, {"a": Portion(99)}, {}).fire == {"a": 1}
    assert not kitchen_changes({}, {"a": Portion(99)}, {})


def test_a_register_that_does_not_know_a_phones_line_changes_nothing():
    assert not kitchen_changes({"a": Portion(1)}, {}, {"a": Portion(1)}, voids=True)


def test_what_left_the_order_is_cancelled_only_when_asked():
    current, fired_before = {"a": Portion(1)}, {"a": Portion(3), "gone": Portion(2)}
    assert not kitchen_changes(current, current, fired_before)
    assert kitchen_changes(current, current, fired_before, voids=True).void == {"a": 2, "gone": 2}
    assert kitchen_changes(current, current, fired_before, everything=True).void == {"a": 2, "gone": 2}


def test_a_note_changed_after_firing_is_told_once_it_was_sent():
    old, new = {"a": Portion(1, "")}, {"a": Portion(1, "花生过敏")}
    assert not kitchen_changes(new, old, old)
    assert kitchen_changes(new, new, old).renote == {"a"}
    assert not kitchen_changes(new, new, new)


quantities = st.dictionaries(st.sampled_from("abc"), st.builds(Portion, st.integers(0, 4)))


@given(quantities, quantities, quantities, st.booleans(), st.booleans())
def test_once_done_nothing_is_left_to_do(current, sent, before, voids, everything):
    changes = kitchen_changes(current, sent, before, voids=voids, everything=everything)
    after = {
        uuid: Portion(before.get(uuid, Portion(0)).quantity + changes.fire.get(uuid, 0) - changes.void.get(uuid, 0))
        for uuid in {*before, *changes.fire, *changes.void}
    }
    assert not kitchen_changes(current, sent, after, voids=voids, everything=everything)
    if everything:
        assert {uuid: portion for uuid, portion in after.items() if portion.quantity} == {
            uuid: portion for uuid, portion in current.items() if portion.quantity
        }


def test_the_registers_memory_is_made_to_agree_with_what_was_fired():
    existing = preparation_change(None, [fired("sent", 2), fired("waiting"), fired("void"), fired("charge")], at=AT)
    memory = settled(
        existing,
        {"sent": Portion(3), "waiting": Portion(0), "void": Portion(0), "phone": Portion(1)},
        [fired("sent"), fired("phone", 5, options=(Text("大份", "Large"),))],
        AT,
    )
    assert prepared(memory) == {"sent": Portion(3), "charge": Portion(1), "phone": Portion(1)}
    assert json.loads(memory)["lines"]["phone"]["attribute_value_names"] == ["大份"]


def test_a_memory_that_agrees_is_left_alone():
    existing = preparation_change(None, [fired("a")], at=AT)
    assert settled(existing, {"a": Portion(1), "b": Portion(0)}, [fired("a")], AT + timedelta(hours=1)) is existing
