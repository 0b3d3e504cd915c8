from . import payment_transaction, pos_config, pos_order, pos_payment, pos_payment_method
