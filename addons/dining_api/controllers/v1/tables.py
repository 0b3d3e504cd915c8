from odoo import http
from odoo.addons.dining_order.services import cart, table_view
from odoo.http import Response, request

from ...dispatcher import endpoint
from ...services import tables


class TableController(http.Controller):
    @endpoint("tables.scan")
    def scan(self):
        return tables.scan(request.env, request.httprequest.args.get("scene", ""))

    @endpoint("tables.join")
    def join(self, store_id, body, user_id):
        return tables.join(request.env, store_id, body.scene, user_id, body.guests)

    @endpoint("tables.show")
    def show(self, store_id, token, user_id):
        known_rev = request.httprequest.args.get("rev")
        return table_view.read_table(request.env, store_id, token, user_id, known_rev) or Response(status=304)

    @endpoint("tables.allergies")
    def allergies(self, store_id, token, body, user_id, client_key):
        said = (body.allergens, body.after)
        return tables.say_allergies(request.env, store_id, token, user_id, client_key, *said)

    @endpoint("tables.cart_add")
    def cart_add(self, store_id, token, body, user_id, client_key):
        wanted = body.model_dump(mode="json")
        return cart.add_line(request.env, store_id, token, user_id, client_key, wanted)

    @endpoint("tables.cart_change")
    def cart_change(self, store_id, token, line_key, body, user_id, client_key):
        return cart.change_line(request.env, store_id, token, user_id, client_key, line_key, body.delta)

    @endpoint("tables.place")
    def place(self, store_id, token, body, user_id, client_key):
        seen = {str(key): clashes for key, clashes in body.clashes_seen.items()}
        return tables.place(request.env, store_id, token, user_id, client_key, body.menu_version, body.on_call, seen)
