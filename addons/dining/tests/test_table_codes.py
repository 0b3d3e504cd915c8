"""Table codes: WeChat's own image on a handsome card, or clear words; never a dead code."""

import base64
from io import BytesIO
from unittest.mock import patch

from odoo.exceptions import AccessError, RedirectWarning, UserError
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools.pdf import PdfFileReader
from PIL import Image

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install")
class TestTableCodes(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        tables = [{"name": f"B{number}", "seats": 4} for number in range(11, 16)]
        cls.store = cls.env["pos.config"]._dining_open_store(
            {"name": "翠湖店", "dining_name_en": "Green Lake"}, [{"name": "二楼", "tables": tables}]
        )
        cls.tables = cls.store.floor_ids.table_ids
        cls.env["wechat.app"].search([("company_id", "=", cls.store.company_id.id)]).active = False
        cls.app = cls.env["wechat.app"].create(
            {
                "name": "点餐",
                "appid": "wx0123456789abcdef",
                "secret": "0" * 32,
                "gateway_url": "http://127.0.0.1:9",
            }
        )
        cls.manager = new_test_user(
            cls.env, "dining_manager", "base.group_user,point_of_sale.group_pos_manager", lang="zh_CN"
        )
        cls.cashier = new_test_user(cls.env, "dining_cashier", "base.group_user,point_of_sale.group_pos_user")

    def _keep(self, table, outcome):
        table._dining_code_record({table.id: outcome})

    def test_a_manager_asks_for_the_codes_that_are_not_there_yet(self):
        tables = self.tables.with_user(self.manager)
        self.assertEqual(set(tables._dining_code_calls()), set(tables.ids))
        self._keep(tables[0], {"image": PNG})
        self.assertEqual(tables[0].dining_code_image, base64.b64encode(PNG))
        self.assertEqual(set(tables._dining_code_calls()), set(tables[1:].ids))

    def test_each_code_is_for_its_own_table(self):
        asked = []

        def record(app, scene, page, width=430):
            asked.append((scene, page, width))
            return lambda: {"image": PNG}

        with patch.object(self.env.registry["wechat.app"], "_table_code_call", record):
            self.tables._dining_code_calls()
        self.assertEqual(asked, [(table.dining_code, "pages/menu/menu", 640) for table in self.tables])

    def test_a_new_table_code_or_another_mini_program_makes_the_old_image_stale(self):
        table = self.tables[0]
        self._keep(table, {"image": PNG})
        self.assertEqual(table._dining_code_calls(), {})
        table.action_dining_reset_code()
        self.assertEqual(list(table._dining_code_calls()), [table.id])
        self._keep(table, {"image": PNG})
        self.app.env_version = "trial"
        self.assertEqual(list(table._dining_code_calls()), [table.id])

    def test_what_wechat_refuses_is_said_on_the_card_instead_of_a_dead_code(self):
        table = self.tables[0].with_user(self.manager).with_context(lang="zh_CN")
        self._keep(table, {"image": PNG})
        table.action_dining_reset_code()
        self._keep(table, {"errcode": 40001, "errmsg": "invalid credential"})
        self.assertFalse(table.dining_code_image)
        self.assertEqual(table.dining_code_problem, "小程序配置有误，请联系管理员（微信错误码 40001）")
        self.assertEqual(list(table._dining_code_calls()), [table.id])
        html = str(self._html(table))
        self.assertIn("此桌暂无小程序码", html)
        self.assertIn("40001", html)
        self.assertNotIn("<img", html)

    def test_card_names_store_table_and_floor(self):
        self._keep(self.tables[0], {"image": PNG})
        html = str(self._html(self.tables[0]))
        for words in ("翠湖店", "Green Lake", "B11", "二楼", "微信扫码点餐", "Scan with WeChat to order"):
            self.assertIn(words, html)
        self.assertEqual(html.count("<img"), 1)

    def _html(self, tables):
        with patch.object(
            self.env.registry["ir.actions.report"], "_run_wkhtmltopdf", lambda report, bodies, **options: bodies[0]
        ):
            return tables._dining_code_pdf()

    def test_pdf_has_four_cards_a_sheet(self):
        if self.env["ir.actions.report"].get_wkhtmltopdf_state() == "install":
            self.skipTest("wkhtmltopdf is not installed")
        picture = BytesIO()
        Image.new("L", (64, 64), 0).save(picture, "PNG")
        for table in self.tables:
            self._keep(table, {"image": picture.getvalue()})
        pdf = self.tables.with_user(self.manager)._dining_code_pdf()
        pages = PdfFileReader(BytesIO(pdf)).pages
        self.assertEqual(len(pages), 2)
        self.assertEqual([round(float(side)) for side in pages[0].mediabox[2:]], [595, 842])

    def test_without_a_mini_program_it_says_so(self):
        self.app.active = False
        with self.assertRaisesRegex(UserError, "AppID"):
            self.store.with_user(self.manager).with_context(lang="en_US").action_dining_print_codes()
        with self.assertRaises(RedirectWarning):
            self.store.with_user(self.env.ref("base.user_admin")).action_dining_print_codes()

    def test_buttons_lead_to_the_pdf(self):
        url = f"/dining/table-codes.pdf?tables={','.join(map(str, self.tables.ids))}"
        for record in (self.store, self.store.floor_ids, self.tables):
            self.assertEqual(record.with_user(self.manager).action_dining_print_codes()["url"], url)
        with self.assertRaisesRegex(UserError, "no table"):
            self.tables.browse().with_context(lang="en_US").action_dining_print_codes()

    def test_a_cashier_gets_no_codes(self):
        with self.assertRaises(AccessError):
            self.tables.with_user(self.cashier)._dining_code_calls()
        with self.assertRaises(AccessError):
            self.tables.with_user(self.cashier).read(["dining_code"])
