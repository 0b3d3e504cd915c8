import logging
from datetime import datetime, timedelta

import psycopg2
from odoo import api, fields, models
from odoo.addons.payment import utils as payment_utils
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from ..const import CLOSED_STATES, CURRENCY, PAID_STATES, PAY_MINUTES, QUERY_DELAYS

_logger = logging.getLogger(__name__)


class PaymentTransaction(models.Model):
    """A payment or refund by WeChat; `reference` is the number sent to WeChat.

    The states: pending from the moment the intent is recorded until WeChat has
    said for certain how it ended. Nothing else ends it: what is uncertain is
    asked again (`payment_transaction_calls.py`).
    """

    _inherit = "payment.transaction"

    wechatpay_channel = fields.Selection(
        [("jsapi", "Mini-program"), ("native", "QR code")], "WeChat channel", readonly=True
    )
    wechatpay_openid = fields.Char("Payer's OpenID", readonly=True, groups="base.group_system")
    wechatpay_description = fields.Char("Shown to the payer", readonly=True)
    wechatpay_expires_at = fields.Datetime("Can be paid until", readonly=True)
    wechatpay_prepay_id = fields.Char(readonly=True, groups="base.group_system")
    wechatpay_prepay_at = fields.Datetime(readonly=True)
    wechatpay_code_url = fields.Char(readonly=True, groups="base.group_system")
    wechatpay_paid_at = fields.Datetime("Paid at", readonly=True)
    wechatpay_asked_at = fields.Datetime("Last asked", readonly=True)
    wechatpay_next_query = fields.Datetime("Asked again at", readonly=True, index="btree_not_null")
    wechatpay_queries = fields.Integer("Times asked", readonly=True)
    wechatpay_answer = fields.Char("WeChat's last word", readonly=True)
    wechatpay_problem = fields.Char(
        "Needs attention", readonly=True, index="btree_not_null", help="Something a person has to look into."
    )

    # -- numbers ------------------------------------------------------------------------
    @api.model
    def _compute_reference(self, provider_code, prefix=None, separator="-", **kwargs):
        """The number sent to WeChat; it tells nothing of what is paid and cannot be guessed."""
        if provider_code != "wechatpay":
            return super()._compute_reference(provider_code, prefix=prefix, separator=separator, **kwargs)
        provider = self.provider_id[:1] or self.env["payment.provider"].browse(kwargs.get("provider_id"))
        if not provider:
            # sudo: who pays may not read providers; only the prefix is taken
            provider = (
                self.env["payment.provider"]
                .sudo()
                .search([("code", "=", "wechatpay"), ("company_id", "=", self.env.company.id)], limit=1)
            )
        return provider.sudo()._wechatpay_new_number("R" if (prefix or "").startswith("R-") else "")

    def _wechatpay_fen(self):
        """The amount in fen, positive for refunds too."""
        return payment_utils.to_minor_currency_units(abs(self.amount), self.currency_id)

    # -- intent -----------------------------------------------------------------------
    @api.model
    def _wechatpay_intend(self, provider, amount, *, channel, description, openid=None, partner=None, **values):
        """Record that a payment is about to be asked for. Commit before calling WeChat.

        :param provider: an enabled `payment.provider`
        :param amount: in yuan, at least 0.01
        :param channel: 'jsapi' (then with the payer's `openid`) or 'native'
        :param description: what the payer reads, at most 127 characters
        :param values: more of the transaction's fields
        :returns: a pending `payment.transaction`
        :raises UserError: the provider is disabled, or the amount is not payable
        """
        provider.ensure_one()
        currency = provider.company_id.currency_id
        if provider.code != "wechatpay" or provider.state == "disabled":
            raise UserError(self.env._("WeChat Pay is not enabled for this company."))
        if currency.name != CURRENCY or currency.compare_amounts(amount, 0.01) < 0:
            raise UserError(self.env._("WeChat Pay takes amounts of ¥0.01 and more, in yuan."))
        tx = self.create(
            {
                "provider_id": provider.id,
                "payment_method_id": self.env.ref("payment.payment_method_wechat_pay").id,
                "amount": amount,
                "currency_id": currency.id,
                "partner_id": (partner or self.env.ref("base.public_partner")).id,
                "operation": "online_direct",
                "wechatpay_openid": openid,
                **values,
            }
        )
        tx._wechatpay_open(channel, description)
        return tx

    def _wechatpay_open(self, channel, description, minutes=PAY_MINUTES):
        """Fix what WeChat will be told, so that asking twice asks for the same."""
        self.ensure_one()
        self._set_pending()
        self.write(
            {
                "wechatpay_channel": channel,
                "wechatpay_description": description[:127],
                "wechatpay_expires_at": fields.Datetime.now() + timedelta(minutes=minutes),
                # Should this process die before WeChat is asked, the cron finds out.
                "wechatpay_next_query": fields.Datetime.now() + timedelta(seconds=60),
            }
        )

    def _wechatpay_lock(self):
        """Wait for, and hold, the right to change this payment; reads after this are fresh."""
        self.ensure_one()
        self.env.cr.execute(SQL("SELECT id FROM payment_transaction WHERE id = %s FOR NO KEY UPDATE", self.id))
        self.invalidate_recordset()

    # -- what WeChat says ----------------------------------------------------------------
    def _extract_reference(self, provider_code, payment_data):
        if provider_code != "wechatpay":
            return super()._extract_reference(provider_code, payment_data)
        return payment_data.get("out_refund_no") or payment_data.get("out_trade_no")

    def _extract_amount_data(self, payment_data):
        """Left to `_wechatpay_mismatch`: the framework's check lets the same wrong data pass the second time."""
        if self.provider_code != "wechatpay":
            return super()._extract_amount_data(payment_data)
        return None

    def _apply_updates(self, payment_data):
        if self.provider_code != "wechatpay":
            return super()._apply_updates(payment_data)
        mismatch = self._wechatpay_mismatch(payment_data)
        if mismatch:
            self._wechatpay_report(mismatch)
        elif self.operation == "refund":
            self._wechatpay_apply_refund(payment_data)
        else:
            self._wechatpay_apply_trade(payment_data)
        return None

    def _wechatpay_mismatch(self, data):
        """Which of the facts in `data` is not this transaction's; '' if all are. Changes nothing.

        Asked every time, in every state: a wrong notice stays wrong when repeated.
        """
        provider, is_refund = self.provider_id, self.operation == "refund"
        status = data.get("trade_state") or data.get("refund_status") or data.get("status")
        if not status:
            return "status"
        amount = data.get("amount") or {}
        expected = {
            "mchid": (data.get("mchid"), provider.wechatpay_mchid, not is_refund),
            "amount.currency": (amount.get("currency"), self.currency_id.name, False),
        }
        if is_refund:
            source = self.source_transaction_id
            expected["out_refund_no"] = (data.get("out_refund_no"), self.reference, True)
            expected["out_trade_no"] = (data.get("out_trade_no"), source.reference, True)
            expected["transaction_id"] = (data.get("transaction_id"), source.provider_reference, True)
            expected["refund_id"] = (data.get("refund_id"), self.provider_reference or data.get("refund_id"), True)
            expected["amount.refund"] = (amount.get("refund"), self._wechatpay_fen(), True)
            expected["amount.total"] = (amount.get("total"), source._wechatpay_fen(), True)
        else:
            paid, openid = status in PAID_STATES, (data.get("payer") or {}).get("openid")
            expected["appid"] = (data.get("appid"), provider.wechatpay_appid, True)
            expected["out_trade_no"] = (data.get("out_trade_no"), self.reference, True)
            expected["amount.total"] = (amount.get("total"), self._wechatpay_fen(), paid)
            expected["amount.currency"] = (amount.get("currency"), self.currency_id.name, paid)
            known = self.provider_reference or data.get("transaction_id")
            expected["transaction_id"] = (data.get("transaction_id"), known, paid)
            if self.wechatpay_channel == "jsapi":
                expected["payer.openid"] = (openid, self.sudo().wechatpay_openid, paid)
        for name, (said, ours, required) in expected.items():
            if (said is None and required) or (said is not None and said != ours):
                return name
        return ""

    def _wechatpay_report(self, what):
        """Note for a person that WeChat said something that does not fit. The state stays."""
        _logger.error("WeChat Pay's words on %s do not fit: %s differs", self.reference, what)
        self.wechatpay_problem = self.env._(
            "WeChat's message does not fit this payment: %s differs. Compare with the merchant platform.", what
        )

    def _wechatpay_apply_trade(self, data):
        status = data["trade_state"]
        if self.state == "done":
            return
        if status in PAID_STATES:
            self.write(
                {
                    "wechatpay_answer": status,
                    "provider_reference": data["transaction_id"],
                    "wechatpay_paid_at": _moment(data.get("success_time")),
                    "wechatpay_next_query": False,
                }
            )
            # Money that came after a local cancel is money all the same.
            self._set_done(extra_allowed_states=("cancel",))
            self._wechatpay_settle()
        elif status in CLOSED_STATES and self.state in ("draft", "pending"):
            self._wechatpay_cancel_locally(self.env._("The payment was closed without being paid."))

    def _wechatpay_apply_refund(self, data):
        status = data.get("refund_status") or data["status"]
        if self.state == "done":
            return
        self.write({"provider_reference": data["refund_id"], "wechatpay_answer": status})
        if status == "SUCCESS":
            self.write({"wechatpay_next_query": False, "wechatpay_paid_at": _moment(data.get("success_time"))})
            self._set_done(extra_allowed_states=("cancel",))
            self._wechatpay_settle()
        elif status == "CLOSED":
            self._wechatpay_fail(self.env._("WeChat closed the refund; no money was returned."))
        elif status == "ABNORMAL":
            words = self.env._(
                "The refund did not reach the payer's account. Finish it in the merchant platform:"
                " Transaction centre → Refund management."
            )
            self._wechatpay_fail(words)
            self.wechatpay_problem = words

    def _wechatpay_cancel_locally(self, words):
        """WeChat is certain that no money comes."""
        self.wechatpay_next_query = False
        self._set_canceled(state_message=words)

    def _wechatpay_fail(self, words):
        """WeChat refused for certain; a person or another try has to follow."""
        self.wechatpay_next_query = False
        self._set_error(words)

    def _wechatpay_settle(self):
        """Hand the confirmed money on at once; if that fails, the post-processing cron tries again.

        The money's own record must not be lost with what is done about it.
        """
        try:
            with self.env.cr.savepoint():
                self._post_process()
        except psycopg2.OperationalError:
            raise  # the whole transaction is repeated by its caller
        except Exception:
            _logger.exception("Payment %s is confirmed; what follows from it has to be tried again", self.reference)
            self.invalidate_recordset()
            self.env.ref("payment.cron_post_process_payment_tx")._trigger()

    def _wechatpay_ask_later(self, answer):
        """Still open: note what was said and when to ask again."""
        delay = QUERY_DELAYS[min(self.wechatpay_queries, len(QUERY_DELAYS) - 1)]
        now = fields.Datetime.now()
        self.write(
            {
                "wechatpay_answer": answer,
                "wechatpay_asked_at": now,
                "wechatpay_queries": self.wechatpay_queries + 1,
                "wechatpay_next_query": now + timedelta(seconds=delay),
            }
        )

    # -- refunds -----------------------------------------------------------------------
    def _refund(self, amount_to_refund=None):
        """One refund at a time is uncertain, and never more is returned than was paid.

        A second click while WeChat's answer is open asks again for the same
        refund, with the same number, instead of making another one.
        """
        if self.provider_code != "wechatpay":
            return super()._refund(amount_to_refund=amount_to_refund)
        self._wechatpay_lock()
        if self.state != "done":
            raise UserError(self.env._("Only confirmed payments can be refunded."))
        refunds = self.child_transaction_ids.filtered(lambda tx: tx.operation == "refund")
        uncertain = refunds.filtered(lambda tx: tx.state in ("draft", "pending") and not tx.provider_reference)
        if uncertain:
            uncertain[0]._wechatpay_after_commit()
            return uncertain[0]
        taken = -sum(refunds.filtered(lambda tx: tx.state not in ("error", "cancel")).mapped("amount"))
        left = self.currency_id.round(self.amount - taken)
        amount = amount_to_refund or self.amount
        if self.currency_id.compare_amounts(amount, left) > 0 or amount <= 0:
            raise UserError(
                self.env._(
                    "At most %(left)s of this payment can still be refunded.", left=self.currency_id.format(left)
                )
            )
        return super()._refund(amount_to_refund=amount)

    def _send_refund_request(self):
        """Record the refund with its number; WeChat is asked once that is committed."""
        if self.provider_code != "wechatpay":
            return super()._send_refund_request()
        if not self.source_transaction_id.provider_reference:
            raise ValidationError(self.env._("This payment has no number of WeChat's to refund."))
        self._set_pending()
        self.wechatpay_next_query = fields.Datetime.now() + timedelta(seconds=60)
        self._wechatpay_after_commit()
        return None


def _moment(text):
    """WeChat's RFC 3339 time as Odoo's naive UTC; now if it cannot be read."""
    try:
        moment = datetime.fromisoformat(text)
        return (moment - moment.utcoffset()).replace(tzinfo=None, microsecond=0)
    except (TypeError, ValueError):
        return fields.Datetime.now()
