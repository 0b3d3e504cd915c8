from . import dining_refund, dining_refund_line
