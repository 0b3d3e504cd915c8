from . import test_access, test_builder, test_dish, test_register_parity, test_stock, test_version
