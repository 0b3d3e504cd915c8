from odoo import fields, models
from odoo.addons.dining_base.errors import Refused


class PaymentTransaction(models.Model):
    """What a member pays for a top-up."""

    _inherit = "payment.transaction"

    dining_topup_id = fields.Many2one(
        "dining.topup", "Top-up", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    dining_balance_refund_id = fields.Many2one(
        "dining.balance.refund", "Refund of a balance", readonly=True, ondelete="restrict", index="btree_not_null"
    )

    def _dining_is_ours(self):
        return bool(self.dining_topup_id) or super()._dining_is_ours()

    def _dining_hand_on(self):
        return self.dining_topup_id._credit(self) if self.dining_topup_id else super()._dining_hand_on()

    def _dining_handed_back(self):
        if self.dining_balance_refund_id:
            self.dining_balance_refund_id._wechat_has_paid(self)
        return super()._dining_handed_back()

    def _dining_why_not_returned(self):
        return "topup_credited" if self.dining_topup_id.state == "credited" else super()._dining_why_not_returned()

    def _create_child_transaction(self, amount, is_refund=False, **custom_create_values):
        if self.dining_topup_id:
            custom_create_values.setdefault("dining_topup_id", self.dining_topup_id.id)
        return super()._create_child_transaction(amount, is_refund=is_refund, **custom_create_values)

    def _wechatpay_lock(self):
        self.ensure_one()
        if self.dining_topup_id:
            self.dining_topup_id._lock()
        return super()._wechatpay_lock()

    def _wechatpay_cancel_locally(self, words):
        result = super()._wechatpay_cancel_locally(words)
        if self.dining_topup_id and self.operation != "refund":
            self.dining_topup_id._give_up()
        return result

    def _wechatpay_fail(self, words):
        result = super()._wechatpay_fail(words)
        if self.dining_topup_id and self.operation != "refund":
            self.dining_topup_id._give_up()
        # An abnormal refund is finished in the merchant platform: its word is not final.
        if self.dining_balance_refund_id and self.wechatpay_answer != "ABNORMAL":
            self.dining_balance_refund_id._wechat_has_refused(words)
        return result

    def _refund(self, amount_to_refund=None):
        """Money that was credited leaves by the wallet, or the books would not know.

        :raises Refused: topup_credited
        """
        if self.dining_topup_id.state == "credited" and not self.env.context.get("dining_wallet_refund"):
            raise Refused("topup_credited")
        return super()._refund(amount_to_refund=amount_to_refund)
