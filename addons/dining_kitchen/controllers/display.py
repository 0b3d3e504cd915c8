from odoo import http
from odoo.addons.dining_base.answers import read_object, refuse, say
from odoo.addons.dining_base.errors import Refused
from odoo.http import request

from ..services import display

#: A tap is far shorter.
MAX_BODY_BYTES = 32 * 1024


class KitchenDisplay(http.Controller):
    """The kitchen display: whoever holds its link sees and taps it, nobody else."""

    @http.route("/diancan/display/<string:token>", type="http", auth="public", methods=["GET"])
    def open_display(self, token):
        """The page of a display."""
        try:
            settings = display.settings(request.env, token)
        except Refused as refusal:
            return request.make_response(_words(refusal), _HTML, status=refusal.http_status)
        session_info = {**request.env["ir.http"].get_frontend_session_info(), "db": request.db}
        values = {"settings": settings, "session_info": session_info}
        response = request.render("dining_kitchen.display_page", values)
        response.headers.update(_PRIVATE)
        return response

    @http.route(
        "/diancan/display/<string:token>/board",
        type="http",
        auth="public",
        methods=["GET"],
        readonly=True,
        save_session=False,
    )
    def read_board(self, token, revision=None):
        """The display's board as JSON; `revision` is the one that the screen has."""
        return _answer(lambda: display.board(request.env, token, revision))

    @http.route(
        "/diancan/display/<string:token>/taps",
        type="http",
        auth="public",
        methods=["POST"],
        csrf=False,
        save_session=False,
    )
    def tap(self, token):
        """Do what was tapped; JSON as `services.display.tap` takes it."""

        def done():
            body = read_object(request.httprequest, MAX_BODY_BYTES, "display_request_invalid")
            return display.tap(request.env, token, body)

        return _answer(done)


#: The token stands in the address: no page that is linked from here may learn it, and nobody may frame it.
_PRIVATE = {"Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY", "Cache-Control": "no-store"}
_HTML = {"Content-Type": "text/html; charset=utf-8", **_PRIVATE}


def _answer(call):
    try:
        return say(call(), headers=_PRIVATE)
    except Refused as refusal:
        return refuse(refusal, headers=_PRIVATE)


def _words(refusal):
    words = refusal.message_by_language
    return (
        '<!DOCTYPE html><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        "<body style=\"font:24px/1.6 'Noto Sans CJK SC','PingFang SC',sans-serif;display:grid;place-items:center;"
        'min-height:95vh;text-align:center">'
        f'<main><p>{words["zh"]}</p><p lang="en" style="color:#666">{words["en"]}</p></main>'
    )
