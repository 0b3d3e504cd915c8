from . import dining_reconciliation_day
