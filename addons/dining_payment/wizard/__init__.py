from . import dining_balance_refund_ask, dining_refund, dining_refund_line, dining_turn_down
