import json
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dining_rules import ticket as blocks
from dining_rules.allergies import Allergy
from dining_rules.firing import FiredLine
from dining_rules.menu import Text
from dining_rules.ticket import Ticket, build, dump, load, marked_reprint

AT = datetime(2026, 3, 1, 19, 32)
PEANUTS, SESAME, MILK = Text("花生", "Peanuts"), Text("芝麻", "Sesame"), Text("奶", "Milk")


def line(name="汽锅鸡", english="Steam-pot chicken", quantity=1, options=(), **more):
    return FiredLine(
        line_id=1,
        line_uuid=name,
        dish_id=1,
        product_id=1,
        category_ids=(1,),
        quantity=quantity,
        name=Text(name, english),
        options=tuple(Text(*option) for option in options),
        **more,
    )


def ticket(*lines, **more):
    return Ticket(station=Text("热菜", "Wok"), table="B12", lines=lines, placed_at=AT, **more)


def test_a_plain_ticket():
    built = build(
        ticket(
            line(quantity=2, options=[("大份", "Large"), ("微辣", "Mild")], note="不要香菜", guest_seat=3),
            line("凉拌米线", "Cold noodles"),
            area="大厅",
            guests=4,
            order_number="0123",
            round_number=2,
            ordered_by=Text("扫码点餐", "Ordered by phone"),
        )
    )
    assert built == (
        blocks.Title("热菜"),
        blocks.Table("B12"),
        blocks.Meta("大厅  4人", "第2轮"),
        blocks.Meta("03-01 19:32", "No. 0123"),
        blocks.Rule(heavy=True),
        blocks.Dish("汽锅鸡", "×2"),
        blocks.Options("大份 / 微辣"),
        blocks.Note("忌口", "不要香菜"),
        blocks.Small("3号食客"),
        blocks.Rule(),
        blocks.Dish("凉拌米线", "×1"),
        blocks.Rule(heavy=True),
        blocks.Meta("共3份", "扫码点餐"),
        blocks.Cut(),
    )


def test_english_and_both_languages():
    lines = line(options=[("大份", "Large")], note="no nuts")
    assert build(ticket(lines), "en")[5:8] == (
        blocks.Options("Large"),
        blocks.Note("NOTE", "no nuts"),
        blocks.Rule(heavy=True),
    )
    assert build(ticket(lines), "both")[4:7] == (
        blocks.Dish("汽锅鸡", "×1", "Steam-pot chicken"),
        blocks.Options("大份", "Large"),
        blocks.Note("忌口", "no nuts"),
    )


def test_a_name_without_translation_is_not_printed_twice():
    assert blocks.Dish("Espresso", "×1") in build(ticket(line("Espresso", "Espresso")), "both")


def test_rush_is_said_at_the_top_and_at_the_dish_and_comes_first():
    built = build(ticket(line("凉拌米线"), line(rush=True)))
    assert built[1] == blocks.Banner("加急")
    assert [block.name for block in built if isinstance(block, blocks.Dish)] == ["汽锅鸡", "凉拌米线"]
    assert blocks.Dish("汽锅鸡", "×1", flag="加急") in built


def test_an_unassigned_ticket_says_so_and_what_to_do():
    built = build(ticket(line(), assigned=False), "both")
    assert built[1:4] == (
        blocks.Banner("未分配 UNASSIGNED"),
        blocks.Small("没有档口负责以下菜品，请出餐口安排", centred=True),
        blocks.Small("No station takes these dishes: assign them at the pass", centred=True),
    )


def test_a_store_without_stations_prints_for_the_pass():
    lost = Ticket(station=None, table="B12", lines=(line(),), placed_at=AT, assigned=False)
    assert build(lost)[0] == blocks.Title("出餐口")


def test_a_set_meal_with_its_parts():
    part = line("小锅米线", "Noodles", quantity=2, note="少油", options=[("加肉", "More meat")])
    built = build(ticket(line("双人套餐", "Feast", parts=(part, line("木瓜水", "Papaya")), note="花生过敏", rush=True)))
    assert built[5:11] == (
        blocks.SetMeal("双人套餐", "×1", flag="加急"),
        blocks.Part("小锅米线", "×2"),
        blocks.Options("加肉"),
        blocks.Note("忌口", "少油"),
        blocks.Part("木瓜水", "×1"),
        blocks.Note("忌口", "花生过敏"),
    )
    assert built[-2] == blocks.Meta("共3份")


def test_an_allergy_is_said_with_its_guest_and_shouted_where_the_dish_contains_it():
    heard = (Allergy(PEANUTS, 2, True), Allergy(SESAME, 2, True), Allergy(MILK, 3, False))
    built = build(ticket(line(allergies=heard, options=[("微辣", "Mild")], note="少油", guest_seat=3)))
    assert built[4:12] == (
        blocks.Dish("汽锅鸡", "×1"),
        blocks.Banner("▲含花生"),
        blocks.Banner("▲含芝麻"),
        blocks.Note("2号食客过敏", "花生、芝麻"),
        blocks.Note("3号食客过敏", "奶"),
        blocks.Options("微辣"),
        blocks.Note("忌口", "少油"),
        blocks.Small("3号食客"),
    )


def test_an_allergy_in_english_and_in_both_languages():
    lines = line(allergies=(Allergy(PEANUTS, 2, True), Allergy(MILK, 2, False)))
    assert build(ticket(lines), "en")[5:7] == (
        blocks.Banner("▲HAS Peanuts"),
        blocks.Note("GUEST 2 ALLERGY", "Peanuts, Milk"),
    )
    assert build(ticket(lines), "both")[5:7] == (
        blocks.Banner("▲含花生 Peanuts"),
        blocks.Note("2号食客过敏", "花生 Peanuts、奶 Milk"),
    )


def test_a_set_meal_shouts_at_the_part_and_says_once_who_is_allergic():
    noodles = line("小锅米线", "Noodles", allergies=(Allergy(PEANUTS, 2, True),))
    papaya = line("木瓜水", "Papaya", allergies=(Allergy(PEANUTS, 2, False),))
    assert build(ticket(line("双人套餐", "Feast", parts=(papaya, noodles))))[4:9] == (
        blocks.SetMeal("双人套餐", "×1"),
        blocks.Part("木瓜水", "×1"),
        blocks.Part("小锅米线", "×1"),
        blocks.Banner("▲含花生"),
        blocks.Note("2号食客过敏", "花生"),
    )


def test_a_set_meal_whose_name_does_not_say_so_is_labelled():
    feast = line("阖家欢", "Family feast", parts=(line(),))
    assert blocks.SetMeal("套餐 阖家欢", "×1") in build(ticket(feast))
    assert blocks.SetMeal("SET Family feast", "×1") in build(ticket(feast), "en")


def test_cancelled_and_changed_are_named():
    assert build(ticket(line(), kind="cancel"))[1] == blocks.Banner("退菜")
    assert build(ticket(line(rush=True), kind="note"))[1] == blocks.Banner("改备注")


def test_a_second_print_says_so_first():
    built = build(ticket(line()))
    assert marked_reprint(built) == (blocks.Banner("补打"), *built)


def test_weighed_quantities():
    assert blocks.Dish("汽锅鸡", "×0.75") in build(ticket(line(quantity=0.75)))


def test_a_language_nobody_speaks_is_refused():
    with pytest.raises(ValueError, match="language is one of"):
        build(ticket(line()), "fr")


def test_an_unknown_kind_is_refused():
    with pytest.raises(KeyError):
        load([{"kind": "hologram"}])


words = st.builds(Text, st.text(min_size=1, max_size=9), st.text(min_size=1, max_size=9))
leaves = st.builds(
    line,
    st.text(min_size=1, max_size=9),
    quantity=st.integers(1, 9),
    options=st.lists(words, max_size=3),
    note=st.text(max_size=20),
    rush=st.booleans(),
    guest_seat=st.integers(0, 5),
)


@given(st.lists(leaves, max_size=5), st.sampled_from(blocks.LANGUAGES))
def test_json_keeps_every_block_and_every_note_is_there(lines, language):
    built = build(ticket(*lines), language)
    assert load(json.loads(json.dumps(dump(built)))) == built
    assert sorted(block.text for block in built if isinstance(block, blocks.Note)) == sorted(
        each.note for each in lines if each.note
    )
    assert (blocks.Banner in map(type, built)) == any(each.rush for each in lines)
