from . import (
    test_allergies,
    test_allergies_register,
    test_cart,
    test_merge,
    test_placement,
    test_register,
    test_statements,
    test_table_session,
)
