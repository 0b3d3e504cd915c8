"""Placing an order of four lines over HTTP: Diancan against Odoo's own self-ordering.

Both on the same server in the same run, with the same dishes, in turns. Ours
is POST …/rounds: prices are checked, and the order, its lines, the kitchen's
dish events and print jobs are written; what was put into the cart before is
not timed. Odoo's is its whole call. Every order has a table of its own.

Usage: ./manage bench orders [--json]
"""

import argparse
import json
import os
import sys
from uuid import uuid4

from support import cost, load, machine, report
from support.database import cursor, environment
from support.rounds import Diners
from support.stores import Stores

ROUNDS = 5
MAIN_CLIENTS = 4
#: Orders in a round by clients: (ours, Odoo's).
SIZES = {4: (120, 32), 1: (30, 8), 8: (80, 24)}
WARM_UP = 16
TOTALS = tuple(WARM_UP + ROUNDS * sum(sizes) for sizes in zip(*SIZES.values(), strict=True))
#: What Odoo's own answers when two of its orders have met and its tries are used up.
PEER_MEETS = {"psycopg2.errors.LockNotAvailable", "psycopg2.errors.SerializationFailure"}


class Orders:
    """Orders to place, prepared so that nothing but the placing is timed."""

    def __init__(self, env):
        self.env = env
        self.stores = Stores(env, dish_count=60)
        self.store_ids = self.stores.ours.id, self.stores.peer.id
        self.total_fen = self._total_fen()
        ours, peers = TOTALS
        self.ours = iter(Diners(self.stores).calls([self.lines()] * ours))
        self.peers = iter(self._prepare_peers(peers))

    def lines(self):
        """The order: (dish, options, quantity, note)."""
        noodles, second, third, fourth = (self.stores.dishes[number] for number in (0, 1, 2, 4))
        large = noodles.attribute_line_ids[0].product_template_value_ids[1]
        return [
            (noodles, large, 1, "No coriander"),
            (second, large.browse(), 1, ""),
            (third, large.browse(), 2, ""),
            (fourth, large.browse(), 1, ""),
        ]

    def _total_fen(self):
        """What the order costs, by hand."""
        yuan = sum((dish.list_price + options.price_extra) * quantity for dish, options, quantity, _ in self.lines())
        return round(yuan * 100)

    # -- Odoo's ----------------------------------------------------------------

    def _prepare_peers(self, count):
        """The calls that Odoo's self-ordering page makes for this order."""
        store = self.stores.peer
        tables = self.stores.make_tables(store, count)
        return [
            load.call(
                "POST",
                "/pos-self-order/process-order/mobile",
                body={
                    "jsonrpc": "2.0",
                    "method": "call",
                    "id": number,
                    "params": {
                        "access_token": store.access_token,
                        "table_identifier": table.identifier,
                        "order": self._peer_order(store, table),
                    },
                },
            )
            for number, table in enumerate(tables)
        ]

    def _peer_order(self, store, table):
        total = self.total_fen / 100
        return {
            "uuid": str(uuid4()),
            "access_token": str(uuid4()),
            "config_id": store.id,
            "session_id": store.current_session_id.id,
            "company_id": self.stores.company.id,
            "state": "draft",
            "table_id": table.id,
            "customer_count": 2,
            "preset_id": False,
            "partner_id": False,
            "fiscal_position_id": False,
            "pricelist_id": False,
            "amount_total": total,
            "amount_tax": round(total - total / 1.06, 2),
            "amount_paid": 0,
            "amount_return": 0,
            "payment_ids": [],
            "last_order_preparation_change": "{}",
            "lines": [[0, 0, self._peer_line(*line)] for line in self.lines()],
        }

    def _peer_line(self, dish, options, quantity, note):
        unit = dish.list_price + options.price_extra
        return {
            "uuid": str(uuid4()),
            "product_id": dish.product_variant_id.id,
            "qty": quantity,
            "price_unit": unit,
            "price_extra": options.price_extra,
            "price_type": "original",
            "price_subtotal": round(unit * quantity / 1.06, 2),
            "price_subtotal_incl": unit * quantity,
            "discount": 0,
            "tax_ids": [[6, 0, self.stores.tax.ids]],
            "attribute_value_ids": [[6, 0, options.ids]],
            "customer_note": note,
            "full_product_name": dish.name,
        }

    # -- what came of it ----------------------------------------------------------

    def check_written(self, cr, *counts):
        """Every order of both is in the database, whole, at the same price; ours reached the kitchen.

        :param counts: how many orders were placed: ours, Odoo's
        """
        placed = dict(zip(self.store_ids, counts, strict=True))
        cr.execute(
            """SELECT config_id, count(*), min(round(amount_total * 100)), max(round(amount_total * 100)), sum(lines)
                 FROM (SELECT o.config_id, o.amount_total, count(l.id) AS lines
                         FROM pos_order o JOIN pos_order_line l ON l.order_id = o.id
                        WHERE o.config_id IN %s GROUP BY o.id) orders GROUP BY config_id""",
            (tuple(placed),),
        )
        total = self.total_fen
        found = {row[0]: tuple(map(int, row[1:])) for row in cr.fetchall()}
        wanted = {store: (count, total, total, 4 * count) for store, count in placed.items()}
        if found != wanted:
            raise RuntimeError(f"orders in the database: {found}, placed: {wanted}")
        ours = counts[0]
        cr.execute(
            "SELECT (SELECT count(*) FROM dining_dish_event WHERE config_id = %s),"
            "       (SELECT count(*) FROM dining_print_job j JOIN dining_printer p ON p.id = j.printer_id"
            "         WHERE p.config_id = %s)",
            (self.store_ids[0], self.store_ids[0]),
        )
        events, jobs = cr.fetchone()
        if events != 4 * ours or jobs != 2 * ours:
            raise RuntimeError(f"{ours} orders placed, but {events} dish events and {jobs} print jobs")


def check_ours(body):
    if not json.loads(body).get("order_id"):
        raise RuntimeError(body)


def check_peer(body):
    """Under load some of Odoo's orders fail: their numbers come from a sequence that only one may hold."""
    answer = json.loads(body)
    if answer.get("error", {}).get("data", {}).get("name") in PEER_MEETS:
        return False
    if not answer.get("result", {}).get("pos.order"):
        raise RuntimeError(body)
    return True


def take(calls, count):
    return [next(calls) for _ in range(count)]


def measure(address, orders, meter):
    """Take turns; returns ({clients: (our Series, their Series)}, how many of theirs warmed up)."""
    measured = {clients: (load.Series(), load.Series()) for clients in SIZES}
    load.run(address, take(orders.ours, WARM_UP), MAIN_CLIENTS, check_ours)
    warmed = load.run(address, take(orders.peers, WARM_UP), MAIN_CLIENTS, check_peer).done
    for number in range(ROUNDS):
        for clients, (ours, peers) in measured.items():
            our_size, peer_size = SIZES[clients]
            ours.add(load.run(address, take(orders.ours, our_size), clients, check_ours, meter))
            peers.add(load.run(address, take(orders.peers, peer_size), clients, check_peer, meter))
        print(f"round {number + 1} of {ROUNDS}", file=sys.stderr, flush=True)
    return measured, warmed


def figures_of(ours, peer):
    return {
        "ours_per_s": ours.per_second,
        "peer_per_s": peer.per_second,
        "ratio": ours.per_second / peer.per_second,
        "ours_p50_ms": ours.percentile_ms(50),
        "ours_p99_ms": ours.percentile_ms(99),
        "peer_p50_ms": peer.percentile_ms(50),
        "peer_p99_ms": peer.percentile_ms(99),
        "peer_failed": peer.failed,
        "ours_cpu_ms": ours.cpu_ms,
        "peer_cpu_ms": peer.cpu_ms,
    }


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    stack = json.loads(os.environ["DIANCAN_STACK"])
    address = "127.0.0.1", int(stack["odoo"].rpartition(":")[2])
    with environment(stack) as env:
        words = machine.describe(env)
        print("preparing tables, carts and orders ...", file=sys.stderr, flush=True)
        orders = Orders(env)
    with environment(stack) as env:
        env.cr.execute("ANALYZE")
    with cursor(stack) as cr:
        measured, warmed = measure(address, orders, cost.Meter(address, cost.backends_of(cr)))
    with environment(stack) as env:
        orders.check_written(env.cr, TOTALS[0], warmed + sum(peer.count for _, peer in measured.values()))
    by_clients = {str(clients): figures_of(*measured[clients]) for clients in sorted(SIZES)}
    figures = {**by_clients[str(MAIN_CLIENTS)], "clients": by_clients, "workers": stack["workers"], "machine": words}
    report.tell(figures, list(lines_of(by_clients, words, measured)), args.json)


def lines_of(by_clients, words, measured):
    """The page for a person."""
    yield "Placing an order of 4 lines over HTTP. Medians of the rounds' rates, percentiles of all calls."
    yield "clients    ours/s    Odoo/s   ratio   ours p50       p99   Odoo p50       p99"
    for clients, figures in by_clients.items():
        yield (
            f"{clients:>7}  {figures['ours_per_s']:8.1f}  {figures['peer_per_s']:8.1f}  {figures['ratio']:6.1f}"
            f"  {figures['ours_p50_ms']:6.1f} ms {figures['ours_p99_ms']:6.1f} ms"
            f"  {figures['peer_p50_ms']:6.1f} ms {figures['peer_p99_ms']:6.1f} ms"
        )
    for clients, (ours, peer) in sorted(measured.items()):
        yield (
            f"{clients} clients: {ours.count} of our orders, {ours.spread[0]:.0f} to {ours.spread[1]:.0f} a second;"
            f" {peer.count} of Odoo's, {peer.spread[0]:.1f} to {peer.spread[1]:.1f} a second, {peer.failed} more failed"
        )
    figures = by_clients[str(MAIN_CLIENTS)]
    if figures["ours_cpu_ms"]:
        yield (
            f"processor time of Odoo and PostgreSQL for an order, {MAIN_CLIENTS} clients:"
            f" ours {figures['ours_cpu_ms']:.1f} ms, Odoo's {figures['peer_cpu_ms']:.1f} ms"
        )
    yield from (f"{what}: {how}" for what, how in words.items())


if __name__ == "__main__":
    main()
