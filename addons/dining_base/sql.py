"""Plain SQL for hot paths, where the ORM's statements would dominate."""

from functools import lru_cache

from odoo.tools import SQL
from psycopg2.extras import Json


def insert_rows(cr, table, rows):
    """Insert `rows` with one statement.

    :param cr: Odoo cursor
    :param table: table name, from code and never from a request
    :param rows: non-empty list of dicts with the same keys; dict and list-of-dict
        values are written as jsonb
    """
    cr.execute(*insertion(table, rows))


def insertion(table, rows):
    """The statement that inserts `rows`, as (text, parameters); see `insert_rows`."""
    columns = tuple(rows[0])
    head, row_text = _texts(table, columns)
    values = [_adapt(row[column]) for row in rows for column in columns]
    return head + ", ".join([row_text] * len(rows)), values


def execute_together(cr, statements):
    """Run several writes as one statement: one way to the database and back instead of many.

    None of them sees what the others write; foreign keys are checked when all is written.

    :param statements: list of (text, list of parameters), each an INSERT or UPDATE; the last may be a SELECT
    """
    *parts, (last, _values) = statements
    head = ", ".join(f"part_{number} AS ({text})" for number, (text, _values) in enumerate(parts))
    together = f"WITH {head} {last}" if parts else last  # noqa: S608 -- texts from code, values as parameters
    cr.execute(together, [value for _text, values in statements for value in values])


def lock_written(records):
    """Hold `records` until the transaction ends, and read them anew.

    Written, not only locked: who waited with an older snapshot fails, tries again and finds what the first one did.
    """
    records.env.flush_all()
    table = SQL.identifier(records._table)
    records.env.cr.execute(SQL("UPDATE %s SET write_date = write_date WHERE id IN %s", table, tuple(records.ids)))
    records.invalidate_recordset()


@lru_cache(maxsize=256)
def _texts(table, columns):
    """An insertion up to its values, and one row of placeholders.

    Kept, because putting a statement together took longer than running it.
    """
    names = ", ".join(SQL.identifier(column).code for column in columns)
    head = f"INSERT INTO {SQL.identifier(table).code} ({names}) VALUES "  # noqa: S608 -- names from code
    return head, f"({', '.join(['%s'] * len(columns))})"


def _adapt(value):
    if type(value) is dict or (type(value) is list and value and isinstance(value[0], dict)):
        return Json(value)
    return value
