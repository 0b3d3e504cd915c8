import threading

from odoo import SUPERUSER_ID, api
from odoo.addons.payment_wechatpay.models.payment_transaction_notice import NoticeRefused
from odoo.modules.registry import Registry
from odoo.tests import TransactionCase, tagged

from .common import OPENID, credentials, notice, trade

NOTICES = 20


@tagged("post_install", "-at_install")
class TestConcurrent(TransactionCase):
    """Real threads with real transactions: what they write is committed and removed afterwards."""

    def setUp(self):
        super().setUp()
        self.dbname = self.env.cr.dbname
        with Registry(self.dbname).cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            company = env["res.company"].create({"name": "Concurrent", "currency_id": env.ref("base.CNY").id})
            model = env["payment.provider"]
            original = model.search([("code", "=", "wechatpay")], limit=1)
            provider = original.copy({"company_id": company.id, **credentials()})
            tx = env["payment.transaction"]._wechatpay_intend(
                provider, 88.0, channel="jsapi", openid=OPENID, description="test", is_post_processed=True
            )
            self.company_id, self.provider_id, self.tx_id = company.id, provider.id, tx.id
            self.resource = trade(tx)
        self.addCleanup(self._remove)

    def _remove(self):
        with Registry(self.dbname).cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["payment.transaction"].browse(self.tx_id).unlink()
            provider = env["payment.provider"].browse(self.provider_id)
            provider.state = "disabled"
            provider.unlink()
            env["res.company"].browse(
                self.company_id
            ).active = False  # other addons may have given it records of their own

    def race(self, notices):
        """Send notices all at once; returns the refusals."""
        gate, refusals = threading.Barrier(len(notices)), []

        def send(headers, body):
            gate.wait(20)
            with Registry(self.dbname).cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                try:
                    env["payment.transaction"]._wechatpay_receive(self.provider_id, headers, body)
                except NoticeRefused as refused:
                    refusals.append(refused.http_status)
                except Exception as error:
                    refusals.append(repr(error))

        threads = [threading.Thread(target=send, args=item) for item in notices]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(120)
        return refusals

    def facts(self):
        with Registry(self.dbname).cursor() as cr:
            cr.execute(
                "SELECT state, provider_reference, wechatpay_problem FROM payment_transaction WHERE id = %s",
                (self.tx_id,),
            )
            return cr.fetchone()

    def test_twenty_notices_at_once_count_once(self):
        settled, lock = [], threading.Lock()

        def settle(record):
            with lock:
                settled.append(record.id)

        self.patch(self.registry["payment.transaction"], "_wechatpay_settle", settle)
        refusals = self.race([notice(self.resource) for _n in range(NOTICES)])
        self.assertEqual(refusals, [])
        self.assertEqual(self.facts(), ("done", self.resource["transaction_id"], None))
        self.assertEqual(settled, [self.tx_id])
