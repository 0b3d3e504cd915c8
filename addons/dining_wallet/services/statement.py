"""A member's own signed statement of their wallet, as JSON and as a page to print."""

import base64
import json
from datetime import datetime

from odoo import fields
from odoo.addons.dining_base.errors import Refused
from odoo.addons.dining_rules import statement
from odoo.addons.dining_rules.moments import in_zone

from .. import signing

#: How the statement is named inside a PDF.
ATTACHED = "statement.json"
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
    told = statement.build(
        wallet.env["dining.wallet.entry"]._read_chain(wallet),
        company=wallet.company_id.name,
        member=wallet.member_id.code,
        account=wallet.uuid,
        issued_at=fields.Datetime.now(),
    )
    private_key = base64.b64decode(_private_key(wallet.company_id))
    return {"statement": told, "signature": signing.sign(statement.canonical(told), private_key)}


def of_phone_as_pdf(env, user_id):
    """The bytes of a PDF that shows the statement of the phone's member and carries it; raises as `of_phone`."""
    return env["ir.actions.report"]._dining_statement(of_phone(env, user_id)).getvalue()


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
