"""Tables that are only ever added to, as the database itself enforces."""

from odoo.tools import SQL

_REFUSE = """
CREATE OR REPLACE FUNCTION %(function)s() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%(name)s is append-only: write a further %(row)s that names the one it reverses'
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE OR REPLACE TRIGGER %(no_change)s BEFORE UPDATE OR DELETE ON %(table)s
    FOR EACH ROW EXECUTE FUNCTION %(function)s();
CREATE OR REPLACE TRIGGER %(no_truncate)s BEFORE TRUNCATE ON %(table)s
    FOR EACH STATEMENT EXECUTE FUNCTION %(function)s();
"""


def only_add_to(cr, table, row):
    """Let PostgreSQL refuse UPDATE, DELETE and TRUNCATE of a table; for a model's `init`.

    :param table: name, from code and never from a request
    :param row: what a row is called in the refusal, such as 'event'
    """
    names = {
        "table": table,
        "function": f"{table}_append_only",
        "no_change": f"{table}_no_change",
        "no_truncate": f"{table}_no_truncate",
    }
    words = {"name": SQL(table), "row": SQL(row)}
    cr.execute(SQL(_REFUSE, **words, **{name: SQL.identifier(value) for name, value in names.items()}))
