import unittest

from odoo.tests import TransactionCase

try:
    from sandbox.started import Started
except ImportError:
    Started = None


class SimulatorCase(TransactionCase):
    """A mini-program whose calls reach the WeChat simulator, really started."""

    @classmethod
    def setUpClass(cls):
        if Started is None:
            raise unittest.SkipTest("the WeChat simulator (sandbox/) is not beside these addons")
        super().setUpClass()
        cls.wechat = Started("wechat")
        cls.addClassCleanup(cls.wechat.stop)
        cls.account = cls.wechat.control("credentials")[1]
        cls.app = cls.env["wechat.app"].create(
            {
                "name": "Test",
                "appid": cls.account["appid"],
                "secret": cls.account["app_secret"],
                "gateway_url": cls.wechat.address,
            }
        )

    def setUp(self):
        super().setUp()
        # The token is kept in transactions of their own; here they are this test's.
        self.enterContext(self.enter_registry_test_mode())

    def control(self, path, body=None):
        status, answer = self.wechat.control(path, body)
        self.assertLess(status, 300, answer)
        return answer

    def login_code(self, user="diner-a"):
        answer = self.control("login-code", {"user": user})
        return answer["code"], answer["openid"]

    def fault(self, call, fault, **more):
        fault_id = self.control("faults", {"call": call, "fault": fault, **more})["id"]
        self.addCleanup(self.wechat.control, f"faults/{fault_id}", None, "DELETE")
