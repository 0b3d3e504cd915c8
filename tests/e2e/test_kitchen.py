"""Dishes of two tables on their way through the kitchen, on displays without an account, on paper and on phones.

The parts follow one another: what a later one needs, an earlier one has done.
"""

import re

import pytest
from kitchen_screens import KitchenScreen, open_link
from screens import Paper, PhoneScreen, Register, soon

ALLERGY = "花生过敏！酱料和油锅都不能沾到花生、芝麻，不要葱姜蒜香菜，少油少盐，孕妇食用"
NOODLES, TOFU = "状元过桥米线", "油鸡枞拌豆腐"
CHOPS, SHOOTS = "黑三剁", "清炒豌豆尖"

#: What a full house orders meanwhile: (dish, portions, wishes).
HOUSE = {
    "A2": [("永平黄焖鸡", 1, "免辣"), ("竹荪土鸡汤", 1, ""), ("红三剁", 2, "")],
    "A3": [("薄荷炒牛干巴", 2, "不要香菜，少油少盐"), ("炒饵丝", 1, "")],
    "A10": [("千张肉", 1, ""), ("蒜片炒见手青", 2, "一定要炒熟"), ("酸菜红豆", 1, "")],
    "B11": [("黑三剁", 2, ""), ("傣味柠檬鸡", 1, "小孩吃，不放辣"), ("竹荪土鸡汤", 1, "")],
    "B17": [("永平黄焖鸡", 2, ""), ("茉莉花炒蛋", 3, ""), ("黑三剁", 1, "少盐")],
    "B18": [("竹荪土鸡汤", 1, ""), ("烤乳扇", 3, "")],
    "A4": [("石屏烤豆腐（10 块）", 1, ""), ("永平黄焖鸡", 1, "多放草果"), ("炒饵丝", 2, "")],
    "A6": [("宣威火腿炒乳饼", 1, ""), ("老奶洋芋", 1, "一份不放葱")],
    "A8": [("蒜片炒见手青", 1, ""), ("千张肉", 1, ""), ("茉莉花炒蛋", 1, "")],
}


@pytest.fixture(scope="module")
def kitchen(browser, stack, back):
    """What the parts share: displays of the hot kitchen and of the pass, the cashier, the paper."""
    [store] = back.read("pos.config", [("is_dining", "=", True)], ["id"])
    return {
        "hot": KitchenScreen(browser, open_link(back, "station", "热菜")),
        "pass": KitchenScreen(browser, open_link(back, "pass")),
        "paper": Paper(stack),
        "store": store["id"],
    }


@pytest.fixture(scope="module")
def erin(browser, stack, back):
    return PhoneScreen(browser, stack, "erin", back.table("B14")["dining_code"])


@pytest.fixture(scope="module")
def frank(browser, stack, back):
    return PhoneScreen(browser, stack, "frank", back.table("B15")["dining_code"])


def happened(back, table, dish):
    """[(kind, quantity, source)] of a dish of the order that stands at a table."""
    [order] = back.read("pos.order", [("table_id.dining_name", "=", table), ("state", "=", "draft")], ["id"])
    events = back.read(
        "dining.dish.event",
        [("order_id", "=", order["id"]), ("dish_id.name", "=", dish)],
        ["kind", "quantity", "source"],
        order="id",
        context={"lang": "zh_CN"},
    )
    return [(event["kind"], event["quantity"], event["source"]) for event in events if event["kind"] != "printed"]


def test_a_full_house_orders(phone, back, at_once):
    def order(table, dishes):
        guest = phone(f"guest-{table}")
        version = guest.join(back.table(table)["dining_code"], 4)["menu_version"]
        menu = {dish["name"]["zh"]: dish for dish in guest.menu()["dishes"]}
        for name, quantity, note in dishes:
            assert guest.add(menu[name], quantity, note=note).status_code == 200
        assert guest.place(version).status_code == 200

    at_once(*[lambda table=table, dishes=dishes: order(table, dishes) for table, dishes in HOUSE.items()])


def test_two_tables_order_with_wishes_and_a_rush(erin, frank, kitchen):
    erin.top("ui-dish-card").first.wait_for()
    erin.sit_down(2)
    erin.choose("过桥米线", NOODLES, "大份", note=ALLERGY, rush=True)
    erin.add_chosen()
    erin.plus("凉菜小碟", TOFU)
    frank.top("ui-dish-card").first.wait_for()
    frank.sit_down(3)
    frank.choose("滇味热菜", CHOPS, "微辣", wishes=("不要香菜",))
    frank.add_chosen()
    frank.plus("田园时蔬", SHOOTS)
    erin.submit()
    frank.submit()


def test_the_station_shows_each_of_its_dishes_once_and_no_wish_is_cut(kitchen):
    hot = kitchen["hot"]
    soon(hot.dish("B14", NOODLES), 10)
    soon(hot.dish("B15", CHOPS), 10)
    assert hot.dishes("B14") == [NOODLES], "the tofu is cold"
    assert sorted(hot.dishes("B15")) == sorted([CHOPS, SHOOTS])
    assert hot.card("B14").locator(".kds-note > span").inner_text() == ALLERGY
    soon(hot.dish("B14", NOODLES).get_by_text("大份"))
    soon(hot.card("B14").locator(".kds-card-rush-word"))
    assert hot.page.locator(".kds-card-rush").count() == 1
    assert hot.cut_wishes() == []
    for width, height in ((1280, 800), (1024, 768), (800, 1280), (1920, 1080)):
        hot.page.set_viewport_size({"width": width, "height": height})
        hot.page.wait_for_timeout(100)
        assert hot.cut_wishes() == [], f"{width} × {height}"


def test_paper_and_display_say_the_same(kitchen):
    for table, dish, wish in (("B14", NOODLES, ALLERGY), ("B15", CHOPS, "不要香菜"), ("B15", SHOOTS, "")):
        ticket = kitchen["paper"].wait_for(table, dish)
        assert wish in re.sub(r"\s", "", ticket["text"])
    papers = [kitchen["paper"].text_of(ticket) for ticket in kitchen["paper"].tickets()]
    for table, dish in (("B14", NOODLES), ("B15", CHOPS)):
        assert sum(table in text and dish in text for text in papers) == 1, f"{dish} is printed once"


def test_pictures_of_the_displays(kitchen):
    hot = kitchen["hot"]
    for table in ("A2", "B17"):
        hot.tap(table, "永平黄焖鸡")
        hot.tap(table, "永平黄焖鸡")
    for table, dish in (("A3", "薄荷炒牛干巴"), ("B11", "黑三剁"), ("B18", "烤乳扇")):
        hot.tap(table, dish)
        soon(hot.dish(table, dish).get_by_text("在做"))
    hot.picture("kitchen-display", waited=(6, 24, 21, 17, 13, 11, 8, 4, 2, 1))
    kitchen["pass"].picture("kitchen-pass", waited=(6, 24, 21, 17, 13, 11, 8, 4, 2, 1))


def test_started_and_ready_reach_the_pass_and_the_phone(kitchen, erin):
    hot = kitchen["hot"]
    hot.tap("B14", NOODLES)
    soon(hot.dish("B14", NOODLES).get_by_text("在做"))
    soon(erin.ordered(NOODLES).get_by_text("制作中"), 10)
    soon(kitchen["pass"].dish("B14", NOODLES).get_by_text("未出"), 10)
    hot.tap("B14", NOODLES)
    soon(kitchen["pass"].dish("B14", NOODLES).get_by_text("待传"), 10)
    soon(erin.ordered(NOODLES).get_by_text("待上菜"), 10)
    hot.card("B14").wait_for(state="detached")


def test_the_last_bump_is_taken_back(kitchen, erin, back):
    kitchen["hot"].recall()
    soon(kitchen["hot"].dish("B14", NOODLES), 10)
    soon(kitchen["pass"].dish("B14", NOODLES).get_by_text("未出"), 10)
    soon(erin.ordered(NOODLES).get_by_text("制作中"), 10)
    kitchen["hot"].finish("B14")
    soon(kitchen["pass"].dish("B14", NOODLES).get_by_text("待传"), 10)


def test_the_pass_serves(kitchen, erin, back):
    kitchen["pass"].tap("B14", NOODLES)
    soon(erin.ordered(NOODLES).get_by_text("已上菜"), 10)
    kitchen["pass"].dish("B14", NOODLES).wait_for(state="detached")
    soon(kitchen["pass"].dish("B14", TOFU).get_by_text("未出 · 凉菜"), 10)
    assert happened(back, "B14", NOODLES) == [
        ("fired", 1, "phone"),
        ("started", 1, "display"),
        ("ready", 1, "display"),
        ("ready", -1, "display"),
        ("ready", 1, "display"),
        ("served", 1, "display"),
    ]


def test_a_guest_asks_to_hurry(kitchen, frank):
    frank.ordered(CHOPS).get_by_text("催菜", exact=True).tap()
    soon(kitchen["hot"].card("B15").locator(".kds-card-rush-word"), 10)
    soon(kitchen["hot"].dish("B15", CHOPS).get_by_text("加急"))
    kitchen["paper"].wait_for("B15", CHOPS, "催菜")


def test_a_lost_connection_keeps_taps_and_counts_them_once(kitchen, phone, back):
    hot = kitchen["hot"]
    hot.lose_connection()
    soon(hot.page.locator(".kds-stale").get_by_text("连接中断"))
    hot.tap("B15", CHOPS)
    soon(hot.dish("B15", CHOPS).get_by_text("在做"))
    soon(hot.page.locator(".kds-stale").get_by_text("1 个操作"))
    guest = phone("guest-B11")
    version = guest.join(back.table("B11")["dining_code"])["menu_version"]
    [tofu] = [dish for dish in guest.menu()["dishes"] if dish["name"]["zh"] == "千张肉"]
    guest.add(tofu)
    assert guest.place(version).status_code == 200
    hot.page.wait_for_timeout(500)
    assert "千张肉" not in "".join(hot.card("B11").locator(".kds-dish-name").all_inner_texts()), "the screen is stale"
    assert ("started", 1, "display") not in happened(back, "B15", CHOPS)
    hot.find_connection()
    soon(hot.dish("B11", "千张肉"), 10)
    hot.page.reload()
    soon(hot.dish("B15", CHOPS).get_by_text("在做"), 20)
    assert happened(back, "B15", CHOPS).count(("started", 1, "display")) == 1


def test_the_cashier_takes_a_dish_off_and_moves_the_table(browser, stack, kitchen, frank):
    register = Register(browser, stack, kitchen["store"])
    register.open_table("二楼临湖", "B15")
    register.take_off(SHOOTS, "客人取消")
    soon(kitchen["hot"].dish("B15", SHOOTS).get_by_text("退菜 1 份 · 客人取消"), 10)
    soon(kitchen["pass"].dish("B15", SHOOTS).get_by_text("退菜 1 份 · 客人取消"), 10)
    kitchen["paper"].wait_for("B15", SHOOTS, "退菜", "客人取消")
    register.open_table("二楼临湖", "B15")
    register.move_to("B16")
    soon(kitchen["hot"].dish("B16", CHOPS).get_by_text("在做"), 10)
    soon(kitchen["pass"].dish("B16", CHOPS), 10)
    assert kitchen["hot"].card("B15").count() == 0
    kitchen["paper"].wait_for("B15 → B16", CHOPS, "转台")
    kitchen["hot"].tap("B16", SHOOTS)
    kitchen["hot"].dish("B16", SHOOTS).wait_for(state="detached")
    register.page.context.close()


def test_a_phone_is_told_how_long_it_takes(kitchen, erin):
    for table in ("B11", "B17", "B18"):
        while kitchen["hot"].card(table).count():
            kitchen["hot"].finish(table)
            kitchen["hot"].page.wait_for_timeout(50)
    erin.tap("加菜")
    erin.plus("田园时蔬", SHOOTS)
    erin.submit()
    soon(erin.ordered(SHOOTS).get_by_text(re.compile(r"预计(约 \d+| \d+–\d+) 分钟")), 10)


def test_nobody_saw_an_error(erin, frank):
    erin.assert_sound()
    frank.assert_sound()
