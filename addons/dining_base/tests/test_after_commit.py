import time
from unittest.mock import patch

from odoo.addons.dining_base import after_commit
from odoo.tests import TransactionCase


class TestAfterCommit(TransactionCase):
    def test_in_a_test_a_notice_is_sent_at_once(self):
        partner = self.env["res.partner"].create({"name": "Store"})
        with patch.object(type(partner), "action_archive", autospec=True) as archive:
            after_commit.notify_later(partner, "action_archive")
        self.assertEqual(archive.call_count, 1)

    def test_notes_left_close_together_are_sent_once(self):
        sender, sent = after_commit._Sender(), []
        with patch.object(sender, "_send", lambda *note: sent.append(note)):
            for _repeat in range(3):
                sender.add({("db", "pos.config", 1, "_notify")})
            sender.add({("db", "pos.config", 2, "_notify")})
            deadline = time.monotonic() + 5
            while len(sent) < 2 and time.monotonic() < deadline:
                time.sleep(0.01)
            time.sleep(2 * after_commit.MERGE_SECONDS)
        self.assertEqual(sorted(sent), [("db", "pos.config", 1, "_notify"), ("db", "pos.config", 2, "_notify")])
