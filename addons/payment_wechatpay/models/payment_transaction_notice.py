"""What WeChat sends by itself."""

import json
import logging

from odoo import api, models
from odoo.tools import SQL

from ..client import NotTrusted
from ..const import NOTICE_BYTES_MAX, REFUND_EVENTS, TRADE_EVENT
from ..cursors import own_transaction

_logger = logging.getLogger(__name__)


class NoticeRefused(Exception):
    """A notice that is not accepted; WeChat sends it again later.

    :param http_status: 4xx, the notice is wrong; 5xx, we are
    :param reason: for WeChat's log, without our inner workings
    """

    def __init__(self, http_status, reason):
        self.http_status = http_status
        self.reason = reason
        super().__init__(reason)


class PaymentTransaction(models.Model):
    # In three files, each to be read in a sitting.
    _inherit = "payment.transaction"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _wechatpay_receive(self, provider_id, headers, body):
        """Take in one notice: prove it, then match it, then apply it once.

        Returns when the effect is committed, also when an earlier notice had it.

        :param headers: the request's headers
        :param body: its exact bytes
        :raises NoticeRefused: nothing was changed
        """
        # sudo: WeChat is not a user; what it may do is decided by its signature below
        provider = self.env["payment.provider"].sudo().browse(provider_id).exists()
        if not provider or provider.code != "wechatpay" or provider.state == "disabled":
            raise NoticeRefused(404, "no such merchant")
        if len(body) > NOTICE_BYTES_MAX:
            raise NoticeRefused(413, "too large")
        try:
            notice = provider._wechatpay_client().open_notice(headers, body)
        except NotTrusted as error:
            _logger.warning("A notice to WeChat Pay provider %s was refused: %s", provider_id, error)
            raise NoticeRefused(401, "signature not accepted") from None
        event, resource = notice.get("event_type"), notice.get("resource")
        if event != TRADE_EVENT and event not in REFUND_EVENTS:
            _logger.info("WeChat Pay's notice of %s is not for us", event)
            return
        number = isinstance(resource, dict) and resource.get(
            "out_refund_no" if event in REFUND_EVENTS else "out_trade_no"
        )
        if not number or not isinstance(number, str):
            raise NoticeRefused(400, "no number")
        with own_transaction(self.env.cr.dbname) as env:
            refused = env[self._name]._wechatpay_apply_notice(provider_id, event, number, resource)
        if refused:
            raise refused

    @api.model
    def _wechatpay_apply_notice(self, provider_id, event, number, resource):
        """Apply a proved notice to the payment it names.

        :returns: None, or why it is refused: unknown number, or facts that are not that
            payment's. Returned and not raised, so that the note for a person is committed.
        """
        self.env.cr.execute(
            SQL("SELECT id FROM payment_transaction WHERE reference = %s AND provider_id = %s", number, provider_id)
        )
        row = self.env.cr.fetchone()
        if not row:
            _logger.warning("WeChat Pay's notice names the unknown number %s", json.dumps(number[:64]))
            return NoticeRefused(404, "unknown number")
        tx = self.browse(row[0])
        tx._wechatpay_lock()
        if (tx.operation == "refund") != (event in REFUND_EVENTS):
            return NoticeRefused(400, "the number is of another kind")
        mismatch = tx._wechatpay_mismatch(resource)
        tx._process("wechatpay", resource)
        return NoticeRefused(400, "the facts do not match") if mismatch else None
