"""Routing: which station of the kitchen cooks a dish.

In this order, the first that answers wins:

1. the dish is named by a station (dish override);
2. a station takes one of the dish's categories, or a parent of one; the nearest category wins, between
   equals a station that cooks for this floor or service type only, then the one with the lower priority
   number, then the older one;
3. for a part of a set meal: the station of the set itself by 1 and 2;
4. the pass (出餐口), and the ticket says that nobody was assigned (未分配), so that no dish is lost.

A station may take each dish on a ticket of its own (一菜一单), and may get a copy of the whole round (总单),
which cooks nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from .firing import FiredLine
from .menu import Text


@dataclass(frozen=True)
class Station:
    """A place in the kitchen with its own tickets. `priority`: lower comes first.

    `specific`: it cooks for some floors or service types only, this order's among them. `per_dish`: a ticket
    for each dish. `whole`: it also gets a copy of the whole round.
    """

    id: int
    name: Text
    priority: int = 10
    category_ids: frozenset[int] = frozenset()
    dish_ids: frozenset[int] = frozenset()
    is_pass: bool = False
    language: str = "zh"
    printer_id: int | None = None
    specific: bool = False
    per_dish: bool = False
    whole: bool = False


@dataclass(frozen=True)
class StationTicket:
    """The lines one station gets of a round. `station` is None where the store has no station at all.

    `copy`: a whole ticket (总单); its dishes are cooked by other tickets.
    """

    station: Station | None
    assigned: bool
    lines: tuple[FiredLine, ...]
    copy: bool = False


@dataclass(frozen=True)
class RoutingTable:
    """All active stations of one store, and the parent of every category that has one."""

    stations: tuple[Station, ...]
    parents: Mapping[int, int] = field(default_factory=dict)

    def station_of(self, dish_id: int, category_ids: Iterable[int]) -> Station | None:
        """The station that takes this dish, None where no rule speaks of it."""
        named = [station for station in self.stations if dish_id in station.dish_ids]
        if named:
            return min(named, key=_nearest)
        candidates = [
            (steps, *_nearest(station), station)
            for category_id in category_ids
            for steps, ancestor in enumerate(self._lineage(category_id))
            for station in self.stations
            if ancestor in station.category_ids
        ]
        return min(candidates, key=lambda found: found[:4])[-1] if candidates else None

    def fallback(self) -> Station | None:
        """Where unassigned dishes go: the pass, else the first station."""
        return min(self.stations, key=lambda station: (not station.is_pass, *_order(station)), default=None)

    def split(self, lines: Iterable[FiredLine]) -> list[StationTicket]:
        """The tickets, in the order of the stations; unassigned dishes on a ticket of their own, first.

        A set meal appears on every ticket that has one of its parts, with those parts only. Copies of the
        whole come last.
        """
        lines = tuple(lines)
        tickets: dict[tuple, list[FiredLine]] = {}
        for line in lines:
            for key, share in self._shares(line):
                tickets.setdefault(key, []).append(share)
        by_id = {station.id: station for station in self.stations}
        result = [
            StationTicket(by_id.get(station_id), assigned, tuple(shares))
            for (station_id, assigned), shares in tickets.items()
        ]
        result.sort(key=lambda ticket: (not ticket.assigned, *(_order(ticket.station) if ticket.station else (0, 0))))
        return [each for ticket in result for each in _by_dish(ticket)] + self._copies(lines)

    def _copies(self, lines: tuple[FiredLine, ...]) -> list[StationTicket]:
        wanted = sorted((station for station in self.stations if station.whole), key=_order)
        return [StationTicket(station, True, lines, copy=True) for station in wanted if lines]

    def _shares(self, line: FiredLine) -> list[tuple[tuple, FiredLine]]:
        own = self.station_of(line.dish_id, line.category_ids)
        if not line.parts:
            return [(self._key(own), line)]
        by_key: dict[tuple, list[FiredLine]] = {}
        for part in line.parts:
            station = self.station_of(part.dish_id, part.category_ids) or own
            by_key.setdefault(self._key(station), []).append(part)
        return [(key, replace(line, parts=tuple(parts))) for key, parts in by_key.items()]

    def _key(self, station: Station | None) -> tuple:
        if station:
            return station.id, True
        fallback = self.fallback()
        return fallback.id if fallback else 0, False

    def _lineage(self, category_id: int) -> Iterable[int]:
        """The category and its ancestors, nearest first; a loop in the data ends the walk."""
        seen = set()
        while category_id and category_id not in seen:
            seen.add(category_id)
            yield category_id
            category_id = self.parents.get(category_id)


def _by_dish(ticket: StationTicket) -> list[StationTicket]:
    """A ticket a line where the station wants it so; the dishes of a set meal part there too."""
    if not (ticket.station and ticket.station.per_dish):
        return [ticket]
    single = [
        replace(line, parts=(part,)) if line.parts else line for line in ticket.lines for part in line.parts or (None,)
    ]
    return [replace(ticket, lines=(line,)) for line in single]


def _nearest(station: Station) -> tuple[bool, int, int]:
    return not station.specific, *_order(station)


def _order(station: Station) -> tuple[int, int]:
    return station.priority, station.id
