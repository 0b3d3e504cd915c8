from odoo import api, fields, models
from odoo.addons.dining_base.errors import Refused
from odoo.addons.dining_rules.money import fen, yuan
from odoo.fields import Command

from ..services.tenders import tenders_left


class DiningRefund(models.TransientModel):
    """What is given back of a settled order, shown before it is confirmed."""

    _name = "dining.refund"
    _description = "Refund of an order"

    order_id = fields.Many2one("pos.order", required=True, readonly=True)
    currency_id = fields.Many2one(related="order_id.currency_id")
    mode = fields.Selection(
        [
            ("whole", "All that is left"),
            ("dishes", "Dishes"),
            ("amount", "An amount"),
            ("reverse", "Reverse the settlement"),
        ],
        default="whole",
        required=True,
    )
    line_ids = fields.One2many("dining.refund.line", "refund_id", "Dishes")
    amount = fields.Monetary()
    reason = fields.Char(required=True)
    restock = fields.Boolean("Not cooked", help="Limited dishes can be sold again.")
    total = fields.Monetary("Goes back", compute="_compute_total")
    plan = fields.Text("To", compute="_compute_total")

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        order = self.env["pos.order"].browse(values.get("order_id"))
        lines = order.lines.filtered(lambda line: line.qty > line.refunded_qty and not line.dining_wallet_entry_id)
        values["line_ids"] = [Command.create({"line_id": line.id, "portions": 0}) for line in lines]
        return values

    @api.depends("mode", "amount", "line_ids.portions", "order_id")
    def _compute_total(self):
        for wizard in self:
            tenders = tenders_left(wizard.order_id.sudo())  # sudo: neither wallets nor transactions are for everybody
            left = sum(tender.left_fen for tender in tenders)
            wanted = {
                "whole": left,
                "reverse": left,
                "dishes": sum(fen(line.amount) for line in wizard.line_ids),
                "amount": fen(wizard.amount),
            }[wizard.mode]
            wizard.total = yuan(wanted)
            wizard.plan = "\n".join(
                f"{tender.method.name} {tender.entry.member_id.display_name if tender.entry else ''}"
                f" {wizard.currency_id.format(yuan(part_fen))}"
                for tender, part_fen in wizard.order_id._dining_refund_plan(wanted)
            )

    def action_refund(self):
        """Button: refund; opens the refund's order, or after a reversal the one that is to be settled anew.

        :raises Refused: refund_portions, and those of `pos.order._dining_refund` and `_dining_reverse`
        """
        self.ensure_one()
        if self.mode == "reverse":
            return _form_of(self.order_id._dining_reverse(self.reason))
        portions = {line.line_id: line.portions for line in self.line_ids if line.portions}
        if self.mode == "dishes" and not portions:
            raise Refused("refund_portions")
        refund = self.order_id._dining_refund(
            self.reason,
            portions if self.mode == "dishes" else None,
            fen(self.amount) if self.mode == "amount" else None,
            restock=self.restock,
        )
        return _form_of(refund)


def _form_of(order):
    return {
        "type": "ir.actions.act_window",
        "res_model": "pos.order",
        "res_id": order.id,
        "view_mode": "form",
        "views": [(False, "form")],
    }
