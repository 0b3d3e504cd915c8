from odoo.addons.dining_base.sql import execute_together, insert_rows, insertion
from odoo.tests import TransactionCase


class TestInsertRows(TransactionCase):
    def test_one_statement_writes_all_rows(self):
        self.env.cr.execute("CREATE TEMP TABLE try_rows (number int, text varchar, facts jsonb, list int[])")
        before = self.env.cr.sql_log_count
        insert_rows(
            self.env.cr,
            "try_rows",
            [
                {"number": 1, "text": "菌子'; DROP TABLE x", "facts": {"zh": "菌"}, "list": [1, 2]},
                {"number": 2, "text": None, "facts": None, "list": []},
            ],
        )
        self.assertEqual(self.env.cr.sql_log_count - before, 1)
        self.env.cr.execute("SELECT * FROM try_rows ORDER BY number")
        self.assertEqual(
            self.env.cr.fetchall(),
            [(1, "菌子'; DROP TABLE x", {"zh": "菌"}, [1, 2]), (2, None, None, [])],
        )


class TestExecuteTogether(TransactionCase):
    def test_several_writes_are_one_statement(self):
        cr = self.env.cr
        cr.execute("CREATE TEMP TABLE try_parent (id int PRIMARY KEY, name text, touched int DEFAULT 0)")
        cr.execute("CREATE TEMP TABLE try_child (parent_id int REFERENCES try_parent, number int)")
        insert_rows(cr, "try_parent", [{"id": 1, "name": "B12"}])
        before = cr.sql_log_count
        execute_together(
            cr,
            [
                insertion("try_child", [{"parent_id": 2, "number": 1}, {"parent_id": 2, "number": 2}]),
                insertion("try_parent", [{"id": 2, "name": "100 %"}]),
                ("UPDATE try_parent SET touched = touched + %s WHERE id = %s", [5, 1]),
                ("SELECT %s::int", [7]),
            ],
        )
        self.assertEqual(cr.fetchall(), [(7,)])
        self.assertEqual(cr.sql_log_count - before, 1)
        cr.execute("SELECT id, name, touched FROM try_parent ORDER BY id")
        self.assertEqual(cr.fetchall(), [(1, "B12", 5), (2, "100 %", 0)])
        cr.execute("SELECT parent_id, number FROM try_child ORDER BY number")
        self.assertEqual(cr.fetchall(), [(2, 1), (2, 2)])

    def test_one_alone_is_run_as_it_is(self):
        execute_together(self.env.cr, [("SELECT %s::int", [3])])
        self.assertEqual(self.env.cr.fetchall(), [(3,)])
