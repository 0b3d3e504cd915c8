import hashlib
import secrets

from odoo import fields, models
from odoo.addons.dining_base.errors import Refused
from odoo.tools import SQL

PAIRING_MINUTES = 10
#: Wrong codes that are borne before the codes that are out become worthless: nobody guesses 8 digits.
WRONG_TRIES = 20
ONLINE_SECONDS = 60

_PAIR = """
UPDATE dining_print_agent
   SET pairing_code = NULL, pairing_until = NULL, token_hash = %s, version = %s,
       last_seen_at = clock_timestamp() AT TIME ZONE 'UTC'
 WHERE pairing_code = %s AND pairing_until > clock_timestamp() AT TIME ZONE 'UTC' AND active
RETURNING id
"""
_WRONG = """
UPDATE dining_print_agent
   SET wrong_tries = coalesce(wrong_tries, 0) + 1,
       pairing_code = CASE WHEN coalesce(wrong_tries, 0) + 1 < %s THEN pairing_code END,
       pairing_until = CASE WHEN coalesce(wrong_tries, 0) + 1 < %s THEN pairing_until END
 WHERE pairing_code IS NOT NULL
"""
#: Seen every few seconds; written down now and then.
_SEEN = """
UPDATE dining_print_agent SET last_seen_at = clock_timestamp() AT TIME ZONE 'UTC', version = %s
 WHERE id = %s AND (version IS DISTINCT FROM %s
                    OR last_seen_at < clock_timestamp() AT TIME ZONE 'UTC' - interval '10 seconds')
"""


class DiningPrintAgent(models.Model):
    """A program in a store's network that prints for printers which the server cannot reach."""

    _name = "dining.print.agent"
    _description = "Print agent"
    _inherit = ["dining.store.mixin"]
    _order = "config_id, name"

    printer_ids = fields.One2many("dining.printer", "agent_id", "Printers")
    pairing_code = fields.Char(readonly=True, copy=False, groups="point_of_sale.group_pos_manager")
    pairing_until = fields.Datetime("Code valid until", readonly=True, copy=False)
    wrong_tries = fields.Integer(readonly=True, copy=False)
    token_hash = fields.Char(readonly=True, copy=False, groups="base.group_system")
    is_paired = fields.Boolean("Paired", compute="_compute_is_paired")
    last_seen_at = fields.Datetime("Last seen", readonly=True, copy=False)
    is_online = fields.Boolean("Connected", compute="_compute_is_online")
    version = fields.Char(readonly=True, copy=False)
    server_url = fields.Char("Address of this server", compute="_compute_server_url")

    _token_once = models.UniqueIndex("(token_hash) WHERE token_hash IS NOT NULL")
    _code_once = models.UniqueIndex("(pairing_code) WHERE pairing_code IS NOT NULL")

    def _compute_is_paired(self):
        # Whether there is a token is no secret, the token's hash is.
        for agent in self:
            agent.is_paired = bool(agent.sudo().token_hash)

    def _compute_is_online(self):
        self.env.cr.execute(
            SQL(
                "SELECT id FROM dining_print_agent WHERE id = ANY(%s) AND token_hash IS NOT NULL"
                " AND last_seen_at > clock_timestamp() AT TIME ZONE 'UTC' - %s * interval '1 second'",
                list(self.ids),
                ONLINE_SECONDS,
            )
        )
        online = {row[0] for row in self.env.cr.fetchall()}
        for agent in self:
            agent.is_online = agent.id in online

    def _compute_server_url(self):
        self.server_url = self.get_base_url()

    def action_show_code(self):
        """Show a new pairing code: 8 digits, for ten minutes, for one use."""
        for agent in self:
            agent.check_access("write")
            self.env.flush_all()
            self.env.cr.execute(
                SQL(
                    "UPDATE dining_print_agent SET pairing_code = %s, wrong_tries = 0, pairing_until ="
                    " clock_timestamp() AT TIME ZONE 'UTC' + %s * interval '1 minute' WHERE id = %s",
                    f"{secrets.randbelow(10**8):08}",
                    PAIRING_MINUTES,
                    agent.id,
                )
            )
        self.invalidate_recordset()
        return True

    def action_unpair(self):
        """Take the agent's token away: it prints nothing more until it is paired again."""
        # The token's hash belongs to nobody who can read it.
        self.check_access("write")
        self.sudo().write({"token_hash": False, "pairing_code": False, "pairing_until": False})
        return True

    def action_download(self):
        """The program, as one file."""
        return {"type": "ir.actions.act_url", "url": "/diancan/agent.pyz", "target": "download"}

    def _pair(self, code, version):
        """A token for the agent whose code this is; the code is worth nothing afterwards.

        :returns: {"token", "name", "store"}
        :raises Refused: agent_code_wrong
        """
        token = secrets.token_urlsafe(32)
        self.env.cr.execute(SQL(_PAIR, _hash(token), version, code))
        if not (row := self.env.cr.fetchone()):
            self.env.cr.execute(SQL(_WRONG, WRONG_TRIES, WRONG_TRIES))
            return None
        self.invalidate_model()
        agent = self.browse(row[0])
        return {"token": token, "name": agent.name, "store": agent.config_id.name}

    def _of_token(self, token, version):
        """The agent that holds this token; notes that it was seen.

        :raises Refused: agent_unknown
        """
        self.env.cr.execute(
            SQL("SELECT id FROM dining_print_agent WHERE token_hash = %s AND active", _hash(token)),
        )
        if not (row := self.env.cr.fetchone()):
            raise Refused("agent_unknown")
        self.env.cr.execute(SQL(_SEEN, version, row[0], version))
        return self.browse(row[0])


def _hash(token):
    return hashlib.sha256(token.encode()).hexdigest()
