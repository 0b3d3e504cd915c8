"""Fetching a day's bill."""

import gzip
import hashlib
import io

from .outcome import Outcome, attempt

#: The file is not the one whose SHA1 WeChat gave.
DAMAGED = "BILL_DAMAGED"
#: WeChat has nothing to tell of the day, and is still writing the bill.
EMPTY_CODE = "NO_STATEMENT_EXIST"
WAITING_CODE = "STATEMENT_CREATING"
#: A day's bill of a busy chain is some megabytes.
BILL_BYTES_MAX = 256 * 1024 * 1024


def fetch_bill(client, kind, day):
    """Ask for a bill of `day` and download it.

    :param kind: 'trade', or 'flow' for the fund-flow bill of the basic account
    :param day: a `datetime.date` before today; ready after 10:00 the next day
    :returns: an `Outcome`; when ok, `data['content']` is the CSV's bytes, proved by `data['sha1']`
    """
    call, what = (client.trade_bill, "ALL") if kind == "trade" else (client.fundflow_bill, "BASIC")
    asked = attempt(call, day.isoformat(), what, "GZIP")
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
        return Outcome("uncertain", code=DAMAGED, message="the bill's SHA1 does not match")
    return Outcome("ok", data={"content": content, "sha1": digest.lower()})


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
