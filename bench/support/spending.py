"""Connections that spend stored value, each a process of its own as Odoo's workers are."""

import multiprocessing
import random
import time
from uuid import uuid4


class Spenders:
    """So many processes with a connection each, warm; leaving the context ends them.

    `spends` and `spent_fen` are what they have done so far, by their own word.
    """

    def __init__(self, stack, count):
        self.spends = self.spent_fen = 0
        start = multiprocessing.get_context("spawn")
        self._pipes, self._processes = [], []
        for number in range(count):
            ours, theirs = start.Pipe()
            process = start.Process(target=_work, args=(stack, number, theirs), daemon=True)
            process.start()
            self._pipes.append(ours)
            self._processes.append(process)
        self._told()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for pipe in self._pipes:
            pipe.send(None)
        for process in self._processes:
            process.join(20)

    def spend(self, wallets, seconds):
        """Spend from these wallets for so long; spends a second."""
        began = time.monotonic()
        for pipe in self._pipes:
            pipe.send((wallets, seconds))
        told = self._told()
        spends = sum(spends for spends, _fen in told)
        self.spends += spends
        self.spent_fen += sum(amount for _spends, amount in told)
        return spends / (time.monotonic() - began)

    def _told(self):
        return [pipe.recv() for pipe in self._pipes]


def _work(stack, number, pipe):
    from odoo.modules.registry import Registry
    from odoo.tools import config

    # Only now it is known where our addons are.
    config.parse_config(["-c", stack["conf"], "--log-level=error"], setup_logging=True)
    from odoo.addons.dining_wallet.services.account import Account
    from odoo.addons.payment_wechatpay.cursors import own_transaction

    Registry(stack["database"])
    dice = random.Random(number)
    pipe.send("ready")
    while work := pipe.recv():
        wallets, seconds = work
        spends, spent_fen, deadline = 0, 0, time.monotonic() + seconds
        while time.monotonic() < deadline:
            amount = dice.randint(1, 50)
            with own_transaction(stack["database"]) as env:
                Account(env, dice.choice(wallets), key=str(uuid4()), source="bench").spend(amount, "bench")
            spends, spent_fen = spends + 1, spent_fen + amount
        pipe.send((spends, spent_fen))
