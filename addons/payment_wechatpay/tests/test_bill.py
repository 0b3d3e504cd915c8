"""Fetching and keeping a day's bills, through the simulator."""

import hashlib

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import SimulatorCase


@tagged("post_install", "-at_install")
class TestBill(SimulatorCase):
    def setUp(self):
        super().setUp()
        self.tx = self.paid(590.0)
        self.day = fields.Date.from_string(self.control("clock")["time"][:10])

    def after_ten(self):
        self.control("clock", {"now": f"{fields.Date.add(self.day, days=1)}T10:00:00+08:00"})

    def fetch(self, kind="trade"):
        self.env.flush_all()
        self.env["wechatpay.bill"]._fetch(self.provider, kind, self.day)
        self.env.invalidate_all()
        return self.env["wechatpay.bill"].search([("provider_id", "=", self.provider.id), ("kind", "=", kind)])

    def test_both_are_kept_as_they_came(self):
        self.after_ten()
        trade, flow = self.fetch(), self.fetch("flow")
        for bill in (trade, flow):
            self.assertEqual((bill.state, bill.day, bill.message), ("ready", self.day, False))
            raw = bill.attachment_id.raw
            self.assertEqual(hashlib.sha1(raw, usedforsecurity=False).hexdigest(), bill.sha1)
            self.assertEqual((bill.attachment_id.res_model, bill.attachment_id.res_id), ("wechatpay.bill", bill.id))
        [line] = trade._read_lines().lines
        self.assertEqual((line.number, line.amount_fen, line.fee_fen), (self.tx.reference, 59_000, 354))
        kinds = [(line.kind, line.amount_fen) for line in flow._read_lines().lines]
        self.assertEqual(kinds, [("trade", 59_000), ("fee", -354)])

    def test_the_same_bill_again_is_kept_once(self):
        self.after_ten()
        bill = self.fetch()
        file = bill.attachment_id
        self.assertEqual((self.fetch(), self.fetch().attachment_id), (bill, file))
        self.assertEqual(self.env["ir.attachment"].search_count([("res_model", "=", "wechatpay.bill")]), 1)

    def test_a_bad_checksum_is_refused(self):
        self.after_ten()
        self.fault("tradebill", "bad_checksum")
        bill = self.fetch()
        self.assertEqual((bill.state, bill.sha1, bill.attachment_id.id), ("refused", False, False))
        self.assertIn("SHA1", bill.message)
        self.assertEqual(bill._read_lines().lines, ())
        self.assertEqual(self.fetch().state, "ready")

    def test_not_written_yet_and_never(self):
        self.control("clock", {"now": f"{fields.Date.add(self.day, days=1)}T09:59:00+08:00"})
        self.assertEqual(self.fetch().state, "waiting")
        self.after_ten()
        self.fault("tradebill", "no_statement")
        self.assertEqual(self.fetch().state, "empty")
        self.fault("tradebill", "timeout_before", seconds=0.1)
        self.assertEqual(self.fetch().state, "waiting")
        self.assertEqual(self.fetch().state, "ready")

    def test_a_file_that_was_changed_here(self):
        self.after_ten()
        bill = self.fetch()
        bill.attachment_id.raw += b"x"
        with self.assertRaises(UserError):
            bill._read_lines()
