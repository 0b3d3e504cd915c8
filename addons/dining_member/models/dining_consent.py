from odoo import api, fields, models
from odoo.addons.dining_base.append_only import only_add_to
from odoo.exceptions import UserError


class DiningConsent(models.Model):
    """What a member agreed to, or took back; only ever added to, as the database itself enforces."""

    _name = "dining.consent"
    _description = "Consent"
    _order = "id desc"
    _log_access = False

    member_id = fields.Many2one("dining.member", required=True, readonly=True, ondelete="restrict", index=True)
    purpose = fields.Selection([("membership", "Membership"), ("marketing", "Marketing")], required=True, readonly=True)
    is_given = fields.Boolean("Given", required=True, readonly=True, default=True, help="No where it was taken back.")
    version = fields.Char("Version of the text", required=True, readonly=True)
    channel = fields.Selection(
        [("miniprogram", "Mini-program"), ("register", "Register"), ("office", "Back office")],
        required=True,
        readonly=True,
    )
    at = fields.Datetime("Time", required=True, readonly=True, default=fields.Datetime.now)

    def init(self):
        only_add_to(self.env.cr, "dining_consent", "consent")

    def write(self, vals):  # pylint: disable=method-required-super
        raise UserError(self.env._("What a member agreed to is never changed; write down a further consent."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("What a member agreed to is never deleted; write down a further consent."))
