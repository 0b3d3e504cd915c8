from . import (
    dining_books,
    dining_wallet_booking,
    dining_wallet_entry,
    pos_order,
    pos_order_line,
    pos_payment,
    pos_payment_method,
    pos_session,
)
