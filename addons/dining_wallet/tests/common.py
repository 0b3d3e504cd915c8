from odoo.addons.dining_base.errors import Refused
from odoo.addons.dining_wallet.services.account import Account
from odoo.tests import TransactionCase
from odoo.tools import SQL


class WalletCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        partner = cls.env["res.partner"].create({"name": "会员 001"})
        cls.member = cls.env["dining.member"].create({"partner_id": partner.id})
        cls.wallet = cls.env["dining.wallet"]._of(cls.member)

    def another_wallet(self):
        partner = self.env["res.partner"].create({"name": "会员 002"})
        return self.env["dining.wallet"]._of(self.env["dining.member"].create({"partner_id": partner.id}))

    def account(self, key, source="POS/001", wallet=None):
        return Account(self.env, (wallet or self.wallet).id, key=key, source=source)

    def top_up(self, principal_fen=50_000, bonus_fen=5_000, key="topup-1"):
        return self.account(key, "TOPUP/1").top_up(principal_fen, bonus_fen, "充 500 送 50")

    def spend(self, amount_fen, key="spend-1", source="POS/001"):
        return self.account(key, source).spend(amount_fen, "堂食消费")

    def balances(self):
        self.wallet.invalidate_recordset()
        return self.wallet.principal_fen, self.wallet.bonus_fen, self.wallet.held_fen

    def facts(self):
        """Everything that a refusal must leave as it was."""
        self.env.flush_all()
        rows = []
        for table in ("dining_wallet", "dining_wallet_lot", "dining_wallet_entry", "dining_wallet_hold"):
            self.env.cr.execute(SQL("SELECT t::text FROM %s t ORDER BY id", SQL.identifier(table)))
            rows.append(self.env.cr.fetchall())
        return rows

    def assertRefused(self, code, function, *args, **kwargs):
        before = self.facts()
        with self.assertRaises(Refused) as caught:
            function(*args, **kwargs)
        self.assertEqual(caught.exception.code, code)
        self.assertEqual(self.facts(), before, f"{code} changed something")
        return caught.exception
