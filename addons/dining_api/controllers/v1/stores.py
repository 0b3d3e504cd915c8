from odoo import http
from odoo.http import Response, request

from ...dispatcher import endpoint
from ...services import stores

_FOREVER = "public, max-age=31536000, immutable"


class StoreController(http.Controller):
    @endpoint("stores.index")
    def index(self):
        return stores.read_stores(request.env)

    @endpoint("stores.menu")
    def menu(self, store_id):
        snapshot = stores.read_menu(request.env, store_id)
        headers = [("ETag", snapshot.etag), ("Cache-Control", "public, max-age=0, must-revalidate")]
        # A proxy that compresses makes the tag weak (W/"…"); it is the same menu.
        if request.httprequest.if_none_match.contains_weak(snapshot.etag.strip('"')):
            return Response(status=304, headers=headers)
        return Response(snapshot.body, content_type="application/json; charset=utf-8", headers=headers)

    @endpoint("stores.availability")
    def availability(self, store_id):
        return stores.read_availability(request.env, store_id)

    @endpoint("stores.image")
    def image(self, dish_id, file_name):
        image = stores.read_image(request.env, dish_id, file_name)
        return Response(image, content_type="image/jpeg", headers=[("Cache-Control", _FOREVER)])
