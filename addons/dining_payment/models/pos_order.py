from odoo import api, fields, models
from odoo.addons.dining_base.errors import Refused
from odoo.addons.dining_rules.money import fen, yuan
from odoo.addons.payment_wechatpay.cursors import own_transaction

from ..services.reprice import wrong_amount, wrong_price


class PosOrder(models.Model):
    _inherit = "pos.order"

    dining_phone_paid = fields.Monetary("Paid by phone", compute="_compute_dining_phone_paid")

    @api.depends("payment_ids.amount", "payment_ids.payment_method_id")
    def _compute_dining_phone_paid(self):
        for order in self:
            order.dining_phone_paid = sum(order._dining_paid_by_phone().mapped("amount"))

    def _dining_paid_by_phone(self):
        """Payments that only the server writes and takes back."""
        return self.payment_ids.filtered(lambda payment: payment.payment_method_id._dining_is_servers())

    # -- what is due -----------------------------------------------------------------
    def _dining_total_fen(self):
        """What the lines say, in fen."""
        return sum(fen(line.price_subtotal_incl) for line in self.lines)

    def _dining_due_fen(self):
        return self._dining_total_fen() - sum(fen(payment.amount) for payment in self.payment_ids)

    def _dining_transactions(self):
        # sudo: neither diners nor cashiers may read transactions
        return self.env["payment.transaction"].sudo().search([("dining_order_id", "in", self.ids)])

    def _dining_open_payment(self):
        """The payment by phone that is under way; at most one."""
        return self._dining_transactions().filtered(lambda tx: tx._dining_is_open())[:1]

    # -- paying by phone ---------------------------------------------------------------
    def _dining_payment_intent(self, user, client_key=None):
        """Record that `user` is about to pay what is due on this order.

        One payment at a time: the same guest asking again gets the payment that
        is under way, another guest is refused.

        :param user: wechat.user
        :return: a pending payment.transaction; commit before calling WeChat
        :raises Refused: order_not_open, round_waiting, payment_nothing_due, payment_unavailable, store_closed,
            payment_in_progress, order_price_changed
        """
        self._dining_lock()
        self._dining_check_payable()
        provider = self._dining_provider_for(user)
        due = self._dining_due_fen()
        pending = self._dining_open_payment()
        if pending:
            if pending.dining_user_id == user and pending._wechatpay_fen() == due:
                return pending
            raise Refused("payment_in_progress")
        # sudo: diners are no Odoo users; everything recorded is the server's own
        return (
            self.env["payment.transaction"]
            .sudo()
            ._wechatpay_intend(
                provider,
                yuan(due),
                channel="jsapi",
                openid=user.sudo().openid,
                description=" ".join(
                    filter(None, (self.config_id.name, self.table_id.dining_name, self.tracking_number))
                ),
                dining_order_id=self.id,
                dining_user_id=user.id,
                dining_client_key=client_key,
            )
        )

    def _dining_check_payable(self):
        """:raises Refused: order_not_open, round_waiting, store_closed, payment_nothing_due, order_price_changed"""
        if self.state != "draft":
            raise Refused("order_not_open")
        if any(item.state == "waiting" for item in self.dining_round_ids):
            raise Refused("round_waiting")
        if self.session_id.state != "opened":
            raise Refused("store_closed")
        if self._dining_due_fen() <= 0:
            raise Refused("payment_nothing_due")
        self._dining_check_prices()

    def _dining_provider_for(self, user):
        """The payment.provider that takes the money of a phone.

        :raises Refused: payment_unavailable
        """
        # sudo: providers are the administrator's
        provider = self.config_id._dining_wechat_method().sudo().dining_provider_id
        if not provider or provider.wechatpay_appid != user.app_id.appid:
            raise Refused("payment_unavailable")
        return provider

    def _dining_method_of(self, provider):
        """The store's payment method for `provider`, while money can still be put on this order; else empty."""
        if self.state != "draft" or self.session_id.state == "closed":
            return self.env["pos.payment.method"]
        methods = self.config_id.payment_method_ids
        return methods.filtered(lambda method: method.dining_provider_id == provider)[:1]

    def _dining_attach(self, tx, method, amount_fen):
        """Write a confirmed payment on the order; returns it."""
        self.add_payment(
            {
                "pos_order_id": self.id,
                "amount": yuan(amount_fen),
                "payment_date": tx.wechatpay_paid_at or fields.Datetime.now(),
                "payment_method_id": method.id,
                "transaction_id": tx.provider_reference,
                "payment_ref_no": tx.reference,
            }
        )
        return self.payment_ids.sorted("id")[-1:]

    def _dining_finish(self):
        """Pay the order by Odoo's own methods if nothing is left due."""
        if self.state == "draft" and self._dining_due_fen() == 0:
            self._dining_restore_amounts()
            self._process_saved_order(False)

    # -- a manager gives money back --------------------------------------------------------
    def action_dining_return_payments(self):
        """Button: return what was paid by phone, by WeChat or with stored value, on this open order, so that it can be
        cancelled or paid otherwise.

        :raises Refused: payment_return_manager_only, payment_settled_order, payment_nothing_to_return,
            payment_return_uncertain
        """
        self.ensure_one()
        self._dining_check_may_return()
        self.check_access("write")
        self._dining_lock()
        paid = self._dining_transactions().filtered("dining_payment_id")
        order = self.sudo()  # sudo: wallets are the server's to write
        if not paid and not order._dining_spent():
            raise Refused("payment_nothing_to_return")
        refunds = paid.browse()
        for tx in paid:
            refunds |= tx._dining_return()
        order._dining_return_spends()
        return refunds._build_action_feedback_notification() if refunds else True

    def _dining_check_may_return(self):
        if not self.env.su and not self.env.user.has_group("point_of_sale.group_pos_manager"):
            raise Refused("payment_return_manager_only")

    def _dining_detach(self, payment):
        """Remove a payment by phone that is being returned."""
        payment.unlink()
        self.amount_paid = self._compute_amount_paid()

    def _dining_note_return(self, tx, amount):
        """Who returned money stands on the order for good."""
        self.message_post(
            body=self.env._(
                "%(amount)s paid by WeChat is being returned (%(number)s).", amount=amount, number=tx.reference
            )
        )

    @api.model
    def _dining_strip(self, order):
        order.pop("dining_phone_paid", None)
        return super()._dining_strip(order)

    # -- guards ----------------------------------------------------------------------------
    def action_pos_order_paid(self):
        """Nothing is paid that is not what was ordered, at the prices it was ordered at, from whatever screen."""
        self.check_access("write")
        # Confirmed money settles an order though another phone is paying; only the server may say that it does.
        settled_by_phone = self.env.su and self.env.context.get("dining_settled_by_phone")
        for order in self.filtered(lambda order: order.config_id.is_dining):
            order.sudo()._dining_check_before_paid()  # sudo: a cashier may not read payments by phone
            if not settled_by_phone:
                order._dining_check_not_being_paid()
        return super().action_pos_order_paid()

    def _dining_check_before_paid(self):
        """:raises Refused: order_total_changed, order_price_changed"""
        total, shown = self._dining_total_fen(), fen(self.amount_total)
        if total != shown:
            self._dining_refuse("order_total_changed", due=f"{total / 100:.2f}", shown=f"{shown / 100:.2f}")
        self._dining_check_prices()

    def _dining_check_prices(self):
        line = wrong_amount(self) or wrong_price(self)
        if line:
            facts = line.dining_facts or {}
            self._dining_refuse("order_price_changed", dish=facts.get("name") or line.full_product_name or "")

    def _dining_check_not_being_paid(self):
        for order in self.filtered(lambda order: order.config_id.is_dining):
            pending = order._dining_open_payment()
            if pending:
                order._dining_refuse("order_being_paid", amount=f"{pending.amount:.2f}")

    def _dining_refuse(self, code, **data):
        """Refuse, and once that is rolled back show every register the order as it is.

        A payment under way that stands in the cashier's way is closed at WeChat:
        whoever stands at the counter decides over a phone that was put away. If
        it turns out to be paid, it settles the order.
        """
        dbname, order_id, model = self.env.cr.dbname, self.id, self._name

        def follow_up():
            with own_transaction(dbname) as env:
                order = env[model].browse(order_id).exists()
                pending = order and order._dining_open_payment()
            if pending and code in ("order_being_paid", "merge_being_paid"):
                pending._wechatpay_now("close")
            if order:
                with own_transaction(dbname) as env:
                    env[model].browse(order_id).config_id._dining_notify_register()

        self.env.cr.postrollback.add(follow_up)
        raise Refused(code, **data)

    def write(self, vals):
        if vals.get("state") == "cancel":
            self._dining_check_no_money()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_money(self):
        self._dining_check_no_money()

    def _dining_check_may_merge(self, target):
        """A payment begun on one of the bills would arrive on an order that is no more, or on one that has grown: said
        before anything moves.

        :raises Refused: merge_being_paid, merge_has_payment
        """
        result = super()._dining_check_may_merge(target)
        for order in self | target:
            pending = order._dining_open_payment()
            if pending:
                table = order.table_id.dining_name or order.tracking_number or ""
                order._dining_refuse("merge_being_paid", table=table, amount=f"{pending.amount:.2f}")
        return result

    def _dining_check_may_cancel(self):
        """:raises Refused: order_has_payment, order_being_paid"""
        result = super()._dining_check_may_cancel()
        self._dining_check_no_money()
        return result

    def _dining_check_no_money(self):
        """An order that was paid for by phone, or is being paid, is neither cancelled nor removed.

        :raises Refused: order_has_payment, order_being_paid
        """
        # First of all: a refusal asks WeChat to close the payment, which is not for everybody who may read the order.
        self.check_access("write")
        for order in self.filtered(lambda order: order.config_id.is_dining):
            paid = order.sudo()._dining_paid_by_phone()
            if paid or order.sudo()._dining_spent():
                raise Refused("order_has_payment", amount=f"{sum(paid.mapped('amount')):.2f}")
        self._dining_check_not_being_paid()
