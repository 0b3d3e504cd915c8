"""Topping up in cash: what the register asks the server."""

from odoo.addons.dining_base.errors import Refused
from odoo.addons.dining_base.words import name_of
from odoo.addons.dining_rules.moments import utc_text

from .counter import check_key, find_member


def offers(session, who):
    """What a member can top up at this register now.

    :param session: superuser pos.session
    :return: {"member", "balance_fen", "offers": [as `dining.topup.offer._view`]}
    :raises Refused: those of `find_member`
    """
    company = session.company_id
    member = find_member(session.env, company, who)
    # Searched for, not opened: looking writes nothing.
    wallet = session.env["dining.wallet"].search([("member_id", "=", member.id)])
    found = session.env["dining.topup.offer"].search([("company_id", "=", company.id), ("at_register", "=", True)])
    shown = [offer._view(member) for offer in found]
    return {
        "member": member.display_name,
        "balance_fen": wallet.principal_fen + wallet.bonus_fen,
        "offers": [{**view, "ends_at": utc_text(view["ends_at"]) if view["ends_at"] else None} for view in shown],
    }


def take(session, who, offer_id, key):
    """Credit a member with what was paid in cash; asked again with the same key, answer with the same top-up.

    :return: {"id", "member", "offer", "principal_fen", "bonus_fen", "balance_fen", "at", "number"}: the slip
    :raises Refused: idempotency_key_missing, topup_offer_unknown, those of `find_member` and of
        `dining.topup._take_cash`
    """
    member = find_member(session.env, session.company_id, who)
    check_key(key)
    domain = [("company_id", "=", session.company_id.id), ("at_register", "=", True)]
    offer = session.env["dining.topup.offer"].with_context(active_test=False)
    offer = offer.search([("id", "=", offer_id), *domain]) if type(offer_id) is int else offer.browse()
    if not offer:
        raise Refused("topup_offer_unknown")
    topup = session.env["dining.topup"]._take_cash(session, member, offer, key)
    entry = topup.entry_id
    return {
        "id": topup.id,
        "member": member.display_name,
        "offer": name_of(offer).as_dict(),
        "principal_fen": topup.principal_fen,
        "bonus_fen": topup.bonus_fen,
        "balance_fen": entry.principal_after_fen + entry.bonus_after_fen,
        "at": utc_text(entry.at),
        "number": entry.source,
    }
