"""Typesetting: blocks of a ticket broken into printed rows for a paper width.

A receipt printer has a grid: 32 columns on 58 mm paper, 48 on 80 mm. An ASCII character takes one column, a
Chinese one two, and enlarged type takes its multiple. Rows hold exactly what fits; nothing is cut off.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import singledispatch

from . import ticket as blocks

COLUMNS = {58: 32, 80: 48}
"""Columns of normal type (12 dots) by paper width in mm."""

CLOSING = "，。、；：？！）】》”’…,.;:?!)]}%"
"""What must not stand at the beginning of a row (避头尾)."""

MODIFIERS = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0x1F3FB, 0x1F400))))
"""Variation selectors and skin tones: they only dress the picture before them."""

IN_CHINESE = {
    "🌶": "辣椒", "🥜": "花生", "🌰": "坚果", "🥚": "鸡蛋", "🥛": "牛奶", "🧀": "奶酪", "🐟": "鱼", "🦐": "虾",
    "🦀": "螃蟹", "🦞": "龙虾", "🦑": "鱿鱼", "🦪": "贝类", "🌾": "麦麸", "🧄": "大蒜", "🧅": "洋葱", "🍄": "菌菇",
    "🌿": "香草", "🐷": "猪肉", "🐖": "猪肉", "🐮": "牛肉", "🐄": "牛肉", "🐑": "羊肉", "🧂": "盐", "🍺": "酒精",
}  # fmt: skip
"""What guests ask to leave out by a picture, in the cook's language."""

WORD = re.compile(rf"\s+|(?:[!-~]+|.)[{re.escape(CLOSING)}]*", re.DOTALL)


@dataclass(frozen=True)
class Span:
    """A run of text in one row."""

    text: str
    inverse: bool = False


@dataclass(frozen=True)
class Row:
    """One printed row. `width` and `height` are multiples of normal type, 1 to 8."""

    spans: tuple[Span, ...]
    width: int = 1
    height: int = 1
    bold: bool = False
    centred: bool = False

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True)
class QrRow:
    """A QR code, centred."""

    data: str


@dataclass(frozen=True)
class CutRow:
    """Feed past the knife and cut."""


Printed = Row | QrRow | CutRow


def rows(ticket_blocks: Iterable[blocks.Block], columns: int) -> list[Printed]:
    """Break blocks into rows of `columns` columns of normal type."""
    return [row for block in ticket_blocks for row in _rows(block, columns)]


def cells(text: str) -> int:
    """Columns that a text takes in normal type."""
    return sum(1 if ord(char) < 128 else 2 for char in text)


def printable(text: str) -> str:
    """A text that a receipt printer can print and that cannot command it.

    Control characters become spaces (a note must not open the cash drawer). What receipt printers' fonts do
    not hold, that is what GB18030 writes with four bytes, except the ideographs of its mandatory extension A,
    is spelled out, because an allergy may be written as a picture: 🥜 becomes [花生 peanuts].
    """
    return "".join(_printable(char) for char in unicodedata.normalize("NFC", text))


def wrap(text: str, width: int) -> list[str]:
    """Break a text into rows of at most `width` columns (2 at least), between words where they fit."""
    lines, line = [], ""
    for word in WORD.findall(printable(text)):
        if cells(line + word) <= width:
            line += word
            continue
        if line.strip():
            lines.append(line.rstrip())
        line = word.lstrip()
        while cells(line) > width:
            head = _head(line, width)
            lines.append(head)
            line = line[len(head) :]
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _printable(char: str) -> str:
    category = unicodedata.category(char)
    if category in ("Cc", "Zs", "Zl", "Zp"):
        return " "
    if category == "Cf" or char in MODIFIERS:
        return ""
    if category in ("Cs", "Co", "Cn"):
        return f"[U+{ord(char):04X}]"
    if _in_fonts(char):
        return char
    return "" if category in ("Mn", "Me") else _spelled(char)


def _in_fonts(char: str) -> bool:
    return len(char.encode("gb18030")) <= 2 or "\u3400" <= char <= "\u4dbf"


def _spelled(char: str) -> str:
    """A character in others: without its accents, or by its name, or by its number."""
    plain = "".join(part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part))
    if plain and all(_in_fonts(part) and part.isprintable() for part in plain):
        return plain
    name = unicodedata.name(char, "").lower()
    if not name or name.startswith("cjk "):
        return f"[U+{ord(char):04X}]"
    return f"[{IN_CHINESE[char]} {name}]" if char in IN_CHINESE else f"[{name}]"


def _head(text: str, width: int) -> str:
    """As many characters of the text as fit, one at least."""
    taken = 0
    for position, char in enumerate(text):
        taken += cells(char)
        if taken > width:
            return text[: max(position, 1)]
    return text


def _fill(text: str, width: int) -> str:
    return text + " " * (width - cells(text))


def _centre(text: str, width: int) -> str:
    left = (width - cells(text)) // 2
    return _fill(" " * left + text, width)


@singledispatch
def _rows(block: blocks.Block, columns: int) -> Iterator[Printed]:
    raise TypeError(f"no typesetting for {block!r}")


@_rows.register
def _title(block: blocks.Title, columns: int) -> Iterator[Printed]:
    for line in wrap(block.text, columns // 2):
        yield Row((Span(line),), width=2, height=2, bold=True, centred=True)


@_rows.register
def _table(block: blocks.Table, columns: int) -> Iterator[Printed]:
    scale = next((scale for scale in (4, 3) if cells(printable(block.name)) <= columns // scale), 2)
    for line in wrap(block.name, columns // scale):
        yield Row((Span(line),), width=scale, height=scale, bold=True, centred=True)


@_rows.register
def _meta(block: blocks.Meta, columns: int) -> Iterator[Printed]:
    left, right = printable(block.left), printable(block.right)
    if cells(left) + cells(right) + (1 if left and right else 0) <= columns:
        texts = [_fill(left, columns - cells(right)) + right]
    else:
        texts = wrap(left, columns) + wrap(right, columns)
    for text in texts:
        yield Row((Span(text),), height=2)


@_rows.register
def _banner(block: blocks.Banner, columns: int) -> Iterator[Printed]:
    for line in wrap(block.text, columns // 3):
        yield Row((Span(_centre(line, columns // 3), inverse=True),), width=3, height=3, bold=True, centred=True)


@_rows.register
def _dish(block: blocks.Dish, columns: int) -> Iterator[Printed]:
    yield from _counted(block, columns, flag=block.flag)


@_rows.register
def _set_meal(block: blocks.SetMeal, columns: int) -> Iterator[Printed]:
    yield from _counted(block, columns, flag=block.flag)


@_rows.register
def _part(block: blocks.Part, columns: int) -> Iterator[Printed]:
    yield from _counted(block, columns, indent="- ")


def _counted(block, columns: int, flag: str = "", indent: str = "") -> Iterator[Printed]:
    """Name at the left, quantity at the right of its first row; more than one stands white on black."""
    width = columns // 2
    quantity = Span(block.quantity, inverse=block.quantity != "×1")
    mark = [Span(f"{flag}", inverse=True), Span(" ")] if flag else []
    lead = sum(cells(span.text) for span in mark) + cells(indent)
    room = width - lead - cells(block.quantity) - 1
    lines = wrap(block.name, room)
    first = Span(indent + _fill(lines[0], width - lead - cells(block.quantity)))
    yield Row((*mark, first, quantity), width=2, height=2, bold=True)
    for line in lines[1:]:
        yield Row((Span(" " * lead + line),), width=2, height=2, bold=True)
    yield from _small_rows(block.sub, columns, indent="  " * len(indent)) if block.sub else ()


@_rows.register
def _options(block: blocks.Options, columns: int) -> Iterator[Printed]:
    for line in wrap(block.text, columns // 2 - 2):
        yield Row((Span("  " + line),), width=2, height=2)
    if block.sub:
        yield from _small_rows(block.sub, columns, indent="    ")


@_rows.register
def _note(block: blocks.Note, columns: int) -> Iterator[Printed]:
    width = columns // 2
    for line in wrap(f"【{block.label}】{block.text}", width):
        yield Row((Span(_fill(line, width), inverse=True),), width=2, height=2, bold=True)


@_rows.register
def _small(block: blocks.Small, columns: int) -> Iterator[Printed]:
    yield from _small_rows(block.text, columns, centred=block.centred)


def _small_rows(text: str, columns: int, indent: str = "", centred: bool = False) -> Iterator[Printed]:
    for line in wrap(text, columns - cells(indent)):
        yield Row((Span(indent + line),), centred=centred)


@_rows.register
def _rule(block: blocks.Rule, columns: int) -> Iterator[Printed]:
    yield Row((Span(("=" if block.heavy else "-") * columns),))


@_rows.register
def _qr(block: blocks.Qr, columns: int) -> Iterator[Printed]:
    yield QrRow(block.data)


@_rows.register
def _cut(block: blocks.Cut, columns: int) -> Iterator[Printed]:
    yield CutRow()
