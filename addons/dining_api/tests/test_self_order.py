import re

from odoo.addons.dining_api.models.ir_http import SELF_ORDER_PARAMETER
from odoo.addons.pos_self_order.controllers import orders, self_entry
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger


def routes():
    """Every route that pos_self_order's controllers declare, parameters filled in."""
    for controller in (orders.PosSelfOrderController, self_entry.PosSelfKiosk):
        for method in vars(controller).values():
            for route in getattr(method, "original_routing", {}).get("routes", ()):
                yield re.sub(r"<[^>]+>", "1", route)


@tagged("post_install", "-at_install")
class TestSelfOrder(HttpCase):
    """Odoo's own self-ordering takes prices from the client: it is not there."""

    @mute_logger("odoo.addons.http_routing.models.ir_http")
    def test_its_routes_answer_404(self):
        found = list(routes())
        self.assertIn("/pos-self-order/validate-partner", found)
        self.assertGreaterEqual(len(found), 10)
        for route in found:
            for address in (route, f"/zh{route}", f"/en{route}"):
                with self.subTest(address):
                    self.assertEqual(self.url_open(address, json={"params": {}}).status_code, 404)
        self.assertEqual(self.url_open("/pos-self/1").status_code, 404)

    def test_pages_that_it_only_extends_stay(self):
        self.assertEqual(self.url_open("/web/login").status_code, 200)
        self.assertEqual(self.url_open("/web/manifest.webmanifest").status_code, 200)

    def test_who_knows_what_they_do_may_allow_it(self):
        self.env["ir.config_parameter"].set_param(SELF_ORDER_PARAMETER, "1")
        # The route is there and complains of what is missing in the call.
        with mute_logger("odoo.http"):
            answer = self.url_open("/pos-self-order/validate-partner", json={"params": {}})
        self.assertEqual(answer.status_code, 200)
        self.assertIn("error", answer.json())
