"""Many phones at once, over HTTP, against the running restaurant."""

from uuid import uuid4


def test_eight_phones_add_at_once_and_all_see_the_same(phone, back, at_once, plain_dishes):
    code = back.table("A1")["dining_code"]
    phones = [phone(f"adder-{number}") for number in range(8)]
    for one in phones:
        one.join(code)
    dishes = plain_dishes(phones[0].menu())[:5]
    added = at_once(*[lambda one=one, dish=dish: one.add(dish) for one in phones for dish in dishes])
    assert [answer.status_code for answer in added] == [200] * 40
    views = at_once(*[one.view for one in phones])
    assert {view["cart"]["quantity"] for view in views} == {40}
    assert all(view["cart"] == views[0]["cart"] for view in views)
    assert {line["seat"] for line in views[0]["cart"]["lines"]} == set(range(1, 9))


def test_phones_that_scan_a_free_table_at_once_sit_at_one(phone, back, at_once):
    code = back.table("A10")["dining_code"]
    phones = [phone(f"first-{number}") for number in range(6)]
    views = at_once(*[lambda one=one: one.join(code) for one in phones])
    assert len({view["token"] for view in views}) == 1
    assert sorted(view["me"]["seat"] for view in views) == [1, 2, 3, 4, 5, 6]


def test_phones_that_submit_at_once_place_one_round(phone, back, at_once, plain_dishes):
    code = back.table("A2")["dining_code"]
    phones = [phone(f"submitter-{number}") for number in range(6)]
    version = [one.join(code) for one in phones][0]["menu_version"]
    for one, dish in zip(phones, plain_dishes(phones[0].menu()), strict=False):
        assert one.add(dish).status_code == 200
    total = phones[0].view()["cart"]["total_fen"]
    answers = at_once(*[lambda one=one: one.place(version) for one in phones])
    placed = [answer for answer in answers if answer.status_code == 200]
    refused = [answer for answer in answers if answer.status_code != 200]
    assert len(placed) == 1, [answer.text for answer in answers]
    assert {answer.json()["code"] for answer in refused} == {"cart_empty"}
    order = phones[-1].view()["order"]
    assert len(order["rounds"]) == 1
    assert sum(line["amount_fen"] for line in order["rounds"][0]["lines"]) == total
    assert len(order["rounds"][0]["lines"]) == 6


def test_one_submit_sent_ten_times_at_once_is_one_round(phone, back, at_once, plain_dishes):
    diner = phone("impatient")
    version = diner.join(back.table("A3")["dining_code"])["menu_version"]
    diner.add(plain_dishes(diner.menu())[0])
    key = str(uuid4())
    answers = at_once(*[lambda: diner.place(version, key)] * 10)
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1
    assert len(diner.view()["order"]["rounds"]) == 1


def test_the_last_portions_are_sold_once(phone, back, at_once, plain_dishes):
    tables = [f"A{number}" for number in range(4, 10)]
    phones = [phone(f"hungry-{name}") for name in tables]
    versions = [
        one.join(back.table(name)["dining_code"])["menu_version"] for one, name in zip(phones, tables, strict=True)
    ]
    dish = plain_dishes(phones[0].menu())[7]
    store_id = phones[0].store_id
    domain = [("config_id", "=", store_id), ("product_tmpl_id", "=", dish["id"])]
    back.call("dining.dish.stock", "action_open")
    [stock] = back.read("dining.dish.stock", domain, ["remaining"])
    back.call("dining.dish.stock", "write", [stock["id"]], {"limited": True, "remaining": 3})
    for one in phones:
        assert one.add(dish).status_code == 200
    answers = at_once(
        *[lambda one=one, version=version: one.place(version) for one, version in zip(phones, versions, strict=True)]
    )
    assert sorted(answer.status_code for answer in answers) == [200] * 3 + [409] * 3
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"dish_sold_out"}
    assert back.read("dining.dish.stock", domain, ["remaining"])[0]["remaining"] == 0
    back.call("dining.dish.stock", "write", [stock["id"]], {"limited": False, "remaining": 0})
