from odoo import http
from odoo.addons.dining_payment.services import payments
from odoo.http import request

from ...dispatcher import endpoint


class PaymentController(http.Controller):
    @endpoint("payments.create")
    def create(self, order_id, body, user_id, client_key):  # no model; pylint: disable=method-required-super
        return payments.begin(request.env, order_id, user_id, client_key)

    @endpoint("payments.show")
    def show(self, payment_id, user_id):
        return payments.show(request.env, payment_id, user_id)

    @endpoint("payments.cancel")
    def cancel(self, payment_id, body, user_id):
        return payments.cancel(request.env, payment_id, user_id)
