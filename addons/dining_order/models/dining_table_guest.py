from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.addons.dining_base.words import name_of
from odoo.addons.dining_rules.allergies import Said

#: Pictures that tell guests apart: what grows and lives in Yunnan.
EMOJI = ("🍄", "🌸", "🐘", "🦚", "🍵", "🌶️", "🐒", "🌺", "🥭", "🐟", "🍋", "🦋", "🌽", "🐎", "🥜", "🦢")


class DiningTableGuest(models.Model):
    """A phone at a table. Neither a name nor a number is asked for."""

    _name = "dining.table.guest"
    _description = "Guest at a table"
    _order = "session_id, seat"
    _rec_name = "seat"

    session_id = fields.Many2one("dining.table.session", required=True, ondelete="cascade")
    user_id = fields.Many2one("wechat.user", "WeChat user", required=True, ondelete="restrict")
    seat = fields.Integer(required=True)
    allergen_ids = fields.Many2many(
        "dining.allergen",
        "dining_guest_allergen_rel",
        "guest_id",
        "allergen_id",
        "Allergic to",
        help="For this visit only, as the guest said on the phone.",
    )

    #: The latest word of the guest about it, so that a repeat is known and one that comes late too; how many there
    #: were, and how many since when of late, for the rate.
    said_key = fields.Char("Allergies: latest request", readonly=True)
    said_hash = fields.Char("Allergies: content of that request", readonly=True)
    said_count = fields.Integer("Allergies: times said", readonly=True, default=0)
    said_since = fields.Datetime("Allergies: counted since", readonly=True)
    said_lately = fields.Integer("Allergies: times of late", readonly=True, default=0)

    _user_unique = models.UniqueIndex("(session_id, user_id)")
    _seat_unique = models.UniqueIndex("(session_id, seat)")

    @api.depends("seat")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for guest in self:
            guest.display_name = self.env._("Guest %s", guest.seat)

    def _said(self):
        """What these guests must not eat, as `dining_rules.allergies` takes it."""
        return [
            Said(guest.id, guest.seat, allergen.code, name_of(allergen))
            for guest in self.sorted("seat")
            # What is no longer listed makes a guest ill all the same.
            for allergen in guest.with_context(active_test=False).allergen_ids
        ]

    def _say(self, allergens, client_key, body_hash):
        """Write what the guest must not eat, all of it, and by which request it was said."""
        now = fields.Datetime.now()
        lately = self.said_since and now - self.said_since < timedelta(minutes=1)
        self.with_context(active_test=False).write(
            {
                "allergen_ids": [Command.set(allergens.ids)],
                "said_key": client_key,
                "said_hash": body_hash,
                "said_count": self.said_count + 1,
                "said_since": self.said_since if lately else now,
                "said_lately": self.said_lately + 1 if lately else 1,
            }
        )

    def _forget_allergies(self):
        said = self.with_context(active_test=False).filtered(lambda guest: guest.allergen_ids or guest.said_key)
        said.write({"allergen_ids": [Command.clear()], "said_key": False, "said_hash": False})

    def _bring_allergies(self, place):
        """What the guest has said is said at another table too."""
        said = self.with_context(active_test=False).allergen_ids
        place.write({"allergen_ids": [Command.link(allergen.id) for allergen in said]})

    def _has_written(self):
        """Whether the guest has said an allergy, put anything into the cart or placed a round."""
        self.ensure_one()
        return bool(
            self.with_context(active_test=False).allergen_ids
            or self.env["dining.cart.entry"].search_count([("guest_id", "=", self.id)], limit=1)
            or self.env["dining.round"].search_count([("guest_id", "=", self.id)], limit=1)
        )


def guest_view(seat, allergens):
    """What phones show of the guest on `seat`: `{seat, name: {zh, en}, emoji, allergens: codes}`."""
    return {
        "allergens": allergens,
        "seat": seat,
        "name": {"zh": f"{seat} 号食客", "en": f"Guest {seat}"},
        "emoji": EMOJI[(seat - 1) % len(EMOJI)],
    }
