"""Joining from a phone, with one tap and a consent."""

from odoo.addons.dining_base.errors import Refused
from odoo.addons.dining_base.qr import qr_png
from odoo.addons.dining_rules.moments import utc_text

#: Of the text that a member agrees to; a changed text has another, and members are asked anew.
CONSENT_VERSION = "2026-11"

_LOCK = "SELECT dining_member_id FROM wechat_user WHERE id = %s FOR UPDATE"


def show(env, user_id):
    """The member that a phone logs in as, as `MemberOut`; `{"is_member": False, …}` where it has not joined."""
    return _view(env["dining.member"]._of(env["wechat.user"].browse(user_id)))


def join(env, user_id, consent_version):
    """Make the phone's owner a member; a phone that has joined stays the member it is.

    :param consent_version: of the text that was shown
    :raises Refused: consent_outdated
    """
    if consent_version != CONSENT_VERSION:
        raise Refused("consent_outdated", version=CONSENT_VERSION)
    # Two taps at once meet here; the second finds what the first has made.
    env.cr.execute(_LOCK, (user_id,))
    user = env["wechat.user"].browse(user_id)
    user.invalidate_recordset()
    member = env["dining.member"]._of(user)
    if not member:
        member = _new_member(env, user)
        user.dining_member_id = member
    return _view(member)


def _new_member(env, user):
    company = user.app_id.company_id
    # A phone's request has no language; the name is for the store's people.
    env = env(context={**env.context, "lang": env.lang or company.partner_id.lang})
    partner = env["res.partner"].create({"name": env._("Member"), "company_id": company.id, "lang": env.lang})
    member = env["dining.member"].create({"company_id": company.id, "partner_id": partner.id})
    # Until they say who they are, the register tells them apart by the end of their code.
    partner.name = env._("Member %s", member.code[-4:])
    env["dining.consent"].create(
        {"member_id": member.id, "purpose": "membership", "version": CONSENT_VERSION, "channel": "miniprogram"}
    )
    return member


def _view(member):
    return {
        "is_member": bool(member),
        "name": member.name or "",
        "code": member.code or "",
        "code_picture": f"data:image/png;base64,{qr_png(member.code).decode()}" if member else "",
        "joined_at": utc_text(member.joined_at) if member else None,
        "consent_version": CONSENT_VERSION,
    }
