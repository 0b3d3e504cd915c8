"""How the kitchen's benchmark counts paper: what it takes for lost, for silent and for declared."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bench"))

from support.paper import first_whole, judge, weather


def ticket(*marks, station="档口01", words=(), whole=True):
    lines = [*words, station, "B12", *(f"汽锅鸡 ×1\n 忌口 [{mark}]" for mark in marks)]
    return "\n".join([*lines, *([f"共{len(marks)}份    扫码点餐"] if whole else [])])


def sheet(*tickets, at=1.0):
    return {"at": at, "printer": "p01", "sheet": "\n".join(tickets), "complete": True}


DECLARED = ("可能重复", "POSSIBLE DUPLICATE", "可能已出过一张单，请核对后再做")
BACKUP = ("补打 REPRINT", "备用打印", "原打印机 p01")


def count(fired, *entries):
    verdict = judge(fired, entries)
    return verdict.lost, verdict.silent, verdict.declared, verdict.doubled


def test_each_on_one_paper_is_right():
    assert count({"S00001", "S00002"}, sheet(ticket("S00001", "S00002"))) == ((), (), 0, 0)


def test_a_dish_on_no_paper_is_lost():
    assert count({"S00001", "S00002"}, sheet(ticket("S00001"))) == (("S00002",), (), 0, 0)


def test_half_a_ticket_is_no_ticket():
    assert count({"S00001"}, sheet(ticket("S00001", whole=False))) == (("S00001",), (), 0, 0)


def test_a_second_paper_without_a_word_is_silent():
    assert count({"S00001"}, sheet(ticket("S00001")), sheet(ticket("S00001"))) == ((), ("S00001",), 0, 0)


def test_half_a_ticket_and_then_a_whole_one_without_a_word_is_silent():
    papers = sheet(ticket("S00001", whole=False)), sheet(ticket("S00001"))
    assert count({"S00001"}, *papers) == ((), ("S00001",), 0, 0)


@pytest.mark.parametrize("words", [DECLARED, BACKUP])
def test_a_second_paper_that_says_so_is_declared(words):
    papers = sheet(ticket("S00001")), sheet(ticket("S00001", words=words))
    assert count({"S00001"}, *papers) == ((), (), 1, 1)


def test_a_third_without_a_word_is_silent_all_the_same():
    papers = sheet(ticket("S00001")), sheet(ticket("S00001", words=DECLARED)), sheet(ticket("S00001"))
    assert count({"S00001"}, *papers) == ((), ("S00001",), 1, 1)


def test_a_paper_that_says_so_and_is_the_only_one_is_declared_and_not_doubled():
    assert count({"S00001"}, sheet(ticket("S00001", words=DECLARED))) == ((), (), 1, 0)


def test_the_word_counts_for_its_own_ticket_on_a_sheet_of_two():
    both = sheet(ticket("S00001", whole=False), ticket("S00001", words=DECLARED), ticket("S00002"))
    assert count({"S00001", "S00002"}, both) == ((), (), 1, 1)
    assert count({"S00002"}, both, sheet(ticket("S00002"))) == ((), ("S00002",), 0, 0)


def test_other_orders_do_not_count():
    assert count({"S00001"}, sheet(ticket("S00001", "T00001")), sheet(ticket("T00001"))) == ((), (), 0, 0)


def test_faults_are_no_paper():
    assert count({"S00001"}, {"at": 1.0, "printer": "p01", "fault": {"kind": "slow"}}) == (("S00001",), (), 0, 0)


def test_the_time_is_that_of_the_first_whole_ticket():
    papers = [sheet(ticket("S00001", whole=False), at=1.0), sheet(ticket("S00001"), at=2.5), sheet(ticket("S00001"))]
    papers[2]["at"] = 4.0
    assert first_whole({"S00001"}, papers) == {"S00001": 2.5}


def test_the_weather_is_how_many_sends_there_were_and_what_befell_them():
    sends = [{"at": 1.0, "printer": "p01", "send": True} for _each in range(4)]
    faults = [{"at": 1.0, "printer": "p01", "fault": {"kind": kind}} for kind in ("slow", "offline", "slow")]
    assert weather([*sends, *faults, sheet(ticket("S00001"))]) == {
        "sends": 4,
        "faults": 3,
        "faults_by_kind": {"offline": 1, "slow": 2},
    }
    assert weather([]) == {"sends": 0, "faults": 0, "faults_by_kind": {}}


def test_sends_are_no_paper():
    assert count({"S00001"}, {"at": 1.0, "printer": "p01", "send": True}) == (("S00001",), (), 0, 0)
