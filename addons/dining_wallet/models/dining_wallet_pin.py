from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.dining_base.errors import Refused

#: Wrong PINs until a member is locked out, and for how long.
TRIES = 5
LOCK = timedelta(minutes=30)

# A try is counted before it is looked at: of those who race, each finds the others' tries. Where the lock has
# run out, the counting begins anew.
_CLAIM = """
UPDATE dining_wallet_pin p
   SET tries = n.tries, locked_until = CASE WHEN n.tries >= %(most)s THEN %(until)s END
  FROM (SELECT id, CASE WHEN locked_until IS NULL THEN tries ELSE 0 END + 1 AS tries
          FROM dining_wallet_pin WHERE member_id = %(member_id)s) n
 WHERE p.id = n.id AND (p.locked_until IS NULL OR p.locked_until <= %(now)s)
RETURNING p.hash
"""
_FREE = "UPDATE dining_wallet_pin SET tries = 0, locked_until = NULL WHERE member_id = %s AND hash = %s RETURNING id"
_SET = """
INSERT INTO dining_wallet_pin (member_id, hash, set_at, tries) VALUES (%s, %s, %s, 0)
ON CONFLICT (member_id) DO UPDATE SET hash = EXCLUDED.hash, set_at = EXCLUDED.set_at, tries = 0, locked_until = NULL
"""


class DiningWalletPin(models.Model):
    """A member's payment PIN (支付密码), as its hash; nobody reads it through the ORM."""

    _name = "dining.wallet.pin"
    _description = "Payment PIN"
    _log_access = False

    member_id = fields.Many2one("dining.member", required=True, ondelete="cascade")
    hash = fields.Char(required=True)
    set_at = fields.Datetime(required=True)
    tries = fields.Integer("Wrong tries", required=True, default=0)
    locked_until = fields.Datetime()

    _one_a_member = models.UniqueIndex("(member_id)")

    @api.model
    def _of(self, member):
        """The PIN of a dining.member; empty where none is set."""
        return self.search([("member_id", "=", member.id)])

    @api.model
    def _set(self, member, hashed):
        """Keep a new PIN; what was tried against the old one is forgotten."""
        self.env.cr.execute(_SET, (member.id, hashed, fields.Datetime.now()))
        self.invalidate_model(flush=False)

    def _claim(self):
        """Count a try. Commit before looking whether it was right.

        :return: the hash to compare with
        :raises Refused: wallet_pin_locked
        """
        self.ensure_one()
        now = fields.Datetime.now()
        values = {"member_id": self.member_id.id, "most": TRIES, "until": now + LOCK, "now": now}
        self.env.cr.execute(_CLAIM, values)
        row = self.env.cr.fetchone()
        self.invalidate_recordset(flush=False)
        if not row:
            raise self._locked()
        return row[0]

    def _settle_try(self, hashed, is_right):
        """What comes of a try that was counted.

        :param hashed: what it was compared with
        :raises Refused: wallet_pin_wrong, wallet_pin_locked
        """
        self.invalidate_recordset(flush=False)
        if is_right:
            self.env.cr.execute(_FREE, (self.member_id.id, hashed))
            # Another PIN was set while this one was being looked at: it is right no longer.
            is_right = bool(self.env.cr.fetchone())
            self.invalidate_recordset(flush=False)
        if not is_right:
            raise self._locked() if self.is_locked else Refused("wallet_pin_wrong", left=TRIES - self.tries)

    @property
    def is_locked(self):
        return bool(self.locked_until and self.locked_until > fields.Datetime.now())

    def _locked(self):
        left = (self.locked_until or fields.Datetime.now()) - fields.Datetime.now()
        return Refused("wallet_pin_locked", minutes=max(-(-int(left.total_seconds()) // 60), 1))
