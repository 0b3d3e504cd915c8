"""Plain SQL for hot paths, where the ORM's statements would dominate."""

from odoo.tools import SQL
from psycopg2.extras import Json


def insert_rows(cr, table, rows):
    """Insert `rows` with one statement.

    :param cr: Odoo cursor
    :param table: table name, from code and never from a request
    :param rows: non-empty list of dicts with the same keys; dict and list-of-dict
        values are written as jsonb
    """
    columns = list(rows[0])
    cr.execute(
        SQL(
            "INSERT INTO %s (%s) VALUES %s",
            SQL.identifier(table),
            SQL(", ").join(SQL.identifier(column) for column in columns),
            SQL(", ").join(
                SQL("(%s)", SQL(", ").join(SQL("%s", _adapt(row[column])) for column in columns)) for row in rows
            ),
        )
    )


def _adapt(value):
    if isinstance(value, dict) or (isinstance(value, list) and value and isinstance(value[0], dict)):
        return Json(value)
    return value
