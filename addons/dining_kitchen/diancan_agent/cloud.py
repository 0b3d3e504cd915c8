"""A cloud printer of the Feie kind: the ticket goes to the maker's service, which has the printer print it.

The contract, and no more is claimed than that this driver keeps it (`tests/test_cloud.py` plays the service):
a form is POSTed to one address, signed by sig = SHA-1(user + key + stime). `Open_queryPrinterStatus` says
whether the printer is online and well, `Open_printMsg` takes the text with its tags and returns the number of
the order, `Open_queryOrderState` says whether that order is on paper. Every answer is {"ret": 0, "data": …}.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable

import requests

from .contract import Trouble

CALL_SECONDS = 10.0
PRINT_SECONDS = 60.0
ASK_SECONDS = 1.0
WELL, ILL = "在线，工作状态正常", "在线，工作状态不正常"


def deliver(address: dict, data: bytes, before_send: Callable[[], None]) -> str:
    """Print a text with tags (UTF-8); returns 'ok' when the service says that it is on paper.

    :raises Trouble: as `drivers.deliver`
    """
    try:
        status = _call(address, "Open_queryPrinterStatus", sn=address["serial_number"])
    except requests.RequestException as error:
        raise Trouble("unreachable", _plain(error)) from error
    if not str(status).startswith(WELL):
        raise Trouble("stopped" if str(status).startswith(ILL) else "unreachable", str(status))
    before_send()
    try:
        order = _call(
            address, "Open_printMsg", maybe=True, sn=address["serial_number"], content=data.decode(), times="1"
        )
    except requests.RequestException as error:
        raise Trouble("broken", _plain(error), maybe_printed=not _never_arrived(error)) from error
    _await_paper(address, order)
    return "ok"


def _await_paper(address: dict, order) -> None:
    deadline = time.monotonic() + PRINT_SECONDS
    detail = ""
    while time.monotonic() < deadline:
        try:
            if _call(address, "Open_queryOrderState", maybe=True, orderid=order) is True:
                return
        except requests.RequestException as error:
            detail = _plain(error)
        time.sleep(ASK_SECONDS)
    raise Trouble("unconfirmed", detail, maybe_printed=True)


def _call(address: dict, name: str, maybe: bool = False, **values):
    """One call; its `data`.

    :param maybe: paper may have come out although the answer is unreadable
    :raises requests.RequestException: no answer
    :raises Trouble: the service refuses, or answers what cannot be read
    """
    # The service compares this with its own clock; it is the one place where the time of day is asked.
    now = str(int(time.time()))
    # SHA-1 is what the service asks for.
    signed = hashlib.sha1((address["user"] + address["key"] + now).encode(), usedforsecurity=False).hexdigest()
    form = {"user": address["user"], "stime": now, "sig": signed, "apiname": name, **values}
    answer = requests.post(address["url"], data=form, timeout=CALL_SECONDS)
    try:
        body = answer.json()
        code = body["ret"]
    except (ValueError, TypeError, KeyError):
        raise Trouble("nonsense", f"HTTP {answer.status_code}: {answer.text[:80]}", maybe_printed=maybe) from None
    if code != 0:
        # Refused: the service prints nothing; only where it had taken the order before, it may have.
        raise Trouble("refused", f"{code} {body.get('msg', '')}", maybe_printed=name == "Open_queryOrderState")
    return body.get("data")


def _never_arrived(error: requests.RequestException) -> bool:
    return isinstance(error, requests.ConnectTimeout)


def _plain(error: BaseException) -> str:
    return type(error).__name__
