from functools import lru_cache

import polib
from odoo import api, models
from odoo.tools.misc import file_path


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @api.model
    def _get_translations_for_webclient(self, modules, lang):
        """Odoo's terms, with what its Chinese gets wrong put right: its register tells a cook "fired" as dismissed."""
        per_module, parameters = super()._get_translations_for_webclient(modules, lang)
        for module, terms in corrections(lang or self.env.context.get("lang")).items():
            if module in per_module:
                told = {message["id"]: message["string"] for message in per_module[module]["messages"]} | terms
                messages = [{"id": term, "string": words} for term, words in told.items()]
                per_module[module] = {**per_module[module], "messages": messages}
        return per_module, parameters


@lru_cache(maxsize=8)
def corrections(lang):
    """Words put right in a language, as {module of Odoo: {term: words}}; none where there is no such file."""
    try:
        path = file_path(f"dining_base/words_of_odoo/{lang}.po")
    except FileNotFoundError:
        return {}
    found = {}
    for entry in polib.pofile(path):
        found.setdefault(entry.msgctxt, {})[entry.msgid] = entry.msgstr
    return found
