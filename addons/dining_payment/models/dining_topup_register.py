from odoo import fields, models
from odoo.addons.dining_base.errors import Refused
from odoo.addons.dining_rules.moments import in_zone
from odoo.addons.dining_rules.money import yuan
from odoo.addons.dining_wallet.services.account import Account

#: A day is China's, as in the books.
ZONE = "Asia/Shanghai"


class DiningTopup(models.Model):
    """Topping up in cash at the register: credited, and the cash in the till, in one transaction."""

    _inherit = "dining.topup"

    state = fields.Selection(selection_add=[("reversed", "Taken back")], ondelete={"reversed": "set default"})
    pos_session_id = fields.Many2one(
        "pos.session", "Register session", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    cash_line_ids = fields.One2many("account.bank.statement.line", "dining_topup_id", "Cash", readonly=True)

    _register_key_unique = models.UniqueIndex("(client_key) WHERE pos_session_id IS NOT NULL")

    def _take_cash(self, session, member, offer, client_key):
        """Credit a member with an offer that is paid in cash; a key that is sent again gets the same top-up.

        :param session: superuser pos.session whose till takes the cash
        :return: the dining.topup, credited
        :raises Refused: store_closed, topup_no_cash, idempotency_key_reused, topup_in_progress, wallet_full,
            wallet_closed, and those of `dining.topup.offer._take`
        """
        known = self.search([("client_key", "=", client_key), ("pos_session_id", "!=", False)])
        if known:
            if (known.offer_id, known.member_id) != (offer, member):
                raise Refused("idempotency_key_reused")
            return known
        if session.state != "opened":
            raise Refused("store_closed")
        if not session.cash_journal_id:
            raise Refused("topup_no_cash")
        offer._take(member)
        topup = self._open(member, offer, client_key, pos_session_id=session.id, state="credited")
        account = topup._account(f"topup:cash:{client_key}")
        written = account.top_up(topup.principal_fen, topup.bonus_fen, topup.offer_name, topup.offer_name)
        topup.entry_id = written.id
        topup._move_cash(session, topup.entry_id)
        return topup

    def action_dining_take_back(self):
        """Button: the cash was taken by mistake; it goes back to the guest, and the credit is reversed.

        :raises Refused: topup_take_back_manager_only, topup_not_in_cash, topup_not_today, refund_no_session, and
            those of `Account.reverse`, such as wallet_spent
        """
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group("point_of_sale.group_pos_manager"):
            raise Refused("topup_take_back_manager_only")
        self.sudo()._take_back()  # sudo: wallets are the server's to write
        return True

    def _take_back(self):
        self._lock()
        if self.state == "reversed":
            return
        if not self.pos_session_id or self.state != "credited":
            raise Refused("topup_not_in_cash")
        if in_zone(self.entry_id.at, ZONE).date() != in_zone(fields.Datetime.now(), ZONE).date():
            raise Refused("topup_not_today")
        session = self.pos_session_id.config_id.current_session_id
        if not session or session.state != "opened":
            raise Refused("refund_no_session")
        written = self._account(f"topup:back:{self.id}").reverse(self.entry_id.id, self.env._("Top-up taken back"))
        self.state = "reversed"
        self._move_cash(session, self.entry_id.browse(written.id))

    def _account(self, key):
        wallet = self.env["dining.wallet"]._of(self.member_id)
        return Account(self.env, wallet.id, key=key, source=f"{self.pos_session_id.name}/T{self.id}")

    def _move_cash(self, session, entry):
        """Put the cash of a wallet entry into the session's till, or out of it."""
        self.env["account.bank.statement.line"].with_context(no_retrieve_partner=True).create(
            {
                "pos_session_id": session.id,
                "journal_id": session.cash_journal_id.id,
                "amount": yuan(entry.principal_fen),
                "date": in_zone(entry.at, ZONE).date(),
                "payment_ref": f"{entry.source} {entry.reason}",
                "partner_id": self.member_id.partner_id.id,
                "dining_topup_id": self.id,
                "dining_wallet_entry_id": entry.id,
            }
        )
