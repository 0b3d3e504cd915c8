"""Fetching a day's bill."""

import gzip
import hashlib
import io

from .outcome import Outcome, attempt

#: A day's bill of a busy chain is some megabytes.
BILL_BYTES_MAX = 256 * 1024 * 1024


def fetch_trade_bill(client, day):
    """Ask for the trade bill of `day` and download it.

    :param day: a `datetime.date` before today; ready after 10:00 the next day
    :returns: an `Outcome`; when ok, `data['content']` is the CSV's bytes, proved by its SHA1
    """
    asked = attempt(client.trade_bill, day.isoformat(), "ALL", "GZIP")
    if not asked.ok:
        return asked
    url, digest = asked.data.get("download_url"), asked.data.get("hash_value")
    if not url or not digest or asked.data.get("hash_type") != "SHA1":
        return Outcome("uncertain", code="UNREADABLE_ANSWER", message="no download address or SHA1")
    sent = attempt(client.download, url, reader=_read_file)
    if not sent.ok:
        return sent
    content = _unzip(sent.data["content"])
    if content is None or hashlib.sha1(content, usedforsecurity=False).hexdigest() != digest.lower():
        return Outcome("uncertain", code="BILL_DAMAGED", message="the bill's SHA1 does not match")
    return Outcome("ok", data={"content": content})


def _read_file(status, content):
    if status != 200:
        return Outcome("uncertain", code=f"HTTP_{status}", message="the bill was not sent")
    return Outcome("ok", data={"content": content.encode() if isinstance(content, str) else content})


def _unzip(content):
    """The bill's plain bytes; None if it is broken or grows too large."""
    if not content.startswith(b"\x1f\x8b"):
        return content
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as stream:
            plain = stream.read(BILL_BYTES_MAX + 1)
    except (OSError, EOFError):
        return None
    return plain if len(plain) <= BILL_BYTES_MAX else None
