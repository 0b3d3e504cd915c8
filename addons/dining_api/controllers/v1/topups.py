from odoo import http
from odoo.addons.dining_payment.services import topups
from odoo.http import request

from ...dispatcher import endpoint


class TopupController(http.Controller):
    @endpoint("topups.offers")
    def offers(self, user_id):
        return topups.offers(request.env, user_id)

    @endpoint("topups.create")
    def create(self, body, user_id, client_key):  # no model; pylint: disable=method-required-super
        return topups.begin(request.env, body.offer_id, user_id, client_key)

    @endpoint("topups.show")
    def show(self, topup_id, user_id):
        return topups.show(request.env, topup_id, user_id)

    @endpoint("topups.cancel")
    def cancel(self, topup_id, body, user_id):
        return topups.cancel(request.env, topup_id, user_id)
