"""A storm: faults that strike a share of all sends by themselves, and the record of paper."""

import json
import socket
import subprocess
import sys
import time

import pytest

from sandbox.printer.faults import KINDS, BadStorm, Fault, Storm

from .conftest import CHECKOUT, Bench

TICKET = b"\x1b@" + b"".join(b"line %d\n" % number for number in range(40)) + b"last\n\x1dV\x00"
PAPER_IN_TURN = b"\x1dr\x01"


def seed_of(kind, **more):
    """A storm's seed by which the printer's first send suffers this."""
    for seed in range(10_000):
        fault = Storm(1.0, seed, away_seconds=1).strike("kitchen")
        if fault.kind == kind and all(getattr(fault, name) == value for name, value in more.items()):
            return seed
    raise AssertionError(f"no seed brings {kind}")


@pytest.fixture
def recorded(tmp_path):
    """A printer of its own and what it has written down."""
    record = tmp_path / "record.jsonl"
    process = subprocess.Popen(
        [sys.executable, "-m", "sandbox.printer", "--port", "0", "--web-port", "0", "--record", str(record)],
        cwd=CHECKOUT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    bench = Bench(process)
    bench.record = lambda: [json.loads(line) for line in record.read_text().splitlines()]
    yield bench
    process.terminate()
    process.wait(10)


def send(bench, data=TICKET):
    """What the printer answers to the question behind the ticket; None where the connection breaks."""
    with socket.create_connection(("127.0.0.1", bench.ports["kitchen"]), 5) as line:
        try:
            line.sendall(data + PAPER_IN_TURN)
            return line.recv(1) or None
        except ConnectionError:
            return None


def storm(bench, **values):
    answer = bench.post("/_control/storm", values)
    assert answer.status_code == 200, answer.text


def lines(bench):
    return [ticket["text"].count("\n") + 1 for ticket in bench.tickets()]


def test_the_same_seed_brings_the_same_faults():
    first, second, other = (Storm(0.5, seed) for seed in (7, 7, 8))
    drawn = [[one.strike("kitchen") for _send in range(200)] for one in (first, second, other)]
    assert drawn[0] == drawn[1]
    assert drawn[0] != drawn[2]


def test_a_share_of_all_sends_is_struck_and_every_kind_comes():
    one = Storm(0.1, 1)
    struck = [one.strike(f"p{printer}") for printer in range(20) for _send in range(500)]
    faults = [fault for fault in struck if fault]
    assert 900 < len(faults) < 1100
    assert {fault.kind for fault in faults} == set(KINDS)
    assert {fault.seconds for fault in faults if fault.kind == "offline"} == {60.0}


def test_without_a_storm_nothing_happens():
    assert {Storm().strike("kitchen") for _send in range(100)} == {None}


def test_dropped_before_leaves_no_paper_and_the_next_send_goes_well(bench):
    storm(bench, share=1.0, seed=seed_of("drop_before", after=0))
    assert send(bench) is None
    storm(bench, share=0)
    assert send(bench) == b"\0"
    assert lines(bench) == [41]


def test_dropped_before_the_end_leaves_half_a_ticket(bench):
    storm(bench, share=1.0, seed=seed_of("drop_before", after=100))
    assert send(bench) is None
    [ticket] = bench.wait_for_tickets()
    assert (ticket["complete"], "last" in ticket["text"]) == (False, False)


def test_dropped_after_has_printed_everything_and_says_nothing(bench):
    storm(bench, share=1.0, seed=seed_of("drop_after"))
    assert send(bench) is None
    assert lines(bench) == [41]


def test_the_paper_ends_in_the_middle_and_the_rest_comes_later(bench):
    seed = seed_of("paper_out")
    fault = Storm(1.0, seed).strike("kitchen")
    storm(bench, share=1.0, seed=seed)
    with socket.create_connection(("127.0.0.1", bench.ports["kitchen"]), 5) as line:
        line.sendall(TICKET)
        bench.wait(lambda: bench.get("/printers").json()[0]["paper"] == "out")
        assert bench.tickets() == []
    storm(bench, share=0)
    time.sleep(fault.seconds)
    bench.wait_for_tickets()
    assert lines(bench) == [41]


def test_slow_prints_all_the_same(bench):
    seed = min(range(2000), key=lambda each: _slowness(Storm(1.0, each).strike("kitchen")))
    storm(bench, share=1.0, seed=seed)
    began = time.monotonic()
    with socket.create_connection(("127.0.0.1", bench.ports["kitchen"]), 5) as line:
        line.sendall(b"\x1b@a\nb\nc\n\x1dV\x00" + PAPER_IN_TURN)
        assert line.recv(1) == b"\0"
    assert time.monotonic() - began > 3 * 3 / 20
    assert lines(bench) == [3]


def _slowness(fault):
    return fault.seconds if fault.kind == "slow" else 100


def test_offline_stays_away_and_comes_back_on_the_same_port(bench):
    storm(bench, share=1.0, seed=seed_of("offline", after=0), away_seconds=0.5)
    assert send(bench) is None
    with pytest.raises(ConnectionError):
        bench.wait(lambda: send(bench, b""))
    storm(bench, share=0)
    bench.wait(lambda: not bench.get("/printers").json()[0]["offline"])
    assert send(bench) == b"\0"
    assert lines(bench) == [41]


def test_a_status_question_is_no_send(bench):
    storm(bench, share=1.0, seed=1)
    with socket.create_connection(("127.0.0.1", bench.ports["kitchen"]), 5) as line:
        line.sendall(b"\x10\x04\x02")
        assert line.recv(1) == b"\x12"


def test_everything_is_recorded_as_it_happens(recorded):
    before = time.time()
    send(recorded)
    storm(recorded, share=1.0, seed=seed_of("drop_after"))
    send(recorded)
    entries = recorded.wait(lambda: (found := recorded.record()) and len(found) == 5 and found)
    assert [sorted(entry.keys() - {"at", "printer"}) for entry in entries] == [
        ["send"], ["complete", "sheet"], ["send"], ["fault"], ["complete", "sheet"]]  # fmt: skip
    assert entries[3]["fault"] == {"kind": "drop_after", "after": 0, "seconds": 0.0}
    assert entries[1]["sheet"].splitlines()[-1] == "last"
    assert all(before <= entry["at"] <= time.time() and entry["printer"] == "kitchen" for entry in entries)


def test_a_record_that_cannot_be_written_is_said_in_words(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "sandbox.printer", "--port", "0", "--web-port", "0", "--record", str(tmp_path)],
        cwd=CHECKOUT, capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert f"cannot write the record {tmp_path}: Is a directory" in done.stderr


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"share": 1.1}, "share is a number from 0 to 1, not 1.1"),
        ({"share": "much"}, "share is a number from 0 to 1, not 'much'"),
        ({"seed": "x"}, "seed is a whole number, not 'x'"),
        ({"away_seconds": -1}, "away_seconds is a number from 0 to 3600, not -1"),
        ({"wind": 1}, "unknown field 'wind'; one of share, seed, away_seconds"),
        ([], "the body is a JSON object"),
    ],
)
def test_a_storm_that_cannot_be_is_refused_and_changes_nothing(bench, values, reason):
    refused = bench.post("/_control/storm", values)
    assert (refused.status_code, refused.json()["error"]) == (422, reason)
    assert send(bench) == b"\0"
    assert lines(bench) == [41]


def test_a_fault_knows_where_it_breaks():
    assert [Fault(kind, 5).cuts_at for kind in KINDS] == [5, None, None, None, 5]
    with pytest.raises(BadStorm):
        Storm(seed=True)
