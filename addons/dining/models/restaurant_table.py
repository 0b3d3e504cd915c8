import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.wechat_app.errors import WeChatRefused

CODE_PAGE = "pages/menu/menu"
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
                table.write({
                    "dining_code_image": False, "dining_code_image_of": False,
                    "dining_code_problem": refused.message_by_language["zh" if self._dining_in_chinese() else "en"],
                })
            else:
                table.write({
                    "dining_code_image": base64.b64encode(image),
                    "dining_code_image_of": table._dining_code_fingerprint(app),
                    "dining_code_problem": False,
                })

    def _dining_code_fingerprint(self, app):
        self.ensure_one()
        return f"{app.appid}/{app.env_version}/{self.dining_code}"

    @api.model
    def _dining_in_chinese(self):
        return (self.env.lang or "").startswith("zh")
