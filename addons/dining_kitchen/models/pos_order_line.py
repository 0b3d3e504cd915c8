from odoo import api, models
from odoo.addons.dining_rules.dish_state import Happening, state_of

from ..services.waiting import read_waits

_EVENTS = """
SELECT l.id, l.combo_parent_id, e.kind, e.quantity, e.carried
  FROM pos_order_line l
  JOIN dining_dish_event e ON e.line_uuid = l.uuid
 WHERE l.id = ANY(%(ids)s) OR l.combo_parent_id = ANY(%(ids)s)
 ORDER BY e.id
"""

#: From far to near the guest: a set meal is where its slowest part is.
_ORDER = ("ordered", "held", "fired", "printed", "started", "ready", "served", "voided")


class PosOrderLine(models.Model):
    _inherit = "pos.order.line"

    @api.model
    def _dining_states(self, line_ids):
        """What became of lines in the kitchen; one statement.

        :return: {line id: `dining_rules.dish_state.DishState.name`}; a set meal is as far as its slowest part
        """
        states = super()._dining_states(line_ids)
        if not line_ids:
            return states
        self.env["dining.dish.event"].flush_model()
        self.env.cr.execute(_EVENTS, {"ids": list(line_ids)})
        happenings, set_of = {}, {}
        for line_id, set_id, kind, quantity, carried in self.env.cr.fetchall():
            happenings.setdefault(line_id, []).append(Happening(kind, quantity, carried or {}))
            set_of[line_id] = set_id
        parts = {}
        for line_id, events in happenings.items():
            states[line_id] = state_of(events).name
            if set_of[line_id]:
                parts.setdefault(set_of[line_id], []).append(states[line_id])
        for set_id, names in parts.items():
            states[set_id] = min(names, key=_ORDER.index)
        return {line_id: state for line_id, state in states.items() if line_id in set(line_ids)}

    @api.model
    def _dining_waits(self, line_ids, states):
        return {**super()._dining_waits(line_ids, states), **read_waits(self.env, line_ids, states)}
