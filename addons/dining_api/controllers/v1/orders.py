from odoo import http
from odoo.addons.dining_kitchen.services import rush
from odoo.addons.dining_order.services import order_view
from odoo.http import Response, request

from ...dispatcher import endpoint


class OrderController(http.Controller):
    @endpoint("orders.index")
    def index(self, user_id):
        return order_view.read_orders(request.env, user_id)

    @endpoint("orders.show")
    def show(self, order_id, user_id):
        record_id = order_view.find_order(request.env, order_id, user_id)
        if request.httprequest.args.get("rev") == order_view.order_rev(request.env, record_id):
            return Response(status=304)
        return order_view.read_order(request.env, record_id)

    @endpoint("orders.rush")
    def rush(self, order_id, line_id, body, user_id, client_key):
        return rush.rush_by_phone(request.env, order_id, line_id, user_id, client_key)
