"""Asking WeChat, and recording what it answered.

Each call comes in two parts: `_wechatpay_x_call()` returns a function without
arguments that needs no cursor and never raises for WeChat's failures; its
result goes to `_wechatpay_x_record(result)` in a new transaction.
"""

import logging
import secrets
import time
from datetime import timedelta

from odoo import api, fields, models
from pytz import timezone, utc
from wechatpayv3 import WeChatPayType

from ..const import (
    CURRENCY,
    PAID_CODES,
    POLL_SECONDS,
    PREPAY_SECONDS,
    UNKNOWN_NUMBER_CODES,
)
from ..cursors import own_transaction
from ..outcome import attempt

_logger = logging.getLogger(__name__)

SHANGHAI = timezone("Asia/Shanghai")
BATCH = 40


class PaymentTransaction(models.Model):
    # In three files, each to be read in a sitting.
    _inherit = "payment.transaction"  # pylint: disable=consider-merging-classes-inherited

    # -- ordering ------------------------------------------------------------------------
    def _wechatpay_prepay_call(self):
        """:returns: function that orders the payment at WeChat → `Outcome`

        The same number with the same body is the same order there, so calling twice is safe.
        """
        self.ensure_one()
        client, tx = self.provider_id._wechatpay_client(), self.sudo()  # the openid is the administrator's to see
        order = {
            "description": tx.wechatpay_description,
            "out_trade_no": tx.reference,
            "amount": {"total": tx._wechatpay_fen(), "currency": CURRENCY},
            "time_expire": _rfc3339(tx.wechatpay_expires_at),
            "notify_url": tx.provider_id._wechatpay_notify_url(),
        }
        if tx.wechatpay_channel == "jsapi":
            order.update(payer={"openid": tx.wechatpay_openid}, pay_type=WeChatPayType.JSAPI)
        else:
            order.update(pay_type=WeChatPayType.NATIVE)
        return lambda: attempt(client.pay, **order)

    def _wechatpay_prepay_record(self, outcome):
        """Keep the prepay_id or code_url, or what was said instead."""
        self._wechatpay_lock()
        if self.state not in ("draft", "pending"):
            return  # a notice or a cancel overtook the answer
        token = outcome.data.get("prepay_id" if self.wechatpay_channel == "jsapi" else "code_url")
        if outcome.ok and token:
            self._wechatpay_ask_later("NOTPAY")
            self.write(
                {
                    "wechatpay_prepay_at": fields.Datetime.now(),
                    "wechatpay_prepay_id" if self.wechatpay_channel == "jsapi" else "wechatpay_code_url": token,
                }
            )
        elif outcome.refused and outcome.code in PAID_CODES:
            self._wechatpay_ask_later(outcome.code)
            self.wechatpay_next_query = fields.Datetime.now()
        elif outcome.refused and outcome.code == "ORDER_CLOSED":
            self._wechatpay_cancel_locally(self.env._("The payment was closed without being paid."))
        elif outcome.refused:
            self.wechatpay_answer = outcome.code
            self._wechatpay_fail(
                self.env._("WeChat refused (%(code)s): %(message)s", code=outcome.code, message=outcome.message)
            )
        else:
            self._wechatpay_ask_later(outcome.code)

    def _wechatpay_is_payable(self):
        """Whether the payer can still be sent to WeChat with what we hold."""
        self.ensure_one()
        tx, now = self.sudo(), fields.Datetime.now()
        return bool(
            tx.state == "pending"
            and (tx.wechatpay_prepay_id or tx.wechatpay_code_url)
            and tx.wechatpay_expires_at > now
            and tx.wechatpay_prepay_at > now - timedelta(seconds=PREPAY_SECONDS)
        )

    def _wechatpay_pay_params(self):
        """What `wx.requestPayment` takes, signed afresh.

        Signs appid, time, nonce and package, each with a line feed
        (pay.weixin.qq.com/doc/v3/merchant/4012365341).
        """
        self.ensure_one()
        provider, stamp, nonce = self.provider_id, str(int(time.time())), secrets.token_hex(16)
        package = f"prepay_id={self.sudo().wechatpay_prepay_id}"  # sudo: given to the payer, who may read nothing
        return {
            "timeStamp": stamp,
            "nonceStr": nonce,
            "package": package,
            "signType": "RSA",
            "paySign": provider._wechatpay_client().sign([provider.sudo().wechatpay_appid, stamp, nonce, package]),
        }

    @api.model
    def _wechatpay_start_native(self, reference):
        """Order a payment of the web's payment form, to be paid by scanning a QR code.

        :param reference: its number, which only its payer was told; an unknown one changes nothing
        """
        with own_transaction(self.env.cr.dbname) as env:
            tx = env[self._name].search([("reference", "=", reference), ("provider_code", "=", "wechatpay")], limit=1)
            if not tx or tx.state != "draft" or tx.operation == "refund":
                return
            tx._wechatpay_lock()
            tx._wechatpay_open("native", f"{tx.company_id.name} {tx.reference}")
        self.browse(tx.id)._wechatpay_now("prepay")

    def _get_specific_rendering_values(self, processing_values):
        if self.provider_code != "wechatpay":
            return super()._get_specific_rendering_values(processing_values)
        return {"reference": self.reference}

    # -- asking and closing ------------------------------------------------------------------
    def _wechatpay_query_call(self):
        """:returns: function that asks how the payment stands → `Outcome`"""
        self.ensure_one()
        client, number = self.provider_id._wechatpay_client(), self.reference
        return lambda: attempt(client.query, out_trade_no=number)

    def _wechatpay_query_record(self, outcome):
        """Apply what WeChat says of the payment; whatever is unclear stays pending."""
        self._wechatpay_lock()
        if outcome.ok:
            self._process("wechatpay", outcome.data)
            if self.state in ("draft", "pending"):
                self._wechatpay_ask_later(outcome.data.get("trade_state") or "")
        elif self.state not in ("draft", "pending"):
            return
        elif outcome.refused and outcome.code in UNKNOWN_NUMBER_CODES and self._wechatpay_is_over():
            self._wechatpay_cancel_locally(self.env._("The payment never reached WeChat."))
        else:
            self._wechatpay_ask_later(outcome.code)

    def _wechatpay_close_call(self):
        """:returns: function that closes the order at WeChat → `(close Outcome, query Outcome or None)`

        An order that turns out to be paid is asked for in the same breath.
        """
        self.ensure_one()
        client, number = self.provider_id._wechatpay_client(), self.reference

        def close():
            closed = attempt(client.close, number)
            return closed, None if closed.ok else attempt(client.query, out_trade_no=number)

        return close

    def _wechatpay_close_record(self, result):
        """Cancel only what WeChat has closed; a payment that came first counts."""
        closed, asked = result
        self._wechatpay_lock()
        if closed.ok:
            if self.state in ("draft", "pending"):
                self.wechatpay_answer = "CLOSED"
                self._wechatpay_cancel_locally(self.env._("The payment was closed without being paid."))
            return
        unknown = asked.refused and asked.code in UNKNOWN_NUMBER_CODES
        if unknown and closed.refused and self.state in ("draft", "pending"):
            self._wechatpay_cancel_locally(self.env._("The payment never reached WeChat."))
        else:
            self._wechatpay_query_record(asked)

    def _wechatpay_is_over(self):
        return not self.wechatpay_expires_at or self.wechatpay_expires_at < fields.Datetime.now()

    # -- refunds -------------------------------------------------------------------------------
    def _wechatpay_refund_call(self):
        """:returns: function that asks for the refund, or how it stands if WeChat knows its number → `Outcome`"""
        self.ensure_one()
        client, number, source = self.provider_id._wechatpay_client(), self.reference, self.source_transaction_id
        refund = {
            "out_refund_no": number,
            "transaction_id": source.provider_reference,
            "amount": {"refund": self._wechatpay_fen(), "total": source._wechatpay_fen(), "currency": CURRENCY},
            "notify_url": self.provider_id._wechatpay_notify_url(),
        }
        first = not self.wechatpay_queries

        def ask():
            known = None if first else attempt(client.query_refund, number)
            if known is None or (known.refused and known.code in UNKNOWN_NUMBER_CODES):
                return attempt(client.refund, **refund)
            return known

        return ask

    def _wechatpay_refund_record(self, outcome):
        """Apply what WeChat says of the refund; whatever is unclear stays pending under its number."""
        self._wechatpay_lock()
        if outcome.ok:
            self._process("wechatpay", outcome.data)
            if self.state in ("draft", "pending"):
                self._wechatpay_ask_later(outcome.data.get("status") or "")
        elif self.state not in ("draft", "pending"):
            return
        elif outcome.refused and not self.provider_reference:
            self.wechatpay_answer = outcome.code
            self._wechatpay_fail(self._wechatpay_refund_words(outcome))
        else:
            self._wechatpay_ask_later(outcome.code)

    def _wechatpay_refund_words(self, outcome):
        if outcome.code == "NOT_ENOUGH":
            return self.env._(
                "The merchant account holds too little for this refund: top it up in the merchant platform"
                " and refund again."
            )
        return self.env._("WeChat refused (%(code)s): %(message)s", code=outcome.code, message=outcome.message)

    # -- following up ----------------------------------------------------------------------------
    def _wechatpay_follow_call(self):
        """:returns: function that finds out how this payment or refund stands, whatever it takes"""
        self.ensure_one()
        if self.operation == "refund":
            return self._wechatpay_refund_call()
        if self._wechatpay_is_over():
            return self._wechatpay_close_call()
        return self._wechatpay_query_call()

    def _wechatpay_follow_record(self, result):
        if self.operation == "refund":
            self._wechatpay_refund_record(result)
        elif isinstance(result, tuple):
            self._wechatpay_close_record(result)
        else:
            self._wechatpay_query_record(result)

    def _wechatpay_now(self, what):
        """Make a call and record its end, in transactions of their own; a finished payment is left alone.

        To be called where nothing is uncommitted: after a commit, or from a cron.

        :param what: 'prepay', 'query', 'close', 'refund', or 'follow' for whatever finds out how it stands
        """
        self.ensure_one()
        dbname = self.env.cr.dbname
        with own_transaction(dbname) as env:
            tx = env[self._name].browse(self.id).exists()
            if not tx or tx.state not in ("draft", "pending"):
                return
            call = getattr(tx, f"_wechatpay_{what}_call")()
        result = call()
        with own_transaction(dbname) as env:
            getattr(env[self._name].browse(self.id), f"_wechatpay_{what}_record")(result)

    def _wechatpay_after_commit(self):
        """Follow up as soon as this transaction has committed what it wants."""
        self.env.cr.postcommit.add(lambda: self._wechatpay_now("follow"))

    def _wechatpay_poll_is_due(self):
        """Whether a waiting person is worth another question to WeChat."""
        self.ensure_one()
        asked = self.wechatpay_asked_at
        return self.state == "pending" and (
            not asked or asked < fields.Datetime.now() - timedelta(seconds=POLL_SECONDS)
        )

    def _cron_wechatpay_follow_up(self):
        """Ask about everything that is open and due, one by one."""
        due = self.search(
            [
                ("provider_code", "=", "wechatpay"),
                ("state", "in", ("draft", "pending")),
                ("wechatpay_next_query", "<=", fields.Datetime.now()),
            ],
            order="wechatpay_next_query",
            limit=BATCH,
        )
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(due))
        for tx in due:
            try:
                tx._wechatpay_now("follow")
            except Exception:  # one merchant's broken keys must not keep the others waiting
                _logger.exception("WeChat Pay could not be asked about %s", tx.id)
                tx._wechatpay_lock()
                tx._wechatpay_ask_later("NOT_ASKED")
            if not cron._commit_progress(1):
                break


def _rfc3339(moment):
    """Naive UTC as WeChat writes times: 2018-06-08T10:34:56+08:00."""
    return utc.localize(moment).astimezone(SHANGHAI).isoformat(timespec="seconds")
