from odoo import api, models

_STATES = """
SELECT l.id, l.combo_parent_id, sum(e.quantity) AS portions,
       bool_and(EXISTS (SELECT 1 FROM dining_print_job j WHERE j.ticket_id = e.ticket_id AND j.state = 'done'))
       FILTER (WHERE e.quantity > 0) AS printed
  FROM pos_order_line l
  JOIN dining_dish_event e ON e.line_uuid = l.uuid
 WHERE l.id = ANY(%(ids)s) OR l.combo_parent_id = ANY(%(ids)s)
 GROUP BY l.id
"""

#: From far to near the paper: a set meal is where its slowest part is.
_ORDER = ("fired", "printed", "voided")


class PosOrderLine(models.Model):
    _inherit = "pos.order.line"

    @api.model
    def _dining_states(self, line_ids):
        """What became of lines in the kitchen; one statement.

        :return: {line id: 'fired', 'printed' or 'voided'}; a set meal is as far as its slowest part
        """
        states = super()._dining_states(line_ids)
        if not line_ids:
            return states
        self.env["dining.dish.event"].flush_model()
        self.env.cr.execute(_STATES, {"ids": list(line_ids)})
        sets = {}
        for line_id, set_id, portions, printed in self.env.cr.fetchall():
            state = "voided" if portions <= 0 else "printed" if printed or printed is None else "fired"
            states[line_id] = state
            if set_id:
                sets.setdefault(set_id, []).append(state)
        for set_id, parts in sets.items():
            states[set_id] = min(parts, key=_ORDER.index)
        return {line_id: state for line_id, state in states.items() if line_id in set(line_ids)}
