import base64

from odoo import api, fields, models
from odoo.addons.base.models.ir_actions_report import _wkhtml
from odoo.addons.wechat_app.errors import WeChatRefused
from odoo.exceptions import UserError
from odoo.tools.image import image_data_uri

CODE_PAGE = "pages/menu/menu"
CARDS_A_SHEET = 4
UNPATCHED_SHRINKS = 125 / 96
"""wkhtmltopdf without its patches to Qt, as Debian builds it, prints everything smaller by this factor."""
CODE_WIDTH = 640
"""Pixels; printed 60 mm wide that is about 270 dots an inch."""


class RestaurantTable(models.Model):
    _inherit = "restaurant.table"

    dining_code_image = fields.Binary(
        "Mini-program code", attachment=True, readonly=True, copy=False, groups="point_of_sale.group_pos_manager"
    )
    dining_code_image_of = fields.Char(
        readonly=True,
        copy=False,
        groups="point_of_sale.group_pos_manager",
        help="What the image shows: account, version of the mini-program and table code.",
    )
    dining_code_problem = fields.Char(
        "Why there is no code", readonly=True, copy=False, groups="point_of_sale.group_pos_manager"
    )

    def action_dining_print_codes(self):
        """Open the PDF with a card for each table.

        :raises UserError: there is no table, or no mini-program is set up
        """
        if not self:
            raise UserError(self.env._("There is no table to print a code for."))
        for store in self.floor_id.pos_config_ids.filtered("is_dining"):
            store._dining_wechat_app()
        if not any(table._dining_store() for table in self):
            raise UserError(self.env._("These tables stand on no floor of a store that takes orders by phone."))
        return {
            "type": "ir.actions.act_url",
            "url": f"/dining/table-codes.pdf?tables={','.join(map(str, self.ids))}",
            "target": "new",
        }

    def _dining_code_calls(self):
        """What must be asked of WeChat: {table id: function without arguments, to be called with no transaction}.

        A table whose image is that of its present code is left out.
        """
        self.check_access("write")
        calls = {}
        for table in self:
            store = table._dining_store()
            if store:
                app = store._dining_wechat_app()
                if table.dining_code_image_of != table._dining_code_fingerprint(app):
                    calls[table.id] = app._table_code_call(table.dining_code, CODE_PAGE, CODE_WIDTH)
        return calls

    def _dining_code_record(self, outcomes):
        """Keep the images that WeChat drew, and the words of what it refused.

        :param outcomes: {table id: what its function returned}
        """
        for table in self.filtered(lambda table: table.id in outcomes):
            app = table._dining_store()._dining_wechat_app()
            try:
                image = app._table_code_record(outcomes[table.id])
            except WeChatRefused as refused:
                table.write(
                    {
                        "dining_code_image": False,
                        "dining_code_image_of": False,
                        "dining_code_problem": refused.message_by_language["zh" if self._dining_in_chinese() else "en"],
                    }
                )
            else:
                table.write(
                    {
                        "dining_code_image": base64.b64encode(image),
                        "dining_code_image_of": table._dining_code_fingerprint(app),
                        "dining_code_problem": False,
                    }
                )

    def _dining_code_pdf(self):
        """The cards as a PDF, four to an A4 sheet.

        The page carries its own styles and pictures: the converter asks this server for nothing, so that it works
        behind any proxy, and one document is all that Debian's build of it converts.
        """
        reports = self.env["ir.actions.report"]
        html = self.env["ir.qweb"]._render(
            "dining.table_code_cards",
            {
                "sheets": [self[start : start + CARDS_A_SHEET] for start in range(0, len(self), CARDS_A_SHEET)],
                "image_data_uri": image_data_uri,
                "centimetre": 10 if _wkhtml().is_patched_qt else 10 * UNPATCHED_SHRINKS,
            },
        )
        return reports._run_wkhtmltopdf([str(html)], report_ref="dining.table_code_report")

    def _dining_code_fingerprint(self, app):
        self.ensure_one()
        return f"{app.appid}/{app.env_version}/{self.dining_code}"

    @api.model
    def _dining_in_chinese(self):
        return (self.env.lang or "").startswith("zh")
