from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.addons.dining_base.errors import Refused
from odoo.addons.dining_base.sql import lock_written
from odoo.addons.dining_rules.money import fen, yuan

CHINA = ZoneInfo("Asia/Shanghai")
#: The models that are kept by this one; their refunds count together against a cashier's limit of a day.
KINDS = ("dining.balance.refund",)
MANAGER = "point_of_sale.group_pos_manager"
#: States in which money has gone back, or is on its way.
GIVEN = ("paying", "done")


class DiningApproval(models.AbstractModel):
    """Money that somebody asks to give back, and that somebody may have to approve.

    Who gives back alone: a manager, or a cashier within the company's limits, where the company lets one person do it
    (`_own_setting`). Everything else waits for a manager who has not asked for it.
    """

    _name = "dining.approval"
    _description = "Request to give money back"
    #: The company's setting that lets whoever asks decide alone; each kind names its own.
    _own_setting = None

    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="restrict")
    currency_id = fields.Many2one(related="company_id.currency_id")
    amount_fen = fields.Integer("Goes back, in fen", required=True, readonly=True)
    amount = fields.Monetary("Goes back", compute="_compute_amount")
    reason = fields.Char(required=True, readonly=True)
    state = fields.Selection(
        [
            ("requested", "Waiting for approval"),
            ("paying", "On its way"),
            ("done", "Given back"),
            ("failed", "Could not be paid"),
            ("refused", "Turned down"),
            ("withdrawn", "Withdrawn"),
        ],
        default="requested",
        required=True,
        readonly=True,
        index=True,
        tracking=True,
    )
    requested_by_id = fields.Many2one(
        "res.users", "Asked by", required=True, readonly=True, ondelete="restrict", default=lambda self: self.env.uid
    )
    decided_by_id = fields.Many2one("res.users", "Decided by", readonly=True, ondelete="restrict")
    decided_at = fields.Datetime("Decided", readonly=True)
    decision = fields.Char("Why it was turned down", readonly=True)
    may_approve = fields.Boolean(compute="_compute_may_approve")
    is_mine = fields.Boolean("Asked by me", compute="_compute_may_approve")

    @api.depends("amount_fen")
    def _compute_amount(self):
        for request in self:
            request.amount = yuan(request.amount_fen)

    @api.depends_context("uid")
    @api.depends("requested_by_id", "state")
    def _compute_may_approve(self):
        for request in self:
            request.is_mine = request.requested_by_id == self.env.user
            request.may_approve = not request._why_not_approved()

    # -- buttons -----------------------------------------------------------------------
    def action_approve(self):
        """Button: give the money back.

        :raises Refused: approval_decided, approval_manager_only, approval_own, and those of `_carry_out`
        """
        self._begin()
        self._check_state("requested")
        code = self._why_not_approved()
        if code:
            raise Refused(code)
        self._approve()
        return True

    def action_turn_down(self):
        """Button: say no; the reason is asked for.

        :raises Refused: approval_manager_only
        """
        self.ensure_one()
        self._check_manager()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Turn down"),
            "res_model": "dining.turn.down",
            "view_mode": "form",
            "target": "new",
            "context": {"default_model": self._name, "default_request_id": self.id},
        }

    def action_withdraw(self):
        """Button: who asked takes it back.

        :raises Refused: approval_decided, approval_manager_only
        """
        self._begin()
        self._check_state("requested")
        if self.requested_by_id != self.env.user:
            self._check_manager()
        self._end("withdrawn")
        return True

    # -- deciding -------------------------------------------------------------------------
    def _turn_down(self, words):
        """:raises Refused: approval_decided, approval_manager_only, approval_words"""
        self._begin()
        self._check_state("requested")
        self._check_manager()
        if not (words or "").strip():
            raise Refused("approval_words")
        self._end("refused", decision=words.strip())

    def _approve(self):
        # sudo: what follows is the server's to write; whether it may was decided above
        request = self.sudo()
        request.write({"decided_by_id": self.env.uid, "decided_at": fields.Datetime.now()})
        request._carry_out()

    def _approve_alone(self):
        """Carry out at once what this user may give back alone; else it waits.

        :return: whether it was carried out
        """
        self._begin()
        alone = self._may_alone()
        if alone:
            self._approve()
        return alone

    def _begin(self):
        """Hold the request until the transaction ends; who came second reads what the first one made of it."""
        self.ensure_one()
        self.check_access("read")
        lock_written(self)

    def _end(self, state, **values):
        # sudo: requests are the server's to write
        self.sudo().write(
            {"state": state, "decided_by_id": self.env.uid, "decided_at": fields.Datetime.now(), **values}
        )
        self.sudo()._let_go()

    def _check_state(self, *states):
        if self.state not in states:
            raise Refused("approval_decided")

    def _check_manager(self):
        if not self._is_manager():
            raise Refused("approval_manager_only")

    def _is_manager(self):
        return self.env.user.has_group(MANAGER)

    def _why_not_approved(self):
        """The refusal's code that forbids this user to approve, or ''."""
        if not self._is_manager():
            return "approval_manager_only"
        if self.requested_by_id == self.env.user and not self._one_person():
            return "approval_own"
        return ""

    def _one_person(self):
        return self.sudo().company_id[self._own_setting]  # sudo: cashiers may not read settings

    def _may_alone(self):
        if not self._one_person():
            return False
        return self._is_manager() or self._within_limits()

    def _within_limits(self):
        """Whether a cashier gives back this much without asking, today's other refunds counted."""
        company = self.sudo().company_id
        if self.amount_fen > fen(company.dining_refund_cashier_max):
            return False
        lock_written(self.env.user)
        return self._given_today_fen() + self.amount_fen <= fen(company.dining_refund_cashier_day_max)

    def _given_today_fen(self):
        """What this user has given back since midnight in China by deciding alone, of whatever kind."""
        midnight = datetime.now(CHINA).replace(hour=0, minute=0, second=0, microsecond=0)
        domain = [
            ("company_id", "=", self.company_id.id),
            ("decided_by_id", "=", self.env.uid),
            ("decided_at", ">=", midnight.astimezone(UTC).replace(tzinfo=None)),
            ("state", "in", GIVEN),
        ]
        # sudo: what others gave back is not this user's to read, nor is it counted
        return sum(sum(self.env[name].sudo().search(domain).mapped("amount_fen")) for name in KINDS)

    # -- what the kinds differ in -------------------------------------------------------------
    def _carry_out(self):
        """Give the money back; called as superuser, once it was decided."""
        raise NotImplementedError

    def _let_go(self):
        """It will not be given back: undo what was set aside for it; called as superuser."""
