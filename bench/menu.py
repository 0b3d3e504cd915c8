"""Reading a menu of 300 dishes over HTTP: Diancan against Odoo's own self-ordering.

Both on the same server in the same run, with the same dishes, in turns. Ours
is GET …/menu, once as a phone that has never been here reads it (plain) and
once as one that has (If-None-Match, answered 304). Odoo's is the data call
that its self-ordering page begins with. No proxy and no compression in front
of either.

Usage: ./manage bench menu [--json]
"""

import argparse
import itertools
import json
import os
import re
import sys

from support import cost, load, machine, report
from support.database import cursor, environment
from support.stores import Stores

DISHES = 300
CLIENTS = 4
ROUNDS = 5
OURS_A_ROUND = 300
PEERS_A_ROUND = 6
WARM_UP = 8
#: Phones have addresses of their own; one address may make so many public calls a minute only.
SOURCES = [f"127.0.{high}.{low}" for high in range(1, 5) for low in range(1, 251)]


class Menus:
    """The calls, each from another phone."""

    def __init__(self, env):
        self.stores = Stores(env, DISHES)
        self.path = f"/diancan/v1/stores/{self.stores.ours.id}/menu"
        self.store_id, self.token = self.stores.peer.id, self.stores.peer.access_token
        self.sources = itertools.cycle(SOURCES)

    def ours(self, count, etag=None):
        headers = {"If_None_Match": etag} if etag else {}
        status = 304 if etag else 200
        return [load.call("GET", self.path, status=status, source=next(self.sources), **headers) for _ in range(count)]

    def peers(self, count):
        body = {"jsonrpc": "2.0", "method": "call", "id": 1, "params": {"access_token": self.token}}
        return [load.call("POST", f"/pos-self/data/{self.store_id}", body=body) for _ in range(count)]


def check_ours(body):
    found = len(json.loads(body)["dishes"])
    if found != DISHES:
        raise RuntimeError(f"our menu has {found} dishes")


def check_peer(body):
    names = [product["name"] for product in json.loads(body)["result"]["product.template"]]
    found = sum(name.startswith("Bench dish") for name in names)
    if found != DISHES:
        raise RuntimeError(f"the peer's data has {found} of the dishes")


def check_empty(body):
    if body:
        raise RuntimeError(f"304 with a body: {body[:200]!r}")


def etag_of(address, menus):
    """The menu's ETag, and how many bytes ours and theirs are."""
    head, body = load.send(address, menus.ours(1)[0])
    _, peer_body = load.send(address, menus.peers(1)[0])
    return re.search(rb"(?im)^etag: (.+?)\r?$", head)[1].decode(), len(body), len(peer_body)


def measure(address, menus, etag, meter):
    """Take turns; returns (plain, conditional, peer) Series."""
    plain, conditional, peer = load.Series(), load.Series(), load.Series()
    load.run(address, menus.ours(WARM_UP), CLIENTS, check_ours)
    load.run(address, menus.peers(WARM_UP), CLIENTS, check_peer)
    for number in range(ROUNDS):
        plain.add(load.run(address, menus.ours(OURS_A_ROUND), CLIENTS, None if number else check_ours, meter))
        conditional.add(load.run(address, menus.ours(OURS_A_ROUND, etag), CLIENTS, check_empty, meter))
        peer.add(load.run(address, menus.peers(PEERS_A_ROUND), CLIENTS, check_peer, meter))
        print(f"round {number + 1} of {ROUNDS}", file=sys.stderr, flush=True)
    return plain, conditional, peer


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    stack = json.loads(os.environ["DIANCAN_STACK"])
    address = "127.0.0.1", int(stack["odoo"].rpartition(":")[2])
    with environment(stack) as env:
        words = machine.describe(env)
        print(f"preparing {DISHES} dishes ...", file=sys.stderr, flush=True)
        menus = Menus(env)
    etag, our_bytes, peer_bytes = etag_of(address, menus)
    with cursor(stack) as cr:
        plain, conditional, peer = measure(address, menus, etag, cost.Meter(address, cost.backends_of(cr)))
    figures = {
        "ours_per_s": plain.per_second,
        "ours_304_per_s": conditional.per_second,
        "peer_per_s": peer.per_second,
        "ratio": plain.per_second / peer.per_second,
        "bytes": our_bytes,
        "peer_bytes": peer_bytes,
        "ours_p50_ms": plain.percentile_ms(50),
        "ours_304_p50_ms": conditional.percentile_ms(50),
        "peer_p50_ms": peer.percentile_ms(50),
        "ours_cpu_ms": plain.cpu_ms,
        "ours_304_cpu_ms": conditional.cpu_ms,
        "peer_cpu_ms": peer.cpu_ms,
        "clients": CLIENTS,
        "workers": stack["workers"],
        "machine": words,
    }
    report.tell(figures, list(lines_of(figures, plain, conditional, peer)), args.json)


def lines_of(figures, plain, conditional, peer):
    """The page for a person."""
    yield f"Reading a menu of {DISHES} dishes over HTTP, {CLIENTS} clients. Medians of {ROUNDS} rounds."
    for what, series, size in (
        ("ours, plain", plain, figures["bytes"]),
        ("ours, 304", conditional, 0),
        ("Odoo's self-ordering", peer, figures["peer_bytes"]),
    ):
        low, high = series.spread
        yield (
            f"{what:22} {series.per_second:8.1f}/s ({low:.1f} to {high:.1f}), p50 {series.percentile_ms(50):8.1f} ms,"
            f" {size:9,} bytes, {series.cpu_ms or 0:.1f} ms of processor time, {series.count} calls"
        )
    yield f"ratio {figures['ratio']:.0f}"
    yield from (f"{what}: {how}" for what, how in figures["machine"].items())


if __name__ == "__main__":
    main()
