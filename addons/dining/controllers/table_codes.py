from concurrent.futures import ThreadPoolExecutor

from odoo import http
from odoo.http import content_disposition, request

PARALLEL_CALLS = 4
MAX_TABLES = 500


class TableCodes(http.Controller):
    @http.route("/dining/table-codes.pdf", type="http", auth="user", readonly=False)
    def print_table_codes(self, tables):
        """The tables' mini-program codes as a PDF, one card a table.

        :param tables: ids separated by commas
        """
        ids = [int(number) for number in tables.split(",") if number.isdecimal()][:MAX_TABLES]
        records = request.env["restaurant.table"].browse(ids).exists()
        calls = records._dining_code_calls()
        # WeChat is asked between two transactions; nothing has been written in the first.
        request.env.cr.commit()
        with ThreadPoolExecutor(PARALLEL_CALLS) as pool:
            outcomes = dict(zip(calls, pool.map(lambda call: call(), calls.values()), strict=True))
        records._dining_code_record(outcomes)
        pdf = records._dining_code_pdf()
        return request.make_response(
            pdf,
            [
                ("Content-Type", "application/pdf"),
                ("Content-Length", str(len(pdf))),
                ("Content-Disposition", content_disposition("table-codes.pdf", "inline")),
            ],
        )
