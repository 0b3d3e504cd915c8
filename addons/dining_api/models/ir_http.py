from odoo import models
from odoo.http import request
from werkzeug.exceptions import NotFound

#: Odoo's own self-ordering takes prices from the client and tells any partner's phone number by id.
_SELF_ORDER_PATHS = ("/pos-self-order/", "/pos-self/", "/pos_self_order/")

#: Set to "1" only where pos_self_order is wanted beside Diancan, knowing the above.
SELF_ORDER_PARAMETER = "dining_api.allow_pos_self_order"


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _match(cls, path_info):
        if path_info.startswith(_SELF_ORDER_PATHS):
            # Nobody is logged in at this point and the parameter is no secret.
            parameters = request.env["ir.config_parameter"].sudo()
            if parameters.get_param(SELF_ORDER_PARAMETER) != "1":
                raise NotFound
        return super()._match(path_info)
