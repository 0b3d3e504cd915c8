from odoo import http
from odoo.addons.dining_base.deferred import run_deferred
from odoo.http import content_disposition, request

from ..services.table_codes import print_codes


class TableCodes(http.Controller):
    @http.route("/dining/table-codes.pdf", type="http", auth="user", readonly=False)
    def print_table_codes(self, tables):
        """The tables' mini-program codes as a PDF, one card a table.

        :param tables: ids separated by commas
        """
        ids = [int(number) for number in tables.split(",") if number.isdecimal()]
        pdf = run_deferred(request.env, print_codes(request.env, ids))
        return request.make_response(
            pdf,
            [
                ("Content-Type", "application/pdf"),
                ("Content-Length", str(len(pdf))),
                ("Content-Disposition", content_disposition("table-codes.pdf", "inline")),
            ],
        )
