import io

from odoo import models
from odoo.addons.dining_rules.statement import fingerprint
from odoo.tools.pdf import OdooPdfFileReader, OdooPdfFileWriter

from ..services import statement

REPORT = "dining_wallet.wallet_statement"
KINDS = {
    "topup": ("充值", "top-up"),
    "spend": ("消费", "spent"),
    "return": ("退回储值", "returned"),
    "refund": ("退款", "refunded"),
    "reversal": ("冲正", "reversed"),
}


def _about_in_words(told, entry):
    """What an entry was for, in a line of Chinese; what is not known is left out."""
    about = told.get("about", {}).get(str(entry["sequence"])) or {}
    order, table = about.get("order"), about.get("table")
    words = [text["zh"] for text in (about.get("store"), about.get("offer")) if text]
    return " · ".join([*words, *([f"订单 {order}"] if order else []), *([f"{table} 桌"] if table else [])])


class IrActionsReport(models.Model):
    """A statement's page carries the signed statement that it shows."""

    _inherit = "ir.actions.report"

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        if self._get_report(report_ref).report_name != REPORT:
            return super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids=res_ids)
        wallets = self.env["dining.wallet"].browse(res_ids)
        wallets.check_access("read")
        # sudo: the key that signs is nobody's to read
        return {
            wallet.id: {"stream": self._dining_statement(statement.of(wallet.sudo())), "attachment": None}
            for wallet in wallets
        }

    def _dining_statement(self, document, month=""):
        """The page of one statement, or of a month of it, as a stream; the whole of it is attached.

        :raises Refused: statement_month
        """
        html = self.env["ir.qweb"]._render(
            REPORT,
            {
                "document": document,
                "told": document["statement"],
                "shown": statement.period(document["statement"], month),
                "about": _about_in_words,
                "fingerprint": fingerprint,
                "kinds": KINDS,
                "local": statement.local_time,
                "yuan": lambda amount_fen: f"{'−' if amount_fen < 0 else ''}¥{abs(amount_fen) / 100:,.2f}",
            },
        )
        # A page of its own, without the headers that Debian's wkhtmltopdf cannot print.
        page = self._run_wkhtmltopdf([str(html)], report_ref="dining_wallet.wallet_statement_report")
        writer = OdooPdfFileWriter()
        writer.cloneReaderDocumentRoot(OdooPdfFileReader(io.BytesIO(page), strict=False))
        writer.addAttachment(statement.ATTACHED, statement.as_file(document), subtype="application/json")
        out = io.BytesIO()
        writer.write(out)
        return out
