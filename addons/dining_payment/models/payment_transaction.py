from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.dining_base.after_commit import notify_later
from odoo.addons.dining_base.errors import Refused
from odoo.addons.dining_rules.money import fen, yuan
from odoo.addons.payment import utils as payment_utils

#: Seconds after which another guest may take over from a phone that has gone quiet.
TAKE_OVER_SECONDS = 60
STATES = {"draft": "pending", "pending": "pending", "authorized": "pending", "done": "done", "cancel": "cancelled"}


class PaymentTransaction(models.Model):
    """What a guest pays on a table's order.

    Lock order everywhere: the order, then the transaction.
    """

    _inherit = "payment.transaction"

    dining_order_id = fields.Many2one(
        "pos.order", "Table's order", readonly=True, ondelete="set null", index="btree_not_null"
    )
    dining_user_id = fields.Many2one("wechat.user", "Guest", readonly=True, ondelete="set null")
    dining_client_key = fields.Char(readonly=True)
    dining_payment_id = fields.Many2one("pos.payment", "Payment on the order", readonly=True, ondelete="restrict")
    dining_returnable = fields.Boolean("Can be returned", compute="_compute_dining_returnable")

    _dining_one_open = models.UniqueIndex(
        "(dining_order_id) WHERE state IN ('draft', 'pending') AND operation <> 'refund'",
        "This order is being paid already.",
    )
    _dining_key_unique = models.UniqueIndex(
        "(dining_user_id, dining_client_key) WHERE dining_client_key IS NOT NULL",
        "This key was used for another payment.",
    )

    @api.depends("state", "dining_order_id.state", "dining_payment_id", "child_transaction_ids.state")
    def _compute_dining_returnable(self):
        for tx in self:
            tx.dining_returnable = tx._dining_is_ours() and not tx._dining_why_not_returned()

    # -- what the phone sees ----------------------------------------------------------
    def _dining_view(self, user=None):
        """The payment as `PaymentOut` of the API's contract.

        :param user: the wechat.user who asks; only the payer is given what opens the pay sheet
        """
        self.ensure_one()
        mine = user is not None and user == self.dining_user_id
        return {
            "id": self.reference,
            "order_id": self.dining_order_id.uuid,
            "amount_fen": self._wechatpay_fen(),
            "state": STATES.get(self.state, "failed"),
            "request": self._wechatpay_pay_params() if mine and self._wechatpay_is_payable() else None,
        }

    def _dining_is_ours(self):
        """Whether this is, or gives back, what a guest paid on a table's order, also where that order was removed."""
        return any(
            tx.dining_order_id or tx.dining_user_id or tx.dining_client_key for tx in self | self.source_transaction_id
        )

    def _dining_is_open(self):
        return self.state in ("draft", "pending") and self.operation != "refund"

    def _dining_must_give_way(self, user, due_fen):
        """Whether this open payment is to be closed so that `user` can pay `due_fen`: it is the user's own
        for another amount, or of a phone that has gone quiet."""
        if self.dining_user_id == user:
            return self._wechatpay_fen() != due_fen
        return self.create_date < fields.Datetime.now() - timedelta(seconds=TAKE_OVER_SECONDS)

    # -- locks and children ---------------------------------------------------------------
    def _wechatpay_lock(self):
        self.ensure_one()
        if self.dining_order_id:
            self.dining_order_id._dining_lock()
        return super()._wechatpay_lock()

    def _create_child_transaction(self, amount, is_refund=False, **custom_create_values):
        """A refund knows the order it is about, too."""
        if self._dining_is_ours():
            custom_create_values.setdefault("dining_order_id", self.dining_order_id.id)
            custom_create_values.setdefault("dining_user_id", self.dining_user_id.id)
        return super()._create_child_transaction(amount, is_refund=is_refund, **custom_create_values)

    def _refund(self, amount_to_refund=None):
        """Money that settled an order is given back by refunding the order, or the books would not know."""
        if self.dining_payment_id and not self.env.context.get("dining_refund_of_order"):
            free = self._wechatpay_fen() - fen(self.dining_payment_id.amount)
            if fen(amount_to_refund or self.amount) > free:
                raise Refused("payment_settled_order", order=self.dining_order_id.pos_reference)
        return super()._refund(amount_to_refund=amount_to_refund)

    # -- a manager gives money back ----------------------------------------------------------
    def action_dining_return(self):
        """Button: return to the guest all of this payment that no settled order holds.

        :raises Refused: payment_return_manager_only and those of `_dining_return`
        """
        self.ensure_one()
        self.env["pos.order"]._dining_check_may_return()
        payment_utils.check_rights_on_recordset(self)
        if not self.sudo()._dining_is_ours():  # sudo: guests are the administrator's
            raise Refused("payment_nothing_to_return")
        return self.sudo()._dining_return()._build_action_feedback_notification()  # sudo: providers, payments

    def _dining_return(self):
        """Take this payment off its open order and return it; what had been returned before stays returned.

        An order that is not settled has no entries yet, and is to have none of
        this money: what is removed leaves nothing behind in the books.

        :return: the pending refund; WeChat is asked after the commit
        :raises Refused: payment_settled_order, payment_nothing_to_return, payment_return_uncertain
        """
        self._wechatpay_lock()
        reason = self._dining_why_not_returned()
        if reason:
            raise Refused(reason, order=self.dining_order_id.pos_reference)
        if self._dining_refunds().filtered(lambda tx: tx.state in ("draft", "pending") and not tx.provider_reference):
            raise Refused("payment_return_uncertain")
        order, payment, left = self.dining_order_id, self.dining_payment_id, yuan(self._dining_left_fen())
        self.write({"dining_payment_id": False, "wechatpay_problem": False})
        if order:
            order._dining_detach(payment)
            order._dining_note_return(self, self.currency_id.format(left))
            order._dining_touch()
            notify_later(order.config_id, "_dining_notify_register")
        return self._refund(left)

    def _dining_why_not_returned(self):
        """The refusal's code that forbids returning this payment, or ''."""
        if self.state != "done" or self.operation == "refund" or self._dining_left_fen() <= 0:
            return "payment_nothing_to_return"
        if self.dining_payment_id and self.dining_order_id.state not in ("draft", "cancel"):
            return "payment_settled_order"
        return ""

    def _dining_refunds(self):
        return self.child_transaction_ids.filtered(lambda tx: tx.operation == "refund")

    def _dining_left_fen(self):
        """What has been paid less what has been, or is being, returned."""
        returned = self._dining_refunds().filtered(lambda tx: tx.state not in ("error", "cancel"))
        return self._wechatpay_fen() - sum(refund._wechatpay_fen() for refund in returned)

    # -- confirmed ------------------------------------------------------------------------
    def _post_process(self):
        """Put confirmed money on its order; the register's session posts it, so no entry of its own is made."""
        dining = self.filtered(lambda tx: tx._dining_is_ours())
        for tx in dining:
            if tx.state == "done" and not tx.is_post_processed:
                tx._dining_handed_back() if tx.operation == "refund" else tx._dining_hand_on()
            tx.is_post_processed = True
        return super(PaymentTransaction, self - dining)._post_process()

    def _dining_hand_on(self):
        """What becomes of confirmed money."""
        return self._dining_settle()

    def _dining_handed_back(self):
        """WeChat has returned money: of an order, that was booked when it was asked for."""

    def _dining_settle(self):
        """Attach the money to the order as far as it is due there, and give the rest back."""
        self._wechatpay_lock()
        order = self.dining_order_id.with_company(self.company_id)
        if not order:
            self._dining_return_homeless()
            return
        method, paid = order._dining_method_of(self.provider_id), self._wechatpay_fen()
        take = max(0, min(paid, order._dining_due_fen())) if method else 0
        if take:
            self.dining_payment_id = order._dining_attach(self, method, take)
        if paid > take:
            self._dining_give_back(paid - take)
        if take:
            self._dining_finish_order(order)
            self._dining_close_other(order)
        order._dining_touch()
        notify_later(order.config_id, "_dining_notify_register")

    def _dining_return_homeless(self):
        """The order was removed while this payment was thought to be closed."""
        self.wechatpay_problem = self.env._(
            "The order was removed before this payment was confirmed; %s is being returned to the guest.",
            self.currency_id.format(self.amount),
        )
        self._refund(self.amount)

    def _dining_finish_order(self, order):
        """The money stays on the order even when the order cannot be closed with it."""
        try:
            with self.env.cr.savepoint():
                order.with_context(dining_settled_by_phone=True)._dining_finish()
        except Refused as refused:
            self.env.invalidate_all()
            self.wechatpay_problem = self.env._(
                "The money is on the order, but the order could not be settled: %s", refused.args[0]
            )

    def _dining_close_other(self, order):
        """Close, after the commit, another payment under way that asks for more than this one has left due."""
        other = order._dining_open_payment()
        if other and other._wechatpay_fen() != order._dining_due_fen():
            self.env.cr.postcommit.add(lambda: other._wechatpay_now("close"))

    def _dining_give_back(self, amount_fen):
        """Return what the order does not need: it was settled otherwise, or became cheaper meanwhile."""
        self.wechatpay_problem = self.env._(
            "The order did not need all of this payment; %s is being returned to the guest.",
            self.currency_id.format(yuan(amount_fen)),
        )
        self._refund(yuan(amount_fen))
