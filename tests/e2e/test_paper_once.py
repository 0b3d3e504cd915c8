"""Every dish on paper, none twice without a word, though printers fail and print workers die."""

import json
import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# The seed brings every kind of fault, and three broken connections to the control.
SMALL = {
    "dishes": 240,
    "control-dishes": 120,
    "seed": 3,
    "share": 0.25,
    "away": 4,
    "seconds": 2,
    "rate": 5,
    "storm-rate": 8,
    "kill-every": 1,
    "patience": 120,
}


@pytest.fixture(scope="module")
def storm(stack):
    """The figures of a small run of ./manage bench kitchen."""
    options = [part for name, value in SMALL.items() for part in (f"--{name}", str(value))]
    done = subprocess.run(
        [stack["python"], "bench/kitchen.py", "--json", *options],
        cwd=ROOT, capture_output=True, text=True, timeout=900, check=False,
        env={**os.environ, "PYTHONPATH": stack["pythonpath"]},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-4000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_no_dish_is_lost_and_none_is_doubled_in_silence(storm):
    assert {name: storm[name] for name in ("dishes", "lost", "silent_duplicates", "drained")} == {
        "dishes": 240,
        "lost": 0,
        "silent_duplicates": 0,
        "drained": True,
    }
    assert storm["acknowledged_without_paper"] == 0
    assert storm["faults"] >= 12 and storm["workers_killed"] >= 5, "it was a storm"
    assert storm["sends"] >= 2 * 24 and storm["faults"] < storm["sends"], "two tickets an order of ten dishes"


def test_the_same_count_finds_what_the_naive_way_loses(storm):
    control = storm["control"]
    assert control["dishes"] == 120
    assert control["lost"] + control["silent_duplicates"] > 0
    assert control["declared_possible_duplicates"] == 0


def test_without_faults_nothing_is_declared(storm):
    assert storm["without_faults"] == {
        "dishes": 40,
        "lost": 0,
        "silent_duplicates": 0,
        "declared_possible_duplicates": 0,
        "declared_and_on_two_papers": 0,
    }
