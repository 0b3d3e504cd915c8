from odoo import http
from odoo.http import request

from ...dispatcher import endpoint, required_token
from ...services import login


class AuthController(http.Controller):
    @endpoint("auth.login")
    def login(self, body):
        return login.log_in(request.env, body.appid, body.code)

    @endpoint("auth.logout")
    def logout(self, user_id):
        request.env["dining.api.token"]._revoke(required_token(request))
        return {"done": True}
