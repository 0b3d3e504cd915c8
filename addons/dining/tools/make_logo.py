"""Draw the demo restaurant's logo: `python make_logo.py` writes static/demo/logo.png.

The Western Hills over Dianchi lake with two of its gulls, and the name. It needs Pillow and Debian's fonts-noto-cjk
(SIL Open Font License). It is also printed on receipts, so it is of one colour.
"""

import math

from make_pictures import TARGET
from PIL import Image, ImageDraw, ImageFont

FONT = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc"
SIMPLIFIED_CHINESE = 2
"""The face of that collection."""
COLOUR = (140, 47, 31, 255)
PAPER = (255, 255, 255, 255)
SIZE = (560, 180)
SCALE = 4
"""Drawn larger and shrunk, for smooth edges."""


def main():
    image = Image.new("RGBA", tuple(side * SCALE for side in SIZE))
    image.alpha_composite(seal(SIZE[1] * SCALE))
    pen = ImageDraw.Draw(image)
    write(pen, "滇池边", (200, 8), 94, 14)
    write(pen, "云南小馆", (204, 124), 40, 48)
    logo = image.resize(SIZE, Image.Resampling.LANCZOS).quantize(32)
    logo.save(TARGET / "logo.png", optimize=True)


def seal(side):
    """The round picture, `side` pixels high."""
    picture = Image.new("RGBA", (side, side), COLOUR)
    pen = ImageDraw.Draw(picture)
    for points in (
        [(0.0, 0.62), (0.22, 0.40), (0.36, 0.50), (0.55, 0.27), (0.72, 0.47), (0.84, 0.38), (1.0, 0.56), (1.0, 0.62)],
    ):
        pen.polygon([(x * side, y * side) for x, y in points], fill=PAPER)
    for row, height in enumerate((0.70, 0.79, 0.88)):
        wave(pen, side, height, row)
    gull(pen, side, 0.30, 0.24, 0.10)
    gull(pen, side, 0.46, 0.15, 0.07)
    mask = Image.new("L", (side, side))
    ImageDraw.Draw(mask).ellipse((0, 0, side - 1, side - 1), fill=255)
    round_picture = Image.new("RGBA", (side, side))
    round_picture.paste(picture, mask=mask)
    return round_picture


def wave(pen, side, height, row):
    points = [
        (x, (height + 0.014 * math.sin((x / side * 5 + row / 2) * 2 * math.pi / 1.6)) * side)
        for x in range(0, side, SCALE)
    ]
    pen.line(points, fill=PAPER, width=side // 34, joint="curve")


def gull(pen, side, x, y, wing):
    """Two wings with their joint at (x, y), in parts of `side`."""
    width = side // 40
    for left in (x - wing, x):
        box = (left * side, y * side, (left + wing) * side, (y + wing) * side)
        pen.arc(box, 190, 350, fill=PAPER, width=width)


def write(pen, words, place, size, spacing):
    """Write `words` from `place` on, `spacing` apart; all in pixels of the small picture."""
    font = ImageFont.truetype(FONT, size * SCALE, index=SIMPLIFIED_CHINESE)
    x, y = (part * SCALE for part in place)
    for character in words:
        pen.text((x, y), character, font=font, fill=COLOUR, anchor="lt")
        x += pen.textlength(character, font=font) + spacing * SCALE


if __name__ == "__main__":
    main()
