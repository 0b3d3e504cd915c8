import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests
from escpos.printer import Network

CHECKOUT = Path(__file__).resolve().parents[3]
PATIENCE_SECONDS = 15


class Bench:
    """A running printer program, its ports, and its control plane."""

    def __init__(self, process):
        self.process = process
        line = process.stdout.readline()
        assert line.startswith("ready printer "), line
        named, web = line.removeprefix("ready printer ").strip().split(" web=")
        self.web = web.rstrip("/")
        self.ports = {
            name: int(address.rpartition(":")[2]) for name, address in (part.split("=") for part in named.split(", "))
        }

    def client(self, name="kitchen", **more):
        return Network("127.0.0.1", self.ports[name], timeout=5, **more)

    def get(self, path):
        return requests.get(self.web + path, timeout=5)

    def tickets(self, printer=""):
        return self.get(f"/tickets?printer={printer}").json()

    def control(self, name="kitchen", **values):
        """Bring a printer into a condition that is possible."""
        answer = self.post(f"/_control/{name}", values)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path, values=None):
        return requests.post(self.web + path, json=values, timeout=5)

    def wait_for_tickets(self, count=1, printer=""):
        return self.wait(lambda: (found := self.tickets(printer)) and len(found) >= count and found)

    def wait(self, question):
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            answer = question()
            if answer:
                return answer
            time.sleep(0.02)
        raise AssertionError("it did not happen in time")


@pytest.fixture(scope="session")
def running_bench():
    process = subprocess.Popen(
        [sys.executable, "-m", "sandbox.printer", "--printer", "kitchen:0:80", "--printer", "bar:0:58",
         "--web-port", "0"],
        cwd=CHECKOUT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        yield Bench(process)
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture
def bench(running_bench):
    running_bench.post("/_control/reset")
    return running_bench
