from odoo import models
from odoo.http import request
from werkzeug.exceptions import NotFound

#: Odoo's own self-ordering takes prices from the client and tells any partner's phone number by id.
_SELF_ORDER_ROUTES = ("/pos-self/", "/pos-self-order/", "/pos_self_order/", "/kiosk/")

#: Set to "1" only where pos_self_order is wanted beside Diancan, knowing the above.
SELF_ORDER_PARAMETER = "dining_api.allow_pos_self_order"


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _match(cls, path_info):
        rule, args = super()._match(path_info)
        # By the route that matched, not by the address: a language before it would change that.
        if any(route.startswith(_SELF_ORDER_ROUTES) for route in rule.endpoint.routing["routes"]):
            # Nobody is logged in at this point and the parameter is no secret.
            parameters = request.env["ir.config_parameter"].sudo()
            if parameters.get_param(SELF_ORDER_PARAMETER) != "1":
                raise NotFound
        return rule, args
