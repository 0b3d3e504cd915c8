"""QR codes that people hold up to a camera."""

import base64
from io import BytesIO

import qrcode


def qr_png(text):
    """`text` as a QR code.

    :return: a PNG picture, in base64 as bytes, as Odoo's binary fields hold it
    """
    picture = BytesIO()
    qrcode.make(text, box_size=8, border=2).save(picture, format="PNG")
    return base64.b64encode(picture.getvalue())
