from . import (
    dining_balance_refund,
    dining_books,
    dining_reconciliation,
    dining_reconciliation_line,
    dining_wallet_booking,
    dining_wallet_entry,
    dining_wallet_rollforward,
    pos_order,
    pos_order_line,
    pos_payment,
    pos_payment_method,
    pos_session,
)
