"""What a person reads while ./manage works."""

import sys
import time


class Problem(Exception):
    """Something a person can mend: what is wrong, and what to do about it.

    :param what: one sentence, in words
    :param remedy: the command or the change that mends it
    """

    def __init__(self, what, remedy=""):
        super().__init__(what)
        self.what = what
        self.remedy = remedy

    def __str__(self):
        return f"{self.what}\n  -> {self.remedy}" if self.remedy else self.what


_started = time.monotonic()


def say(text=""):
    print(text, flush=True)


def step(text):
    """Print a progress line with the seconds since the command began."""
    print(f"[{time.monotonic() - _started:6.1f}s] {text}", file=sys.stderr, flush=True)


def heading(text):
    """Print a title that stands out between the output of two programs."""
    line = "=" * 78
    print(f"\n{line}\n== {text}\n{line}", flush=True)


def ask(question):
    """Ask for a yes; no terminal means no."""
    if not sys.stdin.isatty():
        return False
    return input(f"{question} [y/N] ").strip().lower() in {"y", "yes", "是"}
