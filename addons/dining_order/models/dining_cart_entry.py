from odoo import fields, models


class DiningCartEntry(models.Model):
    """One change of a table's shared cart; rows are only ever added.

    A line of the cart is the entry that added it and the sum of the quantities
    of all entries with its key, so that phones that write at the same time
    never wait for each other. Placing a round adds entries that take its lines
    out again; what another phone added meanwhile stays for the next round.
    """

    _name = "dining.cart.entry"
    _description = "Change of a table's cart"
    _order = "id desc"
    _log_access = False

    session_id = fields.Many2one("dining.table.session", required=True, ondelete="cascade", index=True)
    guest_id = fields.Many2one("dining.table.guest", required=True, ondelete="cascade")
    kind = fields.Selection([("add", "Added"), ("change", "Changed"), ("placed", "Placed")], required=True)
    line_key = fields.Char(required=True, help="Names the line; made by the phone that added it.")
    client_key = fields.Char(help="The write's Idempotency-Key.")
    request_hash = fields.Char(help="To tell a repeat from another write under the same key.")
    dish_id = fields.Many2one("product.template", required=True, ondelete="restrict")
    #: {"option_ids": [int], "components": [{"choice_id": int, "option_ids": [int]}]}
    choice = fields.Json()
    quantity = fields.Integer(required=True, help="Negative where portions are taken out.")
    note = fields.Char()
    rush = fields.Boolean()
    round_id = fields.Many2one("dining.round", ondelete="set null")
    create_date = fields.Datetime("Written on", readonly=True)

    _client_key_unique = models.UniqueIndex("(guest_id, client_key) WHERE client_key IS NOT NULL")
    _line_key_unique = models.UniqueIndex("(session_id, line_key) WHERE kind = 'add'")
    _line_index = models.Index("(session_id, line_key)")
