"""A bound on calls that need no token, by the caller's address.

Generous, because a whole restaurant's phones may share one address; it stops a
machine that guesses table codes, and the proxy in front stops the rest.
"""

import threading
import time
from collections import OrderedDict

#: Calls a minute from one address.
LIMIT = 1200
#: Addresses remembered; the one heard of longest ago is forgotten first.
ADDRESSES = 10_000

_calls = OrderedDict()
_lock = threading.Lock()


def is_too_many(address, now=None):
    """Count a call from `address`; whether it is above the limit in this minute."""
    minute = int((now or time.time()) // 60)
    with _lock:
        counted, calls = _calls.pop(address, (minute, 0))
        calls = calls + 1 if counted == minute else 1
        _calls[address] = (minute, calls)
        if len(_calls) > ADDRESSES:
            _calls.popitem(last=False)
    return calls > LIMIT
