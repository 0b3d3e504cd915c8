import re
import secrets
from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..bill import fetch_bill
from ..client import Merchant, client_for
from ..const import CURRENCY, OFFICIAL_GATEWAY, UNKNOWN_NUMBER_CODES
from ..outcome import UNTRUSTED_ANSWER, attempt

NOTIFY_PATH = "/payment/wechatpay/notify/%s"
#: field, what it must look like
SHAPES = (
    ("wechatpay_mchid", r"[0-9]{8,10}"),
    ("wechatpay_appid", r"[0-9A-Za-z_\-]{4,32}"),
    ("wechatpay_serial", r"[0-9A-Fa-f]{8,40}"),
    ("wechatpay_apiv3_key", r"[\x21-\x7e]{32}"),
    ("wechatpay_public_key_id", r"PUB_KEY_ID_[0-9A-Za-z]{8,64}"),
    ("wechatpay_store_prefix", r"[0-9A-Za-z]{2,6}"),
)


class PaymentProvider(models.Model):
    _inherit = "payment.provider"

    code = fields.Selection(selection_add=[("wechatpay", "WeChat Pay")], ondelete={"wechatpay": "set default"})
    wechatpay_mchid = fields.Char(
        "Merchant number",
        required_if_provider="wechatpay",
        copy=False,
        help="Merchant platform → Account centre → Merchant information: ten digits.",
    )
    wechatpay_appid = fields.Char(
        "WeChat AppID",
        required_if_provider="wechatpay",
        copy=False,
        help="The mini-program or official account that diners pay in. It must be linked to the merchant number:"
        " merchant platform → Product centre → AppID account management.",
    )
    wechatpay_serial = fields.Char(
        "Certificate serial number",
        required_if_provider="wechatpay",
        copy=False,
        help="Merchant platform → Account centre → API security → Merchant API certificate → Manage certificates:"
        " 40 letters and digits.",
    )
    wechatpay_private_key = fields.Text(
        "Merchant private key",
        required_if_provider="wechatpay",
        copy=False,
        groups="base.group_system",
        help="The content of apiclient_key.pem, which WeChat's certificate tool made together with the certificate.",
    )
    wechatpay_apiv3_key = fields.Char(
        "APIv3 key",
        required_if_provider="wechatpay",
        copy=False,
        groups="base.group_system",
        help="Merchant platform → Account centre → API security → APIv3 key: the 32 characters that you set there.",
    )
    wechatpay_public_key_id = fields.Char(
        "WeChat Pay public key ID",
        required_if_provider="wechatpay",
        copy=False,
        help="Merchant platform → Account centre → API security → WeChat Pay public key. It begins with PUB_KEY_ID_.",
    )
    wechatpay_public_key = fields.Text(
        "WeChat Pay public key",
        required_if_provider="wechatpay",
        copy=False,
        help="The content of pub_key.pem, downloaded on the same page.",
    )
    wechatpay_store_prefix = fields.Char(
        "Number prefix",
        required_if_provider="wechatpay",
        copy=False,
        help="Order numbers begin with it, so that several systems can share one merchant number."
        " Two to six letters and digits.",
    )
    wechatpay_gateway = fields.Char(
        "Simulator",
        copy=False,
        groups="base.group_system",
        help="Address of a WeChat simulator, for test mode only. WeChat Pay itself has no test environment.",
    )
    wechatpay_notify_base = fields.Char(
        "Public address",
        copy=False,
        help="Where WeChat reaches this server, if it is not the address in the general settings:"
        " https, without a path.",
    )
    wechatpay_notify_url = fields.Char("Notices arrive at", compute="_compute_wechatpay_notify_url")

    @api.depends("code", "wechatpay_notify_base")
    def _compute_wechatpay_notify_url(self):
        for provider in self:
            provider.wechatpay_notify_url = provider.code == "wechatpay" and provider._wechatpay_notify_url()

    def _compute_feature_support_fields(self):
        result = super()._compute_feature_support_fields()
        self.filtered(lambda provider: provider.code == "wechatpay").update({"support_refund": "partial"})
        return result

    @api.constrains(
        "state",
        "code",
        "wechatpay_gateway",
        "wechatpay_notify_base",
        *(name for name, _shape in SHAPES),
        "wechatpay_private_key",
        "wechatpay_public_key",
    )
    def _check_wechatpay(self):
        # sudo: the secrets are the administrator's to see, the check is everybody's
        for provider in self.sudo().filtered(lambda p: p.code == "wechatpay" and p.state != "disabled"):
            provider._check_required_if_provider()
            provider._wechatpay_check_shapes()
            provider._wechatpay_check_addresses()
            try:
                provider._wechatpay_client()
            except UserError as error:
                raise ValidationError(str(error)) from None

    def _wechatpay_check_shapes(self):
        for name, shape in SHAPES:
            if not re.fullmatch(shape, self[name] or ""):
                # The value itself may be a secret: say where to look instead.
                field = self._fields[name].get_description(self.env, ["string", "help"])
                raise ValidationError(
                    self.env._("%(field)s does not look right. %(help)s", field=field["string"], help=field["help"])
                )

    def _wechatpay_check_addresses(self):
        if self.wechatpay_notify_base and not _is_address(self.wechatpay_notify_base, ("https", "http")):
            raise ValidationError(self.env._("The public address is one such as https://example.com, without a path."))
        if self.state == "enabled" and self.wechatpay_gateway:
            raise ValidationError(
                self.env._("A simulator takes no real money: remove its address, or choose test mode.")
            )
        if self.state == "test" and not _is_address(self.wechatpay_gateway or "", ("https", "http")):
            raise ValidationError(
                self.env._(
                    "Test mode needs the address of a simulator, because WeChat Pay has no test environment:"
                    " payments there would be real. Enter its address, or enable the provider."
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [_strip(vals) for vals in vals_list]
        for vals in vals_list:
            if vals.get("code") == "wechatpay" and not vals.get("wechatpay_store_prefix"):
                vals["wechatpay_store_prefix"] = f"d{secrets.token_hex(2)}"
        return super().create(vals_list)

    def write(self, vals):
        return super().write(_strip(vals))

    def action_wechatpay_check(self):
        """Ask WeChat for an order that does not exist: the right answer proves keys and numbers."""
        self.ensure_one()
        self.check_access("write")
        # Nothing has been written in this transaction; the call has a time-out.
        good, message = self._wechatpay_check_words(self._wechatpay_check_call()())
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if good else "danger",
                "title": self.env._("WeChat Pay answers") if good else self.env._("WeChat Pay cannot be used yet"),
                "message": message,
                "sticky": not good,
            },
        }

    # -- business ------------------------------------------------------------------
    def _get_supported_currencies(self):
        currencies = super()._get_supported_currencies()
        if self.code == "wechatpay":
            currencies = currencies.filtered(lambda currency: currency.name == CURRENCY)
        return currencies

    def _get_default_payment_method_codes(self):
        if self.code != "wechatpay":
            return super()._get_default_payment_method_codes()
        return {"wechat_pay"}

    def _get_removal_values(self):
        names = [name for name in self._fields if name.startswith("wechatpay_") and self._fields[name].store]
        return {**super()._get_removal_values(), **dict.fromkeys(names)}

    def _wechatpay_merchant(self):
        self.ensure_one()
        provider = self.sudo()  # the keys are the administrator's to see, paying is everybody's
        return Merchant(
            mchid=provider.wechatpay_mchid or "",
            appid=provider.wechatpay_appid or "",
            serial=provider.wechatpay_serial or "",
            private_key=provider.wechatpay_private_key or "",
            apiv3_key=provider.wechatpay_apiv3_key or "",
            public_key_id=provider.wechatpay_public_key_id or "",
            public_key=provider.wechatpay_public_key or "",
            gateway=provider.state == "test" and provider.wechatpay_gateway or OFFICIAL_GATEWAY,
        )

    def _wechatpay_client(self):
        """The merchant's client.

        :raises UserError: a key cannot be read
        """
        try:
            return client_for(self._wechatpay_merchant())
        except Exception:  # the library raises bare ones, also when there is no key at all
            raise UserError(
                self.env._(
                    "The merchant private key or the WeChat Pay public key cannot be read."
                    " Paste the whole content of apiclient_key.pem and of pub_key.pem."
                )
            ) from None

    def _wechatpay_notify_url(self):
        self.ensure_one()
        return (self.wechatpay_notify_base or self.get_base_url()).rstrip("/") + NOTIFY_PATH % self.id

    def _wechatpay_new_number(self, letter=""):
        """A number that nobody else at this merchant has: 6 to 32 letters and digits."""
        return f"{self.wechatpay_store_prefix or 'd'}{letter}{secrets.token_hex(12)}"

    def _wechatpay_check_call(self):
        client, number = self._wechatpay_client(), self._wechatpay_new_number()
        return lambda: attempt(client.query, out_trade_no=number)

    def _wechatpay_check_words(self, outcome):
        """Whether the check's `Outcome` is a good one, and what to do if not."""
        if outcome.refused and outcome.code in UNKNOWN_NUMBER_CODES:
            return True, self.env._(
                "Merchant number, certificate, private key and public key fit together."
                " The APIv3 key proves itself with the first payment."
            )
        if outcome.code == UNTRUSTED_ANSWER:
            return False, self.env._(
                "WeChat's answer is not signed with the configured public key: compare the public key and its ID"
                " with the merchant platform, and this server's clock with the real time."
            )
        if outcome.refused:
            return False, self.env._(
                "WeChat refuses (%(code)s): compare the merchant number, the certificate's serial number and the"
                " private key with the merchant platform. %(message)s",
                code=outcome.code,
                message=outcome.message,
            )
        return False, self.env._(
            "WeChat cannot be reached (%s): check that this server may open connections to the internet.",
            outcome.code,
        )

    def _wechatpay_bill_call(self, kind, day):
        """:returns: function that fetches a bill of `day` (a date) → `Outcome` with `data['content']` and `['sha1']`"""
        client = self._wechatpay_client()
        return lambda: fetch_bill(client, kind, day)


def _is_address(text, schemes):
    parts = urlsplit(text)
    return parts.scheme in schemes and bool(parts.netloc) and not parts.path.strip("/") and not parts.query


def _strip(vals):
    """Pasted credentials often carry a blank or a line break."""
    return {
        name: value.strip() if name.startswith("wechatpay_") and isinstance(value, str) else value
        for name, value in vals.items()
    }
