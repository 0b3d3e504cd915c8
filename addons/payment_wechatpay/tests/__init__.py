from . import (
    test_bill,
    test_bill_lines,
    test_client,
    test_concurrent,
    test_flow,
    test_notice,
    test_provider,
    test_refund,
    test_traps,
    test_vectors,
)
