from odoo import api, models


class DiningMenuSource(models.AbstractModel):
    """What a menu is made of: a change of it has the stores' menus built again before the commit."""

    _name = "dining.menu.source"
    _description = "Source of the menu"

    #: Fields that a menu shows or reckons with; None stands for all.
    _dining_menu_fields = None

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._dining_touch_menu()
        return records

    def write(self, vals):
        result = super().write(vals)
        if self._dining_menu_fields is None or not self._dining_menu_fields.isdisjoint(vals):
            self._dining_touch_menu()
        return result

    def unlink(self):
        result = super().unlink()
        self._dining_touch_menu()
        return result

    def _update_field_translations(self, field_name, translations, digest=None, source_lang=""):
        result = super()._update_field_translations(field_name, translations, digest, source_lang)
        self._dining_touch_menu()
        return result

    def _dining_touch_menu(self):
        self.env["dining.menu.version"]._touch()
