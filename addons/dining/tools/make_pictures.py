"""Draw the demo restaurant's pictures from emoji: `python make_pictures.py` writes static/demo/*.jpg.

The pictures are committed, so this runs only when a dish is added. It needs Pillow, PyYAML and the colour font
of Debian's fonts-noto-color-emoji (SIL Open Font License).
"""

import random
import sys
from pathlib import Path

import yaml
from PIL import Image, ImageDraw, ImageFilter, ImageFont, ImageOps

ADDON = Path(__file__).resolve().parents[1]
TARGET = ADDON / "static/demo"
FONT = "/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf"
GLYPH = 109
"""The only size in which the font has bitmaps."""
SIZE = (480, 360)
SCALE = 2
"""Drawn larger and shrunk, for smooth edges."""
QUALITY = 66


def main():
    font = ImageFont.truetype(FONT, GLYPH)
    menu = yaml.safe_load((ADDON / "demo/dishes.yaml").read_text())
    meals = yaml.safe_load((ADDON / "demo/set_meals.yaml").read_text())
    TARGET.mkdir(parents=True, exist_ok=True)
    drawn = 0
    for key, dish in {**menu["dishes"], **meals}.items():
        ground = menu["categories"][dish.get("category", "sets")]["ground"]
        picture = draw(key, split(dish["picture"]), ground, font)
        picture.save(TARGET / f"{key}.jpg", "JPEG", quality=QUALITY, optimize=True, progressive=True)
        drawn += 1
    sys.stdout.write(f"{drawn} pictures in {TARGET}\n")


def split(text):
    """The single emoji of a text; a variation selector stays with its emoji."""
    emoji = []
    for char in text:
        if char == "\ufe0f" and emoji:
            emoji[-1] += char
        else:
            emoji.append(char)
    return emoji


def draw(key, emoji, ground, font):
    """One dish: a table in the category's colour, a plate, the dish on it and what goes with it around."""
    chance = random.Random(key)
    width, height = (side * SCALE for side in SIZE)
    image = table(width, height, ground, chance)
    middle = (width * 0.5, height * 0.5)
    shadow(image, middle, height * 0.43)
    plate(image, middle, height * 0.42, ground)
    garnish = emoji[1:] or [emoji[0]]
    # On the plate's rim and within the middle square, which is all that a square thumbnail shows.
    for (across, down), glyph in zip(((-0.3, 0.27), (0.31, -0.27), (0.3, 0.29), (-0.31, -0.28)), garnish, strict=False):
        at = (middle[0] + across * height * 1.2, middle[1] + down * height * 1.2)
        stamp(image, glyph, font, at, height * 0.25, chance.uniform(-24, 24))
    stamp(image, emoji[0], font, middle, height * 0.52, chance.uniform(-5, 5))
    return image.convert("RGB").resize(SIZE, Image.Resampling.LANCZOS)


def table(width, height, ground, chance):
    """A wooden or woven ground: the colour, lit from above, with quiet stripes."""
    image = Image.new("RGBA", (width, height))
    pen = ImageDraw.Draw(image)
    for row in range(height):
        light = 1.14 - 0.3 * row / height
        pen.line([(0, row), (width, row)], fill=(*(min(255, int(tone * light)) for tone in ground), 255))
    veil = Image.new("RGBA", (width, height))
    pen = ImageDraw.Draw(veil)
    step = height // 8
    for number in range(-8, 24):
        left = number * step + chance.randint(-6, 6)
        tone = (255, 255, 255, 12) if number % 2 else (0, 0, 0, 10)
        pen.polygon(
            [(left, 0), (left + step, 0), (left + step - height // 3, height), (left - height // 3, height)], fill=tone
        )
    return Image.alpha_composite(image, veil)


def shadow(image, middle, radius):
    veil = Image.new("RGBA", image.size)
    ImageDraw.Draw(veil).ellipse(box(middle[0], middle[1] + radius * 0.09, radius * 1.02), fill=(0, 0, 0, 110))
    image.alpha_composite(veil.filter(ImageFilter.GaussianBlur(radius * 0.05)))


def plate(image, middle, radius, ground):
    pen = ImageDraw.Draw(image)
    rim = tuple(int(255 - (255 - tone) * 0.28) for tone in ground)
    for part, colour in (
        (1, (250, 247, 240)),
        (0.94, rim),
        (0.9, (250, 247, 240)),
        (0.74, (243, 238, 228)),
        (0.72, (252, 250, 245)),
    ):
        pen.ellipse(box(*middle, radius * part), fill=(*colour, 255))


def stamp(image, glyph, font, at, size, angle):
    """Put one emoji with its shadow on the picture."""
    sheet = Image.new("RGBA", (GLYPH * 2, GLYPH * 2))
    ImageDraw.Draw(sheet).text((GLYPH, GLYPH), glyph, font=font, embedded_color=True, anchor="mm")
    bounds = sheet.getbbox()
    if bounds is None:
        raise SystemExit(f"The font has no picture for {glyph!r}.")
    sheet = tinted(sheet.crop(bounds), glyph)
    factor = size / max(sheet.size)
    sheet = sheet.resize((round(sheet.width * factor), round(sheet.height * factor)), Image.Resampling.LANCZOS)
    sheet = sheet.rotate(angle, Image.Resampling.BICUBIC, expand=True)
    corner = (round(at[0] - sheet.width / 2), round(at[1] - sheet.height / 2))
    veil = Image.new("RGBA", image.size)
    dark = Image.new("RGBA", sheet.size, (40, 20, 10, 255))
    dark.putalpha(sheet.getchannel("A").point(lambda alpha: alpha * 0.4))
    veil.paste(dark, (corner[0] + round(size * 0.02), corner[1] + round(size * 0.05)))
    image.alpha_composite(veil.filter(ImageFilter.GaussianBlur(size * 0.03)))
    image.paste(sheet, corner, sheet)


def tinted(sheet, glyph):
    """The font's only mushroom is a toadstool: here it becomes a brown one that may be eaten."""
    if glyph != "🍄":
        return sheet
    brown = ImageOps.colorize(
        sheet.convert("L"), black=(58, 34, 20), mid=(158, 108, 66), white=(250, 236, 212), midpoint=120
    )
    brown.putalpha(sheet.getchannel("A"))
    return brown


def box(x, y, radius):
    return (x - radius, y - radius, x + radius, y + radius)


if __name__ == "__main__":
    main()
