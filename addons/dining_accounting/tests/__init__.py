from . import (
    test_balance_refund,
    test_bills,
    test_closing,
    test_entries,
    test_machine,
    test_posting,
    test_reconciliation,
    test_register_close,
    test_reversal,
    test_settlement,
)
