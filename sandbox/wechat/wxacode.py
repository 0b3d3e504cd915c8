"""Pictures of mini-program codes: a QR code in WeChat's place, readable by any decoder.

WeChat's own round code cannot be drawn outside WeChat. This one holds the same facts twice: in
the QR text (:func:`code_text`) and in the PNG's text chunks ``appid``, ``page``, ``scene``,
``env_version``.
"""

import io
import re
from urllib.parse import quote

import qrcode
from PIL import Image, PngImagePlugin
from qrcode.image.styledpil import StyledPilImage
from qrcode.image.styles.colormasks import SolidFillColorMask
from qrcode.image.styles.moduledrawers.pil import RoundedModuleDrawer

from .errors import ApiError

SCENE = re.compile(r"[0-9A-Za-z!#$&'()*+,/:;=?@\-._~]{1,32}")
PAGE = re.compile(r"[0-9A-Za-z_\-]+(/[0-9A-Za-z_\-]+)*")
MIN_WIDTH, MAX_WIDTH, DEFAULT_WIDTH = 280, 1280, 430
ENV_VERSIONS = ("release", "trial", "develop")


def code_text(appid, page, scene, env_version):
    """The QR code's text; ``scene`` is URL-encoded, as the phone hands it to the page."""
    query = f"page={quote(page, safe='')}&scene={quote(scene, safe='')}&env_version={env_version}"
    return f"weixin://miniprogram/{appid}?{query}"


def check_request(payload, pages):
    """Raises ApiError 40129 (scene), 41030 (page) or 40097 (the rest).

    ``pages`` are the released pages, None when any is good.
    """
    scene = payload.get("scene")
    if not isinstance(scene, str) or not SCENE.fullmatch(scene):
        raise ApiError(40129, "invalid scene: 1 to 32 of the characters WeChat allows")
    check_page(payload.get("page"), pages if payload.get("check_path", True) else None)
    width = payload.get("width", DEFAULT_WIDTH)
    if not isinstance(width, int) or not MIN_WIDTH <= width <= MAX_WIDTH:
        raise ApiError(40097, f"invalid args: width must be {MIN_WIDTH} to {MAX_WIDTH}")
    if payload.get("env_version", "release") not in ENV_VERSIONS:
        raise ApiError(40097, "invalid args: env_version")


def check_page(page, pages):
    """Raises ApiError 41030 unless ``page`` is a path without leading slash or query."""
    if page is None:
        return
    if not isinstance(page, str) or not PAGE.fullmatch(page):
        raise ApiError(41030, "invalid page: no leading slash, no query")
    if pages is not None and page not in pages:
        raise ApiError(41030, f"invalid page: {page} is not a page of the released version")


def draw(appid, payload):
    """The PNG bytes of a checked request."""
    page, scene = payload.get("page") or "", payload["scene"]
    env_version = payload.get("env_version", "release")
    width = payload.get("width", DEFAULT_WIDTH)
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=4)
    code.add_data(code_text(appid, page, scene, env_version))
    code.make(fit=True)
    image = code.make_image(
        image_factory=StyledPilImage,
        module_drawer=RoundedModuleDrawer(),
        color_mask=SolidFillColorMask((255, 255, 255), _line_color(payload)),
    ).get_image()
    image = image.resize((width, width), Image.Resampling.LANCZOS)
    if payload.get("is_hyaline"):
        image = _transparent(image)
    facts = PngImagePlugin.PngInfo()
    for name, value in (
        ("appid", appid), ("page", page), ("scene", scene), ("env_version", env_version),
    ):  # fmt: skip
        facts.add_itxt(name, value)
    file = io.BytesIO()
    image.save(file, "PNG", pnginfo=facts)
    return file.getvalue()


def _line_color(payload):
    color = payload.get("line_color")
    if payload.get("auto_color") or color is None:
        return (0, 0, 0)
    try:
        channels = tuple(int(color[name]) for name in "rgb")
    except (KeyError, TypeError, ValueError):
        raise ApiError(40097, "invalid args: line_color") from None
    if not all(0 <= channel <= 255 for channel in channels):
        raise ApiError(40097, "invalid args: line_color")
    return channels


def _transparent(image):
    image = image.convert("RGBA")
    lightness = image.convert("L")
    image.putalpha(lightness.point(lambda value: 255 - value))
    return image
