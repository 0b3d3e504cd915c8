from odoo import models

from .dining_display import CHANNEL

_PREFIX = f"{CHANNEL}:"


class IrWebsocket(models.AbstractModel):
    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        """A display asks for `dining_display:<token>` and is given its store's channel, if the token is valid."""
        asked = [channel for channel in channels if isinstance(channel, str) and channel.startswith(_PREFIX)]
        kept = [channel for channel in channels if channel not in asked]
        tokens = [channel.removeprefix(_PREFIX) for channel in asked]
        # Whoever holds a display's token needs no account.
        displays = self.env["dining.display"].sudo().search([("access_token", "in", tokens)]) if tokens else []
        kept.extend((display.config_id, CHANNEL) for display in displays)
        return super()._build_bus_channel_list(kept)
