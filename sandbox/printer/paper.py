"""What stands on a sheet of paper, as the printer's head saw it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from PIL import Image

PAPER_DOTS = {58: 384, 80: 576}
"""Dots across the printable part, by paper width in mm (8 dots a mm)."""


@dataclass(frozen=True)
class Style:
    """How characters are printed. `width` and `height` multiply a cell of 12 by 24 dots."""

    width: int = 1
    height: int = 1
    bold: bool = False
    underline: int = 0
    inverse: bool = False

    def changed(self, **fields) -> Style:
        return replace(self, **fields)


@dataclass(frozen=True)
class Run:
    """Characters in one style."""

    text: str
    style: Style


@dataclass(frozen=True)
class Line:
    """One printed line; `advance` is what the paper moved, in dots."""

    runs: tuple[Run, ...]
    align: str
    advance: int

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Picture:
    """A bit image; black is 0."""

    image: Image.Image
    align: str


@dataclass(frozen=True)
class Code:
    """A QR code or a bar code with its contents."""

    symbology: str
    data: str
    align: str
    module: int = 4
    height: int = 162


@dataclass(frozen=True)
class Gap:
    """Paper fed without printing, in dots."""

    dots: int


Element = Line | Picture | Code | Gap


@dataclass(eq=False)
class Sheet:
    """Paper from one cut to the next. `complete` is False where the connection broke before the cut."""

    width_mm: int
    elements: list[Element] = field(default_factory=list)
    complete: bool = True
    printed_at: datetime | None = None
    received_bytes: int = 0

    @property
    def dots(self) -> int:
        return PAPER_DOTS[self.width_mm]

    @property
    def blank(self) -> bool:
        return all(isinstance(element, Gap) for element in self.elements)

    def text(self) -> str:
        """The words on the sheet; codes and pictures are named in brackets."""
        return "\n".join(_text(element) for element in self.elements if not isinstance(element, Gap)).rstrip()

    def inverse_text(self) -> str:
        """Only what is printed white on black: what a cook's eye falls on first."""
        return "\n".join(
            run.text.strip()
            for element in self.elements
            if isinstance(element, Line)
            for run in element.runs
            if run.style.inverse and run.text.strip()
        )


def _text(element: Element) -> str:
    if isinstance(element, Line):
        return element.text.rstrip()
    if isinstance(element, Code):
        return f"[{element.symbology} {element.data}]"
    return f"[picture {element.image.width}x{element.image.height}]"
