from odoo import api, fields, models, tools
from odoo.addons.dining_base.words import name_of
from odoo.addons.dining_rules.allergies import Allergy, warnings
from odoo.addons.dining_rules.firing import FiredLine
from odoo.addons.dining_rules.menu import Text

from ..services.rows import default_row


class PosOrderLine(models.Model):
    _inherit = "pos.order.line"

    dining_round_id = fields.Many2one("dining.round", "Round", readonly=True, index="btree_not_null")
    dining_round_number = fields.Integer(related="dining_round_id.number", string="Round number")
    dining_round_state = fields.Selection(related="dining_round_id.state", string="Round state")
    dining_guest_id = fields.Many2one("dining.table.guest", "Guest", readonly=True, ondelete="set null")
    dining_rush = fields.Boolean("Rush", readonly=True)
    dining_charge = fields.Selection([("seat", "Seat charge"), ("service", "Service charge")], "Charge", readonly=True)
    #: As placed: {"name": {zh, en}, "options": [{zh, en}], "seat": int, "unit_price_fen": int}; later changes of
    #: the menu do not rewrite what was ordered or what it costs.
    dining_facts = fields.Json("As ordered", readonly=True)
    #: [{"zh", "en", "seat", "contained"}], as `dining_rules.allergies.Allergy`; of a set meal at its parts.
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

    def _dining_warn(self, said):
        """Write at each dish what its guests must not eat.

        :param said: list of `dining_rules.allergies.Said`, of everybody at the table
        :return: the lines of which something else is said now
        """
        changed = self.browse()
        for line in self.filtered(lambda line: not line.dining_charge and not line.combo_line_ids):
            chosen = line.attribute_value_ids.product_attribute_value_id
            inside = line.product_id.dining_allergen_ids | chosen.dining_allergen_ids
            seat = (line.dining_facts or {}).get("seat")
            heard = warnings(said, frozenset(inside.mapped("code")), seat)
            allergies = [allergy.as_dict() for allergy in heard] or False
            if allergies != (line.dining_allergies or False):
                line.dining_allergies = allergies
                changed |= line
        return changed

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
