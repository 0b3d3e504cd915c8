"""The snapshot: what everyone may read of it, and when a dish is served."""

import json
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from dining_rules.menu import Hours, Menu, Text, clock, minutes, public_view
from dining_rules.refusals import Refusal

from . import menus

KUNMING = ZoneInfo("Asia/Shanghai")
# 2024-05-06 is a Monday.
MONDAY, TUESDAY, SUNDAY = 6, 7, 12


def at(day, hour, minute=0):
    return datetime(2024, 5, day, hour, minute, tzinfo=KUNMING)


def test_a_snapshot_survives_json():
    snapshot = menus.house()
    assert Menu.from_snapshot(json.loads(json.dumps(snapshot))) == Menu.from_snapshot(snapshot)


def test_menu_knows_its_store_dishes_and_charges():
    menu = menus.menu(seat_charge_fen=300, service_charge_permille=50)
    assert (menu.version, menu.store_id, menu.store_name) == (1, 9, Text("滇味", "Dian"))
    assert (menu.seat_charge_fen, menu.service_charge_permille) == (300, 50)
    assert (menu.seat_product.product_id, menu.service_product.product_id) == (2001, 2002)
    assert (menu.max_round_quantity, menu.max_order_fen) == (100, 500000)
    assert menu.categories == {1: Text("米线", "Noodles")}
    assert menu.dish(menus.TEA).name == Text("普洱茶", "Pu'er tea")


@pytest.mark.parametrize("dish_id", [999, menus.CAKE])
def test_a_dish_not_on_the_menu_cannot_be_ordered_by_itself(dish_id):
    with pytest.raises(Refusal) as refused:
        menus.menu().dish(dish_id)
    assert refused.value.code == "dish_unknown"
    assert refused.value.data == {"dish_id": dish_id}


def test_public_view_has_no_products_taxes_or_limits():
    view = public_view(menus.house())
    assert set(view) == {"version", "store", "categories", "allergens", "dishes"}
    assert [dish["id"] for dish in view["dishes"]] == [1, 2, 3, 4, 5]
    assert set(view["dishes"][0]) == {
        "id",
        "name",
        "description",
        "image",
        "price_fen",
        "spicy",
        "serves",
        "tags",
        "allergens",
        "hours",
        "groups",
        "sets",
        "max_quantity",
    }


def test_public_view_gives_a_choice_its_dish_s_own_options():
    lunch = public_view(menus.house())["dishes"][4]
    assert [group["count"] for group in lunch["sets"]] == [1, 1, 2]
    assert set(lunch["sets"][0]) == {"id", "name", "count", "choices"}
    choice = lunch["sets"][0]["choices"][0]
    assert choice["dish_id"] == menus.RICE_NOODLES
    assert [group["id"] for group in choice["groups"]] == [21, 22]


@pytest.mark.parametrize(
    ("moment", "open_"),
    [
        (at(MONDAY, 10, 59), False),
        (at(MONDAY, 11), True),
        (at(MONDAY, 13, 59), True),
        (at(MONDAY, 14), False),
        (at(TUESDAY, 12), False),
    ],
)
def test_hours_begin_at_the_start_and_end_before_the_end(moment, open_):
    assert Hours(frozenset({0}), 11 * 60, 14 * 60).covers(moment) is open_


@pytest.mark.parametrize(
    ("moment", "open_"),
    [
        (at(SUNDAY, 21, 59), False),
        (at(SUNDAY, 22), True),
        (at(SUNDAY, 23, 59), True),
        (at(MONDAY, 1, 59), True),
        (at(MONDAY, 2), False),
        (at(MONDAY, 23), False),
    ],
)
def test_hours_past_midnight_belong_to_the_day_they_began(moment, open_):
    night = Hours(frozenset({6}), 22 * 60, 2 * 60)
    # The Monday here is the one after that Sunday.
    if moment.day == MONDAY:
        moment = moment.replace(day=13)
    assert night.covers(moment) is open_


def test_clock_texts():
    assert [minutes("00:00"), minutes("09:30"), minutes("24:00")] == [0, 570, 1440]
    assert [clock(0), clock(570), clock(1440)] == ["00:00", "09:30", "24:00"]
    assert Hours.of({"weekdays": [0, 1], "start": "17:00", "end": "24:00"}) == Hours(frozenset({0, 1}), 1020, 1440)
