from odoo import fields, models


class DiningStoreMixin(models.AbstractModel):
    """What a store is set up with and names: a station, a printer, a screen."""

    _name = "dining.store.mixin"
    _description = "Equipment of a store"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    config_id = fields.Many2one(
        "pos.config",
        "Store",
        required=True,
        ondelete="restrict",
        domain=[("is_dining", "=", True)],
        default=lambda self: self.env["pos.config"].search([("is_dining", "=", True)], limit=1),
    )
    company_id = fields.Many2one(related="config_id.company_id", store=True, precompute=True)
