from odoo import api, fields, models
from odoo.addons.dining_base.errors import Refused
from odoo.addons.dining_rules.money import fen, yuan
from odoo.addons.dining_wallet.services.account import Account


class DiningTopup(models.Model):
    """A member's top-up from the moment it is asked for; the price and the bonus are those of that moment."""

    _name = "dining.topup"
    _description = "Top-up"
    _order = "id desc"
    _rec_name = "offer_name"

    member_id = fields.Many2one("dining.member", required=True, readonly=True, ondelete="restrict", index=True)
    company_id = fields.Many2one(related="member_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    offer_id = fields.Many2one("dining.topup.offer", required=True, readonly=True, ondelete="restrict", index=True)
    offer_name = fields.Char("Chosen", required=True, readonly=True)
    principal_fen = fields.Integer("Paid, in fen", required=True, readonly=True)
    bonus_fen = fields.Integer("Given, in fen", required=True, readonly=True)
    principal = fields.Monetary("Paid", compute="_compute_amounts")
    bonus = fields.Monetary("Given", compute="_compute_amounts")
    state = fields.Selection(
        [
            ("pending", "Being paid"),
            ("credited", "Credited"),
            ("cancelled", "Given up"),
            ("returned", "Paid and returned"),
        ],
        default="pending",
        required=True,
        readonly=True,
    )
    user_id = fields.Many2one("wechat.user", "Phone", readonly=True, ondelete="restrict")
    client_key = fields.Char(readonly=True)
    transaction_ids = fields.One2many("payment.transaction", "dining_topup_id", readonly=True)
    entry_id = fields.Many2one("dining.wallet.entry", "Wallet entry", readonly=True, ondelete="restrict")

    _key_unique = models.UniqueIndex("(user_id, client_key) WHERE client_key IS NOT NULL")
    _entry_once = models.UniqueIndex("(entry_id) WHERE entry_id IS NOT NULL")

    @api.depends("principal_fen", "bonus_fen")
    def _compute_amounts(self):
        for topup in self:
            topup.principal, topup.bonus = yuan(topup.principal_fen), yuan(topup.bonus_fen)

    # -- from a phone -----------------------------------------------------------------
    def _intend(self, offer, member, user, client_key):
        """Record that a member is about to top up by WeChat. Commit before calling WeChat.

        A key that is sent again gets the same top-up.

        :return: dining.topup with a pending transaction
        :raises Refused: idempotency_key_reused, payment_unavailable, topup_in_progress, wallet_full, and those of
            `dining.topup.offer._take`
        """
        known = self.search([("user_id", "=", user.id), ("client_key", "=", client_key)])
        if known:
            if known.offer_id != offer:
                raise Refused("idempotency_key_reused")
            return known
        offer._take(member)
        provider = self._provider_for(user)
        topup = self._open(member, offer, client_key, user_id=user.id)
        self.env["payment.transaction"]._wechatpay_intend(
            provider,
            offer.price,
            channel="jsapi",
            openid=user.openid,
            description=f"{member.company_id.name} {topup.offer_name}",
            dining_topup_id=topup.id,
            dining_user_id=user.id,
        )
        return topup

    def _open(self, member, offer, client_key, **more):
        """A new top-up at the offer's terms of now.

        :param more: further values of it
        :raises Refused: topup_in_progress, wallet_full, wallet_closed
        """
        if self.search_count([("member_id", "=", member.id), ("state", "=", "pending")]):
            raise Refused("topup_in_progress")
        self._check_room(member, fen(offer.price))
        terms = {
            "offer_name": offer.with_context(lang="zh_CN").name,
            "principal_fen": fen(offer.price),
            "bonus_fen": fen(offer.bonus),
        }
        return self.create({"member_id": member.id, "offer_id": offer.id, "client_key": client_key, **terms, **more})

    def _provider_for(self, user):
        """:raises Refused: payment_unavailable"""
        provider = self.env["payment.provider"].search(
            [
                ("code", "=", "wechatpay"),
                ("state", "in", ("enabled", "test")),
                ("company_id", "=", user.app_id.company_id.id),
                ("wechatpay_appid", "=", user.app_id.appid),
            ],
            limit=1,
        )
        if not provider:
            raise Refused("payment_unavailable")
        return provider

    def _check_room(self, member, principal_fen):
        """What is paid must fit into the wallet: asked before anybody pays.

        :raises Refused: wallet_full, wallet_closed
        """
        wallet = self.env["dining.wallet"]._of(member)
        most_fen = fen(member.company_id.dining_wallet_max)
        if wallet.state != "open":
            raise Refused("wallet_closed")
        if wallet.principal_fen + principal_fen > most_fen:
            raise Refused("wallet_full", max_fen=most_fen)

    # -- paid ---------------------------------------------------------------------------
    def _credit(self, tx):
        """Put confirmed money into the wallet, once; what cannot be put there is returned.

        The terms are those that the member saw, whatever has become of the offer since.
        """
        self._lock()
        if self.state == "credited":
            return
        if self.state == "cancelled":
            self._return(tx, self.env._("It was paid after it had been given up."))
            return
        wallet = self.env["dining.wallet"]._of(self.member_id)
        try:
            with self.env.cr.savepoint():
                account = Account(self.env, wallet.id, key=f"topup:{tx.reference}", source=tx.reference)
                written = account.top_up(self.principal_fen, self.bonus_fen, self.offer_name, self.offer_name)
        except Refused as refused:
            self._return(tx, refused.args[0])
            return
        self.write({"state": "credited", "entry_id": written.id})

    def _return(self, tx, words):
        self.state = "returned"
        tx.wechatpay_problem = self.env._("The top-up is being returned to the guest: %s", words)
        tx._refund(tx.amount)

    def _give_up(self):
        """WeChat is certain that no money comes."""
        self._lock()
        if self.state == "pending":
            self.state = "cancelled"

    def _lock(self):
        self.ensure_one()
        self.env.cr.execute("UPDATE dining_topup SET write_date = write_date WHERE id = %s", (self.id,))
        self.invalidate_recordset()

    # -- what the phone sees --------------------------------------------------------------
    def _view(self, user=None):
        """As `TopupOut`.

        :param user: the wechat.user who asks; only the payer is given what opens the pay sheet
        """
        self.ensure_one()
        tx = self.transaction_ids.filtered(lambda tx: tx.operation != "refund")[:1]
        mine = user is not None and user == self.user_id
        return {
            "id": tx.reference,
            "offer": self.offer_name,
            "principal_fen": self.principal_fen,
            "bonus_fen": self.bonus_fen,
            "state": self.state,
            "request": tx._wechatpay_pay_params() if mine and tx._wechatpay_is_payable() else None,
        }
