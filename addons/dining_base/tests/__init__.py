from . import test_after_commit, test_errors, test_pos_config, test_sql, test_words_of_odoo
