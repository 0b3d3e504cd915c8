from odoo import api, fields, models
from odoo.addons.dining_base.errors import Refused
from odoo.addons.dining_rules.money import yuan
from odoo.addons.dining_wallet.services.refunds import what_is_due


class DiningBalanceRefundAsk(models.TransientModel):
    """What goes back of a top-up and by which rule, shown before anybody asks for it."""

    _name = "dining.balance.refund.ask"
    _description = "Ask for the refund of a balance"

    lot_id = fields.Many2one("dining.wallet.lot", "Top-up", required=True, readonly=True)
    wallet_id = fields.Many2one(related="lot_id.wallet_id")
    member_id = fields.Many2one(related="wallet_id.member_id")
    currency_id = fields.Many2one(related="lot_id.currency_id")
    invoice_policy = fields.Selection(related="lot_id.invoice_policy")
    bought_at = fields.Datetime(related="lot_id.bought_at")
    paid = fields.Monetary("Paid for it", related="lot_id.principal")
    given = fields.Monetary(related="lot_id.bonus")
    spent = fields.Monetary("Spent of it", compute="_compute_due", help="Principal and bonus, what came back included.")
    is_diners_fault = fields.Boolean("The diner is the cause", help="What was spent then counts at its full price.")
    cause = fields.Char("Why the diner is the cause")
    rule = fields.Selection(
        lambda self: self.env["dining.balance.refund"]._fields["rule"]._description_selection(self.env),
        compute="_compute_due",
    )
    counted = fields.Monetary("Counts as spent", compute="_compute_due")
    amount = fields.Monetary("Goes back", compute="_compute_due")
    bonus = fields.Monetary("Bonus that lapses", compute="_compute_due")
    invoice = fields.Selection(
        [("none", "No invoice was made out for the top-up"), ("red", "The 601 invoice has been red-lettered")]
    )
    red_invoice = fields.Char("Red-letter invoice's number")
    why_not_wechat = fields.Char("By hand, because", compute="_compute_why_not_wechat")
    way = fields.Selection(
        [("wechat", "Back by WeChat"), ("cash", "Cash from a register"), ("bank", "Bank transfer")],
        "How it is paid",
        compute="_compute_way",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    note = fields.Char("Paid to")
    reason = fields.Char(required=True)

    @api.depends("lot_id", "is_diners_fault")
    def _compute_due(self):
        for ask in self:
            due = what_is_due(ask.lot_id, fields.Datetime.now(), diners_fault=ask.is_diners_fault)
            lot = ask.lot_id
            spent_fen = lot.principal_fen + lot.bonus_fen - lot.principal_left_fen - lot.bonus_left_fen
            ask.rule, ask.spent = due.rule, yuan(spent_fen)
            ask.amount, ask.bonus = yuan(due.amount_fen), yuan(due.bonus_fen)
            ask.counted = yuan(lot.principal_fen - due.amount_fen)

    @api.depends("lot_id")
    def _compute_why_not_wechat(self):
        for ask in self:
            code = ask._why_not_wechat()
            words = Refused(code).message_by_language if code else {}
            ask.why_not_wechat = words.get("zh" if (self.env.lang or "").startswith("zh") else "en")

    @api.depends("lot_id")
    def _compute_way(self):
        for ask in self:
            ask.way = "cash" if ask._why_not_wechat() else "wechat"

    def _why_not_wechat(self):
        return self.lot_id.sudo()._dining_why_not_wechat()  # sudo: payments are not for everybody

    def action_ask(self):
        """Button: ask for it; opens the request.

        :raises Refused: balance_refund_cause, and those of `dining.balance.refund._ask`
        """
        self.ensure_one()
        if self.is_diners_fault and not (self.cause or "").strip():
            raise Refused("balance_refund_cause")
        red_invoice = {"none": False, "red": (self.red_invoice or "").strip()}.get(self.invoice)
        refund = self.env["dining.balance.refund"]._ask(
            self.lot_id,
            self.reason,
            self.way,
            cause=self.cause if self.is_diners_fault else None,
            red_invoice=red_invoice,
            note=self.note,
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": "dining.balance.refund",
            "res_id": refund.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
