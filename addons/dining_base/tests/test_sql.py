from odoo.tests import TransactionCase

from odoo.addons.dining_base.sql import insert_rows


class TestInsertRows(TransactionCase):
    def test_one_statement_writes_all_rows(self):
        self.env.cr.execute("CREATE TEMP TABLE try_rows (number int, text varchar, facts jsonb, list int[])")
        before = self.env.cr.sql_log_count
        insert_rows(self.env.cr, "try_rows", [
            {"number": 1, "text": "菌子'; DROP TABLE x", "facts": {"zh": "菌"}, "list": [1, 2]},
            {"number": 2, "text": None, "facts": None, "list": []},
        ])
        self.assertEqual(self.env.cr.sql_log_count - before, 1)
        self.env.cr.execute("SELECT * FROM try_rows ORDER BY number")
        self.assertEqual(
            self.env.cr.fetchall(),
            [(1, "菌子'; DROP TABLE x", {"zh": "菌"}, [1, 2]), (2, None, None, [])],
        )
