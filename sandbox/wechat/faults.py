"""Faults to switch on, for a number of calls or by chance."""

import random
from dataclasses import dataclass

from .errors import ControlError

PAY_CALLS = (
    "jsapi",
    "native",
    "query",
    "close",
    "refund",
    "refund_query",
    "tradebill",
    "fundflowbill",
    "billdownload",
)
API_CALLS = (
    "stable_token",
    "token",
    "code2session",
    "phone",
    "wxacode",
    "subscribe",
    "sec_check",
    "shipping",
    "urllink",
)
NOTICE_CALL = "notice"
ANY_CALL = "*"

_TRANSPORT = ("timeout_before", "timeout_after", "html_502", "slow")
PAY_FAULTS = (
    *_TRANSPORT,
    "error_500_before",
    "error_500_after",
    "error_429",
    "bad_signature",
    "stale_timestamp",
    "unknown_serial",
    "unsigned",
)
#: A bill that is served once as it should not be; the next one is true again.
BILL_CONTENT_FAULTS = ("missing_line", "doubled_line", "changed_amount", "bad_checksum")
BILL_FAULTS = (*BILL_CONTENT_FAULTS, "not_ready", "no_statement")
BILL_CALLS = ("tradebill", "fundflowbill")
API_FAULTS = (*_TRANSPORT, "errcode")
NOTICE_CONTENT_FAULTS = (
    "tampered",
    "wrong_amount",
    "unknown_number",
    "forged_key",
    "stale",
    "unknown_serial",
)
NOTICE_FAULTS = (*NOTICE_CONTENT_FAULTS, "never_sent", "hold", "duplicated")
DEFAULT_SECONDS = {"timeout_before": 30.0, "timeout_after": 30.0, "slow": 2.0}


def allowed(call):
    """The faults a call can have; empty for an unknown call."""
    if call in BILL_CALLS:
        return (*PAY_FAULTS, *BILL_FAULTS)
    if call in PAY_CALLS:
        return PAY_FAULTS
    if call in API_CALLS:
        return API_FAULTS
    if call == NOTICE_CALL:
        return NOTICE_FAULTS
    # The wildcard means the calls, not the notices: only what both hosts can suffer.
    return _TRANSPORT if call == ANY_CALL else ()


@dataclass
class Fault:
    id: int
    call: str
    fault: str
    times: int | None
    probability: float
    seconds: float
    errcode: int
    copies: int
    seed: int | None

    def __post_init__(self):
        self._random = random.Random(self.seed)

    def matches(self, call):
        if self.call != call and not (self.call == ANY_CALL and call != NOTICE_CALL):
            return False
        if self.times == 0:
            return False
        return self.probability >= 1 or self._random.random() < self.probability

    def view(self):
        return {name: value for name, value in vars(self).items() if not name.startswith("_")}


class Faults:
    def __init__(self):
        self._rules = {}
        self._last_id = 0

    def add(self, call, fault, *, times=1, probability=1.0, seconds=None, errcode=-1, copies=2,
            seed=None):  # fmt: skip
        """Switch a fault on. ``times`` None: until removed. Raises ControlError."""
        if fault not in allowed(call):
            choices = ", ".join(allowed(call)) or ", ".join((*PAY_CALLS, *API_CALLS, NOTICE_CALL, ANY_CALL))
            raise ControlError(
                422,
                "UNKNOWN_FAULT",
                f"没有这种故障，可选：{choices}。",
                f"There is no such call or fault; choose of: {choices}.",
            )
        self._last_id += 1
        seconds = DEFAULT_SECONDS.get(fault, 0.0) if seconds is None else seconds
        rule = Fault(self._last_id, call, fault, times, probability, seconds, errcode, copies, seed)
        self._rules[rule.id] = rule
        return rule

    def take(self, call):
        """The fault that hits this call, oldest rule first, or None. Uses it up by one."""
        for rule in self._rules.values():
            if rule.matches(call):
                if rule.times is not None:
                    rule.times -= 1
                    if rule.times == 0:
                        del self._rules[rule.id]
                return rule
        return None

    def all(self):
        return [rule.view() for rule in self._rules.values()]

    def remove(self, fault_id=None):
        """Switch one off, or all. Raises ControlError for an unknown id."""
        if fault_id is None:
            self._rules.clear()
        elif self._rules.pop(fault_id, None) is None:
            raise ControlError(404, "UNKNOWN_FAULT", "没有这个故障编号。", "There is no such id.")
