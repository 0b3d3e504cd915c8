"""A sheet as an image: one pixel a dot, on paper with torn edges."""

from __future__ import annotations

import subprocess
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import qrcode
from PIL import Image, ImageChops, ImageDraw, ImageFont

from .machine import CELL_HEIGHT, CELL_WIDTH
from .paper import Code, Element, Gap, Line, Picture, Run, Sheet

MARGIN = 28
EDGE = 8
"""Height and half width of the knife's teeth."""
PAPER, INK = (253, 252, 247), (34, 32, 36)
BASELINE = 0.86
"""Where Noto Sans CJK's baseline lies in its square."""
FONT_HINT = "Chinese characters need the font Noto Sans Mono CJK SC: apt-get install fonts-noto-cjk"


class FontMissing(Exception):
    """No font with Chinese characters on this machine; the message says how to get it."""


@lru_cache(maxsize=2)
def font_file(bold: bool) -> tuple[str, int]:
    """Path and face index of the monospaced Chinese font; raises FontMissing."""
    pattern = f"Noto Sans Mono CJK SC:style={'Bold' if bold else 'Regular'}"
    try:
        found = subprocess.run(
            ["fc-match", "-f", "%{file}|%{index}|%{family}", pattern],
            capture_output=True,
            text=True,
            timeout=20,
            check=True,
        ).stdout.split("|")
    except (OSError, subprocess.SubprocessError) as error:
        raise FontMissing(FONT_HINT) from error
    if len(found) != 3 or "CJK" not in found[2] or not Path(found[0]).exists():
        raise FontMissing(FONT_HINT)
    return found[0], int(found[1])


@lru_cache(maxsize=32)
def _font(size: int, bold: bool) -> ImageFont.FreeTypeFont:
    path, index = font_file(bold)
    return ImageFont.truetype(path, size, index=index)


def png(sheet: Sheet) -> bytes:
    """The sheet as a PNG file."""
    out = BytesIO()
    draw_sheet(sheet).save(out, "PNG", optimize=True)
    return out.getvalue()


def draw_sheet(sheet: Sheet) -> Image.Image:
    """The sheet as an image of its printable dots plus margins."""
    strips = [_strip(element, sheet.dots) for element in sheet.elements]
    height = sum(strip.height for strip in strips) + 2 * (MARGIN + EDGE)
    paper = Image.new("RGB", (sheet.dots + 2 * MARGIN, height), PAPER)
    y = MARGIN + EDGE
    for strip in strips:
        paper.paste(INK, (MARGIN, y), strip)
        y += strip.height
    alpha = Image.new("L", paper.size, 255)
    _tear(alpha, 0)
    _tear(alpha, paper.height - 1, upwards=True, ragged=not sheet.complete)
    paper.putalpha(alpha)
    return paper


def _tear(alpha: Image.Image, at: int, upwards: bool = False, ragged: bool = False) -> None:
    """Cut teeth into an edge; a ragged one where the print broke off."""
    draw = ImageDraw.Draw(alpha)
    depth = -EDGE if upwards else EDGE
    for number, x in enumerate(range(0, alpha.width, 2 * EDGE)):
        tooth = depth * (1 + number * 7 % 5 / 2 if ragged else 1)
        draw.polygon([(x, at), (x + EDGE, at + tooth), (x + 2 * EDGE, at)], fill=0)


def _strip(element: Element, dots: int) -> Image.Image:
    """One element as a mask (255 is ink) over the printable width."""
    if isinstance(element, Gap):
        return Image.new("L", (dots, element.dots))
    if isinstance(element, Line):
        return _line(element, dots)
    ink = _ink(element)
    strip = Image.new("L", (max(dots, ink.width), ink.height))
    strip.paste(ink, (_offset(element.align, dots, ink.width), 0))
    return strip.crop((0, 0, dots, ink.height))


def _ink(element: Picture | Code) -> Image.Image:
    if isinstance(element, Picture):
        return ImageChops.invert(element.image.convert("L"))
    if element.symbology == "QR":
        code = qrcode.QRCode(box_size=element.module, border=2)
        code.add_data(element.data)
        return ImageChops.invert(code.make_image().get_image().convert("L"))
    label = Image.new("L", (280, element.height + 30), 0)
    draw = ImageDraw.Draw(label)
    for x, bit in enumerate("".join(f"{byte:08b}" for byte in element.data.encode())):
        draw.rectangle((x * 2, 0, x * 2 + 1, element.height), fill=255 * int(bit))
    draw.text((0, element.height + 2), element.data, 255, _font(CELL_HEIGHT, False))
    return label


def _offset(align: str, dots: int, width: int) -> int:
    return {"left": 0, "centre": (dots - width) // 2, "right": dots - width}[align]


def _line(line: Line, dots: int) -> Image.Image:
    strip = Image.new("L", (dots, line.advance))
    tallest = max(run.style.height for run in line.runs) * CELL_HEIGHT
    x = _offset(line.align, dots, sum(_width(run) for run in line.runs))
    for run in line.runs:
        run_ink = _run(run)
        strip.paste(run_ink, (x, tallest - run_ink.height))
        x += run_ink.width
    return strip


def _width(run: Run) -> int:
    return sum(_cell(char) for char in run.text) * run.style.width


def _cell(char: str) -> int:
    return CELL_WIDTH if ord(char) < 0x80 else 2 * CELL_WIDTH


def _run(run: Run) -> Image.Image:
    """Characters on the printer's grid, drawn large and squeezed to the style's proportions."""
    style = run.style
    scale = max(style.width, style.height)
    size = CELL_HEIGHT * scale
    font = _font(size, style.bold)
    natural = Image.new("L", (max(_width(run) // style.width * scale, 1), size))
    draw = ImageDraw.Draw(natural)
    x = 0
    for char in run.text:
        cell = _cell(char) * scale
        draw.text((x + cell / 2, size * BASELINE), char, 255, font, anchor="ms")
        x += cell
    mask = natural.resize((max(_width(run), 1), CELL_HEIGHT * style.height), Image.Resampling.LANCZOS)
    if style.underline:
        ImageDraw.Draw(mask).rectangle((0, mask.height - style.underline, mask.width, mask.height), fill=255)
    return ImageChops.invert(mask) if style.inverse else mask
