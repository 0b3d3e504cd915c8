from odoo import models


class PosConfig(models.Model):
    _inherit = "pos.config"

    def _ensure_public_attachments(self):
        """Odoo's self-ordering rewrites its pictures at every save, and those of another user a manager may not write.

        A Diancan store has no self-ordering, so nobody is to see its pictures.
        """
        return super(PosConfig, self.filtered(lambda store: not store.is_dining))._ensure_public_attachments()
