from . import (
    test_close,
    test_guards,
    test_method,
    test_paying,
    test_register_tour,
    test_register_wallet,
    test_return,
    test_settling,
    test_topup,
    test_wallet,
    test_wallet_quote,
)
