"""Spending stored value: 8 connections on 1,000 wallets, then on 2 hot ones, against pgbench's TPC-B.

A spend is what a payment does to a wallet: one transaction that locks it, takes of its top-ups what is due, and
writes the entry with its digest. TPC-B runs on the same PostgreSQL, in turns with ours, with as many connections.
At the end every ledger is verified, and the money counted: what was topped up, less what the workers say they
spent, is what the wallets hold.

Usage: ./manage bench wallet [--json] [--seconds N] [--rounds N]
"""

import argparse
import json
import multiprocessing
import os
import random
import re
import statistics
import subprocess
import time
from pathlib import Path
from uuid import uuid4

from support import machine, report
from support.database import environment
from support.spending import Spenders

CONNECTIONS = 8
WALLETS = 1_000
HOT = 2
PRINCIPAL_FEN, BONUS_FEN = 400_000, 40_000
PGBENCH = "pgbench"
PGBENCH_SCALE = 10


def fill(env):
    """Wallets with two top-ups each; returns their ids."""
    from odoo.addons.dining_wallet.services.account import Account

    partners = env["res.partner"].create([{"name": f"Bench {number:04d}"} for number in range(WALLETS)])
    members = env["dining.member"].create([{"partner_id": partner.id} for partner in partners])
    env.company.dining_wallet_max = 2 * PRINCIPAL_FEN / 100
    wallets = [env["dining.wallet"]._of(member).id for member in members]
    for wallet_id in wallets:
        for number in range(2):
            Account(env, wallet_id, key=f"topup-{number}", source="bench").top_up(PRINCIPAL_FEN, BONUS_FEN, "bench")
    return wallets


def invariants_broken(env, wallets, spent_fen, spends):
    """How many things that must hold do not: each ledger, the money as a whole, an entry a spend."""
    records = env["dining.wallet"].browse(wallets)
    broken = sum(wallet._verify() is not None for wallet in records)
    held = sum(wallet.principal_fen + wallet.bonus_fen for wallet in records)
    broken += held != 2 * WALLETS * (PRINCIPAL_FEN + BONUS_FEN) - spent_fen
    entries = env["dining.wallet.entry"].search_count([("wallet_id", "in", wallets), ("kind", "=", "spend")])
    return broken + (entries != spends)


class Tpcb:
    """pgbench on a database of its own; leaving the context drops it."""

    def __init__(self, programs):
        self._programs, self._name = Path(programs), f"tpcb-{uuid4().hex[:8]}"

    def __enter__(self):
        self._run("createdb", self._name)
        self._run(PGBENCH, "-i", "-q", "-s", str(PGBENCH_SCALE), self._name)
        return self

    def __exit__(self, *_):
        self._run("dropdb", self._name)

    def per_second(self, seconds):
        told = self._run(PGBENCH, "-c", str(CONNECTIONS), "-j", "2", "-T", str(seconds), self._name)
        return float(re.search(r"tps = ([\d.]+)", told)[1])

    def _run(self, program, *arguments):
        done = subprocess.run([self._programs / program, *arguments], capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr.strip()}")
        return done.stdout


def measure(stack, args, wallets):
    """The rates of each round, and all that was spent."""
    rates = {"tpcb": [], "spread": [], "hot": []}
    dice = random.Random(args.seed)
    with Tpcb(stack["postgres_programs"]) as tpcb, Spenders(stack, CONNECTIONS) as spenders:
        spenders.spend(wallets, 1.0)
        for _round in range(args.rounds):
            rates["tpcb"].append(tpcb.per_second(args.seconds))
            rates["spread"].append(spenders.spend(wallets, args.seconds))
            rates["hot"].append(spenders.spend(dice.sample(wallets, HOT), args.seconds))
        return rates, spenders.spent_fen, spenders.spends


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--seconds", type=int, default=6, help="of each of the three in a round")
    parser.add_argument("--rounds", type=int, default=3, help="the medians of the rounds are told")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def main():
    args, stack = arguments(), json.loads(os.environ["DIANCAN_STACK"])
    with environment(stack) as env:
        words = machine.describe(env)
        wallets = fill(env)
    with environment(stack) as env:
        env.cr.execute("ANALYZE")
    rates, spent_fen, spends = measure(stack, args, wallets)
    began = time.monotonic()
    with environment(stack) as env:
        broken = invariants_broken(env, wallets, spent_fen, spends)
    ratios = [ours / theirs for ours, theirs in zip(rates["spread"], rates["tpcb"], strict=True)]
    medians = {name: statistics.median(found) for name, found in rates.items()}
    figures = {
        "spends_per_s": medians["spread"],
        "hot_spends_per_s": medians["hot"],
        "tpcb_per_s": medians["tpcb"],
        "ratio": statistics.median(ratios),
        "invariants_broken": broken,
        "spends": spends,
        "seconds_to_verify": time.monotonic() - began,
        "rounds": rates,
        "machine": words,
    }
    report.tell(figures, list(lines_of(figures)), args.json)


def lines_of(figures):
    """The page for a person."""
    yield f"spends on {WALLETS} wallets   {figures['spends_per_s']:7.0f}/s with {CONNECTIONS} connections"
    yield f"spends on {HOT} hot wallets  {figures['hot_spends_per_s']:7.0f}/s"
    yield f"pgbench, TPC-B          {figures['tpcb_per_s']:7.0f}/s   ratio {figures['ratio']:.2f}"
    yield f"{figures['spends']} spends, {figures['invariants_broken']} invariants broken"
    yield from (f"{what}: {how}" for what, how in figures["machine"].items())


if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    main()
