import secrets

from odoo import api, fields, models
from odoo.addons.dining_base.errors import Refused

#: Digits of a member's code: long enough that nobody finds another's by trying.
CODE_DIGITS = 16


class DiningMember(models.Model):
    """Somebody who joined a company's restaurants; a phone number is not needed.

    The name, and what the books know, stand on the contact; the phones that log in as this member are
    `wechat.user` records.
    """

    _name = "dining.member"
    _description = "Member"
    _order = "id desc"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="restrict", default=lambda self: self.env.company
    )
    partner_id = fields.Many2one(
        "res.partner", "Contact", required=True, ondelete="restrict", index=True, domain="[('is_company', '=', False)]"
    )
    name = fields.Char(related="partner_id.name", readonly=False, required=True)
    phone = fields.Char(related="partner_id.phone", readonly=False)
    code = fields.Char(
        "Member code", required=True, readonly=True, copy=False, default=lambda self: self._new_code(), index=True
    )
    joined_at = fields.Datetime("Joined", required=True, readonly=True, default=fields.Datetime.now)
    active = fields.Boolean(default=True)
    user_ids = fields.One2many("wechat.user", "dining_member_id", "Phones", readonly=True)
    consent_ids = fields.One2many("dining.consent", "member_id", "Consents", readonly=True)

    _code_unique = models.UniqueIndex("(code)", "This member code is taken.")
    _one_a_contact = models.UniqueIndex("(company_id, partner_id)", "This contact is a member already.")

    @api.model
    def _new_code(self):
        return "".join(secrets.choice("0123456789") for _digit in range(CODE_DIGITS))

    @api.depends("name", "code")
    def _compute_display_name(self):
        for member in self:
            member.display_name = f"{member.name or ''} …{(member.code or '')[-4:]}"

    @api.model
    def _of(self, user):
        """The member that a phone logs in as; empty where it has not joined, or has left.

        :param user: wechat.user
        """
        member = user.dining_member_id
        return member if member.active else self.browse()

    @api.model
    def _require(self, user):
        """:raises Refused: member_unknown"""
        member = self._of(user)
        if not member:
            raise Refused("member_unknown")
        return member
