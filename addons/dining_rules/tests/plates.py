"""A kitchen as somebody with a slate would keep it: one entry for each plate. The tests compare our events with it.

It knows nothing of events and adds nothing up: a plate has a place, and whoever does something to a dish picks the
plates he would pick.
"""

from __future__ import annotations

from dataclasses import dataclass, field

#: Where a plate is, from the stove to the guest.
FIRED, STARTED, READY, SERVED = range(4)


@dataclass
class Plate:
    """One portion that the kitchen was told to cook.

    `origin` names the line it was ordered on; `begun`: somebody said so, or took it for said.
    """

    origin: str
    place: int = FIRED
    begun: bool = False
    touched: bool = False
    again: int = 0


@dataclass
class Dish:
    """One line of a bill: its plates in the kitchen, how many portions the guests pay for, how many wait."""

    bill: int = 0
    held: int = 0
    plates: list[Plate] = field(default_factory=list)

    def _picked(self, count, *, furthest, among=lambda plate: True):
        """So many of the plates, those that got furthest first, or last."""
        # Of two at one place, who was begun got further.
        order = sorted(
            filter(among, self.plates), key=lambda plate: (plate.place, plate.begun, plate.touched), reverse=furthest
        )
        return order[:count]

    def at(self, place):
        """How many plates have come so far."""
        return sum(plate.place >= place for plate in self.plates)

    @property
    def owed(self):
        return len(self.plates) - self.at(READY)

    @property
    def standing(self):
        return self.at(READY) - self.at(SERVED)

    @property
    def untouched(self):
        return sum(not plate.touched for plate in self.plates)

    @property
    def name(self):
        """One word for the line, as guests read it; 'printed' is said as 'fired'."""
        if not self.plates:
            return "held" if self.held else ""
        if self.at(SERVED) == len(self.plates):
            return "served"
        if not self.owed:
            return "ready"
        return "started" if self.untouched < len(self.plates) else "fired"

    # -- what is done to it ---------------------------------------------------------

    def fire(self, count, origin):
        """The kitchen is told of so many more; what waited goes first."""
        self.held -= min(count, self.held)
        self.plates += [Plate(origin) for _each in range(count)]

    def void(self, count):
        """So many leave the kitchen: those of which least was done.

        :return: the plates
        """
        return self._leave(self._picked(count, furthest=False))

    def move(self, count, other):
        """So many go to another line: those of which most was done."""
        other.plates += self._leave(self._picked(count, furthest=True))

    def _leave(self, chosen):
        self.plates = [plate for plate in self.plates if not any(plate is each for each in chosen)]
        return chosen

    def start(self, count):
        """Of what stands ready somebody has begun it too, though nobody said so."""
        chosen = self._picked(count, furthest=False, among=lambda plate: plate.place == FIRED)
        unsaid = [plate for plate in self.plates if plate.place >= READY and not plate.begun] if chosen else []
        for plate in [*chosen, *unsaid]:
            plate.begun = plate.touched = True
            plate.place = max(plate.place, STARTED)
        return len(chosen)

    def ready(self, count):
        chosen = self._picked(count, furthest=True, among=lambda plate: plate.place < READY)
        for plate in chosen:
            plate.place, plate.touched = READY, True
        return len(chosen)

    def serve(self, count):
        chosen = self._picked(count, furthest=True, among=lambda plate: plate.place == READY)
        for plate in chosen:
            plate.place = SERVED
        return len(chosen)

    def cook_again(self, count):
        """What stands at the pass is thrown away before what a guest sends back."""
        chosen = self._picked(count, furthest=False, among=lambda plate: plate.place >= READY)
        for plate in chosen:
            plate.place, plate.begun, plate.again = FIRED, False, plate.again + 1
        return len(chosen)

    def recall(self, kind, count):
        """So many come back from where the tap had brought them.

        :return: how many did
        """
        place = {"started": STARTED, "ready": READY, "served": SERVED}[kind]
        chosen = self._picked(count, furthest=False, among=lambda plate: plate.place == place)
        for plate in chosen:
            if kind == "started":
                plate.begun = False
            plate.place = {"started": FIRED, "served": READY}.get(kind, STARTED if plate.begun else FIRED)
            plate.touched = plate.place > FIRED or plate.again > 0
        return len(chosen)
