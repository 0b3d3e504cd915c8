from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command

#: Other monetary funds (其他货币资金), under which China's charts book money that a payment company holds.
FUNDS_PREFIX = "1012"


class PosPaymentMethod(models.Model):
    _inherit = "pos.payment.method"

    dining_provider_id = fields.Many2one(
        "payment.provider",
        "WeChat Pay account",
        domain="[('code', '=', 'wechatpay'), ('company_id', '=', company_id)]",
        ondelete="restrict",
        index="btree_not_null",
        help="What guests pay by phone on this account is recorded with this method, and by nobody else.",
    )
    dining_is_wechat = fields.Boolean("Paid by phone", compute="_compute_dining_is_wechat")

    @api.depends("dining_provider_id")
    def _compute_dining_is_wechat(self):
        for method in self:
            # sudo: cashiers may not read providers; whether there is one is no secret
            method.dining_is_wechat = bool(method.sudo().dining_provider_id)

    @api.constrains("dining_provider_id", "journal_id", "split_transactions", "company_id")
    def _check_dining_provider(self):
        for method in self.filtered("dining_provider_id"):
            if method.journal_id.type != "bank" or method.split_transactions:
                raise ValidationError(
                    self.env._("Payments by phone need a bank journal, and one entry for all of them a session.")
                )
            if method.dining_provider_id.company_id != method.company_id:
                raise ValidationError(self.env._("The WeChat Pay account belongs to another company."))

    @api.model
    def _load_pos_data_fields(self, config):
        return [*super()._load_pos_data_fields(config), "dining_is_wechat"]

    @api.model
    def _dining_ensure_wechat_method(self, company, provider):
        """The register's payment method for what guests pay on `provider`, made where there is none.

        Its money is booked on a clearing account under 1012 until WeChat pays it out.

        :param company: whose charts and journals; `provider` is its own
        :return: the pos.payment.method; put it on a store before its register is opened
        """
        model = self.with_company(company).with_context(lang="en_US")
        method = model.search([("dining_provider_id", "=", provider.id), ("company_id", "=", company.id)], limit=1)
        if method:
            return method
        method = model.create(
            {
                "name": "WeChat Pay",
                "company_id": company.id,
                "journal_id": model._dining_wechat_journal(company).id,
                "outstanding_account_id": model._dining_clearing_account(company).id,
                "dining_provider_id": provider.id,
                "image": provider.image_128,
                "sequence": 2,
            }
        )
        method.update_field_translations("name", {"zh_CN": "微信支付"})
        return method

    @api.model
    def _dining_wechat_journal(self, company):
        journals = self.env["account.journal"]
        code = next(
            code
            for code in ("WXP", *(f"WXP{number}" for number in range(2, 100)))
            if not journals.search_count([("code", "=", code), ("company_id", "=", company.id)])
        )
        journal = journals.create({"name": "WeChat Pay", "code": code, "type": "bank", "company_id": company.id})
        journal.update_field_translations("name", {"zh_CN": "微信支付"})
        return journal

    @api.model
    def _dining_clearing_account(self, company):
        """A reconcilable account under 1012 for money that is with WeChat."""
        accounts = self.env["account.account"]
        code = accounts._search_new_account_code(f"{FUNDS_PREFIX}10")
        account = accounts.create(
            {
                "code": code,
                "name": "WeChat clearing",
                "account_type": "asset_current",
                "reconcile": True,
                "company_ids": [Command.set(company.ids)],
            }
        )
        account.update_field_translations("name", {"zh_CN": "微信清算"})
        return account
