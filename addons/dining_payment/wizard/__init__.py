from . import dining_refund
