from . import test_access, test_client, test_login, test_table_code, test_token
