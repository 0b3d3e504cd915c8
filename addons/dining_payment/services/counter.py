"""Members who stand at the counter."""

from uuid import UUID

from odoo.addons.dining_base.errors import Refused


def find_member(env, company, who):
    """The member of a company who is named at its register.

    :param env: superuser environment
    :param who: the code that the member shows, spaces or not, or the id of the contact that was chosen
    :return: dining.member
    :raises Refused: member_not_found, wallet_unavailable (another company's), wallet_closed (who has left)
    """
    members = env["dining.member"].with_context(active_test=False)
    if isinstance(who, str) and who.strip():
        member = members.search([("code", "=", "".join(who.split()))])
    elif type(who) is int:
        member = members.search([("partner_id", "=", who), ("company_id", "=", company.id)])
    else:
        member = members.browse()
    if not member:
        raise Refused("member_not_found")
    if member.company_id != company:
        raise Refused("wallet_unavailable")
    if not member.active:
        raise Refused("wallet_closed")
    return member


def check_key(key):
    """:raises Refused: idempotency_key_missing, where the register has sent no uuid"""
    try:
        UUID(key)
    except (AttributeError, TypeError, ValueError):
        raise Refused("idempotency_key_missing") from None
