"""A member's own signed statement of their wallet, as JSON and as a page to print."""

import base64
import json
import re
from datetime import datetime

from odoo import fields
from odoo.addons.dining_base.errors import Refused
from odoo.addons.dining_rules import statement
from odoo.addons.dining_rules.moments import in_zone, utc_text

from .. import signing

#: How the statement is named inside a PDF.
ATTACHED = "statement.json"
#: Entries of a period that a phone is told; the PDF has all of them.
MOST = 80
_KEY = """
UPDATE res_company SET dining_statement_key = coalesce(dining_statement_key, %s) WHERE id = %s
RETURNING dining_statement_key
"""


def of_phone(env, user_id):
    """The statement of the phone's member, signed, as a dict.

    :raises Refused: member_unknown, wallet_unknown (nothing was ever topped up)
    """
    member = env["dining.member"]._require(env["wechat.user"].browse(user_id))
    wallet = env["dining.wallet"].search([("member_id", "=", member.id)])
    if not wallet.sequence:
        raise Refused("wallet_unknown")
    return of(wallet)


def of(wallet):
    """The signed statement of a dining.wallet (superuser)."""
    entries = wallet.env["dining.wallet.entry"].search([("wallet_id", "=", wallet.id)], order="sequence")
    about = entries._about()
    told = statement.build(
        entries._read_chain(wallet),
        company=wallet.company_id.name,
        member=wallet.member_id.code,
        account=wallet.uuid,
        issued_at=fields.Datetime.now(),
        about={entry.sequence: about[entry.id] for entry in entries},
    )
    private_key = base64.b64decode(_private_key(wallet.company_id))
    return {"statement": told, "signature": signing.sign(statement.canonical(told), private_key)}


def of_phone_as_pdf(env, user_id, month=""):
    """The bytes of a PDF that shows the statement of the phone's member, or a month of it, and carries all of it.

    :param month: as `period`
    """
    return env["ir.actions.report"]._dining_statement(of_phone(env, user_id), month).getvalue()


def view_of_phone(env, user_id, month=""):
    """A period of the statement of the phone's member, to look at, as `StatementViewOut`; raises as `period`."""
    document = of_phone(env, user_id)
    told = document["statement"]
    shown = period(told, month)
    return {
        **{name: shown[name] for name in ("month", "opening_fen", "in_fen", "out_fen", "closing_fen")},
        "months": sorted({_month(entry) for entry in told["entries"]}, reverse=True),
        "entries": [_view(entry, told["about"]) for entry in shown["entries"][-MOST:]],
        "left_out": max(len(shown["entries"]) - MOST, 0),
        "issued_at": utc_text(datetime.fromisoformat(told["issued_at"])),
        "digest": told["digest"],
        "fingerprint": statement.fingerprint(document["signature"]["public_key"]),
    }


def period(told, month=""):
    """The entries of a month and what they come to.

    :param told: a statement
    :param month: '2026-11', on China's clock; '' for all that there is
    :return: {"month", "opening_fen", "in_fen", "out_fen", "closing_fen", "entries"}, entries the first first
    :raises Refused: statement_month
    """
    if month and not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month):
        raise Refused("statement_month")
    before = [entry for entry in told["entries"] if month and _month(entry) < month]
    within = [entry for entry in told["entries"] if not month or _month(entry) == month]
    changes = [entry["principal_fen"] + entry["bonus_fen"] for entry in within]
    opening = _balance(before[-1]) if before else 0
    return {
        "month": month,
        "opening_fen": opening,
        "in_fen": sum(change for change in changes if change > 0),
        "out_fen": sum(change for change in changes if change < 0),
        "closing_fen": _balance(within[-1]) if within else opening,
        "entries": within,
    }


def _month(entry):
    return local_time(entry["at"])[:7]


def _balance(entry):
    return entry["principal_after_fen"] + entry["bonus_after_fen"]


def _view(entry, about):
    return {
        **{name: entry[name] for name in ("sequence", "kind", "principal_fen", "bonus_fen", "digest")},
        "at": utc_text(datetime.fromisoformat(entry["at"])),
        "amount_fen": entry["principal_fen"] + entry["bonus_fen"],
        "balance_fen": _balance(entry),
        "about": about[str(entry["sequence"])],
    }


def local_time(moment):
    """A moment of the statement as the member's clock showed it, in China."""
    return in_zone(datetime.fromisoformat(moment), "Asia/Shanghai").strftime("%Y-%m-%d %H:%M:%S")


def as_file(document):
    """The bytes of a statement, for a person to keep."""
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _private_key(company):
    """The company's signing key in base64, made with the first statement; two at once get the same."""
    if not company.dining_statement_key:
        new = base64.b64encode(signing.new_private_key()).decode()
        company.env.cr.execute(_KEY, (new, company.id))
        company.invalidate_recordset(["dining_statement_key"])
    return company.dining_statement_key
