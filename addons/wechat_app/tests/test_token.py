import threading
import unittest
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.addons.wechat_app.client import MiniProgramClient, WeChatError
from odoo.addons.wechat_app.token_store import TokenStore
from odoo.modules.registry import Registry
from odoo.tests import TransactionCase, tagged

from .common import Started


@tagged("post_install", "-at_install")
class TestToken(TransactionCase):
    """Real threads with real transactions: what they write is committed and removed afterwards."""

    def setUp(self):
        super().setUp()
        if Started is None:
            raise unittest.SkipTest("the WeChat simulator (sandbox/) is not beside these addons")
        self.wechat = Started("wechat")
        self.addCleanup(self.wechat.stop)
        account = self.wechat.control("credentials")[1]
        self.dbname = self.env.cr.dbname
        with Registry(self.dbname).cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            values = {"name": "Test", "appid": account["appid"], "secret": account["app_secret"]}
            self.app_id = env["wechat.app"].create(values).id
        self.addCleanup(self._remove)
        self.account = account

    def _remove(self):
        with Registry(self.dbname).cursor() as cr:
            cr.execute("DELETE FROM wechat_app WHERE id = %s", (self.app_id,))

    def client(self):
        store = TokenStore(self.dbname, self.app_id)
        return MiniProgramClient(self.account["appid"], self.account["app_secret"], store, self.wechat.address)

    def race(self, work, threads=16):
        """Run `work` in threads that start together; returns what each returned or raised."""
        gate, results = threading.Barrier(threads), []

        def run():
            gate.wait(10)
            try:
                results.append(work())
            except WeChatError as error:
                results.append(error)

        workers = [threading.Thread(target=run) for _n in range(threads)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join(60)
        return results

    def counting(self):
        fetched, fetch = [], MiniProgramClient.fetch_access_token

        def counted(client):
            fetched.append(1)
            return fetch(client)

        self.enterContext(patch.object(MiniProgramClient, "fetch_access_token", counted))
        return fetched

    def test_sixteen_cold_threads_fetch_one_token(self):
        fetched = self.counting()
        tokens = self.race(lambda: self.client().access_token)
        self.assertEqual(len(tokens), 16)
        self.assertEqual(len(set(tokens)), 1)
        self.assertIsInstance(tokens[0], str)
        self.assertEqual(len(fetched), 1)

    def test_token_is_dropped_only_by_who_used_it(self):
        store, fetched = TokenStore(self.dbname, self.app_id), self.counting()
        token = self.client().access_token
        store.drop("an older token")
        self.assertEqual(store.get(), token)
        store.drop(token)
        self.assertIsNone(store.get())
        self.assertTrue(self.client().access_token)
        self.assertEqual(len(fetched), 2)

    def test_token_near_its_end_is_not_used(self):
        store = TokenStore(self.dbname, self.app_id)
        self.assertTrue(store.lease())
        store.put("short", 59)
        self.assertIsNone(store.get())
        store.put("long", 120)
        self.assertEqual(store.get(), "long")

    def test_lease_is_one_persons(self):
        store = TokenStore(self.dbname, self.app_id)
        self.assertEqual([store.lease(), store.lease()], [True, False])
        store.release()
        self.assertTrue(store.lease())

    def test_failed_fetch_gives_the_lease_back(self):
        store, client = TokenStore(self.dbname, self.app_id), self.client()
        client._gateway = "http://127.0.0.1:9"
        with self.assertRaises(WeChatError) as caught:
            client.access_token  # noqa: B018
        self.assertIsNone(caught.exception.errcode)
        self.assertTrue(store.lease())
