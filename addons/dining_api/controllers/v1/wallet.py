from odoo import http
from odoo.addons.dining_payment.services import wallet_payments
from odoo.addons.dining_wallet.services import confirmation, statement, wallet_view
from odoo.http import Response, request

from ...dispatcher import endpoint


class WalletController(http.Controller):
    @endpoint("wallet.show")
    def show(self, user_id):
        return wallet_view.show(request.env, user_id)

    @endpoint("wallet.quote")
    def quote(self, order_id, body, user_id):
        return wallet_payments.quote(request.env, order_id, user_id, body.amount_fen, body.people)

    @endpoint("wallet.statement")
    def statement(self, user_id):
        return statement.of_phone(request.env, user_id)

    @endpoint("wallet.statement_view")
    def statement_view(self, user_id):
        return statement.view_of_phone(request.env, user_id, request.httprequest.args.get("month", ""))

    @endpoint("wallet.statement_pdf")
    def statement_pdf(self, user_id):
        content = statement.of_phone_as_pdf(request.env, user_id, request.httprequest.args.get("month", ""))
        return Response(content, content_type="application/pdf", headers={"Cache-Control": "no-store"})

    @endpoint("wallet.pay")
    def pay(self, order_id, body, user_id, client_key):
        return wallet_payments.pay(
            request.env, order_id, user_id, client_key, body.amount_fen, confirmation.Proof(body.pin, body.code)
        )

    @endpoint("wallet.set_pin")
    def set_pin(self, body, user_id):
        return confirmation.set_pin(request.env, user_id, body.pin, body.code)
