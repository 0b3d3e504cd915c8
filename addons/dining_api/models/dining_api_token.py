import hashlib
import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.dining_rules.refusals import Refusal

#: How long a phone stays logged in.
LIFETIME = timedelta(days=30)


class DiningApiToken(models.Model):
    """A phone's bearer token, kept as its hash: a copy of the table logs nobody in."""

    _name = "dining.api.token"
    _description = "Phone token"
    _log_access = False

    token_hash = fields.Char(required=True)
    user_id = fields.Many2one("wechat.user", required=True, ondelete="cascade", index=True)
    expires_at = fields.Datetime(required=True)
    revoked_at = fields.Datetime()

    _hash_unique = models.UniqueIndex("(token_hash)")

    @api.model
    def _issue(self, user):
        """A new token for a wechat.user.

        :return: (token, when it expires)
        """
        token = secrets.token_urlsafe(32)
        expires_at = fields.Datetime.now() + LIFETIME
        self.create({"token_hash": _hash(token), "user_id": user.id, "expires_at": expires_at})
        return token, expires_at

    @api.model
    def _user_id(self, token):
        """The id of the wechat.user that a token belongs to, by one statement.

        :raises Refusal: token_invalid, where it is unknown, revoked or expired
        """
        self.env.cr.execute(
            "SELECT user_id FROM dining_api_token WHERE token_hash = %s AND revoked_at IS NULL AND expires_at > %s",
            (_hash(token), fields.Datetime.now()),
        )
        row = self.env.cr.fetchone()
        if row is None:
            raise Refusal("token_invalid")
        return row[0]

    @api.model
    def _revoke(self, token):
        """Make a token useless from now on."""
        self.search([("token_hash", "=", _hash(token))]).write({"revoked_at": fields.Datetime.now()})

    @api.model
    def _delete_expired(self):
        self.search([("expires_at", "<", fields.Datetime.now())]).unlink()


def _hash(token):
    return hashlib.sha256(token.encode()).hexdigest()
