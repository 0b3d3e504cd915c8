from odoo import http
from werkzeug.exceptions import NotFound

from ..contract.endpoints import BASE
from ..dispatcher import DiancanDispatcher


class UnknownCall(DiancanDispatcher):
    """Below the API's address nothing is answered in HTML, not even what does not exist."""

    routing_type = "diancan_unknown"

    def dispatch(self, endpoint, args):
        self.request.params = args
        raise NotFound


class FallbackController(http.Controller):
    @http.route(
        [BASE, BASE + "/", BASE + "/<path:rest>"],
        type="diancan_unknown",
        auth="none",
        save_session=False,
    )
    def unknown(self, rest=""):
        """Answered by the dispatcher."""
