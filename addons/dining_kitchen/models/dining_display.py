import secrets

from odoo import api, fields, models
from odoo.addons.dining_base.errors import Refused
from odoo.addons.dining_base.qr import qr_png
from odoo.exceptions import ValidationError

PATH = "/diancan/display/"
#: Name of a store's channel on Odoo's bus, and of what is sent on it.
CHANNEL = "dining_display"


class DiningDisplay(models.Model):
    """A screen in the kitchen: what one station cooks, or what stands at the pass.

    Its link carries a secret token and opens on any tablet without an Odoo account; a new token closes it there.
    """

    _name = "dining.display"
    _description = "Kitchen display"
    _inherit = ["dining.store.mixin"]
    _order = "config_id, name, id"

    kind = fields.Selection(
        [("station", "A station"), ("pass", "The pass")],
        "Shows",
        default="station",
        required=True,
        help="划菜、传菜: the pass sees every station's dishes and strikes off what has been served.",
    )
    station_id = fields.Many2one(
        "dining.station", ondelete="restrict", domain="[('config_id', '=', config_id)]", index="btree_not_null"
    )
    access_token = fields.Char(
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: secrets.token_urlsafe(24),
        groups="point_of_sale.group_pos_manager",
    )
    link = fields.Char(compute="_compute_link", groups="point_of_sale.group_pos_manager")
    link_qr = fields.Binary("QR code of the link", compute="_compute_link", groups="point_of_sale.group_pos_manager")
    warn_minutes = fields.Integer("First alert after (min)", default=10, required=True)
    late_minutes = fields.Integer("Second alert after (min)", default=20, required=True)
    theme = fields.Selection([("dark", "Dark"), ("light", "Light")], default="dark", required=True)
    language = fields.Selection(
        [("zh", "Chinese"), ("en", "English")], "Opens in", default="zh", required=True, help="Cooks may switch it."
    )
    single_tap = fields.Boolean(
        "One tap finishes a dish",
        help="At a station a dish is ready without being started first; at the pass it is served though its station"
        " has reported nothing, as where stations have paper only.",
    )
    sound = fields.Boolean("Sound on a new order", default=True)

    _token_unique = models.UniqueIndex("(access_token)")
    _alerts = models.Constraint(
        "CHECK(warn_minutes > 0 AND late_minutes > warn_minutes AND late_minutes <= 600)",
        "The first alert comes after at least a minute, the second after the first and within ten hours.",
    )

    @api.depends("access_token")
    def _compute_link(self):
        base = self.get_base_url() if self else ""
        for display in self:
            display.link = display.access_token and base + PATH + display.access_token
            display.link_qr = display.link and qr_png(display.link)

    @api.constrains("kind", "station_id", "config_id")
    def _check_station(self):
        for display in self:
            station = display.station_id
            if display.kind == "station" and not station:
                raise ValidationError(self.env._("Choose the station that %s shows.", display.name))
            if station and station.config_id != display.config_id:
                raise ValidationError(
                    self.env._(
                        "%(station)s belongs to another store than %(display)s.",
                        station=station.name,
                        display=display.name,
                    )
                )

    @api.model
    def _of_token(self, token):
        """The display that a link opens.

        :return: the display, as superuser: who holds the token needs no account
        :raises Refused: display_unknown
        """
        domain = [("access_token", "=", token or ""), ("config_id.active", "=", True)]
        display = self.sudo().search_fetch(domain, ["config_id", "station_id", "kind"], limit=1)
        if not display:
            raise Refused("display_unknown")
        return display

    def action_open(self):
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": PATH + self.access_token, "target": "new"}

    def action_rotate_token(self):
        """Close the display wherever it is open: its link and QR code are new."""
        for display in self:
            display.access_token = secrets.token_urlsafe(24)
        # Screens that are open find out at once.
        for config in self.config_id:
            config.sudo()._dining_notify_displays()
