from . import (
    dining_topup,
    dining_topup_offer,
    payment_transaction,
    payment_transaction_topup,
    pos_config,
    pos_order,
    pos_order_line,
    pos_order_refund,
    pos_order_register,
    pos_order_wallet,
    pos_payment,
    pos_payment_method,
)
