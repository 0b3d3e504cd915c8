from . import (
    test_access,
    test_allergen,
    test_builder,
    test_concurrency,
    test_dish,
    test_office_tour,
    test_register_parity,
    test_stock,
    test_version,
)
