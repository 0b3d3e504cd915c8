from . import test_demo, test_menus, test_open_store, test_table_codes
