"""A really started simulator, a merchant who signs for himself, and his notify server."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from sandbox.started import Started

from .client import Control, Merchant

CHECKOUT = Path(__file__).resolve().parents[3]
VECTORS = CHECKOUT.parent / "shared" / "vectors"


@pytest.fixture(scope="session")
def base_url():
    simulator = Started("wechat")
    yield simulator.address
    simulator.stop()


@pytest.fixture
def control(base_url):
    control = Control(base_url)
    control.post("/reset")
    # Probes have their own test; elsewhere they would only add requests to count.
    control.post("/settings", signtest_every=0)
    return control


@pytest.fixture
def merchant(control):
    return Merchant(control.get("/credentials"))


class Receiver:
    """The merchant's notify URL: keeps what arrives and answers ``statuses`` in turn, then 204."""

    def __init__(self):
        self.received = []
        self.statuses = []
        self.delay_seconds = 0
        self._arrived = threading.Condition()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(receiver._take(dict(self.headers), body))
                self.end_headers()

            def log_message(self, *arguments):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/notify"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def _take(self, headers, body):
        with self._arrived:
            self.received.append((headers, body))
            status = self.statuses.pop(0) if self.statuses else 204
            self._arrived.notify_all()
        threading.Event().wait(self.delay_seconds)
        return status

    def wait_for(self, count, seconds=30):
        """The requests received, once there are ``count`` of them."""
        with self._arrived:
            arrived = self._arrived.wait_for(lambda: len(self.received) >= count, seconds)
            assert arrived, f"{len(self.received)} of {count} notices arrived"
            return list(self.received)

    def close(self):
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def receiver():
    receiver = Receiver()
    yield receiver
    receiver.close()


@pytest.fixture
def vector():
    """Read a known-answer vector; the vectors are not part of the project."""

    def read(name):
        path = VECTORS / name
        if not path.exists():
            pytest.skip(f"the vectors are not beside this checkout: shared/vectors/{name}")
        return json.loads(path.read_text("utf-8")) if path.suffix == ".json" else path.read_bytes()

    return read
