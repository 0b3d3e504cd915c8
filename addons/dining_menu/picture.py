"""Pictures of dishes as phones get them."""

from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

WIDTH = 480
QUALITY = 82
HASH_LENGTH = 16
"""Hex digits of the picture's checksum that name it in the menu."""


def jpeg(source):
    """`source`, the bytes of any raster image, as JPEG bytes `WIDTH` pixels wide, upright and on white.

    :return: None where `source` is no raster image (an SVG, a broken file)
    """
    try:
        image = ImageOps.exif_transpose(Image.open(BytesIO(source))).convert("RGBA")
    except (UnidentifiedImageError, OSError):
        return None
    height = max(1, round(image.height * WIDTH / image.width))
    ground = Image.new("RGBA", (WIDTH, height), "white")
    ground.alpha_composite(image.resize((WIDTH, height), Image.Resampling.LANCZOS))
    out = BytesIO()
    ground.convert("RGB").save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()
