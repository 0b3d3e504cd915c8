"""Calls sent at a given rate, whatever the server answers, as guests do who know nothing of each other.

A call's time begins when it was due, not when a client got round to it: a server that falls behind is not
excused by having kept its clients waiting.
"""

import itertools
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from .load import send

CLIENTS = 24
TRIES = 8
RETRY_SECONDS = 1.0


@dataclass(frozen=True)
class Answered:
    """When a call was due and when it was answered, in seconds since 1970."""

    due: float
    at: float


def run(address, calls, per_second):
    """Send so many calls a second; one that fails is sent again, as a phone does with the same key.

    :return: an Answered for each call, in their order
    """
    number, lock = itertools.count(), threading.Lock()
    began = time.time() + 0.1
    answers = [None] * len(calls)

    def client():
        while True:
            with lock:
                mine = next(number)
            if mine >= len(calls):
                return
            due = began + mine / per_second
            time.sleep(max(due - time.time(), 0))
            _send(address, calls[mine])
            answers[mine] = Answered(due, time.time())

    with ThreadPoolExecutor(CLIENTS) as pool:
        for done in [pool.submit(client) for _client in range(CLIENTS)]:
            done.result()
    return answers


def rate(answers):
    """How many calls a second were answered; below what was asked for where the server fell behind."""
    return len(answers) / (max(answer.at for answer in answers) - answers[0].due)


def _send(address, call):
    for tries in range(TRIES):
        try:
            return send(address, call)
        except (OSError, RuntimeError):
            if tries + 1 == TRIES:
                raise
            time.sleep(RETRY_SECONDS)
    return None
