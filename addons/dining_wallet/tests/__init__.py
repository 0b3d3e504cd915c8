from . import test_account, test_holds, test_ledger, test_machine, test_statement
