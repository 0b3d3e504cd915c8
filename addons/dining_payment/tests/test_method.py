from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import DiningPayCase


@tagged("post_install", "-at_install")
class TestMethod(DiningPayCase):
    def test_made_once(self):
        methods = self.env["pos.payment.method"]
        self.assertEqual(methods._dining_ensure_wechat_method(self.company, self.provider), self.wechat_method)
        self.assertEqual(methods.search_count([("dining_provider_id", "=", self.provider.id)]), 1)

    def test_books_on_a_clearing_account(self):
        method = self.wechat_method
        account = method.outstanding_account_id
        self.assertEqual((method.type, method.split_transactions, method.journal_id.type), ("bank", False, "bank"))
        self.assertTrue(account.with_company(self.company).code.startswith("1012"))
        self.assertEqual((account.reconcile, account.account_type), (True, "asset_current"))
        self.assertEqual(account.with_context(lang="zh_CN").name, "微信清算")
        self.assertEqual(method.with_context(lang="zh_CN").name, "微信支付")

    def test_settings_refused(self):
        method = self.env["pos.payment.method"].create({"name": "Bank", "company_id": self.company.id})
        with self.assertRaises(ValidationError), self.cr.savepoint():
            method.dining_provider_id = self.provider
        other = self.env["res.company"].create({"name": "Other"})
        provider = self.provider.copy({"company_id": other.id})
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self.env["pos.payment.method"].create(
                {
                    "name": "WeChat", "company_id": self.company.id, "journal_id": self.wechat_method.journal_id.id,
                    "dining_provider_id": provider.id,
                }
            )  # fmt: skip

    def test_the_register_knows_it(self):
        loaded = (
            self.env["pos.payment.method"]
            .with_user(self.cashier)
            ._load_pos_data_read(self.wechat_method + self.cash, self.store)
        )
        self.assertEqual(
            {one["id"]: one["dining_is_wechat"] for one in loaded}, {self.wechat_method.id: True, self.cash.id: False}
        )
