import logging

from odoo import http
from odoo.http import request

from ..const import NOTICE_BYTES_MAX
from ..models.payment_transaction_notice import NoticeRefused

_logger = logging.getLogger(__name__)


class WeChatPayController(http.Controller):
    @http.route(
        "/payment/wechatpay/notify/<int:provider_id>",
        type="http",
        auth="public",
        methods=["POST"],
        csrf=False,
        save_session=False,
    )
    def wechatpay_notify(self, provider_id, **_params):
        """A notice of WeChat's: 204 once its effect is committed, else a word in JSON and WeChat sends it again."""
        if (request.httprequest.content_length or 0) > NOTICE_BYTES_MAX:
            return _fail(413, "too large")  # before it is read
        try:
            request.env["payment.transaction"]._wechatpay_receive(
                provider_id, request.httprequest.headers, request.httprequest.get_data()
            )
        except NoticeRefused as refused:
            return _fail(refused.http_status, refused.reason)
        except Exception:
            _logger.exception("A notice of WeChat Pay could not be taken in; it will be sent again")
            return _fail(500, "please send it again")
        return request.make_response("", status=204)

    @http.route("/payment/wechatpay/start", type="http", auth="public", methods=["POST"], csrf=False)
    def wechatpay_start(self, reference=None, **_params):
        """From the payment form of the web: order the payment, then show its QR code on the status page."""
        request.env["payment.transaction"]._wechatpay_start_native(reference)
        return request.redirect("/payment/status")


def _fail(status, reason):
    return request.make_json_response({"code": "FAIL", "message": reason}, status=status)
