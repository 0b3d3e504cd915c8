"""A sandbox program as a child process, for tests that talk to the real thing."""

import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import requests

ROOT = Path(__file__).resolve().parent.parent


class Started:
    """`python -m sandbox.NAME` on a free port, with an empty state folder.

    :param name: the program, such as `wechat`
    :raises RuntimeError: it did not become ready; the message ends with what it said
    """

    def __init__(self, name, *arguments, ready_seconds=30):
        self._folder = tempfile.TemporaryDirectory(prefix=f"sandbox-{name}-")
        self._log = open(Path(self._folder.name) / "log", "w+b")  # noqa: SIM115 -- closed in stop()
        self._process = subprocess.Popen(
            [sys.executable, "-m", f"sandbox.{name}", "--port", "0", "--state-dir", self._folder.name, *arguments],
            cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=self._log, text=True,
        )  # fmt: skip
        timer = threading.Timer(ready_seconds, self._process.kill)
        timer.start()
        line = self._process.stdout.readline()
        timer.cancel()
        if not line.startswith("ready "):
            self._log.seek(0)
            said = self._log.read()[-2000:].decode(errors="replace")
            self.stop()
            raise RuntimeError(f"sandbox.{name} did not start: {line}{said}")
        self.address = line.split()[1]

    def stop(self):
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()
        self._log.close()
        self._folder.cleanup()

    def control(self, path, body=None, method=None):
        """Speak to the control plane: GET, or POST when there is a `body`.

        :returns: (status, decoded JSON)
        """
        answer = requests.request(
            method or ("GET" if body is None else "POST"), f"{self.address}/_control/{path}", json=body, timeout=60
        )
        return answer.status_code, answer.json()
