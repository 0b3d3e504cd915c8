from odoo.exceptions import AccessError, ValidationError
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import file_open, mute_logger
from psycopg2 import IntegrityError


@tagged("post_install", "-at_install")
class TestAccess(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        values = {"name": "Test", "appid": "wx0000000000000001", "secret": "s" * 32}
        cls.app = cls.env["wechat.app"].create(values)
        cls.user = cls.env["wechat.user"]._remember(cls.app, "openid-1", "unionid-1")
        cls.employee = new_test_user(cls.env, "employee", "base.group_user")

    def test_employee_sees_nothing(self):
        for model in ("wechat.app", "wechat.user", "wechat.token"):
            with self.subTest(model=model), self.assertRaises(AccessError):
                self.env[model].with_user(self.employee).search([])

    def test_manager_of_another_company_sees_nothing(self):
        company = self.env["res.company"].create({"name": "Other"})
        manager = new_test_user(
            self.env, "manager", "base.group_system", company_id=company.id, company_ids=[(6, 0, company.ids)]
        )
        self.assertFalse(self.env["wechat.app"].with_user(manager).search([("id", "=", self.app.id)]))
        self.assertFalse(self.env["wechat.user"].with_user(manager).search([("id", "=", self.user.id)]))

    def test_nobody_reads_tokens(self):
        manager = new_test_user(self.env, "manager", "base.group_system")
        with self.assertRaises(AccessError):
            self.env["wechat.token"].with_user(manager).search([])

    def test_name_tells_no_openid(self):
        self.assertNotIn("openid-1", self.user.display_name)

    def test_unionid_is_kept_when_wechat_leaves_it_out(self):
        again = self.env["wechat.user"]._remember(self.app, "openid-1")
        self.assertEqual((again, again.unionid), (self.user, "unionid-1"))

    def test_appid_is_unique(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self.env["wechat.app"].create({"name": "Twin", "appid": self.app.appid})

    def test_settings_refused(self):
        for vals in ({"appid": "微信"}, {"appid": "wx"}, {"gateway_url": "ftp://a"}, {"gateway_url": "http://a/b"}):
            with self.subTest(vals=vals), self.assertRaises(ValidationError), self.cr.savepoint():
                self.app.write(vals)
        self.assertEqual((self.app.appid, self.app.gateway_url), ("wx0000000000000001", False))

    def test_pasted_blanks_are_cut(self):
        self.app.write({"appid": " wx0000000000000002\n", "secret": "\tabc "})
        self.assertEqual((self.app.appid, self.app.secret), ("wx0000000000000002", "abc"))

    def test_neutralize(self):
        self.app.gateway_url = "http://127.0.0.1:9"
        self.env.flush_all()
        self.env.cr.execute("INSERT INTO wechat_token (app_id, token) VALUES (%s, 't')", (self.app.id,))
        with file_open("wechat_app/data/neutralize.sql") as file:
            self.env.cr.execute(file.read())
        self.env.invalidate_all()
        self.assertEqual((self.app.secret, self.app.gateway_url), (False, False))
        self.env.cr.execute("SELECT count(*) FROM wechat_token")
        self.assertEqual(self.env.cr.fetchone()[0], 0)
