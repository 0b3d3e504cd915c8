"""Draw the application's icon: `python make_icon.py` writes static/description/icon.png."""

from make_pictures import ADDON, FONT, GLYPH
from PIL import Image, ImageDraw, ImageFont

SIDE = 140
SCALE = 4


def main():
    side = SIDE * SCALE
    image = Image.new("RGBA", (side, side))
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((0, 0, side - 1, side - 1), radius=side // 6, fill=(140, 47, 31, 255))
    sheet = Image.new("RGBA", (GLYPH * 2, GLYPH * 2))
    ImageDraw.Draw(sheet).text(
        (GLYPH, GLYPH), "🍜", font=ImageFont.truetype(FONT, GLYPH), embedded_color=True, anchor="mm"
    )
    sheet = sheet.crop(sheet.getbbox())
    factor = side * 0.74 / max(sheet.size)
    sheet = sheet.resize((round(sheet.width * factor), round(sheet.height * factor)), Image.Resampling.LANCZOS)
    image.alpha_composite(sheet, ((side - sheet.width) // 2, (side - sheet.height) // 2))
    target = ADDON / "static/description/icon.png"
    target.parent.mkdir(parents=True, exist_ok=True)
    image.resize((SIDE, SIDE), Image.Resampling.LANCZOS).save(target, optimize=True)


if __name__ == "__main__":
    main()
