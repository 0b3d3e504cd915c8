import json
from pathlib import Path

from odoo.addons.dining_api.contract import openapi
from odoo.addons.dining_api.contract.endpoints import ENDPOINTS
from odoo.http import Controller
from odoo.tests import BaseCase
from openapi_spec_validator import validate

COMMITTED = Path(__file__).parents[1] / "openapi.json"


class TestContract(BaseCase):
    def test_the_committed_document_is_the_generated_one(self):
        self.assertEqual(COMMITTED.read_text(), openapi.text(), "openapi.json is out of date: run ./manage openapi")

    def test_the_document_is_valid(self):
        validate(json.loads(COMMITTED.read_text()))

    def test_every_endpoint_has_one_controller(self):
        names = [
            getattr(method, "endpoint_name", None)
            for controller in Controller.children_classes["dining_api"]
            for method in vars(controller).values()
        ]
        self.assertCountEqual([name for name in names if name], ENDPOINTS)

    def test_no_request_can_say_what_something_costs(self):
        # How much of what is due one pays oneself, never more than that.
        a_share_of_what_is_due = {("WalletPaymentIn", "amount_fen"), ("WalletQuoteIn", "amount_fen")}
        for endpoint in ENDPOINTS.values():
            if endpoint.body:
                schema = endpoint.body.model_json_schema()
                for model in (schema, *schema.get("$defs", {}).values()):
                    self.assertIs(model["additionalProperties"], False)
                    for name in model.get("properties", {}):
                        if (model["title"], name) not in a_share_of_what_is_due:
                            self.assertNotRegex(name, "price|total|amount|fen|discount")
