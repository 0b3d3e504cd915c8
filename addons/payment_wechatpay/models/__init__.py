from . import (
    payment_provider,
    payment_transaction,
    payment_transaction_calls,
    payment_transaction_notice,
    wechatpay_bill,
)
