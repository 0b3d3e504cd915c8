"""Ten thousand dishes through a storm: is each on paper, and on none twice without a word?

Orders are placed over HTTP as phones place them; twenty virtual printers print them. First without faults, at a
steady rate, timed from the phone's answer (and from when its order was due to be sent) to when the printer had
the whole ticket. Then with a share of all sends faulted (dropped before, dropped after, paper out, slow,
offline for a minute) and a print worker killed every two seconds. Then the same, smaller, with the naive way to
print: the control, which shows that the bench can fail. What is lost or doubled is counted on the printers' own
record of paper, against the log of what was fired.

Usage: ./manage bench kitchen [--json] [--dishes N] [--seed N] …
"""

import argparse
import contextlib
import json
import os
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from support import machine, paced, paper, report
from support.crew import Crew
from support.database import cursor, environment
from support.kitchen import STATIONS, Kitchen
from support.printers import Printers
from support.rounds import Diners

WARM_UP_ORDERS = 20
TIMED_DISHES_AN_ORDER = 4
DISHES_AN_ORDER = 10
CALM_SECONDS = 120
POLL_SECONDS = 0.5
BEGAN = time.monotonic()
SHOULD_NOT = "this should not happen"

_PENDING = """
SELECT count(*) FROM dining_print_job job JOIN dining_printer printer ON printer.id = job.printer_id
 WHERE printer.agent_id = %s AND job.state IN ('queued', 'leased', 'sent')
"""
_FIRED = """
SELECT btrim(note, '[]'), sum(quantity), count(*) FROM dining_dish_event
 WHERE config_id = %s AND kind = 'fired' AND note LIKE %s GROUP BY note
"""
_ACKNOWLEDGED = """
SELECT btrim(fired.note, '[]') FROM dining_dish_event fired JOIN dining_dish_event printed USING (line_uuid)
 WHERE fired.config_id = %s AND fired.kind = 'fired' AND printed.kind = 'printed' AND fired.note LIKE %s
"""


@dataclass
class Phase:
    """Orders that are placed one after the other, and what came of them."""

    letter: str
    orders: list
    calls: list
    answers: list = field(default_factory=list)
    killed: int = 0
    drained: bool = True
    #: When its weather began and was over, seconds since 1970.
    began: float = 0.0
    ended: float = 0.0


class Bench:
    """The kitchen on a running restaurant."""

    def __init__(self, stack, args, printers, folder):
        self.stack, self.args, self.printers = stack, args, printers
        self.log, self.cpu_seconds = folder / "workers.log", 0.0
        self.address = "127.0.0.1", int(stack["odoo"].rpartition(":")[2])
        with environment(stack) as env:
            self.words = machine.describe(env)
            tell("preparing tables, carts and orders ...")
            kitchen = Kitchen(env, printers.ports)
            diners = Diners(kitchen)
            self.store_id, self.agent_id = kitchen.ours.id, kitchen.agent.id

            def phase(letter, dishes, dishes_an_order):
                orders = kitchen.orders(letter, dishes, dishes_an_order, f"{args.seed}/{letter}")
                marks = [[line[-1].strip("[]") for line in order] for order in orders]
                return Phase(letter, marks, diners.calls(orders))

            self.warm_up = phase("W", WARM_UP_ORDERS * TIMED_DISHES_AN_ORDER, TIMED_DISHES_AN_ORDER)
            self.timed = phase("T", round(args.rate * args.seconds) * TIMED_DISHES_AN_ORDER, TIMED_DISHES_AN_ORDER)
            self.storm = phase("S", args.dishes, DISHES_AN_ORDER)
            self.control = phase("N", args.control_dishes, DISHES_AN_ORDER)
        with environment(stack) as env:
            env.cr.execute("ANALYZE")

    def run(self):
        """Take the phases in turn."""
        args = self.args
        with self.crew() as workers:
            self.place(self.warm_up, args.rate)
            self.drain(self.warm_up)
            tell(f"{len(self.timed.calls)} orders at {args.rate:g} a second without faults ...")
            self.place(self.timed, args.rate)
            self.drain(self.timed)
        self.cpu_seconds = workers.cpu_seconds
        tell(f"{args.dishes} dishes through the storm ...")
        self.weather(self.storm, workers=args.workers)
        tell(f"{args.control_dishes} dishes the naive way ...")
        self.weather(self.control, kind="naive")

    def weather(self, phase, **crew):
        """Place a phase's orders in the storm and wait until they are printed and the storm is over."""
        phase.began = time.time()
        self.printers.storm(self.args.share, self.args.seed, self.args.away)
        with self.crew(kill_seconds=self.args.kill_every, **crew) as workers:
            self.place(phase, self.args.storm_rate)
            self.drain(phase)
        phase.killed = workers.killed
        self.printers.calm(CALM_SECONDS)
        phase.ended = time.time()

    def crew(self, **settings):
        return Crew(self.stack, self.agent_id, self.log, **settings)

    def place(self, phase, per_second):
        phase.answers = paced.run(self.address, phase.calls, per_second)

    def drain(self, phase):
        """Wait until no ticket waits; a phase that takes too long is counted as it is then."""
        deadline = time.monotonic() + self.args.patience
        with cursor(self.stack) as cr:
            while True:
                cr.execute(_PENDING, (self.agent_id,))
                [pending] = cr.fetchone()
                cr.rollback()
                if not pending:
                    return
                if time.monotonic() > deadline:
                    tell(f"{pending} tickets still wait after {self.args.patience:g} s")
                    phase.drained = False
                    return
                time.sleep(POLL_SECONDS)

    # -- counting ----------------------------------------------------------------

    def fired(self, phase):
        """The marks that the event log has fired; each dish that was ordered must be there, once."""
        placed = {mark for marks in phase.orders for mark in marks}
        found = {mark: (portions, rows) for mark, portions, rows in self.ask(_FIRED, phase)}
        wrong = [mark for mark in placed if found.get(mark) != (1, 1)] + sorted(found.keys() - placed)
        if wrong:
            raise RuntimeError(f"{len(wrong)} dishes are not in the event log exactly once, such as {wrong[:5]}")
        return found.keys()

    def judge(self, phase, entries):
        """{what: figure} of a phase in the storm."""
        entries = [entry for entry in entries if phase.began <= entry["at"] <= phase.ended]
        verdict = paper.judge(self.fired(phase), entries)
        acknowledged = {mark for (mark,) in self.ask(_ACKNOWLEDGED, phase)}
        return {
            **verdict.told,
            **paper.weather(entries),
            "acknowledged_without_paper": len(acknowledged & set(verdict.lost)),
            "workers_killed": phase.killed,
            "seconds": phase.ended - phase.began,
            "drained": phase.drained,
        }

    def latencies_ms(self, entries):
        """(from when the order was due, from its answer) to the whole ticket, of every dish without faults."""
        cut = paper.first_whole(self.fired(self.timed), entries)
        dishes = [
            (cut[mark], answered)
            for marks, answered in zip(self.timed.orders, self.timed.answers, strict=True)
            for mark in marks
        ]
        return (
            sorted((at - answered.due) * 1000 for at, answered in dishes),
            sorted((at - answered.at) * 1000 for at, answered in dishes),
        )

    def ask(self, statement, phase):
        with cursor(self.stack) as cr:
            cr.execute(statement, (self.store_id, f"[{phase.letter}%"))
            return cr.fetchall()

    def figures(self):
        entries = self.printers.record()
        if SHOULD_NOT in (said := self.log.read_text(errors="replace")):
            raise RuntimeError(f"a print worker met what should not happen:\n{said[-4000:]}")
        storm, control = self.judge(self.storm, entries), self.judge(self.control, entries)
        timed = paper.judge(self.fired(self.timed), entries).told
        due, answered = self.latencies_ms(entries)
        return {
            **storm,
            "submit_to_printer_p50_ms": statistics.median(answered),
            "p99_ms_without_faults": percentile(answered, 99),
            "worker_cpu_ms_an_order": self.cpu_seconds * 1000 / (WARM_UP_ORDERS + len(self.timed.calls)),
            "due_to_printer_p50_ms": statistics.median(due),
            "due_to_printer_p99_ms": percentile(due, 99),
            "orders_per_s": self.args.rate,
            "orders_per_s_reached": paced.rate(self.timed.answers),
            "without_faults": timed,
            "control": control,
            "printers": STATIONS,
            "share_faulted": self.args.share,
            "workers": self.args.workers,
            "seed": self.args.seed,
            "machine": self.words,
        }


def percentile(ordered, percent):
    """Nearest rank."""
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


def tell(words):
    print(f"{time.monotonic() - BEGAN:5.0f} s  {words}", file=sys.stderr, flush=True)


def lines_of(figures):
    """The page for a person."""
    yield (
        f"{figures['orders_per_s']:g} orders a second without faults (reached {figures['orders_per_s_reached']:.1f}),"
        f" {figures['without_faults']['dishes']} dishes:"
        f" from the phone's answer to the whole ticket in the printer {figures['submit_to_printer_p50_ms']:.0f} ms"
        f" (median), 99 % under {figures['p99_ms_without_faults']:.0f} ms; from when the order was due to be sent"
        f" {figures['due_to_printer_p50_ms']:.0f} and {figures['due_to_printer_p99_ms']:.0f} ms"
    )
    yield f"{figures['share_faulted']:.0%} of sends faulted, a worker killed as often as said, seed {figures['seed']}:"
    columns = (
        "dishes",
        "sends",
        "faults",
        "workers_killed",
        "lost",
        "silent_duplicates",
        "declared_possible_duplicates",
    )
    yield "            " + "  ".join(columns)
    for name, row in (("Diancan", figures), ("naive way", figures["control"])):
        yield f"{name:<12}" + "  ".join(f"{row[column]:>{len(column)}}" for column in columns)
    for name, row in (("Diancan", figures), ("naive way", figures["control"])):
        yield (
            f"{name}: {row['seconds']:.0f} s, {row['faults_by_kind']},"
            f" {row['declared_and_on_two_papers']} dishes declared and indeed on two papers,"
            f" {row['acknowledged_without_paper']} acknowledged without paper"
            + ("" if row["drained"] else ", NOT DONE")
        )
    yield from (f"{what}: {how}" for what, how in figures["machine"].items())


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--dishes", type=int, default=10_000, help="through the storm")
    parser.add_argument("--control-dishes", type=int, help="the naive way; a fifth of the dishes if left out")
    parser.add_argument("--seed", type=int, default=1, help="of the orders and of the faults")
    parser.add_argument("--share", type=float, default=0.1, help="of all sends that are faulted")
    parser.add_argument("--away", type=float, default=60.0, help="seconds that an offline printer stays away")
    parser.add_argument("--rate", type=float, default=30.0, help="orders a second without faults")
    parser.add_argument("--seconds", type=float, default=20.0, help="how long to time without faults")
    parser.add_argument("--storm-rate", type=float, default=15.0, help="orders a second in the storm")
    parser.add_argument("--workers", type=int, default=2, help="print workers in the storm")
    parser.add_argument("--kill-every", type=float, default=2.0, help="seconds between two kills")
    parser.add_argument("--patience", type=float, default=480.0, help="seconds to wait for the last ticket of a phase")
    args = parser.parse_args()
    args.control_dishes = args.control_dishes or max(args.dishes // 5, DISHES_AN_ORDER)
    return args


def main():
    args, stack = arguments(), json.loads(os.environ["DIANCAN_STACK"])
    with contextlib.ExitStack() as opened:
        folder = Path(opened.enter_context(tempfile.TemporaryDirectory()))
        printers = opened.enter_context(Printers(STATIONS, folder))
        bench = Bench(stack, args, printers, folder)
        bench.run()
        figures = bench.figures()
    report.tell(figures, list(lines_of(figures)), args.json)


if __name__ == "__main__":
    main()
