from . import test_accountant, test_demo, test_menus, test_office_tour, test_open_store, test_table_codes
