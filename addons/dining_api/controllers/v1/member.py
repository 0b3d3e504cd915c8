from odoo import http
from odoo.addons.dining_member.services import membership
from odoo.http import request

from ...dispatcher import endpoint


class MemberController(http.Controller):
    @endpoint("member.show")
    def show(self, user_id):
        return membership.show(request.env, user_id)

    @endpoint("member.join")
    def join(self, body, user_id):
        return membership.join(request.env, user_id, body.consent_version)
