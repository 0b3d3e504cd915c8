"""Every text of our addons has a Chinese translation (convention 10).

Odoo itself lists the texts, in the same way as it writes a translation file.
"""

import re
from pathlib import Path

import polib
from odoo.tests import TransactionCase, tagged
from odoo.tools.translate import TranslationModuleReader

ADDONS = Path(__file__).resolve().parents[2] / "addons"
LANGUAGE = "zh_CN"
PLACEHOLDER = re.compile(r"%\(\w+\)[sdf]|%[sdf]|\{\w*\}")
#: Short words for which Odoo's own translation means something else, and what they mean in a restaurant.
TERMS = {
    "dining.table.session": {"state": "状态", "order_id": "订单", "guest_count": "用餐人数", "round_ids": "轮次"},
    "dining.round": {"state": "状态", "order_id": "订单", "guest_id": "食客", "number": "第几轮"},
    "pos.order.line": {"dining_round_id": "轮次", "dining_guest_id": "食客"},
    "payment.transaction": {"dining_user_id": "食客"},
}
MEND = "./manage i18n addons/{addon} adds what is missing to its file, for you to translate"


def installed_addons(env):
    names = [file.parent.name for file in ADDONS.glob("*/__manifest__.py")]
    found = env["ir.module.module"].search([("name", "in", names), ("state", "=", "installed")])
    return sorted(found.mapped("name"))


@tagged("post_install")
class TestTranslations(TransactionCase):
    # Odoo takes these two from the addon that a test lies in; this one belongs to all.
    test_module = "dining"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.addons = installed_addons(cls.env)
        cls.sources = {addon: cls._sources(addon) for addon in cls.addons}

    @classmethod
    def _sources(cls, addon):
        # One addon at a time: of a record that two extend, the reader sees the last one's name only.
        texts = TranslationModuleReader(cls.env.cr, modules=[addon], lang=LANGUAGE)
        return {source for _module, _kind, _name, _id, source, _value, _comments in texts}

    def _entries(self, addon):
        file = ADDONS / addon / "i18n" / f"{LANGUAGE}.po"
        return {entry.msgid: entry for entry in polib.pofile(str(file))} if file.exists() else {}

    def test_every_source_string_is_translated(self):
        for addon in self.addons:
            with self.subTest(addon=addon):
                entries = self._entries(addon)
                missing = [
                    source
                    for source in sorted(self.sources[addon])
                    if source not in entries or not entries[source].msgstr or entries[source].fuzzy
                ]
                self.assertFalse(missing, MEND.format(addon=addon))

    def test_short_words_mean_what_a_restaurant_means(self):
        for model, terms in TERMS.items():
            shown = self.env[model].with_context(lang=LANGUAGE).fields_get(list(terms), ["string"])
            self.assertEqual({name: shown[name]["string"] for name in terms}, terms, model)

    def test_no_translation_is_left_over(self):
        for addon in self.addons:
            with self.subTest(addon=addon):
                stale = sorted(set(self._entries(addon)) - self.sources[addon])
                self.assertFalse(stale, MEND.format(addon=addon))

    def test_placeholders_survive_translation(self):
        for addon in self.addons:
            for source, entry in self._entries(addon).items():
                with self.subTest(addon=addon, source=source):
                    self.assertEqual(sorted(PLACEHOLDER.findall(entry.msgstr)), sorted(PLACEHOLDER.findall(source)))
