"""What stands on the printers' paper, counted against the log of what was fired.

Neither the jobs' states nor any other flag of ours is asked. Each dish carries a mark of its own in its note,
such as [S00042], which is read back from the paper.
"""

import re
from collections import defaultdict
from dataclasses import dataclass

MARK = re.compile(r"\[([A-Z]\d{5})\]")
STATION = re.compile(r"档口\d{2}")
END = re.compile(r"共\d+份")
#: What a paper says that may be, or is, a second one.
WORDS = ("可能重复", "补打")


@dataclass
class Sighting:
    """A dish on a ticket.

    :param at: when the paper was cut, seconds since 1970
    :param declared: the ticket says that it may be a second one
    :param whole: the ticket is there to its last line
    """

    mark: str
    at: float
    declared: bool
    whole: bool = False


def sightings(entries):
    """Every dish on every paper.

    A sheet may hold half a ticket and, below it, another one. A ticket begins with its station; the words that
    declare it stand right above.

    :param entries: the printers' record
    """
    return [seen for entry in entries if "sheet" in entry for seen in _on_sheet(entry)]


def _on_sheet(entry):
    declared, coming, ticket = False, False, []
    for line in map(str.strip, entry["sheet"].splitlines()):
        if line.startswith(WORDS):
            coming = True
        elif STATION.fullmatch(line):
            yield from ticket
            declared, coming, ticket = coming, False, []
        elif END.match(line):
            for seen in ticket:
                seen.whole = True
        ticket += [Sighting(mark, entry["at"], declared) for mark in MARK.findall(line)]
    yield from ticket


@dataclass(frozen=True)
class Verdict:
    """What came of dishes that were fired.

    :param lost: dishes that stand on no whole ticket
    :param silent: dishes on more than one paper that does not say that it may be a second one
    :param declared: dishes on a paper that says so, whether there was another one or not
    :param doubled: of these, the dishes that are on more than one paper indeed
    """

    dishes: int
    lost: tuple
    silent: tuple
    declared: int
    doubled: int

    @property
    def told(self):
        return {
            "dishes": self.dishes,
            "lost": len(self.lost),
            "silent_duplicates": len(self.silent),
            "declared_possible_duplicates": self.declared,
            "declared_and_on_two_papers": self.doubled,
        }


def judge(fired, entries):
    """Compare the paper with what was fired.

    :param fired: marks from the event log
    :param entries: the printers' record
    :return: Verdict
    """
    seen = defaultdict(list)
    for one in sightings(entries):
        seen[one.mark].append(one)
    papers = {mark: seen.get(mark, []) for mark in fired}
    return Verdict(
        dishes=len(papers),
        lost=tuple(mark for mark, each in papers.items() if not any(one.whole for one in each)),
        silent=tuple(mark for mark, each in papers.items() if sum(not one.declared for one in each) > 1),
        declared=sum(any(one.declared for one in each) for each in papers.values()),
        doubled=sum(any(one.declared for one in each) and len(each) > 1 for each in papers.values()),
    )


def first_whole(fired, entries):
    """{mark: when its first whole ticket was cut}."""
    found = {}
    for one in sightings(entries):
        if one.whole and one.mark in fired:
            found[one.mark] = min(one.at, found.get(one.mark, one.at))
    return found


def weather(entries):
    """What befell the connections that brought something to print: {"sends", "faults", "faults_by_kind"}."""
    kinds = [entry["fault"]["kind"] for entry in entries if "fault" in entry]
    return {
        "sends": sum("send" in entry for entry in entries),
        "faults": len(kinds),
        "faults_by_kind": {kind: kinds.count(kind) for kind in sorted(set(kinds))},
    }
