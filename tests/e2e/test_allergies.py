"""One of two guests is allergic: from the phone over the other one's cart to the cook, in real browsers.

The parts follow one another: what a later one needs, an earlier one has done.
"""

import re

import pytest
from kitchen_screens import KitchenScreen, open_link
from screens import PICTURES, Paper, PhoneScreen, soon

TABLE = "A7"
NOODLES, EGG = "豆花米线", "茉莉花炒蛋"


@pytest.fixture(scope="module")
def code(back):
    return back.table(TABLE)["dining_code"]


@pytest.fixture(scope="module")
def grace(browser, stack, code):
    return PhoneScreen(browser, stack, "grace", code)


@pytest.fixture(scope="module")
def henry(browser, stack, code, grace):
    return PhoneScreen(browser, stack, "henry", code)


@pytest.fixture(scope="module")
def hot(browser, back):
    return KitchenScreen(browser, open_link(back, "station", "热菜"))


def dialogue(phone):
    """The question that stands over everything else."""
    return phone.page.locator(".mp-modal")


def answer(phone, words):
    dialogue(phone).get_by_role("button", name=words, exact=True).tap()
    dialogue(phone).wait_for(state="detached")


def test_a_guest_says_what_she_must_not_eat(grace, henry):
    grace.top("ui-dish-card").first.wait_for()
    grace.sit_down(2)
    henry.top("ui-dish-card").first.wait_for()
    grace.text("有过敏？").tap()
    sheet = grace.top("ui-allergies-sheet")
    for name in ("花生", "芝麻"):
        sheet.get_by_text(name, exact=True).tap()
    sheet.get_by_text("保存", exact=True).tap()
    soon(grace.text("过敏：花生、芝麻"), 10)


def test_the_other_phone_is_asked_before_a_clash_goes_into_the_cart(henry):
    henry.choose("米线饵丝", NOODLES)
    sheet = henry.top("ui-option-sheet")
    soon(sheet.get_by_text("过敏原：花生、麸质、大豆、芝麻"), 10)
    soon(sheet.get_by_text("含花生、芝麻，1 号食客过敏"), 10)
    henry.picture("phone-allergens")
    henry.add_chosen()
    soon(dialogue(henry).get_by_text("「豆花米线」含花生、芝麻，1 号食客过敏。仍要点这道菜吗？"))
    answer(henry, "不点了")
    assert sheet.get_by_text("加入购物车", exact=True).is_visible()
    henry.add_chosen()
    answer(henry, "仍要点")
    soon(henry.top("ui-cart-bar").get_by_text("共 1 份"), 10)
    henry.plus("田园时蔬", EGG)
    soon(henry.top("ui-cart-bar").get_by_text("共 2 份"), 10)


def test_the_cart_shows_it_and_placing_asks_once_more(grace):
    soon(grace.top("ui-cart-bar").get_by_text("共 2 份"), 10)
    grace.review()
    line = grace.top("ui-cart-line").filter(has_text=NOODLES)
    soon(line.get_by_text("含花生、芝麻，您过敏"), 10)
    grace.picture("phone-clash")
    submit = grace.text("提交订单")
    submit.tap()
    soon(dialogue(grace).get_by_text("豆花米线 · 含花生、芝麻，您过敏"))
    answer(grace, "再看看")
    assert submit.is_visible()
    submit.tap()
    answer(grace, "仍要下单")
    grace.top("ui-order-line").first.wait_for()


def test_paper_and_display_shout_it(stack, hot):
    ticket = Paper(stack).wait_for(TABLE, NOODLES)
    text = re.sub(r"\s", "", ticket["text"])
    assert "▲含花生▲含芝麻【1号食客过敏】花生、芝麻" in text
    (PICTURES / "ticket-allergy.png").write_bytes(Paper(stack).png_of(ticket))
    noodles = hot.dish(TABLE, NOODLES)
    soon(noodles.locator(".kds-danger").filter(has_text="含花生"), 10)
    assert noodles.locator(".kds-allergy > span").inner_text() == "花生、芝麻（1\u00a0号客）"
    assert hot.dish(TABLE, EGG).locator(".kds-danger, .kds-allergy").count() == 0
    for width, height in ((800, 1280), (1920, 1080)):
        hot.page.set_viewport_size({"width": width, "height": height})
        hot.page.wait_for_timeout(100)
        assert hot.cut_wishes() == [], f"{width} × {height}"


def test_said_late_the_cook_hears_of_it(henry, hot, stack):
    henry.text("有过敏？").tap()
    sheet = henry.top("ui-allergies-sheet")
    sheet.get_by_text("蛋", exact=True).tap()
    sheet.get_by_text("保存", exact=True).tap()
    soon(dialogue(henry).get_by_text(re.compile("已下单的茉莉花炒蛋含有您过敏的食材")), 10)
    answer(henry, "知道了")
    soon(hot.dish(TABLE, EGG).locator(".kds-danger").filter(has_text="含蛋"), 10)
    ticket = Paper(stack).wait_for("改备注", EGG)
    assert "▲含蛋【2号食客过敏】蛋" in re.sub(r"\s", "", ticket["text"])


def test_the_phones_are_sound(grace, henry):
    grace.assert_sound()
    henry.assert_sound()
