from odoo import fields, models
from odoo.addons.dining_rules.stored_value import COOLING_OFF_DAYS, PRO_RATA, VAT_PERMILLE


class ResCompany(models.Model):
    _inherit = "res.company"

    dining_wallet_policy = fields.Selection(
        [
            ("pro_rata", "Principal and bonus as they were bought"),
            ("principal_first", "Principal first"),
            ("bonus_first", "Bonus first"),
        ],
        "A spend takes",
        default=PRO_RATA,
        required=True,
        help="As they were bought: each spend is revenue at the discount of its top-up, and what is left can be "
        "refunded as the courts reckon it. Principal first: revenue comes early, and a refund of what is left may "
        "take back revenue. Bonus first: revenue comes late, and the liability stays high.",
    )
    dining_wallet_max = fields.Monetary(
        "Most principal in a wallet", default=5_000, help="单用途商业预付卡: ¥5,000 for a named card."
    )
    dining_wallet_vat_permille = fields.Integer("VAT within a top-up, in ‰", default=VAT_PERMILLE)
    dining_wallet_invoice_policy = fields.Selection(
        [("topup", "For the top-up, untaxed (601)"), ("spend", "For what is consumed")],
        "Invoices are made out",
        default="topup",
        required=True,
        help="For the top-up: an untaxed invoice (code 601), and none for what is consumed with it.",
    )
    dining_wallet_cooling_off_days = fields.Integer(
        "Full refund within, in days", default=COOLING_OFF_DAYS, help="法释〔2025〕4号: at least seven days."
    )
    dining_wallet_confirm_above = fields.Monetary(
        "Confirm stored-value payments above",
        default=200,
        help="What a member pays with stored value on one order from the mini-program is confirmed above this amount,"
        " by the payment PIN, or by WeChat where no PIN is set. 0: never.",
    )
    dining_statement_key = fields.Char("Key that signs statements", groups="base.group_system", copy=False)
    _dining_wallet_sane = models.Constraint(
        "CHECK (dining_wallet_vat_permille BETWEEN 0 AND 999 AND dining_wallet_max >= 0"
        " AND dining_wallet_cooling_off_days >= 7 AND dining_wallet_confirm_above >= 0)",
        "The VAT is between 0 and 999 ‰, a wallet holds 0 or more, a top-up can be returned for seven days, and"
        " payments are confirmed above 0 or more.",
    )
