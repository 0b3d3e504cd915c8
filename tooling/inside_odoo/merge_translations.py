"""Runs inside Odoo's shell, with ADDON and FOLDER set: merge an addon's zh_CN.po.

Known translations stay, new source strings come in empty (or with the
translation that Odoo's own modules have for the same words), old ones go.
"""

import io
import os

import polib
from odoo.modules.module import get_module_path
from odoo.tools.translate import trans_export

LANGUAGE = "zh_CN"
STOCK = ("base", "web", "mail", "product", "account", "payment", "point_of_sale", "pos_restaurant")


def read(module_folder):
    file = os.path.join(module_folder, "i18n", f"{LANGUAGE}.po")
    if not os.path.exists(file):
        return {}
    return {entry.msgid: entry.msgstr for entry in polib.pofile(file) if entry.msgstr}


exported = io.BytesIO()
trans_export(LANGUAGE, [ADDON], exported, "po", env)
merged = polib.pofile(exported.getvalue().decode())
known = read(FOLDER)
borrowed = {}
for stock in reversed(STOCK):
    borrowed |= read(get_module_path(stock))
for entry in merged:
    entry.msgstr = known.get(entry.msgid) or borrowed.get(entry.msgid, "")
merged.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Language": LANGUAGE}
merged.header = f"Chinese translation of {ADDON}"
os.makedirs(os.path.join(FOLDER, "i18n"), exist_ok=True)
merged.save(os.path.join(FOLDER, "i18n", f"{LANGUAGE}.po"))
empty = [entry.msgid for entry in merged if not entry.msgstr]
print(f"{ADDON}: {len(merged)} texts, {len(empty)} to translate")
