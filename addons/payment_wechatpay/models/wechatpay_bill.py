import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..bill import DAMAGED, EMPTY_CODE, WAITING_CODE
from ..bill_lines import Bill, BillUnreadable, read_flow_bill, read_trade_bill
from ..cursors import own_transaction

READERS = {"trade": read_trade_bill, "flow": read_flow_bill}


class WechatpayBill(models.Model):
    """What WeChat says of a day, kept as it came."""

    _name = "wechatpay.bill"
    _description = "WeChat Pay bill"
    _order = "day desc, kind desc, id"

    provider_id = fields.Many2one(
        "payment.provider", "WeChat Pay account", required=True, readonly=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one(related="provider_id.company_id", store=True, index=True)
    day = fields.Date(required=True, readonly=True)
    kind = fields.Selection([("trade", "Trades"), ("flow", "Flow of funds")], required=True, readonly=True)
    state = fields.Selection(
        [("ready", "Kept"), ("empty", "Nothing that day"), ("waiting", "Not there yet"), ("refused", "Refused")],
        "Status",
        required=True,
        readonly=True,
        default="waiting",
    )
    sha1 = fields.Char("SHA1", readonly=True)
    attachment_id = fields.Many2one("ir.attachment", "File", readonly=True, ondelete="restrict")
    message = fields.Char("What to do", readonly=True)
    asked_at = fields.Datetime("Last asked", readonly=True)

    _one_a_day = models.UniqueIndex("(provider_id, day, kind)", "This day's bill is here already.")

    @api.depends("day", "kind")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for bill in self:
            bill.display_name = f"{bill.day} {kinds.get(bill.kind, '')}"

    @api.model
    def _fetch(self, provider, kind, day):
        """Fetch a bill and keep it, in transactions of its own: WeChat is asked with none open.

        To be called where nothing is uncommitted; a bill that was kept is asked for again, and replaced by another.

        :param provider: payment.provider
        :param kind: 'trade' or 'flow'
        :param day: a date before today
        """
        call = provider._wechatpay_bill_call(kind, day)
        outcome = call()
        with own_transaction(self.env.cr.dbname) as env:
            env[self._name]._record(env["payment.provider"].browse(provider.id), kind, day, outcome)

    @api.model
    def _record(self, provider, kind, day, outcome):
        """Keep a bill, or why there is none; what is not proved or cannot be read is refused."""
        bill = self._of(provider, kind, day)
        bill.asked_at = fields.Datetime.now()
        if outcome.ok:
            bill._keep(outcome.data["content"], outcome.data["sha1"])
        elif outcome.refused and outcome.code == EMPTY_CODE:
            bill._none("empty", False)
        elif outcome.code == DAMAGED:
            bill._none("refused", self.env._("The file's SHA1 is not the one that WeChat gave: fetch it again."))
        elif outcome.refused and outcome.code != WAITING_CODE:
            bill._none("refused", f"{outcome.code} {outcome.message}")
        elif outcome.code == WAITING_CODE:
            bill._none("waiting", self.env._("WeChat has not written it yet: it is ready after ten the next day."))
        else:
            bill._none("waiting", self.env._("WeChat could not be asked (%s): ask again.", outcome.code))
        return bill

    @api.model
    def _of(self, provider, kind, day):
        self.env.flush_all()
        self.env.cr.execute(
            """INSERT INTO wechatpay_bill (provider_id, company_id, day, kind, state, create_date, write_date,
                                           create_uid, write_uid)
               VALUES (%(provider)s, %(company)s, %(day)s, %(kind)s, 'waiting', now() AT TIME ZONE 'UTC',
                       now() AT TIME ZONE 'UTC', %(uid)s, %(uid)s)
               ON CONFLICT (provider_id, day, kind) DO UPDATE SET write_date = EXCLUDED.write_date
               RETURNING id""",
            {
                "provider": provider.id,
                "company": provider.company_id.id,
                "day": day,
                "kind": kind,
                "uid": self.env.uid,
            },
        )
        bill = self.browse(self.env.cr.fetchone()[0])
        bill.invalidate_recordset()
        return bill

    def _keep(self, content, sha1):
        try:
            READERS[self.kind](content)
        except BillUnreadable as error:
            self._none("refused", self.env._("The bill cannot be read: %s", error))
            return
        if self.state == "ready" and self.sha1 == sha1:
            return
        file = self.env["ir.attachment"].create(
            {
                "name": f"{self.provider_id.wechatpay_mchid}-{self.day}-{self.kind}.csv",
                "raw": content,
                "mimetype": "text/csv",
                "res_model": self._name,
                "res_id": self.id,
                "company_id": self.company_id.id,
            }
        )
        self.write({"state": "ready", "sha1": sha1, "attachment_id": file.id, "message": False})

    def _none(self, state, message):
        self.write({"state": state, "sha1": False, "attachment_id": False, "message": message})

    def _read_lines(self):
        """:return: `bill_lines.Bill`; without lines on a day that had none
        :raises UserError: the file is not the one that was kept
        """
        self.ensure_one()
        if self.state != "ready":
            return Bill((), ())
        content = self.attachment_id.raw or b""
        if hashlib.sha1(content, usedforsecurity=False).hexdigest() != self.sha1:
            raise UserError(
                self.env._("The file of %s is not the one that was kept: fetch it again.", self.display_name)
            )
        return READERS[self.kind](content)
