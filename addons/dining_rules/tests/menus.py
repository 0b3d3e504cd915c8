"""A small menu for the tests, and ways to make others."""

from dining_rules.menu import Menu

RICE_NOODLES, BEEF, CHICKEN, TEA, LUNCH, CAKE = 1, 2, 3, 4, 5, 6
LARGE, SMALL, EGG, TOFU, CORIANDER = 11, 12, 13, 14, 15
NOODLES_CHOICE, BEEF_CHOICE, CHICKEN_CHOICE, TEA_CHOICE = 101, 102, 103, 104


def text(zh, en):
    return {"zh": zh, "en": en}


def group(group_id, options, *, kind="size", low=1, high=1, name=("份量", "Size")):
    """`options`: (id, Chinese name, price_fen) each."""
    return {
        "id": group_id,
        "kind": kind,
        "name": text(*name),
        "min": low,
        "max": high,
        "options": [
            {"id": option_id, "name": text(name, f"option {option_id}"), "price_fen": price}
            for option_id, name, price in options
        ],
    }


def dish(dish_id, price_fen, name=("菜", "Dish"), **fields):
    return {
        "id": dish_id,
        "product_id": 1000 + dish_id,
        "name": text(*name),
        "description": None,
        "image": None,
        "price_fen": price_fen,
        "category_ids": [1],
        "spicy": 0,
        "serves": None,
        "tags": [],
        "allergens": [],
        "hours": [],
        "groups": [],
        "sets": [],
        "max_quantity": 50,
        "tax_ids": [7],
        "tax_permille": 60,
        "listed": True,
        **fields,
    }


def set_group(group_id, choices, *, base_fen, count=1, max_count=None, name=("主食", "Main")):
    """`choices`: (id, dish id, extra_fen) each."""
    return {
        "id": group_id,
        "name": text(*name),
        "count": count,
        "max_count": max_count or count,
        "base_fen": base_fen,
        "choices": [
            {"id": choice_id, "dish_id": dish_id, "name": text("选", "choice"), "extra_fen": extra}
            for choice_id, dish_id, extra in choices
        ],
    }


def snapshot(dishes, *, version=1, seat_charge_fen=0, service_charge_permille=0):
    def charge(product_id, zh, en):
        return {"product_id": product_id, "name": text(zh, en), "tax_ids": [7], "tax_permille": 60}

    return {
        "version": version,
        "store": {
            "id": 9,
            "name": text("滇味", "Dian"),
            "seat_charge_fen": seat_charge_fen,
            "service_charge_permille": service_charge_permille,
        },
        "limits": {"max_round_quantity": 100, "max_order_fen": 500000},
        "charges": {"seat": charge(2001, "茶位费", "Seat charge"), "service": charge(2002, "服务费", "Service")},
        "categories": [
            {"id": 1, "name": text("米线", "Noodles"), "dish_ids": [d["id"] for d in dishes if d["listed"]]}
        ],
        "allergens": [{"code": "peanut", "name": text("花生", "Peanuts")}],
        "dishes": dishes,
    }


def house(**store):
    """The snapshot that most tests use."""
    size = group(21, [(SMALL, "小份", 0), (LARGE, "大份", 600)])
    extras = group(
        22,
        [(EGG, "鸡蛋", 300), (TOFU, "豆腐皮", 250), (CORIANDER, "不要香菜", 0)],
        kind="extra",
        low=0,
        high=2,
        name=("加料", "Extras"),
    )
    return snapshot(
        [
            dish(RICE_NOODLES, 2800, ("过桥米线", "Crossing-the-bridge noodles"), groups=[size, extras]),
            dish(BEEF, 4800, ("凉拌牛肉", "Beef salad")),
            dish(CHICKEN, 6800, ("汽锅鸡", "Steam-pot chicken")),
            dish(TEA, 900, ("普洱茶", "Pu'er tea"), tax_permille=130, tax_ids=[8]),
            dish(
                LUNCH,
                5800,
                ("双人午餐", "Lunch for two"),
                sets=[
                    set_group(31, [(NOODLES_CHOICE, RICE_NOODLES, 0)], base_fen=2800),
                    set_group(
                        32,
                        [(BEEF_CHOICE, BEEF, 0), (CHICKEN_CHOICE, CHICKEN, 1500)],
                        base_fen=4800,
                        name=("热菜", "Dish"),
                    ),
                    set_group(33, [(TEA_CHOICE, TEA, 0)], base_fen=900, count=2, name=("茶", "Tea")),
                ],
            ),
            dish(CAKE, 1200, ("鲜花饼", "Rose cake"), listed=False),
        ],
        **store,
    )


def menu(**store):
    return Menu.from_snapshot(house(**store))
