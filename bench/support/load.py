"""Clients that send HTTP calls one after the other and time each.

As little as possible happens between the bytes: a call is a ready-made text,
an answer is read to its end and kept, so that the clients take next to
nothing from the processors that they share with the server. Like phones
behind a proxy that keeps no connections, every call makes its own, and closes
it as soon as all that Content-Length announced is there: werkzeug lets a
client that waits for the server to close wait for 10 ms more.
"""

import json
import re
import socket
import statistics
import sys
import threading
import time
from dataclasses import dataclass, field

TIMEOUT_SECONDS = 60


@dataclass(frozen=True)
class Call:
    """One call, ready to be sent.

    :param data: the bytes of the request
    :param status: the status that it must be answered with
    :param source: the address to call from, one of this machine's own
    """

    data: bytes
    status: int = 200
    source: str = "127.0.0.1"


@dataclass
class Sample:
    """What a run of calls measured; calls that failed took time and count for nothing."""

    seconds: float = 0.0
    latencies: list = field(default_factory=list)
    bodies: list = field(default_factory=list)
    failed: int = 0
    cpu_ms: float | None = None

    @property
    def done(self):
        return len(self.latencies) - self.failed

    @property
    def per_second(self):
        return self.done / self.seconds


def call(method, path, *, body=None, status=200, source="127.0.0.1", host="127.0.0.1", **headers):
    """Build a Call; `body` is sent as JSON, underscores in header names become dashes."""
    data = b"" if body is None else json.dumps(body).encode()
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", "Connection: close"]
    if body is not None:
        lines += ["Content-Type: application/json", f"Content-Length: {len(data)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return Call("\r\n".join([*lines, "", ""]).encode() + data, status, source)


def send(address, one):
    """Send one call.

    :param address: (host, port) of the server
    :return: (headers, body) as bytes
    :raises RuntimeError: where it is not answered with the status it must be
    """
    with socket.create_connection(address, TIMEOUT_SECONDS, (one.source, 0)) as connection:
        connection.sendall(one.data)
        head, body = _read(connection)
    if head[9:12] != b"%d" % one.status:
        raise RuntimeError(f"expected {one.status}, got {head[:40]!r}: {body[:2000]!r}")
    return head, body


def _read(connection):
    """(headers, body) of the answer; up to the server's close where it tells no length."""
    received = bytearray()
    while b"\r\n\r\n" not in received and (part := connection.recv(1 << 16)):
        received += part
    head, _, body = received.partition(b"\r\n\r\n")
    missing = _length(bytes(head)) - len(body)
    while missing > 0 and (part := connection.recv(1 << 16)):
        body += part
        missing -= len(part)
    return bytes(head), bytes(body)


def _length(head):
    """How long the body is: nothing follows a 304 or 204, whatever is said."""
    if head[9:12] in (b"304", b"204"):
        return 0
    told = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
    return int(told[1]) if told else sys.maxsize


def run(address, calls, clients, check=None, meter=None):
    """Have `clients` clients share the calls and send them as fast as they are answered.

    :param check: called with each body after the clock has stopped; False for a call that failed, and it raises
        where an answer is not one that may be
    :param meter: a `cost.Meter` to read the server's processor time with
    :return: Sample
    """
    shares = [calls[number::clients] for number in range(clients)]
    barrier = threading.Barrier(clients + 1)
    sample, errors, lock = Sample(), [], threading.Lock()

    def client(share):
        mine, bodies = [], []
        barrier.wait()
        try:
            for one in share:
                before = time.perf_counter()
                _head, body = send(address, one)
                mine.append(time.perf_counter() - before)
                bodies.append(body)
        except Exception as error:
            errors.append(error)
        with lock:
            sample.latencies += mine
            sample.bodies += bodies

    threads = [threading.Thread(target=client, args=(share,)) for share in shares]
    for thread in threads:
        thread.start()
    if meter:
        meter.start()
    barrier.wait()
    before = time.perf_counter()
    for thread in threads:
        thread.join()
    sample.seconds = time.perf_counter() - before
    sample.cpu_ms = meter.stop() if meter else None
    if errors:
        raise errors[0]
    if check:
        sample.failed = sum(check(body) is False for body in sample.bodies)
    return sample


class Series:
    """Samples of the same thing, taken in turns with others."""

    def __init__(self):
        self._samples = []

    def add(self, sample):
        self._samples.append(sample)

    @property
    def per_second(self):
        """The median of the samples' rates."""
        return statistics.median(sample.per_second for sample in self._samples)

    @property
    def spread(self):
        """The lowest and the highest rate."""
        rates = [sample.per_second for sample in self._samples]
        return min(rates), max(rates)

    @property
    def count(self):
        return sum(sample.done for sample in self._samples)

    @property
    def cpu_ms(self):
        """The median of the processor milliseconds that the server spent on a call, or None."""
        known = [sample.cpu_ms / len(sample.latencies) for sample in self._samples if sample.cpu_ms is not None]
        return statistics.median(known) if known else None

    @property
    def failed(self):
        return sum(sample.failed for sample in self._samples)

    def percentile_ms(self, percent):
        """The latency in milliseconds that `percent` of all calls stayed under (nearest rank)."""
        ordered = sorted(latency for sample in self._samples for latency in sample.latencies)
        rank = max(0, -(-len(ordered) * percent // 100) - 1)
        return ordered[int(rank)] * 1000
