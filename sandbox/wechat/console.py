"""The page at ``/``: what WeChat knows at a glance, and a way to pay for want of a camera."""

import html
import string
from pathlib import Path
from urllib.parse import urlencode

from starlette.responses import HTMLResponse
from starlette.routing import Route

from .clock import bill_time
from .money import yuan
from .orders import PAYABLE

TEMPLATE = string.Template(Path(__file__).with_name("console.html").read_text("utf-8"))
SHOWN = 30


def _row(*cells):
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _order_row(order):
    action = ""
    if order.state in PAYABLE:
        query = urlencode({"prepay_id": order.prepay_id, "user": ""})
        action = f'<a href="/_control/paysheet?{html.escape(query)}">去支付 Pay</a>'
    return _row(
        bill_time(order.created_at),
        html.escape(order.out_trade_no),
        html.escape(order.request.description),
        "¥" + yuan(order.total_fen),
        order.trade_type,
        order.state,
        action,
    )


def _notice_row(notice):
    tries = ", ".join(str(entry["status"] or entry["error"]) for entry in notice.tries)
    number = notice.resource.get("out_refund_no") or notice.resource.get("out_trade_no", "")
    return _row(
        bill_time(notice.created_at),
        notice.event_type,
        html.escape(str(number)),
        notice.state,
        html.escape(tries),
    )


def _message_row(message):
    values = "，".join(item["value"] for item in message["data"].values())
    return _row(message["at"], html.escape(message["title"]), html.escape(values))


def _latest(rows, draw):
    return "\n".join(draw(row) for row in reversed(rows[-SHOWN:]))


async def show(request):
    world = request.app.state.world
    world.tick()
    return HTMLResponse(
        TEMPLATE.substitute(
            now=bill_time(world.clock.now()),
            orders=_latest(world.orders.all(), _order_row),
            notices=_latest(world.delivery.all(), _notice_row),
            messages=_latest(world.subscriptions.messages, _message_row),
        )
    )


routes = [Route("/", show)]
