from odoo import api, fields, models, tools
from odoo.addons.dining_base.words import name_of
from odoo.addons.dining_rules.allergies import Allergy, renewed, warnings
from odoo.addons.dining_rules.firing import FiredLine
from odoo.addons.dining_rules.menu import Text

from ..services.rows import default_row


class PosOrderLine(models.Model):
    _inherit = "pos.order.line"

    dining_round_id = fields.Many2one("dining.round", "Round", readonly=True, index="btree_not_null")
    dining_round_number = fields.Integer(related="dining_round_id.number", string="Round number")
    dining_round_state = fields.Selection(related="dining_round_id.state", string="Round state")
    dining_guest_id = fields.Many2one(
        "dining.table.guest", "Guest", readonly=True, ondelete="set null", index="btree_not_null"
    )
    dining_rush = fields.Boolean("Rush", readonly=True)
    dining_charge = fields.Selection([("seat", "Seat charge"), ("service", "Service charge")], "Charge", readonly=True)
    #: As placed: {"name": {zh, en}, "options": [{zh, en}], "seat": int, "unit_price_fen": int}; later changes of
    #: the menu do not rewrite what was ordered or what it costs.
    dining_facts = fields.Json("As ordered", readonly=True)
    #: [{"zh", "en", "seat", "contained", "code", "guest"}], as `dining_rules.allergies.Allergy`; of a set meal at its
    #: parts.
    dining_allergies = fields.Json("Guests' allergies", readonly=True)

    @tools.ormcache("store.id")
    def _dining_default_row(self, store):
        """As `pos.order._dining_default_row`, for a line."""
        return default_row(self.new({"company_id": store.company_id.id}))

    @api.model
    def _load_pos_data_fields(self, config):
        return [
            *super()._load_pos_data_fields(config),
            "dining_rush",
            "dining_charge",
            "dining_facts",
            "dining_allergies",
            "dining_round_number",
            "dining_round_state",
        ]

    def _dining_fired_lines(self):
        """The lines as the kitchen must see them, a set meal with its parts.

        :return: list of FiredLine; charges are not among them
        """
        heads = self.filtered(lambda line: not line.combo_parent_id and not line.dining_charge)
        return [line._dining_fired_line() for line in heads]

    def _dining_portions(self):
        """Portions of each dish on the lines, a set meal and its parts both counted: {dish id: portions}."""
        portions = {}
        for line in self.filtered(lambda line: not line.dining_charge):
            dish_id = line.product_id.product_tmpl_id.id
            portions[dish_id] = portions.get(dish_id, 0) + int(line.qty)
        return portions

    def _dining_fired_line(self):
        facts = self.dining_facts or self._dining_facts_of_product()
        return FiredLine(
            line_id=self.id,
            line_uuid=self.uuid,
            dish_id=self.product_id.product_tmpl_id.id,
            product_id=self.product_id.id,
            category_ids=tuple(self.product_id.pos_categ_ids.ids),
            quantity=self.qty,
            name=Text(**facts["name"]),
            options=tuple(Text(**option) for option in facts["options"]),
            parts=tuple(part._dining_fired_line() for part in self.combo_line_ids),
            note=self.customer_note or "",
            rush=self.dining_rush,
            guest_seat=facts.get("seat") or 0,
            full_name=self.full_product_name or "",
            held=bool(self.course_id and not self.course_id.fired),
            allergies=tuple(Allergy.of(data) for data in self.dining_allergies or ()),
        )

    def _dining_warn(self, table):
        """Write at each dish what the guests who share it must not eat.

        Beside the guests of the table these are those of the dish's own guest, whose table may be another one. What
        is said of anybody else stays: nobody knows better.

        :param table: dining.table.guest of those who sit there
        :return: the lines of which something else is said now
        """
        changed, said = self.browse(), {}
        for line in self.filtered(lambda line: not line.dining_charge and not line.combo_line_ids):
            own = line.dining_guest_id
            asked = table | own.session_id.filtered(lambda session: session.state == "open").guest_ids
            if asked not in said:
                said[asked] = asked._said()
            told = tuple(Allergy.of(data) for data in line.dining_allergies or ())
            heard = renewed(told, warnings(said[asked], line._dining_contents(), own.id or None), asked.ids)
            if set(heard) != set(told):
                line.dining_allergies = [allergy.as_dict() for allergy in heard] or False
                changed |= line
        return changed

    def _dining_contents(self):
        """Codes of the allergens in the dish with its options, also of those that are no longer listed."""
        line = self.with_context(active_test=False)
        chosen = line.attribute_value_ids.product_attribute_value_id
        return frozenset((line.product_id.dining_allergen_ids | chosen.dining_allergen_ids).mapped("code"))

    def _dining_reseat(self, places):
        """Each dish, and what is said of it, remembers its guest, who may have another seat at another table.

        :param places: {dining.table.guest: the guest's new place}; dishes that they have on other bills follow
        """
        if not places:
            return
        guests = [guest.id for guest in places]
        lines = self | self.search([("dining_guest_id", "in", guests), ("order_id.state", "=", "draft")])
        by_id = {guest.id: place for guest, place in places.items()}
        for line in lines:
            place = by_id.get(line.dining_guest_id.id)
            if place:
                facts = {**line.dining_facts, "seat": place.seat} if line.dining_facts else line.dining_facts
                line.write({"dining_guest_id": place.id, "dining_facts": facts})
            if any(data.get("guest") in by_id for data in line.dining_allergies or ()):
                line.dining_allergies = [_reseated(data, by_id) for data in line.dining_allergies]

    def _dining_facts_of_product(self):
        """Facts of a line that the register wrote."""
        options = [name_of(value).as_dict() for value in self.attribute_value_ids]
        return {"name": name_of(self.product_id).as_dict(), "options": options}

    @api.model
    def _dining_states(self, line_ids):
        """What became of lines in the kitchen; an addon that knows more overrides this.

        :param line_ids: ids of order lines
        :return: {line_id: state as in the API's contract}; a line not named is 'ordered'
        """
        return {}

    @api.model
    def _dining_waits(self, line_ids, states):
        """How long lines will still take, and whether the kitchen may be asked to hurry.

        :param states: as `_dining_states` answers
        :return: {line_id: {"can_rush": bool, "wait": {"low", "high"} in minutes or None}}; of a line not named
            nothing can be said and nothing asked
        """
        return {}


def _reseated(data, places):
    """An allergy as JSON keeps it, of the guest in the new place."""
    place = places.get(data.get("guest"))
    return {**data, "guest": place.id, "seat": place.seat} if place else data
