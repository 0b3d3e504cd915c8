"""Virtual printers in a process of their own, their weather, and their own record of paper."""

import json
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
POLL_SECONDS = 0.5


class Printers:
    """The sandbox's printers `p01`, `p02` …; leaving the context stops them.

    :param folder: where the record is kept
    """

    def __init__(self, count, folder):
        self._record = Path(folder) / "paper.jsonl"
        named = [part for number in range(count) for part in ("--printer", f"p{number + 1:02d}:0:80")]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "sandbox.printer", *named, "--web-port", "0", "--record", str(self._record)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        ready = self._process.stdout.readline().strip()
        if not ready.startswith("ready printer "):
            raise RuntimeError(f"the virtual printers do not start: {ready}")
        printers, _, self._web = ready.removeprefix("ready printer ").partition(" web=")
        self.ports = [int(part.rpartition(":")[2]) for part in printers.split(", ")]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.terminate()
        self._process.wait(20)

    def storm(self, share, seed, away_seconds):
        """From now on this share of all sends goes wrong."""
        self._call("_control/storm", {"share": share, "seed": seed, "away_seconds": away_seconds})

    def calm(self, seconds):
        """End the storm and wait until everything is mended and printed."""
        self.storm(0, 0, 0)
        deadline = time.monotonic() + seconds
        while not all(self._idle(printer) for printer in self._call("printers")):
            if time.monotonic() > deadline:
                raise RuntimeError(f"printers do not come to rest: {self._call('printers')}")
            time.sleep(POLL_SECONDS)
        time.sleep(POLL_SECONDS)

    def record(self):
        """Every sheet and every fault, as they happened."""
        return [json.loads(line) for line in self._record.read_text(encoding="utf-8").splitlines()]

    @staticmethod
    def _idle(printer):
        return printer["paper"] == "ok" and not printer["offline"] and not printer["waiting"]

    def _call(self, path, values=None):
        data = None if values is None else json.dumps(values).encode()
        request = urllib.request.Request(self._web + path, data)  # noqa: S310  loopback
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            return json.load(answer)
