from . import test_closing, test_entries, test_posting, test_reconciliation
