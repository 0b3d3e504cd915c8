from io import BytesIO

import pytest
from escpos.exceptions import DeviceNotFoundError
from PIL import Image

LONG = "".join(f"line {number}\n" for number in range(30)).encode()


def print_ticket(client, text="汽锅鸡"):
    client.open()
    client._raw(b"\x1b@\x1c&" + f"{text}\n".encode("gb18030"))
    client.cut()
    client.close()


def test_a_ticket_becomes_text_and_picture(bench):
    print_ticket(bench.client())
    [ticket] = bench.wait_for_tickets()
    assert (ticket["printer"], ticket["text"], ticket["complete"], ticket["width"]) == (
        "kitchen", "汽锅鸡", True, 80)  # fmt: skip
    assert bench.get(f"/tickets/{ticket['number']}.txt").text == "汽锅鸡"
    assert bench.get(f"/tickets/{ticket['number']}.json").json() == ticket
    with Image.open(BytesIO(bench.get(f"/tickets/{ticket['number']}.png").content)) as image:
        assert (image.format, image.width) == ("PNG", 576 + 56)


def test_two_printers_with_a_roll_each(bench):
    print_ticket(bench.client("bar"), "木瓜水")
    print_ticket(bench.client(), "汽锅鸡")
    bench.wait_for_tickets(2)
    assert [ticket["text"] for ticket in bench.tickets("bar")] == ["木瓜水"]
    assert [(ticket["text"], ticket["width"]) for ticket in bench.tickets("kitchen")] == [("汽锅鸡", 80)]


def test_newest_ticket_first(bench):
    client = bench.client()
    for name in ("one", "two"):
        print_ticket(client, name)
    assert [ticket["text"] for ticket in bench.wait_for_tickets(2)] == ["two", "one"]


@pytest.mark.parametrize(
    ("condition", "online", "paper"),
    [
        ({}, True, 2),
        ({"paper": "low"}, True, 1),
        ({"paper": "out"}, False, 0),
        ({"cover_open": True}, False, 2),
    ],
)
def test_status_in_real_time(bench, condition, online, paper):
    bench.control(**condition)
    client = bench.client()
    client.open()
    assert (client.is_online(), client.paper_status()) == (online, paper)
    client.close()


def test_why_it_is_offline(bench):
    bench.control(paper="out", cover_open=True)
    client = bench.client()
    client.open()
    client._raw(b"\x10\x04\x02")
    assert client._read() == bytes([0x12 | 0x04 | 0x20])
    client.close()


def test_without_paper_it_answers_waits_and_prints_later(bench):
    bench.control(paper="out")
    client = bench.client()
    client.open()
    client._raw(b"late\n\x1dV\x00")
    assert client.paper_status() == 0
    client.close()
    assert bench.tickets() == []
    bench.control(paper="ok")
    assert [ticket["text"] for ticket in bench.wait_for_tickets()] == ["late"]


def test_automatic_status_back(bench):
    client = bench.client()
    client.open()
    client._raw(b"\x1da\xff")
    assert client._read() == bytes([0x10, 0, 0, 0])
    bench.control(paper="out")
    assert client._read() == bytes([0x18, 0, 0x0F, 0])
    bench.control(paper="ok", cover_open=True)
    assert client._read() == bytes([0x38, 0, 0, 0])
    client.close()


def test_offline_refuses_and_comes_back_on_the_same_port(bench):
    port = bench.ports["kitchen"]
    bench.control(offline=True)
    with pytest.raises(DeviceNotFoundError):
        bench.client().open()
    assert bench.control(offline=False)["port"] == port
    print_ticket(bench.client())
    bench.wait_for_tickets()


def test_one_that_talks_to_one_at_a_time(bench):
    before = bench.control(single=True)["turned_away"]
    first, second = bench.client(), bench.client()
    first.open()
    assert first.is_online()
    second.open()
    with pytest.raises(ConnectionError):
        second._read()
    second.close()
    assert first.is_online()
    first.close()
    print_ticket(bench.client())
    bench.wait_for_tickets()
    assert bench.control(single=False)["turned_away"] - before == 1


def test_offline_drops_who_is_connected(bench):
    client = bench.client()
    client.open()
    client.is_online()
    bench.control(offline=True)
    with pytest.raises(ConnectionError):
        client._read()
    client.close()


def test_a_connection_that_breaks_leaves_half_a_ticket(bench):
    bench.control(break_after_bytes=20)
    client = bench.client()
    client.open()
    client._raw(LONG)
    with pytest.raises(ConnectionError):
        client._read()
    client.close()
    [ticket] = bench.wait_for_tickets()
    assert (ticket["text"], ticket["complete"]) == ("line 0\nline 1\nline 2", False)
    print_ticket(bench.client(), "whole")
    assert bench.wait_for_tickets(2)[0]["complete"] is True


def test_slow_paper(bench):
    bench.control(delay_ms=150)
    print_ticket(bench.client(), "a\nb\nc")
    assert bench.tickets() == []
    bench.wait_for_tickets()


def test_paper_torn_off_by_hand(bench):
    client = bench.client()
    client.open()
    client._raw(b"no cut\n")
    client.is_online()
    client.close()
    bench.wait(lambda: bench.post("/_control/kitchen/tear").ok and bench.tickets())
    assert [ticket["text"] for ticket in bench.tickets()] == ["no cut"]


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"paper": "wet"}, "paper is one of ok, low, out, not 'wet'"),
        ({"cover_open": 1}, "cover_open is true or false, not 1"),
        ({"delay_ms": -1}, "delay_ms is 0 to 60000, not -1"),
        ({"paper": "out", "ink": 1}, "unknown field 'ink'"),
        ({"break_after_bytes": "x"}, "break_after_bytes is null or a number from 0"),
    ],
)
def test_an_impossible_condition_is_refused_and_changes_nothing(bench, values, reason):
    before = bench.get("/state").json()["printers"]
    refused = bench.post("/_control/kitchen", values)
    assert refused.status_code == 422
    assert reason in refused.json()["error"]
    assert bench.get("/state").json()["printers"] == before


@pytest.mark.parametrize("path", ["/tickets/999999.png", "/tickets/1.exe", "/nowhere"])
def test_what_is_not_there_is_404(bench, path):
    assert bench.get(path).status_code == 404


def test_an_unknown_printer_is_named(bench):
    refused = bench.post("/_control/grill", {"paper": "ok"})
    assert (refused.status_code, refused.json()) == (404, {"error": "no printer 'grill'; one of kitchen, bar"})


def test_the_page_is_served_and_asks_only_for_changes(bench):
    assert "后厨小票机" in bench.get("/").text
    revision = bench.get("/state").json()["revision"]
    assert bench.get(f"/state?rev={revision}").status_code == 304
    bench.control(paper="low")
    assert bench.get(f"/state?rev={revision}").status_code == 200
