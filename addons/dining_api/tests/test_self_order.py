from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.dining_api.models.ir_http import SELF_ORDER_PARAMETER


@tagged("post_install", "-at_install")
class TestSelfOrder(HttpCase):
    """Odoo's own self-ordering takes prices from the client: it is not there."""

    ROUTES = (
        "/pos-self/1", "/pos-self-order/process-order/mobile", "/pos-self-order/validate-partner",
        "/pos-self-order/get-user-data", "/pos-self-order/remove-order", "/pos-self/data/1",
    )

    def test_its_routes_answer_404(self):
        for route in self.ROUTES:
            with self.subTest(route):
                self.assertEqual(self.url_open(route).status_code, 404)
                self.assertEqual(self.url_open(route, json={"params": {}}).status_code, 404)

    def test_who_knows_what_they_do_may_allow_it(self):
        self.env["ir.config_parameter"].set_param(SELF_ORDER_PARAMETER, "1")
        # The route is there and complains of what is missing in the call.
        with mute_logger("odoo.http"):
            answer = self.url_open("/pos-self-order/validate-partner", json={"params": {}})
        self.assertEqual(answer.status_code, 200)
        self.assertIn("error", answer.json())
