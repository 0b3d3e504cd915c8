from odoo.addons.dining_rules.ledger import Wrong
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger
from psycopg2 import errors

from .common import WalletCase


@tagged("post_install", "-at_install")
class TestLedger(WalletCase):
    """What nobody may do to the ledger, and what is found where somebody did."""

    def setUp(self):
        super().setUp()
        self.top_up()
        self.spend(11_000)

    def assertDatabaseRefuses(self, error, statement, *values):
        before = self.facts()
        with self.assertRaises(error), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.env.cr.execute(statement, values or None)
        self.assertEqual(self.facts(), before)

    def test_entries_are_only_added(self):
        for statement in (
            "UPDATE dining_wallet_entry SET principal_fen = 1",
            "DELETE FROM dining_wallet_entry",
            "TRUNCATE dining_wallet_entry CASCADE",
        ):
            self.assertDatabaseRefuses(errors.RestrictViolation, statement)
        entry = self.wallet.entry_ids[0]
        with self.assertRaises(UserError):
            entry.write({"reason": "x"})
        with self.assertRaises(UserError):
            entry.unlink()

    def test_a_balance_is_never_negative(self):
        for statement in (
            "UPDATE dining_wallet SET principal_fen = -1",
            "UPDATE dining_wallet SET bonus_fen = -1",
            "UPDATE dining_wallet SET held_fen = principal_fen + bonus_fen + 1",
            "UPDATE dining_wallet_lot SET principal_left_fen = -1",
            "UPDATE dining_wallet_lot SET bonus_left_fen = bonus_fen + 1",
        ):
            self.assertDatabaseRefuses(errors.CheckViolation, statement)

    def test_a_key_and_a_sequence_are_there_once(self):
        columns = (
            "wallet_id, sequence, at, kind, principal_fen, bonus_fen, principal_after_fen, bonus_after_fen,"
            " shares, terms, reason, source, key, previous, digest, version"
        )
        for changed in ("sequence", "key"):
            chosen = columns.replace("key" if changed == "sequence" else "sequence", "{}")
            told = chosen.format("'another'" if changed == "sequence" else "99")
            self.assertDatabaseRefuses(
                errors.UniqueViolation,
                SQL(
                    "INSERT INTO dining_wallet_entry (%s) SELECT %s FROM dining_wallet_entry LIMIT 1",
                    SQL(columns),
                    SQL(told),
                ),
            )

    def change_behind_our_back(self, statement, *values):
        self.env.cr.execute("ALTER TABLE dining_wallet_entry DISABLE TRIGGER USER")
        self.env.cr.execute(statement, values)
        self.env.cr.execute("ALTER TABLE dining_wallet_entry ENABLE TRIGGER USER")
        self.env.invalidate_all()

    def test_a_row_changed_by_a_superuser_is_found(self):
        self.change_behind_our_back("UPDATE dining_wallet_entry SET principal_fen = 60000 WHERE sequence = 1")
        self.assertEqual(self.wallet._verify(), Wrong(1, "balance"))

    def test_a_row_taken_out_is_found(self):
        self.spend(100, key="third")
        self.change_behind_our_back("DELETE FROM dining_wallet_entry WHERE sequence = 2")
        self.assertEqual(self.wallet._verify(), Wrong(3, "sequence"))

    def test_the_last_row_taken_out_is_found(self):
        self.change_behind_our_back("DELETE FROM dining_wallet_entry WHERE sequence = 2")
        self.assertEqual(self.wallet._verify(), Wrong(1, "wallet"))

    def test_a_balance_changed_by_a_superuser_is_found(self):
        self.change_behind_our_back("UPDATE dining_wallet SET principal_fen = principal_fen + 1")
        self.assertEqual(self.wallet._verify(), Wrong(2, "wallet"))

    def test_a_lot_changed_by_a_superuser_is_found(self):
        self.change_behind_our_back("UPDATE dining_wallet_lot SET bonus_left_fen = 0")
        self.assertEqual(self.wallet._verify(), Wrong(2, "lots"))

    def test_a_lots_terms_changed_by_a_superuser_are_found(self):
        self.change_behind_our_back("UPDATE dining_wallet_lot SET vat_permille = 30")
        self.assertEqual(self.wallet._verify(), Wrong(2, "lots"))

    def test_what_does_not_verify_is_told_once(self):
        accountant = self.env["res.users"].create(
            {
                "name": "会计",
                "login": "wallet-accountant",
                "group_ids": [self.env.ref("account.group_account_manager").id],
            }
        )
        self.change_behind_our_back("UPDATE dining_wallet SET bonus_fen = bonus_fen + 1")
        for _night in range(2):
            with mute_logger("odoo.addons.dining_wallet.models.dining_wallet"):
                self.assertEqual(self.env["dining.wallet"]._verify_all(), self.wallet)
        self.assertEqual(self.wallet.wrong, "2: wallet")
        self.assertEqual(len(self.wallet.activity_ids.filtered(lambda activity: activity.user_id == accountant)), 1)
        self.change_behind_our_back("UPDATE dining_wallet SET bonus_fen = bonus_fen - 1")
        self.assertFalse(self.env["dining.wallet"]._verify_all())

    def test_the_vat_within_a_lot_ends_exactly(self):
        vats = lambda: sum(share[3] for entry in self.wallet.entry_ids for share in entry.shares)  # noqa: E731
        self.assertEqual(vats(), 2830 - 566)
        for number in range(43):
            self.spend(1_017, key=f"meal-{number}")
        self.spend(44_000 - 43 * 1_017, key="last")
        self.wallet.invalidate_recordset()
        self.assertEqual((self.wallet.principal_fen, vats()), (0, 0))
