import json
import time
from unittest.mock import patch

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import OPENID, PayMixin, notice, trade

MODELS = "odoo.addons.payment_wechatpay.models"


@tagged("post_install", "-at_install")
class TestNotice(PayMixin, HttpCase):
    """Every refusal is a word in JSON, and leaves the payment as it was."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_provider()

    def setUp(self):
        super().setUp()
        self.tx = self.intend(88.0)
        self.env.flush_all()

    def send(self, headers, body, provider_id=None):
        self.env.flush_all()
        answer = self.url_open(
            f"/payment/wechatpay/notify/{provider_id or self.provider.id}", data=body, headers=headers, method="POST"
        )
        self.env.invalidate_all()
        return answer

    def accept(self, headers, body):
        answer = self.send(headers, body)
        self.assertEqual((answer.status_code, answer.content), (204, b""), answer.text)

    def refuse(self, status, headers, body, provider_id=None):
        before = self.facts()
        with mute_logger(f"{MODELS}.payment_transaction_notice", f"{MODELS}.payment_transaction"):
            answer = self.send(headers, body, provider_id)
        self.assertEqual(answer.status_code, status, answer.text)
        self.assertEqual(set(answer.json()), {"code", "message"})
        self.assertEqual(answer.json()["code"], "FAIL")
        self.assertNotIn("Traceback", answer.text)
        self.assertEqual(self.facts(), before)

    def facts(self):
        tx = self.tx
        return (
            tx.state,
            tx.provider_reference,
            tx.wechatpay_paid_at,
            tx.is_post_processed,
            tx.amount,
            tx.wechatpay_next_query,
        )

    def test_paid(self):
        self.accept(*notice(trade(self.tx)))
        self.assertEqual(self.tx.state, "done")
        self.assertEqual(self.tx.provider_reference, trade(self.tx)["transaction_id"])
        self.assertEqual(str(self.tx.wechatpay_paid_at), "2026-11-23 12:00:01")
        self.assertTrue(self.tx.is_post_processed)
        self.assertFalse(self.tx.wechatpay_next_query)

    def test_again(self):
        self.accept(*notice(trade(self.tx)))
        before = self.facts(), self.tx.write_date, self.tx.last_state_change
        self.accept(*notice(trade(self.tx)))
        self.assertEqual((self.facts(), self.tx.write_date, self.tx.last_state_change), before)

    def test_unsigned(self):
        headers, body = notice(trade(self.tx))
        for name in [name for name in headers if name.startswith("Wechatpay-")]:
            with self.subTest(name):
                self.refuse(401, {key: value for key, value in headers.items() if key != name}, body)

    def test_clock(self):
        self.refuse(401, *notice(trade(self.tx), stamp=int(time.time()) - 301))
        self.refuse(401, *notice(trade(self.tx), stamp=int(time.time()) + 303))
        self.accept(*notice(trade(self.tx), stamp=int(time.time()) - 295))

    def test_tampered(self):
        headers, body = notice(trade(self.tx))
        self.refuse(401, headers, body.replace(b"TRANSACTION.SUCCESS", b"TRANSACTION.SUCCES5"))
        self.refuse(401, headers, json.dumps(json.loads(body)).encode() + b" ")
        self.refuse(401, *notice(trade(self.tx), signer="somebody"))
        self.refuse(401, *notice(trade(self.tx), apiv3_key="f" * 32))

    def test_probe(self):
        headers, body = notice(trade(self.tx))
        headers["Wechatpay-Signature"] = "WECHATPAY/SIGNTEST/" + headers["Wechatpay-Signature"]
        self.refuse(401, headers, body)

    def test_wrong_facts_stay_wrong(self):
        for name, changes in {
            "amount": {"amount": {"total": 1}},
            "no amount": {"amount": {"total": None}},
            "currency": {"amount": {"currency": "USD"}},
            "mchid": {"mchid": "1900000002"},
            "appid": {"appid": "wxffffffffffffffff"},
            "payer": {"payer": {"openid": OPENID + "x"}},
            "no payer": {"payer": None},
            "no state": {"trade_state": None},
        }.items():
            for time_ in ("first", "again"):
                with self.subTest(name, time=time_):
                    self.refuse(400, *notice(trade(self.tx, **changes)))
        self.assertTrue(self.tx.wechatpay_problem)
        self.accept(*notice(trade(self.tx)))
        self.assertEqual(self.tx.state, "done")

    def test_another_transaction_id_for_a_paid_number(self):
        self.accept(*notice(trade(self.tx)))
        self.refuse(400, *notice(trade(self.tx, transaction_id="4200009999")))

    def test_unknown_number(self):
        self.refuse(404, *notice(trade(self.tx, out_trade_no="ta000000000000")))

    def test_number_of_another_merchant(self):
        company = self.env["res.company"].create({"name": "Other"})
        other = self.provider.copy({"company_id": company.id})
        tx, self.tx = self.tx, self.tx
        self.env.cr.execute("UPDATE payment_transaction SET provider_id = %s WHERE id = %s", (other.id, tx.id))
        self.env.invalidate_all()
        resource = {**trade(tx), "mchid": self.provider.wechatpay_mchid, "appid": self.provider.wechatpay_appid}
        self.refuse(404, *notice(resource))

    def test_refund_event_for_a_payment(self):
        self.refuse(400, *notice({**trade(self.tx), "out_refund_no": self.tx.reference}, "REFUND.SUCCESS"))

    def test_no_number(self):
        for number in (None, "", 7, ["a"]):
            self.refuse(400, *notice(trade(self.tx, out_trade_no=number)))

    def test_event_that_is_not_ours(self):
        before = self.facts()
        self.accept(*notice(trade(self.tx), "PAYSCORE.USER_PAID"))
        self.assertEqual(self.facts(), before)

    def test_unknown_provider(self):
        headers, body = notice(trade(self.tx))
        self.refuse(404, headers, body, provider_id=999999)
        dummy = self.env["payment.provider"].search([("code", "!=", "wechatpay")], limit=1)
        self.refuse(404, headers, body, provider_id=dummy.id)
        self.provider.state = "disabled"
        self.refuse(404, headers, body)

    def test_too_large(self):
        headers, body = notice(trade(self.tx))
        self.refuse(413, headers, body + b" " * 70000)

    def test_our_own_failure_is_told_without_a_traceback(self):
        target = f"{MODELS}.payment_transaction.PaymentTransaction._wechatpay_mismatch"
        main = "odoo.addons.payment_wechatpay.controllers.main"
        with patch(target, side_effect=KeyError("x")), mute_logger(main):
            self.refuse(500, *notice(trade(self.tx)))
        self.accept(*notice(trade(self.tx)))

    def test_money_is_confirmed_even_when_what_follows_fails(self):
        target = "odoo.addons.payment.models.payment_transaction.PaymentTransaction._post_process"
        with patch(target, side_effect=ValueError("ledger locked")), mute_logger(f"{MODELS}.payment_transaction"):
            self.accept(*notice(trade(self.tx)))
        self.assertEqual((self.tx.state, self.tx.is_post_processed), ("done", False))
        cron = self.env.ref("payment.cron_post_process_payment_tx")
        self.assertTrue(self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)]))
