"""A kitchen ticket as a list of typed blocks: what is on it, in which order, how loud. Not how wide.

`build` says what one station must read; `typeset.rows` breaks the blocks into printed rows for a paper
width; the ESC/POS bytes, the preview on the screen and the plain text all come from those rows. Blocks are
stored as JSON (`dump`, `load`) and set when they are printed, so that a ticket may move to a printer with
other paper.

Allergies, 忌口 and 加急 are never abbreviated and never left out: a missed allergy is worse than a long ticket.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from .firing import FiredLine
from .menu import Text

LANGUAGES = ("zh", "en", "both")


NOTE = Text("忌口", "NOTE")
ALLERGY = Text("{}号食客过敏", "GUEST {} ALLERGY")
CONTAINS = Text("▲含{}", "▲HAS {}")
"""⚠ is in no receipt printer's font; ▲ is in all of them."""
JOIN = Text("、", ", ")
RUSH = Text("加急", "RUSH")
UNASSIGNED = Text("未分配", "UNASSIGNED")
UNASSIGNED_HELP = Text("没有档口负责以下菜品，请出餐口安排", "No station takes these dishes: assign them at the pass")
HEADINGS = {
    "cancel": Text("退菜", "CANCELLED"),
    "note": Text("改备注", "NOTE CHANGED"),
    "rush": Text("催菜", "HURRY UP"),
    "move": Text("转台", "TABLE MOVED"),
    "refire": Text("重做", "COOK AGAIN"),
}
REASON = Text("原因", "REASON")
WAITED = Text("已等 {} 分钟", "Waiting for {} min")
REPRINT = Text("补打", "REPRINT")
SINCE = Text("最新过敏信息", "ALLERGIES NOW")
WHOLE = Text("总单", "WHOLE ORDER")
PASS = Text("出餐口", "Pass")
SET_MEAL = Text("套餐", "SET")
GUESTS = Text("{}人", "{} guests")
ROUND = Text("第{}轮", "Round {}")
SEAT = Text("{}号食客", "Guest {}")
TOTAL = Text("共{}份", "{} items")


@dataclass(frozen=True)
class Block:
    """One piece of a ticket. `kind` names it in JSON."""

    kind: ClassVar[str] = ""


@dataclass(frozen=True)
class Title(Block):
    """The station, centred."""

    kind: ClassVar[str] = "title"
    text: str


@dataclass(frozen=True)
class Table(Block):
    """The table, as big as the paper allows."""

    kind: ClassVar[str] = "table"
    name: str


@dataclass(frozen=True)
class Meta(Block):
    """Two small facts, at the left and at the right."""

    kind: ClassVar[str] = "meta"
    left: str
    right: str = ""


@dataclass(frozen=True)
class Banner(Block):
    """A word that must jump out: white on black, over the whole width."""

    kind: ClassVar[str] = "banner"
    text: str


@dataclass(frozen=True)
class Dish(Block):
    """A dish and how many. `sub` is its name in the second language, `flag` a word in front of it."""

    kind: ClassVar[str] = "dish"
    name: str
    quantity: str
    sub: str = ""
    flag: str = ""


@dataclass(frozen=True)
class SetMeal(Block):
    """The set meal to which the parts below belong."""

    kind: ClassVar[str] = "set"
    name: str
    quantity: str
    sub: str = ""
    flag: str = ""


@dataclass(frozen=True)
class Part(Block):
    """A dish of the set meal above."""

    kind: ClassVar[str] = "part"
    name: str
    quantity: str
    sub: str = ""


@dataclass(frozen=True)
class Options(Block):
    """What was chosen for the dish above. `sub` is the same in the second language."""

    kind: ClassVar[str] = "options"
    text: str
    sub: str = ""


@dataclass(frozen=True)
class Note(Block):
    """忌口: white on black, in full."""

    kind: ClassVar[str] = "note"
    label: str
    text: str


@dataclass(frozen=True)
class Small(Block):
    """A small line of text."""

    kind: ClassVar[str] = "small"
    text: str
    centred: bool = False


@dataclass(frozen=True)
class Rule(Block):
    """A line across the paper, heavy or light."""

    kind: ClassVar[str] = "rule"
    heavy: bool = False


@dataclass(frozen=True)
class Qr(Block):
    """A QR code."""

    kind: ClassVar[str] = "qr"
    data: str


@dataclass(frozen=True)
class Cut(Block):
    """The end of the paper."""

    kind: ClassVar[str] = "cut"


KINDS: dict[str, type[Block]] = {cls.kind: cls for cls in Block.__subclasses__()}


@dataclass(frozen=True)
class Ticket:
    """Everything one station's ticket says of one round.

    `kind` is 'new', 'cancel' or 'note'. `placed_at` is in the store's own time zone. `assigned` is False
    where routing found no station for the lines. `copy`: a whole ticket, cooked by others. `table` may be any
    short name: 'B12', '外带 012'.
    """

    station: Text | None
    table: str
    lines: tuple[FiredLine, ...]
    placed_at: datetime
    kind: str = "new"
    assigned: bool = True
    copy: bool = False
    area: str = ""
    guests: int = 0
    order_number: str = ""
    round_number: int = 0
    ordered_by: Text | None = None
    #: Why it is cancelled, in the words of who did it.
    reason: str = ""
    #: What a short ticket is about: how long a dish has waited, from where to where a table moved.
    remark: Text | None = None


def build(ticket: Ticket, language: str = "zh") -> tuple[Block, ...]:
    """The ticket's blocks in 'zh', 'en' or 'both' (Chinese large, English below)."""
    if language not in LANGUAGES:
        raise ValueError(f"language is one of {LANGUAGES}, not {language!r}")
    return tuple(_blocks(ticket, language))


def marked_reprint(blocks: Iterable[Block], language: str = "zh") -> tuple[Block, ...]:
    """The same ticket, saying first that it was printed before (补打)."""
    return (Banner(_say(REPRINT, language)), *blocks)


def with_allergies(blocks: Iterable[Block], lines: Iterable[FiredLine], language: str = "zh") -> tuple[Block, ...]:
    """A ticket that is printed again, with what guests have said of its dishes since: above its end.

    :param lines: the dishes of which something is to be said, with their present allergies
    """
    *ticket, cut = blocks
    more: list[Block] = [Banner(_say(SINCE, language))]
    for line in lines:
        name, sub = _named(line.name, language)
        more += [Dish(name, "", sub), *_contained(line, language), *_allergies(line, language)]
    return (*ticket, *more, cut)


def test_page(printer_name: str, address: str, columns: int, at: datetime) -> tuple[Block, ...]:
    """A page that shows every kind of type the printer must master."""
    return (
        Title("测试页 TEST"),
        Table("B12"),
        Meta(printer_name, at.strftime("%Y-%m-%d %H:%M:%S")),
        Meta(address, f"{columns}"),
        Rule(heavy=True),
        Banner(_say(RUSH, "both")),
        Dish("汽锅鸡", "×2", "Steam-pot chicken", RUSH.zh),
        Options("大份 / 微辣"),
        Banner(CONTAINS.zh.format("花生")),
        Note(ALLERGY.zh.format(2), "花生"),
        Note(NOTE.zh, "不要香菜"),
        Rule(),
        Qr(f"diancan:{address}"),
        Small("字清楚、纸切断，即可开业", centred=True),
        Small("Sharp type and a clean cut: ready to open", centred=True),
        Cut(),
    )


test_page.__test__ = False  # a page, not a test


def dump(blocks: Iterable[Block]) -> list[dict]:
    """Blocks as JSON values."""
    return [{"kind": block.kind, **vars(block)} for block in blocks]


def load(values: Iterable[dict]) -> tuple[Block, ...]:
    """Blocks from JSON values; raises KeyError for a kind that this version does not know."""
    return tuple(
        KINDS[value["kind"]](**{key: field for key, field in value.items() if key != "kind"}) for value in values
    )


def _blocks(ticket: Ticket, language: str) -> Iterator[Block]:
    yield from _head(ticket, language)
    yield Rule(heavy=True)
    for position, line in enumerate(sorted(ticket.lines, key=lambda line: not line.rush)):
        if position:
            yield Rule()
        yield from _line(line, language)
    yield Rule(heavy=True)
    portions = sum(leaf.quantity for line in ticket.lines for leaf in line.leaves())
    yield Meta(
        _say(TOTAL, language, _number(portions)),
        _say(ticket.ordered_by, language) if ticket.ordered_by else "",
    )
    yield Cut()


def _head(ticket: Ticket, language: str) -> Iterator[Block]:
    station = _say(ticket.station or PASS, language)
    yield Title(f"{station} · {_say(WHOLE, language)}" if ticket.copy else station)
    if ticket.kind in HEADINGS:
        yield Banner(_say(HEADINGS[ticket.kind], language))
    elif any(line.rush for line in ticket.lines):
        yield Banner(_say(RUSH, language))
    if ticket.remark:
        yield Banner(_one(ticket.remark, language))
    if ticket.reason:
        yield Note(_one(REASON, language), ticket.reason)
    if not ticket.assigned:
        yield Banner(_say(UNASSIGNED, language))
        yield from (Small(text, centred=True) for text in _each(UNASSIGNED_HELP, language))
    yield Table(ticket.table)
    place = [ticket.area, _say(GUESTS, language, ticket.guests) if ticket.guests else ""]
    turn = _say(ROUND, language, ticket.round_number) if ticket.round_number else ""
    if turn or any(place):
        yield Meta("  ".join(filter(None, place)), turn)
    yield Meta(ticket.placed_at.strftime("%m-%d %H:%M"), f"No. {ticket.order_number}" if ticket.order_number else "")


def _line(line: FiredLine, language: str) -> Iterator[Block]:
    flag = _one(RUSH, language) if line.rush else ""
    name, sub = _named(line.name, language)
    if line.parts:
        label = _one(SET_MEAL, language)
        if label not in name:
            name = f"{label} {name}"
        yield SetMeal(name, _times(line.quantity), sub, flag)
        for part in line.parts:
            name, sub = _named(part.name, language)
            yield Part(name, _times(part.quantity), sub)
            yield from _contained(part, language)
            yield from _remarks(part, language)
    else:
        yield Dish(name, _times(line.quantity), sub, flag)
        yield from _contained(line, language)
    yield from _allergies(line, language)
    yield from _remarks(line, language)


def _contained(line: FiredLine, language: str) -> Iterator[Block]:
    """What is in this very dish and somebody at the table must not eat: louder than anything else."""
    for name in dict.fromkeys(allergy.name for allergy in line.allergies if allergy.contained):
        yield Banner(_one(CONTAINS, language).format(_say(name, language)))


def _allergies(line: FiredLine, language: str) -> Iterator[Block]:
    """Who must not eat what, once for a set meal with all its parts."""
    by_seat: dict[int, dict[Text, None]] = {}
    for leaf in line.leaves():
        for allergy in leaf.allergies:
            by_seat.setdefault(allergy.seat, {})[allergy.name] = None
    for seat, names in sorted(by_seat.items()):
        said = _one(JOIN, language).join(_say(name, language) for name in names)
        yield Note(_one(ALLERGY, language).format(seat), said)


def _remarks(line: FiredLine, language: str) -> Iterator[Block]:
    if line.options:
        chosen = Text(*(" / ".join(names) for names in zip(*line.options, strict=True)))
        yield Options(*_named(chosen, language))
    if line.note:
        yield Note(_one(NOTE, language), line.note)
    if line.guest_seat:
        yield Small(_say(SEAT, language, line.guest_seat))


def _named(text: Text, language: str) -> tuple[str, str]:
    """Name in large type and, for both languages, the other one in small type."""
    return _one(text, language), text.en if language == "both" and text.en != text.zh else ""


def _one(text: Text, language: str) -> str:
    return (text.en if language == "en" else text.zh) or text.zh or text.en


def _each(text: Text, language: str) -> list[str]:
    """The text in each language asked for, once where both are the same."""
    return list(dict.fromkeys((text.zh, text.en))) if language == "both" else [_one(text, language)]


def _say(text: Text, language: str, *values) -> str:
    return " ".join(each.format(*values) if values else each for each in _each(text, language))


def _number(quantity: float) -> str:
    return f"{quantity:.3f}".rstrip("0").rstrip(".")


def _times(quantity: float) -> str:
    return f"×{_number(quantity)}"
