"""Faults that strike a share of all sends, the same ones for the same seed.

A send is a connection that brings something to print. Which of a printer's sends go wrong, how and for how
long is drawn from the seed, the printer's name and the number of the send, so that two programs can be put
through the same weather.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass

KINDS = {"drop_before": 4, "drop_after": 4, "paper_out": 3, "slow": 3, "offline": 1}
"""What happens, and how often among the faults.

- `drop_before`: the connection breaks before the whole ticket is there; half a ticket may be on paper
- `drop_after`: the ticket is printed, and the connection breaks before the printer can say so
- `paper_out`: the paper ends in the middle of the ticket; somebody puts paper in, and the rest is printed
- `slow`: each line takes its time
- `offline`: as `drop_before`, and the network stays away
"""
FIRST_BYTES = 400
"""A connection that breaks, breaks before so many bytes; half of them before the first."""
FIRST_LINES = 6
"""Paper ends after one to so many lines."""
PAPER_SECONDS = (2.0, 12.0)
SLOW_SECONDS = (3.0, 30.0)
LINES_OF_A_TICKET = 20


@dataclass(frozen=True)
class Fault:
    """What happens to one send: after so many bytes or lines, for so many seconds."""

    kind: str
    after: int = 0
    seconds: float = 0.0

    @property
    def cuts_at(self) -> int | None:
        """Bytes after which the connection breaks; None where it does not break on the way in."""
        return self.after if self.kind in ("drop_before", "offline") else None

    @property
    def line_seconds(self) -> float:
        """What each line takes."""
        return self.seconds / LINES_OF_A_TICKET if self.kind == "slow" else 0.0


class BadStorm(ValueError):
    """A storm that cannot be; the message says what may be."""


class Storm:
    """Decides which sends go wrong.

    :param share: of all sends, 0 to 1
    :param away_seconds: how long an `offline` printer stays away
    """

    def __init__(self, share: float = 0.0, seed: int = 0, away_seconds: float = 60.0) -> None:
        if not _number(share) or not 0 <= share <= 1:
            raise BadStorm(f"share is a number from 0 to 1, not {share!r}")
        if not isinstance(seed, int) or isinstance(seed, bool):
            raise BadStorm(f"seed is a whole number, not {seed!r}")
        if not _number(away_seconds) or not 0 <= away_seconds <= 3600:
            raise BadStorm(f"away_seconds is a number from 0 to 3600, not {away_seconds!r}")
        self.share, self.seed, self.away_seconds = share, seed, away_seconds
        self._sends: Counter[str] = Counter()

    def strike(self, printer: str) -> Fault | None:
        """What happens to this printer's next send; None when it goes well."""
        self._sends[printer] += 1
        dice = random.Random(f"{self.seed}/{printer}/{self._sends[printer]}")
        if dice.random() >= self.share:
            return None
        [kind] = dice.choices(list(KINDS), list(KINDS.values()))
        if kind == "paper_out":
            return Fault(kind, dice.randint(1, FIRST_LINES), dice.uniform(*PAPER_SECONDS))
        if kind == "slow":
            return Fault(kind, 0, dice.uniform(*SLOW_SECONDS))
        if kind == "drop_after":
            return Fault(kind)
        after = dice.randrange(FIRST_BYTES) if dice.random() < 0.5 else 0
        return Fault(kind, after, self.away_seconds if kind == "offline" else 0.0)

    def describe(self) -> dict:
        """For the control plane."""
        return {"share": self.share, "seed": self.seed, "away_seconds": self.away_seconds}


def _number(value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
