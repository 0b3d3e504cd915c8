from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dining_rules import ticket as blocks
from dining_rules.typeset import COLUMNS, CutRow, QrRow, Row, cells, printable, rows, wrap

WIDE, NARROW = COLUMNS[80], COLUMNS[58]
texts = st.text(max_size=80)


def solid(text):
    return "".join(text.split())


def printed(block, columns=WIDE):
    return [(row.text, row.width, row.height) for row in rows([block], columns)]


def test_columns_of_the_two_papers():
    assert (NARROW, WIDE) == (32, 48)


def test_chinese_takes_two_columns():
    assert cells("B12 汽锅鸡 ×2") == 4 + 6 + 1 + 3


@given(texts, st.integers(2, 48))
def test_wrapping_loses_nothing_and_fits(text, width):
    lines = wrap(text, width)
    assert solid("".join(lines)) == solid(printable(text))
    assert all(cells(line) <= width for line in lines)


@given(texts, st.sampled_from([NARROW, WIDE]))
def test_a_note_is_printed_in_full_white_on_black(text, columns):
    printed_rows = rows([blocks.Note("忌口", text)], columns)
    assert solid("".join(row.text for row in printed_rows)) == solid("【忌口】" + printable(text))
    assert all(row.spans[0].inverse and (row.width, row.height) == (2, 2) for row in printed_rows)
    assert all(cells(row.text) == columns // 2 for row in printed_rows)


@given(texts, st.sampled_from([NARROW, WIDE]))
def test_a_warning_is_printed_in_full_and_larger_than_a_note(text, columns):
    printed_rows = rows([blocks.Banner(f"▲含{text}")], columns)
    assert solid("".join(row.text for row in printed_rows)) == solid("▲含" + printable(text))
    assert all(row.spans[0].inverse and (row.width, row.height) == (3, 3) for row in printed_rows)
    assert all(cells(row.text) * 3 <= columns for row in printed_rows)


@given(texts)
def test_every_text_can_be_encoded_and_commands_nothing(text):
    encoded = printable(text).encode("gb18030")
    assert not any(byte < 0x20 or byte == 0x7F for byte in encoded)


@given(texts, texts, st.sampled_from([NARROW, WIDE]), st.sampled_from(["", "加急"]))
def test_a_dish_is_printed_in_full(name, sub, columns, flag):
    printed_rows = rows([blocks.Dish(name, "×12", sub, flag)], columns)
    assert all(cells(row.text) * row.width <= columns for row in printed_rows)
    large = "".join(row.text for row in printed_rows if row.width == 2)
    assert solid(large.replace("×12", "", 1 if "×12" not in name else 0)).startswith(flag)
    assert sorted(solid(large)) == sorted(solid(printable(name) + flag + "×12"))


def test_words_stay_whole_and_a_row_never_begins_with_a_comma():
    assert wrap("No peanuts, please", 11) == ["No peanuts,", "please"]
    assert wrap("不要香菜，花生过敏", 8) == ["不要香", "菜，花生", "过敏"]


def test_a_word_longer_than_the_row_is_broken_not_cut():
    assert wrap("Pneumonoultra", 5) == ["Pneum", "onoul", "tra"]


def test_pictures_are_spelled_out_and_controls_removed():
    assert printable("no 🥜!") == "no [花生 peanuts]!"
    assert printable("🌶️ 🍕") == "[辣椒 hot pepper] [slice of pizza]"
    assert printable("辣\x1bp\x00\n醋") == "辣 p  醋"
    assert printable("👍🏽") == "[thumbs up sign]"


def test_what_no_printer_has_a_type_for_is_named_or_numbered():
    assert printable("★é㐀") == "★é㐀", "in every printer's font"
    assert printable("jalapeño Ő 𝐀") == "jalapeno O A", "without the accent it can be read"
    assert printable("𠮷") == "[U+20BB7]"
    assert printable("\ue000\ud800\U0001faf8") == "[U+E000][U+D800][U+1FAF8]"
    assert printable("한") == "[hangul syllable han]"
    assert printable("1\ufe0f\u20e3") == "1"


def test_an_option_of_two_hundred_characters_wraps():
    name = "少油少盐多加香菜不要葱" * 18 + "ab"
    for columns in (NARROW, WIDE):
        lines = printed(blocks.Options(name), columns)
        assert "".join(text.strip() for text, _width, _height in lines) == name
        assert all(cells(text) * width <= columns for text, width, _height in lines)


def test_dish_with_its_quantity_at_the_right():
    assert printed(blocks.Dish("汽锅鸡", "×2", "Steam-pot chicken")) == [
        ("汽锅鸡               ×2", 2, 2),
        ("Steam-pot chicken", 1, 1),
    ]
    one, two = (rows([blocks.Dish("汽锅鸡", quantity)], WIDE)[0] for quantity in ("×1", "×2"))
    assert [span.inverse for span in one.spans] == [False, False]
    assert [span.inverse for span in two.spans] == [False, True]


def test_rush_stands_before_the_dish_white_on_black():
    row = rows([blocks.Dish("汽锅鸡", "×1", flag="加急")], NARROW)[0]
    assert [(span.text, span.inverse) for span in row.spans][0] == ("加急", True)
    assert row.text == "加急 汽锅鸡  ×1"


def test_long_names_wrap_under_their_beginning():
    assert printed(blocks.Part("云南小锅米线配腌菜", "×1"), NARROW) == [
        ("- 云南小锅米 ×1", 2, 2),
        ("  线配腌菜", 2, 2),
    ]


@pytest.mark.parametrize(("name", "scale"), [("B12", 4), ("大厅靠窗八号桌", 3), ("一个怎么也放不下的桌名", 2)])
def test_the_table_is_as_big_as_it_can_be(name, scale):
    assert {(row.width, row.height) for row in rows([blocks.Table(name)], WIDE)} == {(scale, scale)}
    assert "".join(row.text for row in rows([blocks.Table(name)], WIDE)) == name


def test_meta_moves_to_two_rows_when_it_does_not_fit():
    assert printed(blocks.Meta("大厅 4人", "第2轮"), 20) == [("大厅 4人       第2轮", 1, 2)]
    assert printed(blocks.Meta("二楼风花雪月包间", "第2轮"), 20) == [
        ("二楼风花雪月包间", 1, 2),
        ("第2轮", 1, 2),
    ]


def test_rules_fill_the_paper():
    assert printed(blocks.Rule(), NARROW) == [("-" * 32, 1, 1)]
    assert printed(blocks.Rule(heavy=True), WIDE) == [("=" * 48, 1, 1)]


def test_code_and_cut():
    assert rows([blocks.Qr("x"), blocks.Cut()], WIDE) == [QrRow("x"), CutRow()]


def test_an_unknown_block_is_refused():
    with pytest.raises(TypeError):
        rows([object()], WIDE)


def test_every_kind_of_block_can_be_set():
    page = blocks.test_page("后厨", "127.0.0.1:9100", 48, datetime(2026, 3, 1))
    assert {type(row) for row in rows(page, NARROW)} == {Row, QrRow, CutRow}
