"""A member's wallet as their phone shows it."""

from odoo.addons.dining_rules.moments import utc_text
from odoo.addons.dining_rules.money import fen

from .confirmation import way

#: Entries that are told with the wallet; the statement has all of them.
ENTRIES = 50


def show(env, user_id):
    """The wallet of the phone's member, as `WalletOut`.

    :raises Refused: member_unknown
    """
    member = env["dining.member"]._require(env["wechat.user"].browse(user_id))
    wallet = env["dining.wallet"].search([("member_id", "=", member.id)])
    entries = wallet.entry_ids.search([("wallet_id", "=", wallet.id)], limit=ENTRIES) if wallet else wallet.entry_ids
    about = entries._about()
    return {
        "balance_fen": wallet.principal_fen + wallet.bonus_fen,
        "available_fen": wallet.principal_fen + wallet.bonus_fen - wallet.held_fen,
        "held_fen": wallet.held_fen,
        "principal_fen": wallet.principal_fen,
        "bonus_fen": wallet.bonus_fen,
        "confirm_above_fen": fen(member.company_id.dining_wallet_confirm_above),
        "has_pin": way(member) == "pin",
        "entries": [_entry(entry, about[entry.id]) for entry in entries],
    }


def _entry(entry, about):
    return {
        "sequence": entry.sequence,
        "at": utc_text(entry.at),
        "kind": entry.kind,
        "amount_fen": entry.principal_fen + entry.bonus_fen,
        "principal_fen": entry.principal_fen,
        "bonus_fen": entry.bonus_fen,
        "balance_fen": entry.principal_after_fen + entry.bonus_after_fen,
        "reason": entry.reason,
        "source": entry.source,
        "about": about,
    }
