"""Answers that both hosts share, and the faults of the road between client and host."""

import asyncio
import time

from starlette.responses import HTMLResponse

POLL_SECONDS = 0.05


class CutShort(Exception):
    """The call ends with this response instead of its own."""

    def __init__(self, response):
        super().__init__("cut short by a fault")
        self.response = response


def bad_gateway():
    page = "<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>"
    return HTMLResponse(page, 502)


async def hold(request, seconds):
    """Say nothing until the client gives up or the time is over; then as a gateway would."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and not await request.is_disconnected():
        await asyncio.sleep(POLL_SECONDS)
    page = "<html><head><title>504 Gateway Time-out</title></head><body>504</body></html>"
    raise CutShort(HTMLResponse(page, 504))


async def before_effect(fault, request):
    """The transport faults that strike before the call does anything. Raises CutShort."""
    if fault.fault == "timeout_before":
        await hold(request, fault.seconds)
    if fault.fault == "html_502":
        raise CutShort(bad_gateway())
    if fault.fault == "slow":
        await asyncio.sleep(fault.seconds)


async def after_effect(fault, request):
    """The transport faults that strike when the call has done its work. Raises CutShort."""
    if fault.fault == "timeout_after":
        await hold(request, fault.seconds)
