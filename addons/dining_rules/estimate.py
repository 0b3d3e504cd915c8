"""How long a dish will still take: an honest range, or nothing where there is too little to go by.

The station's own last half hour is the only evidence. Little's law (L = λW; J. D. C. Little, "A proof for the
queuing formula L = λW", Operations Research 9, 1961) ties what it holds: the mean number of dishes in work over the
window is the sum of their times from fired to ready, divided by the window. A dish that finds more than that in
front of it waits longer than those dishes did, in proportion; one that finds fewer takes as long as they took,
because a wok does not cook faster when it is idle.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

#: Minutes of the past that count.
WINDOW_MINUTES = 30
#: Dishes that a station must have finished in the window before anything is said.
FEWEST = 5
#: Nobody is helped by "in 3 hours".
LONGEST_MINUTES = 90


@dataclass(frozen=True)
class Range:
    """Minutes from now, both ends whole and at least 1."""

    low: int
    high: int


def remaining(times: Sequence[float], ahead: float, waited: float) -> Range | None:
    """How much longer a dish will take.

    With d the times, T the window and q the portions in front of the dish, itself included:
    the load was L = max(1, Σd / T), the dish's whole time is d · max(1, q / L), and the answer is the quartiles of
    that less what it has waited.

    :param times: minutes from fired to ready of the dishes that the station finished in the window
    :param ahead: portions that the station owes and got no later than this dish, its own included
    :param waited: minutes since the dish was fired
    :return: None with fewer than `FEWEST` times, for a dish that is later than most were, and beyond
        `LONGEST_MINUTES`
    """
    if len(times) < FEWEST:
        return None
    load = max(1.0, sum(times) / WINDOW_MINUTES)
    stretch = max(1.0, ahead / load)
    high = ceil(_quantile(times, 0.75) * stretch - waited)
    low = max(1, floor(_quantile(times, 0.25) * stretch - waited))
    if high < 1 or high > LONGEST_MINUTES:
        return None
    return Range(low, max(low, high))


def together(ranges: Sequence[Range | None]) -> Range | None:
    """The range of a set meal, which is ready when its last part is; None where a part's is unknown."""
    if not ranges or None in ranges:
        return None
    return Range(max(each.low for each in ranges), max(each.high for each in ranges))


def _quantile(values: Sequence[float], share: float) -> float:
    """Between the two nearest values, in proportion."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    below = floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
