"""What paid an order, and how much of it is left to be given back."""

from collections import defaultdict
from datetime import timedelta
from typing import Any, NamedTuple

from odoo import fields
from odoo.addons.dining_rules.money import fen

#: WeChat returns money of the last year only.
WECHAT_DAYS = 365


def too_old(transaction):
    """Whether WeChat does not return a payment any more."""
    paid_at = transaction.wechatpay_paid_at or transaction.create_date
    return paid_at < fields.Datetime.now() - timedelta(days=WECHAT_DAYS)


class Tender(NamedTuple):
    """One source of money: a spend of stored value (then with bonus), a payment by WeChat, or a method such as cash."""

    method: Any
    left_fen: int
    entry: Any = None
    transaction: Any = None

    @property
    def name(self):
        return self.entry.member_id.display_name if self.entry else self.method.name


def tenders_left(order):
    """The tenders of a settled order of which something is left, in the order in which they were paid.

    :param order: superuser pos.order
    """
    wallets = [
        Tender(order.config_id._dining_wallet_method(), left, entry=entry)
        for entry in order._dining_spent()
        if (left := _left_of_spend(entry)) > 0
    ]
    paid = order._dining_transactions().filtered("dining_payment_id")
    by_wechat = [
        Tender(tx.dining_payment_id.payment_method_id, left, transaction=tx)
        for tx in paid.sorted("id")
        if (left := tx._dining_left_fen()) > 0
    ]
    return [*wallets, *by_wechat, *_by_method(order, paid.dining_payment_id)]


def _left_of_spend(entry):
    returned = entry.search([("reverses_id", "=", entry.id)])
    return -sum(each.principal_fen + each.bonus_fen for each in entry | returned)


def _by_method(order, by_wechat):
    """Cash and what else the register took: change, and what was given back before, is taken off."""
    sums = defaultdict(int)
    for payment in (order.payment_ids - by_wechat) | order.dining_refund_ids.payment_ids:
        method = payment.payment_method_id
        if not method.dining_is_wallet and not method.dining_is_wechat:
            sums[method] += fen(payment.amount)
    return [Tender(method, left) for method, left in sums.items() if left > 0]
