"""The tables' mini-program codes as one PDF; WeChat is asked between two transactions."""

from concurrent.futures import ThreadPoolExecutor

from odoo.addons.dining_base.deferred import Deferred

PARALLEL_CALLS = 4
MAX_TABLES = 500


def print_codes(env, table_ids):
    """Cards for tables, their codes fetched where they are not there yet.

    :param table_ids: at most `MAX_TABLES` are printed
    :return: Deferred whose record gives the PDF's bytes
    """
    calls = env["restaurant.table"].browse(table_ids[:MAX_TABLES]).exists()._dining_code_calls()

    def call():
        with ThreadPoolExecutor(PARALLEL_CALLS) as pool:
            return dict(zip(calls, pool.map(lambda ask: ask(), calls.values()), strict=True))

    def record(env, outcomes):
        tables = env["restaurant.table"].browse(table_ids[:MAX_TABLES]).exists()
        tables._dining_code_record(outcomes)
        return tables._dining_code_pdf()

    return Deferred(call, record)
