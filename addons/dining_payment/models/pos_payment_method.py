from odoo import api, fields, models
from odoo.addons.dining_base.errors import Refused
from odoo.exceptions import ValidationError
from odoo.fields import Command

#: Other monetary funds (其他货币资金), under which China's charts book money that a payment company holds.
FUNDS_PREFIX = "1012"
#: What the register knows stored value by, among its payment terminals.
TERMINAL = "dining_wallet"


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
    dining_is_wallet = fields.Boolean(
        "Stored value",
        help="What members pay from their wallets is recorded with this method, by the server and by nobody else.",
    )

    @api.depends("dining_provider_id")
    def _compute_dining_is_wechat(self):
        for method in self:
            # sudo: cashiers may not read providers; whether there is one is no secret
            method.dining_is_wechat = bool(method.sudo().dining_provider_id)

    @api.constrains("dining_is_wallet", "journal_id", "split_transactions")
    def _check_dining_is_wallet(self):
        """A spend has no journal: the session's own move takes it off the liability."""
        for method in self.filtered("dining_is_wallet"):
            if method.journal_id or not method.split_transactions or method.dining_provider_id:
                raise ValidationError(
                    self.env._(
                        "Stored value needs no journal, and a customer for each payment; nor is it paid by phone."
                    )
                )

    def _dining_is_servers(self):
        """Whether only the server records with this method."""
        return bool(self) and (self.dining_is_wechat or self.dining_is_wallet)

    def _dining_check_not_servers(self):
        """:raises Refused: payment_by_wechat_only, payment_by_wallet_only"""
        if any(self.mapped("dining_is_wechat")):
            raise Refused("payment_by_wechat_only")
        if any(self.mapped("dining_is_wallet")):
            raise Refused("payment_by_wallet_only")

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
        return [*super()._load_pos_data_fields(config), "dining_is_wechat", "dining_is_wallet"]

    @api.model
    def _load_pos_data_read(self, records, config):
        """The register pays with stored value as on a terminal, at which the member is known without a customer."""
        methods = super()._load_pos_data_read(records, config)
        for method in methods:
            if method["dining_is_wallet"]:
                method.update(use_payment_terminal=TERMINAL, split_transactions=False)
        return methods

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
    def _dining_ensure_wallet_method(self, company):
        """The register's payment method for stored value, made where the company has none."""
        model = self.with_company(company).with_context(lang="en_US")
        method = model.search([("dining_is_wallet", "=", True), ("company_id", "=", company.id)], limit=1)
        if not method:
            method = model.create(
                {
                    "name": "Stored value",
                    "company_id": company.id,
                    "split_transactions": True,
                    "dining_is_wallet": True,
                    "sequence": 3,
                }
            )
            method.update_field_translations("name", {"zh_CN": "储值"})
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
