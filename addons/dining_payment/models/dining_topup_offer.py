from odoo import api, fields, models
from odoo.addons.dining_base.errors import Refused
from odoo.addons.dining_base.words import name_of
from odoo.addons.dining_rules.money import fen
from odoo.exceptions import ValidationError


class DiningTopupOffer(models.Model):
    """What a member may top up, and what is given with it: 充 500 送 50."""

    _name = "dining.topup.offer"
    _description = "Top-up offer"
    _order = "sequence, price, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related="company_id.currency_id")
    price = fields.Monetary("Pay", required=True)
    bonus = fields.Monetary("Given with it", required=True, default=0)
    first_only = fields.Boolean("First top-up only")
    starts_at = fields.Datetime("From")
    ends_at = fields.Datetime("Until")
    quota = fields.Integer("At most, in all", help="0 for as many as are asked for.")
    member_quota = fields.Integer("At most for a member", help="0 for as many as are asked for.")
    by_phone = fields.Boolean("In the mini-program", default=True)
    at_register = fields.Boolean("At the register", default=True)
    topup_ids = fields.One2many("dining.topup", "offer_id", "Top-ups", readonly=True)
    sold = fields.Integer(compute="_compute_sold", help="Those that are being paid are counted.")

    _sane = models.Constraint(
        "CHECK (price > 0 AND bonus >= 0 AND quota >= 0 AND member_quota >= 0)",
        "An offer costs more than nothing, and gives and counts from 0.",
    )

    @api.constrains("price", "bonus", "starts_at", "ends_at")
    def _check_offer(self):
        for offer in self:
            if offer.starts_at and offer.ends_at and offer.starts_at >= offer.ends_at:
                raise ValidationError(self.env._("The offer ends before it begins."))
            if any(offer.currency_id.compare_amounts(value, round(value, 2)) for value in (offer.price, offer.bonus)):
                raise ValidationError(self.env._("An offer is priced to the fen."))

    @api.depends("topup_ids.state")
    def _compute_sold(self):
        counted = dict(
            self.env["dining.topup"]._read_group(
                [("offer_id", "in", self.ids), ("state", "in", ("pending", "credited"))], ["offer_id"], ["__count"]
            )
        )
        for offer in self:
            offer.sold = counted.get(offer, 0)

    def _why_not(self, member):
        """The refusal's code that forbids this offer to a member now, or ''.

        :param member: dining.member
        """
        self.ensure_one()
        now = fields.Datetime.now()
        if not self.active or self.company_id != member.company_id:
            return "topup_offer_unknown"
        if (self.starts_at and now < self.starts_at) or (self.ends_at and now >= self.ends_at):
            return "topup_offer_ended"
        if self.quota and self.sold >= self.quota:
            return "topup_offer_sold_out"
        mine = self.env["dining.topup"].search(
            [("member_id", "=", member.id), ("state", "in", ("pending", "credited"))]
        )
        if self.first_only and mine:
            return "topup_first_only"
        if self.member_quota and len(mine.filtered(lambda topup: topup.offer_id == self)) >= self.member_quota:
            return "topup_member_quota"
        return ""

    def _take(self, member):
        """Hold the offer until the transaction ends, so that nobody takes the last one twice.

        :raises Refused: topup_offer_unknown, topup_offer_ended, topup_offer_sold_out, topup_first_only,
            topup_member_quota
        """
        # Written, not only locked: who waited with an older snapshot fails, tries again and counts anew.
        self.env.cr.execute("UPDATE dining_topup_offer SET write_date = write_date WHERE id = %s", (self.id,))
        self.env.cr.execute("UPDATE dining_member SET write_date = write_date WHERE id = %s", (member.id,))
        self.invalidate_recordset()
        code = self._why_not(member)
        if code:
            raise Refused(code)

    def _view(self, member):
        """As `TopupOfferOut`; `refusal` says why the member cannot take it."""
        code = self._why_not(member)
        return {
            "id": self.id,
            "name": name_of(self).as_dict(),
            "price_fen": fen(self.price),
            "bonus_fen": fen(self.bonus),
            "ends_at": self.ends_at,
            "refusal": Refused(code).message_by_language if code else None,
        }
