from . import (
    test_allergies,
    test_auth,
    test_cancel,
    test_contract,
    test_dispatcher,
    test_orders,
    test_payments,
    test_self_order,
    test_statements,
    test_stores,
    test_tables,
    test_wallet,
)
