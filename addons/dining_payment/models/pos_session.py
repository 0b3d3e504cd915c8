from odoo import models

from ..services import register_topups


class PosSession(models.Model):
    """The register tops up members' wallets in cash."""

    _inherit = "pos.session"

    def action_dining_topup_offers(self, who):
        """What a member can top up here now; nothing is changed. As `register_topups.offers`.

        :param who: the member's code, or the id of the customer that was chosen
        """
        self.ensure_one()
        self.check_access("read")
        return register_topups.offers(self.sudo(), who)  # sudo: wallets and members are the server's to read

    def action_dining_topup(self, who, offer_id, key):
        """Credit what was paid in cash, once whatever is sent again. As `register_topups.take`.

        :param key: the register's, a uuid
        """
        self.ensure_one()
        self.check_access("write")
        return register_topups.take(self.sudo(), who, offer_id, key)  # sudo: wallets are the server's to write
