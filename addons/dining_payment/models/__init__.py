from . import (
    payment_transaction,
    pos_config,
    pos_order,
    pos_order_line,
    pos_order_wallet,
    pos_payment,
    pos_payment_method,
)
