"""Rows as the ORM would insert them, for inserting many by SQL."""

from odoo.models import LOG_ACCESS_COLUMNS


def default_row(draft):
    """The stored columns of an unsaved record, with its defaults and computed fields.

    :param draft: a record from `model.new(values)`
    :return: {column: value as psycopg2 takes it}, without id and log columns
    """
    return {
        name: field.convert_to_column_insert(field.convert_to_write(draft[name], draft), draft)
        for name, field in draft._fields.items()
        if field.store and field.column_type and name not in ("id", *LOG_ACCESS_COLUMNS)
    }
