import polib
from odoo.addons.dining_base.models.ir_http import corrections
from odoo.tests import TransactionCase
from odoo.tools.misc import file_path


class TestWordsOfOdoo(TransactionCase):
    def test_the_register_speaks_as_a_restaurant_does(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        per_module, _parameters = self.env["ir.http"]._get_translations_for_webclient(
            ["pos_restaurant", "web"], "zh_CN"
        )
        words = {message["id"]: message["string"] for message in per_module["pos_restaurant"]["messages"]}
        self.assertEqual(words["Fired"], "已起菜")
        self.assertEqual(words["Transfer / Merge"], "转台／并台")
        # What Odoo says rightly stays.
        self.assertEqual(words["Floor Plan"], "平面图")
        self.assertTrue(per_module["web"]["messages"])

    def test_other_languages_are_odoos_own(self):
        self.assertEqual(corrections("en_US"), {})
        self.assertEqual(corrections(None), {})

    def test_the_corrections_still_correct(self):
        """Most of them: Odoo's next version may put some of its words right itself."""
        for module, terms in corrections("zh_CN").items():
            odoos = {
                entry.msgid: entry.msgstr
                for entry in polib.pofile(file_path(f"{module}/i18n/zh_CN.po"))
                if "odoo-javascript" in entry.comment
            }
            useful = [term for term, words in terms.items() if odoos.get(term, words) != words]
            self.assertGreater(len(useful), 0.8 * len(terms), module)
            for term, words in terms.items():
                with self.subTest(module=module, term=term):
                    self.assertEqual(term.count("%"), words.count("%"))
