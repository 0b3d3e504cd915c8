"""A printer without paper, as the manager's page and the paper tell of it; the parts follow one another."""

import pytest
from office_screens import Office
from screens import Paper, soon

TABLE, DISH, WISH = "A9", "油鸡枞拌豆腐", "少放蒜"


@pytest.fixture(scope="module")
def paper(stack):
    """The virtual printers, with paper in them again at the end."""
    paper = Paper(stack)
    yield paper
    paper.set("cold", paper="ok")


@pytest.fixture(scope="module")
def office(browser, stack, paper):
    office = Office(browser, stack, "manager")
    office.open("dining_kitchen.dining_printer_health_action")
    return office


def tickets_of(paper):
    texts = [paper.text_of(ticket) for ticket in paper.tickets()]
    return [text for text in texts if TABLE in text and DISH in text and WISH in text]


def test_a_printer_without_paper_is_seen_at_a_glance(office, paper, phone, back):
    paper.set("cold", paper="out")
    guest = phone("paperless")
    version = guest.join(back.table(TABLE)["dining_code"], 2)["menu_version"]
    [dish] = [dish for dish in guest.menu()["dishes"] if dish["name"]["zh"] == DISH]
    assert guest.add(dish, note=WISH).status_code == 200
    assert guest.place(version).status_code == 200
    cold = office.card("凉菜")
    soon(cold.locator(".dining_health_down"), 30)
    soon(cold.get_by_text("缺纸").first, 10)
    soon(cold.locator(".dining_waiting").get_by_text("1"), 10)
    office.picture("printers", height=400)
    assert tickets_of(paper) == []


def test_its_ticket_waits_and_is_printed_once_there_is_paper(office, paper):
    paper.set("cold", paper="ok")
    text = paper.wait_for(TABLE, DISH, WISH)["text"]
    assert "补打" not in text
    assert "可能重复" not in text
    soon(office.card("凉菜").locator(".dining_health_ok"), 30)
    assert len(tickets_of(paper)) == 1


def test_a_second_print_says_what_it_is_and_why(office, paper):
    office.open("dining_kitchen.dining_ticket_action")
    office.row(TABLE, DISH).locator("[name=table_name]").click()
    office.press("action_reprint")
    office.page.locator(".modal [name=reason] input").fill("纸撕坏了")
    office.press("action_print")
    paper.wait_for(TABLE, DISH, WISH, "补打", "纸撕坏了")
    assert len(tickets_of(paper)) == 2
    office.page.context.close()
