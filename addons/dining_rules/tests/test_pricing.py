"""What a cart costs: exact figures for the house's own cases, and laws for any cart."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dining_rules.charges import Charged
from dining_rules.menu import Menu, Text
from dining_rules.pricing import (
    MAX_LINES,
    CartLine,
    Component,
    demand,
    diff,
    price_line,
    quote,
    spread,
)
from dining_rules.refusals import Refusal

from . import menus
from .menus import (
    BEEF,
    BEEF_CHOICE,
    CAKE,
    CHICKEN,
    CHICKEN_CHOICE,
    CORIANDER,
    EGG,
    LARGE,
    LUNCH,
    NOODLES_CHOICE,
    RICE_NOODLES,
    SMALL,
    TEA,
    TEA_CHOICE,
    TOFU,
)

NOON = datetime(2024, 5, 6, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
NOODLES = {"zh": "过桥米线", "en": "Crossing-the-bridge noodles"}
LUNCH_NAME = {"zh": "双人午餐", "en": "Lunch for two"}


def noodles(*option_ids, **fields):
    return CartLine("k", RICE_NOODLES, option_ids=option_ids, **fields)


def lunch(*components, **fields):
    return CartLine("set", LUNCH, components=components, **fields)


FULL_LUNCH = (
    Component(NOODLES_CHOICE, (LARGE, EGG)),
    Component(CHICKEN_CHOICE),
    Component(TEA_CHOICE),
    Component(TEA_CHOICE),
)


def refusal(line, **context):
    with pytest.raises(Refusal) as refused:
        price_line(menus.menu(), line, **context)
    return refused.value.code, refused.value.data


# -- prices --------------------------------------------------------------------
def test_options_add_to_the_dish_and_are_named_in_menu_order():
    line = price_line(menus.menu(), noodles(EGG, LARGE, quantity=3))
    assert (line.unit_price_fen, line.extra_fen, line.amount_fen) == (3700, 900, 11100)
    assert line.tax_fen == 628  # 111.00 / 1.06 = 104.72
    assert line.option_ids == (LARGE, EGG)
    assert line.option_names == (Text("大份", "option 11"), Text("鸡蛋", "option 13"))
    assert (line.parts, line.unit_price_fen) == ((), 3700)


def test_a_set_meal_s_price_is_spread_over_its_parts_as_the_register_does():
    line = price_line(menus.menu(), lunch(*FULL_LUNCH, quantity=2))
    # 58.00 by 28:48:9:9 is 17.28, 29.62, 5.55 and the rest 5.55; extras stay on their part.
    assert [part.unit_price_fen for part in line.parts] == [1728 + 900, 2962 + 1500, 555, 555]
    assert [part.extra_fen for part in line.parts] == [900, 1500, 0, 0]
    assert (line.unit_price_fen, line.amount_fen, line.extra_fen) == (5800 + 2400, 2 * 8200, 2400)
    assert [part.quantity for part in line.parts] == [2, 2, 2, 2]
    # Each part bears its own dish's tax: 6 % and, on tea, 13 %.
    assert [part.tax_fen for part in line.parts] == [298, 505, 128, 128]
    assert line.tax_fen == 298 + 505 + 128 + 128


def test_the_odd_fen_goes_to_the_last_part():
    assert spread(1000, [1, 1, 1]) == [333, 333, 334]
    assert spread(2000, [1, 1, 1]) == [667, 667, 666]
    assert spread(5, [1, 1]) == [3, 2]
    assert spread(999, [0, 0]) == [500, 499]


def test_a_meal_of_two_fen_leaves_no_part_below_zero():
    assert spread(2, [1, 1, 1, 1]) == [1, 1, 0, 0]


def test_a_further_choice_at_the_register_costs_the_group_s_base_price():
    snapshot = menus.house()
    snapshot["dishes"][4]["sets"][2]["max_count"] = 3
    line = price_line(Menu.from_snapshot(snapshot), lunch(*FULL_LUNCH, Component(TEA_CHOICE)))
    assert [part.unit_price_fen for part in line.parts] == [2628, 4462, 555, 555, 900]


def test_the_order_in_which_parts_were_chosen_changes_nothing():
    forward, backward = (price_line(menus.menu(), lunch(*parts)) for parts in (FULL_LUNCH, FULL_LUNCH[::-1]))
    assert forward.parts == backward.parts


# -- quotes --------------------------------------------------------------------
def test_quote_sums_lines_and_charges():
    menu = menus.menu(seat_charge_fen=300, service_charge_permille=50)
    priced = quote(menu, [noodles(SMALL), CartLine("b", BEEF, quantity=2)], guests=3, now=NOON)
    assert priced.dishes_fen == 2800 + 9600
    seat, service = priced.charges
    assert (seat.kind, seat.product_id, seat.quantity, seat.unit_price_fen, seat.amount_fen, seat.tax_fen) == (
        "seat",
        2001,
        3,
        300,
        900,
        51,
    )
    assert (service.kind, service.product_id, service.quantity, service.amount_fen, service.tax_fen) == (
        "service",
        2002,
        1,
        620,
        35,
    )
    assert priced.total_fen == 12400 + 900 + 620
    assert priced.tax_fen == 158 + 543 + 51 + 35


def test_a_second_round_is_charged_only_for_what_is_new():
    menu = menus.menu(seat_charge_fen=300, service_charge_permille=33)
    first = quote(menu, [noodles(SMALL)], guests=2)
    service_fen = first.charges[1].amount_fen
    assert (first.charges[0].amount_fen, service_fen) == (600, 92)  # 28.00 × 3.3 % = 0.924
    charged = Charged(dishes_fen=first.dishes_fen, seats=2, service_fen=service_fen)
    second = quote(menu, [CartLine("b", BEEF)], guests=3, charged=charged)
    # 76.00 × 3.3 % = 2.508 in all
    assert [(charge.kind, charge.amount_fen) for charge in second.charges] == [("seat", 300), ("service", 159)]
    third = quote(menu, [CartLine("b", BEEF)], guests=3, charged=Charged(7600, 3, 251))
    assert [charge.kind for charge in third.charges] == ["service"]


def test_a_charge_that_staff_took_off_is_not_made_again():
    menu = menus.menu(seat_charge_fen=300, service_charge_permille=100)
    charged = Charged(dishes_fen=2800, seats=2, service_fen=280, waived=frozenset({"service"}))
    priced = quote(menu, [CartLine("b", BEEF)], guests=3, charged=charged)
    assert [(charge.kind, charge.amount_fen) for charge in priced.charges] == [("seat", 300)]
    assert priced.total_fen == 4800 + 300


def test_no_charges_where_the_store_has_none():
    assert quote(menus.menu(), [noodles(SMALL)], guests=4).charges == ()


@pytest.mark.parametrize(("lines", "code"), [([], "cart_empty"), ([noodles(SMALL)] * (MAX_LINES + 1), "line_limit")])
def test_quote_refuses_no_lines_and_too_many(lines, code):
    with pytest.raises(Refusal) as refused:
        quote(menus.menu(), lines)
    assert refused.value.code == code


# -- refusals ------------------------------------------------------------------
@pytest.mark.parametrize("quantity", [-1, 0, 51, 10000])
def test_quantity_out_of_range(quantity):
    assert refusal(noodles(SMALL, quantity=quantity)) == (
        "quantity_out_of_range",
        {"dish_id": RICE_NOODLES, "dish": NOODLES, "max": 50, "quantity": quantity},
    )


@pytest.mark.parametrize("dish_id", [CAKE, 12345])
def test_dish_unknown(dish_id):
    assert refusal(CartLine("k", dish_id)) == ("dish_unknown", {"dish_id": dish_id})


def test_option_refusals_name_the_dish_and_the_group():
    dish = {"dish_id": RICE_NOODLES, "dish": NOODLES}
    size = {"group_id": 21, "group": {"zh": "份量", "en": "Size"}}
    extras = {"group_id": 22, "group": {"zh": "加料", "en": "Extras"}}
    assert refusal(noodles()) == ("option_required", {**dish, **size, "min": 1})
    assert refusal(noodles(SMALL, LARGE)) == ("option_too_many", {**dish, **size, "max": 1})
    assert refusal(noodles(SMALL, EGG, TOFU, CORIANDER)) == ("option_too_many", {**dish, **extras, "max": 2})
    assert refusal(noodles(SMALL, EGG, EGG)) == ("option_repeated", dish)
    assert refusal(noodles(SMALL, 99)) == ("option_unknown", {**dish, "option_ids": [99]})


def test_an_option_of_another_dish_is_unknown():
    assert refusal(CartLine("k", BEEF, option_ids=(EGG,)))[0] == "option_unknown"


def test_set_meal_refusals_name_the_meal_and_the_part():
    meal = {"dish_id": LUNCH, "dish": LUNCH_NAME}
    tea = {"group_id": 33, "group": {"zh": "茶", "en": "Tea"}, "count": 2}
    assert refusal(lunch(*FULL_LUNCH[:3])) == ("set_choice_missing", {**meal, **tea})
    assert refusal(lunch(*FULL_LUNCH, Component(TEA_CHOICE))) == ("set_choice_too_many", {**meal, **tea})
    assert refusal(lunch(*FULL_LUNCH, Component(555))) == ("set_choice_unknown", {**meal, "choice_id": 555})
    assert refusal(lunch()) == (
        "set_choice_missing",
        {**meal, "group_id": 31, "group": {"zh": "主食", "en": "Main"}, "count": 1},
    )


def test_a_part_s_own_required_option_is_asked_for():
    code, data = refusal(lunch(Component(NOODLES_CHOICE), *FULL_LUNCH[1:]))
    assert (code, data["dish"], data["group_id"]) == ("option_required", NOODLES, 21)


def test_a_plain_dish_has_no_parts_to_choose():
    code, data = refusal(CartLine("k", BEEF, components=(Component(TEA_CHOICE),)))
    assert (code, data["choice_id"]) == ("set_choice_unknown", TEA_CHOICE)


def test_a_dish_outside_its_hours():
    snapshot = menus.house()
    snapshot["dishes"][1]["hours"] = [{"weekdays": [0, 1, 2, 3, 4], "start": "17:00", "end": "21:00"}]
    menu = Menu.from_snapshot(snapshot)
    with pytest.raises(Refusal) as refused:
        quote(menu, [CartLine("b", BEEF)], now=NOON)
    assert refused.value.code == "dish_out_of_hours"
    assert refused.value.message_by_language["zh"] == "「凉拌牛肉」现在不是供应时间"
    assert quote(menu, [CartLine("b", BEEF)], now=NOON.replace(hour=17)).total_fen == 4800


def test_sold_out_counts_every_line_and_every_part_of_a_meal():
    lines = [CartLine("t", TEA, quantity=2), lunch(*FULL_LUNCH, quantity=2)]
    assert demand(menus.menu(), lines) == {TEA: 6, LUNCH: 2, RICE_NOODLES: 2, CHICKEN: 2}
    assert quote(menus.menu(), lines, available={TEA: 6, LUNCH: None}).total_fen == 1800 + 16400
    with pytest.raises(Refusal) as refused:
        quote(menus.menu(), lines, available={TEA: 5})
    assert refused.value.code == "dish_sold_out"
    assert refused.value.data == {
        "dish_id": TEA,
        "dish": {"zh": "普洱茶", "en": "Pu'er tea"},
        "remaining": 5,
    }
    assert refusal(CartLine("b", BEEF), available={BEEF: 0})[0] == "dish_sold_out"


# -- what changed --------------------------------------------------------------
def test_diff_tells_prices_and_lines_that_are_no_longer_sold():
    snapshot = menus.house(version=2)
    snapshot["dishes"][0]["price_fen"] = 3000
    snapshot["dishes"][1]["listed"] = False
    snapshot["dishes"][3]["name"]["zh"] = "熟普"
    lines = [noodles(LARGE), CartLine("b", BEEF), CartLine("t", TEA)]
    changes = diff(menus.menu(), Menu.from_snapshot(snapshot), lines)
    assert [(c.key, c.kind, c.old_price_fen, c.new_price_fen) for c in changes] == [
        ("k", "price", 3400, 3600),
        ("b", "refused", 4800, None),
    ]
    assert changes[1].refusal.code == "dish_unknown"
    assert changes[1].name == Text("凉拌牛肉", "Beef salad")


def test_diff_tells_changed_charges():
    before, after = (
        menus.menu(seat_charge_fen=300),
        menus.menu(version=2, seat_charge_fen=500, service_charge_permille=50),
    )
    changes = diff(before, after, [noodles(SMALL)])
    assert [(c.key, c.dish_id, c.name.zh, c.kind, c.old_price_fen, c.new_price_fen) for c in changes] == [
        ("seat", None, "茶位费", "charge", 300, 500),
        ("service", None, "服务费", "charge", None, None),
    ]


def test_diff_of_the_same_menu_is_empty():
    assert diff(menus.menu(), menus.menu(), [noodles(SMALL), lunch(*FULL_LUNCH)]) == []


# -- laws ----------------------------------------------------------------------
extras = st.lists(st.sampled_from([EGG, TOFU, CORIANDER]), max_size=2, unique=True)
noodle_lines = st.builds(
    lambda key, size, more, quantity: CartLine(key, RICE_NOODLES, (size, *more), quantity=quantity),
    st.uuids().map(str),
    st.sampled_from([SMALL, LARGE]),
    extras,
    st.integers(1, 50),
)
plain_lines = st.builds(
    lambda key, dish_id, quantity: CartLine(key, dish_id, quantity=quantity),
    st.uuids().map(str),
    st.sampled_from([BEEF, CHICKEN, TEA]),
    st.integers(1, 50),
)
set_lines = st.builds(
    lambda key, size, main, quantity: CartLine(
        key,
        LUNCH,
        quantity=quantity,
        components=(
            Component(NOODLES_CHOICE, (size,)),
            Component(main),
            Component(TEA_CHOICE),
            Component(TEA_CHOICE),
        ),
    ),
    st.uuids().map(str),
    st.sampled_from([SMALL, LARGE]),
    st.sampled_from([BEEF_CHOICE, CHICKEN_CHOICE]),
    st.integers(1, 50),
)
carts = st.lists(st.one_of(noodle_lines, plain_lines, set_lines), min_size=1, max_size=12)


@given(carts, st.integers(0, 20), st.randoms())
def test_the_order_of_lines_changes_no_sum(cart, guests, random):
    menu = menus.menu(seat_charge_fen=300, service_charge_permille=100)
    shuffled = list(cart)
    random.shuffle(shuffled)
    one, other = quote(menu, cart, guests=guests), quote(menu, shuffled, guests=guests)
    assert (one.total_fen, one.tax_fen, one.charges) == (other.total_fen, other.tax_fen, other.charges)
    assert {line.line.key: line for line in one.lines} == {line.line.key: line for line in other.lines}


@given(carts, st.integers(0, 20), st.integers(0, 300), st.integers(0, 1000))
def test_sums_are_kept_and_nothing_is_negative(cart, guests, permille, seat_fen):
    priced = quote(menus.menu(seat_charge_fen=seat_fen, service_charge_permille=permille), cart, guests=guests)
    amounts = []
    for line in priced.lines:
        amounts += [(part.amount_fen, part.tax_fen) for part in line.parts] or [(line.amount_fen, line.tax_fen)]
        assert line.amount_fen == line.unit_price_fen * line.line.quantity
    amounts += [(charge.amount_fen, charge.tax_fen) for charge in priced.charges]
    assert all(0 <= tax <= amount for amount, tax in amounts)
    assert sum(amount for amount, _tax in amounts) == priced.total_fen
    assert sum(tax for _amount, tax in amounts) == priced.tax_fen


@given(st.lists(carts, min_size=1, max_size=4), st.integers(0, 300))
def test_service_does_not_depend_on_how_the_order_was_split_into_rounds(rounds, permille):
    menu = menus.menu(service_charge_permille=permille)
    charged = Charged()
    for cart in rounds:
        priced = quote(menu, cart, charged=charged)
        charged = Charged(
            charged.dishes_fen + priced.dishes_fen,
            0,
            charged.service_fen + sum(charge.amount_fen for charge in priced.charges),
        )
    at_once = quote(menu, [line for cart in rounds for line in cart])
    assert charged.service_fen == sum(charge.amount_fen for charge in at_once.charges)


@given(st.integers(0, 10**7), st.lists(st.integers(0, 10**6), min_size=1, max_size=12))
def test_spread_loses_nothing_and_leaves_no_part_below_zero(price_fen, weights):
    shares = spread(price_fen, weights)
    assert sum(shares) == price_fen
    assert len(shares) == len(weights)
    assert min(shares) >= 0


@given(st.integers(-5000, 5000), st.integers(0, 5000), st.integers(1, 50))
def test_a_discount_never_makes_a_price_negative(option_fen, price_fen, quantity):
    group = menus.group(1, [(5, "少", option_fen)])
    menu = Menu.from_snapshot(menus.snapshot([menus.dish(1, price_fen, groups=[group])]))
    line = price_line(menu, CartLine("k", 1, (5,), quantity=quantity))
    assert line.unit_price_fen == max(0, price_fen + option_fen)
    assert line.amount_fen == line.unit_price_fen * quantity


@given(st.lists(st.integers(0, 200), max_size=6), st.lists(st.integers(100, 110), max_size=4), st.integers(-3, 60))
def test_any_request_is_priced_or_refused_by_name(option_ids, choice_ids, quantity):
    menu = menus.menu()
    components = tuple(Component(choice_id, tuple(option_ids)) for choice_id in choice_ids)
    for dish_id in range(8):
        try:
            line = price_line(menu, CartLine("k", dish_id, tuple(option_ids), components, quantity))
        except Refusal as refused:
            assert refused.message_by_language["zh"] and refused.message_by_language["en"]
        else:
            assert line.amount_fen >= 0
