"""How a call to WeChat ended: done, refused, or not known."""

import json
import logging
import re
from dataclasses import dataclass, field

import requests

from .client import NotTrusted
from .const import UNCERTAIN_CODES

_logger = logging.getLogger(__name__)

#: Words for ends without an answer of WeChat's.
NO_ANSWER = "NO_ANSWER"
UNREADABLE_ANSWER = "UNREADABLE_ANSWER"
UNTRUSTED_ANSWER = "UNTRUSTED_ANSWER"


@dataclass(frozen=True)
class Outcome:
    """The end of one call.

    :param kind: `ok`; `refused`: WeChat said no and nothing happened there; `uncertain`:
        it may have happened, so ask before doing anything else
    :param code: WeChat's error code, or one of this module's
    :param message: WeChat's words, shortened
    """

    kind: str
    data: dict = field(default_factory=dict, repr=False)
    code: str = ""
    message: str = ""

    @property
    def ok(self):
        return self.kind == "ok"

    @property
    def refused(self):
        return self.kind == "refused"

    @property
    def uncertain(self):
        return self.kind == "uncertain"


def read(status, text):
    """Sort an answer by its HTTP status and error code."""
    if status == 204:
        return Outcome("ok")
    try:
        data = json.loads(text)
    except (ValueError, UnicodeDecodeError):
        data = None
    if not isinstance(data, dict):
        return Outcome("uncertain", code=UNREADABLE_ANSWER, message=f"HTTP {status}")
    if status == 200:
        return Outcome("ok", data=data)
    code = re.sub(r"[^A-Z0-9_]", "", str(data.get("code", "")))[:40]
    message = str(data.get("message", ""))[:200]
    if 400 <= status < 500 and code and code not in UNCERTAIN_CODES:
        return Outcome("refused", code=code, message=message)
    return Outcome("uncertain", code=code or f"HTTP_{status}", message=message)


def attempt(call, *args, reader=read, **kwargs):
    """Make one call of the client and say how it ended; never raises for the other side's failures.

    :param reader: makes an `Outcome` of the answer's status and content
    """
    try:
        status, text = call(*args, **kwargs)
    except requests.RequestException as error:
        # The exception's own text holds addresses with order numbers.
        return Outcome("uncertain", code=NO_ANSWER, message=type(error).__name__)
    except NotTrusted as error:
        _logger.error("An answer of WeChat Pay cannot be trusted: %s", error)
        return Outcome("uncertain", code=UNTRUSTED_ANSWER, message=str(error))
    return reader(status, text)
