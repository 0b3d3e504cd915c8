"""Refusals as Odoo knows them."""

from odoo.addons.dining_rules.refusals import CATALOGUE, message
from odoo.exceptions import UserError


class Refused(UserError):
    """Something asked for is refused and nothing was changed.

    The same value as `dining_rules.refusals.Refusal`, as a `UserError`, so that
    the back office and the register show its words in a dialogue.

    :param code: a key of the catalogue in `dining_rules.refusals`
    :param data: facts for the client, also used to fill the message
    """

    def __init__(self, code, **data):
        self.code = code
        self.data = data
        self.http_status = CATALOGUE[code][0]
        words = self.message_by_language
        super().__init__(f"{words['zh']}\n{words['en']}")

    @property
    def message_by_language(self):
        """`{"zh": str, "en": str}`"""
        return message(self.code, self.data)
