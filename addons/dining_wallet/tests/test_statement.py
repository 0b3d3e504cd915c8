import json
import subprocess
import sys
import tempfile
from pathlib import Path

from odoo.addons.dining_rules.statement import fingerprint, problem_of
from odoo.addons.dining_wallet.services import statement
from odoo.addons.dining_wallet.signing import verify
from odoo.tests import tagged

from .common import WalletCase

PROGRAM = Path(__file__).parents[1] / "tools/verify_statement.py"


@tagged("post_install", "-at_install")
class TestStatement(WalletCase):
    """A statement is checked by a program that knows neither Odoo nor the database."""

    def setUp(self):
        super().setUp()
        self.top_up()
        self.spend(11_000)

    def check(self, content, *more, suffix=".json"):
        """(exit code, what the program says) of a file."""
        with tempfile.NamedTemporaryFile(suffix=suffix) as file:
            file.write(content)
            file.flush()
            done = subprocess.run(
                [sys.executable, PROGRAM, file.name, *more], capture_output=True, text=True, check=False
            )
        return done.returncode, done.stdout

    def test_it_holds(self):
        document = statement.of(self.wallet)
        self.assertIsNone(problem_of(document, verify))
        code, said = self.check(statement.as_file(document))
        self.assertEqual(code, 0, said)
        self.assertIn("principal ¥400.00, bonus ¥40.00", said)
        key = fingerprint(document["signature"]["public_key"])
        self.assertEqual(self.check(statement.as_file(document), key)[0], 0)
        self.assertEqual(self.check(statement.as_file(document), "0000 0000 0000 0000")[0], 1)

    def test_what_was_changed_does_not(self):
        document = statement.of(self.wallet)
        document["statement"]["entries"][1]["principal_fen"] = -1
        code, said = self.check(json.dumps(document).encode())
        self.assertEqual((code, "changed after it was issued" in said), (1, True))
        for content in (b"", b"{", b"\xff\xfe", b"%PDF-1.4 nothing"):
            self.assertEqual(self.check(content)[0], 2, content)
        self.assertEqual(self.check(b"[]")[0], 1)

    def test_the_key_is_kept_and_nobodys_to_read(self):
        first, second = statement.of(self.wallet), statement.of(self.another_wallet())
        self.assertEqual(first["signature"]["public_key"], second["signature"]["public_key"])
        field = self.env["res.company"]._fields["dining_statement_key"]
        self.assertEqual(field.groups, "base.group_system")

    def test_the_page_carries_it(self):
        if self.env["ir.actions.report"].get_wkhtmltopdf_state() == "install":
            self.skipTest("wkhtmltopdf is not here")
        report = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        content, kind = report._render_qweb_pdf("dining_wallet.wallet_statement", self.wallet.ids)
        self.assertEqual((kind, content[:4]), ("pdf", b"%PDF"))
        code, said = self.check(content, suffix=".pdf")
        self.assertEqual(code, 0, said)
        self.assertIn("2 entries", said)
