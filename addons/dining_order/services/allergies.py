"""What guests say they must not eat."""

from odoo.addons.dining_rules.allergies import Said
from odoo.addons.dining_rules.menu import Text
from odoo.addons.dining_rules.refusals import Refusal

from .cart import fingerprint
from .desk import read_desk

#: What everybody at the table must not eat, a further column of `desk.read_desk`.
SAID_COLUMN = """
    , (SELECT jsonb_agg(jsonb_build_array(w.id, w.seat, a.code, coalesce(a.name->>'zh_CN', a.name->>'en_US'),
                                          a.name->>'en_US') ORDER BY w.seat, a.sequence, a.id)
         FROM dining_table_guest w
         JOIN dining_guest_allergen_rel rel ON rel.guest_id = w.id
         JOIN dining_allergen a ON a.id = rel.allergen_id
        WHERE w.session_id = s.id) AS said
"""


def said_by(row):
    """[`dining_rules.allergies.Said`] of the column `SAID_COLUMN`."""
    return [Said(guest, seat, code, Text(zh, en)) for guest, seat, code, zh, en in row["said"] or ()]


_SAYING_COLUMNS = """
    , g.said_key, g.said_hash, g.said_count
"""


def say_allergies(env, store_id, token, user_id, client_key, codes, after):
    """A guest says what they must not eat, in place of what they said before.

    Dishes that are ordered already are held against it too, on every bill that the table's guests eat of.

    :param codes: codes of allergens; none for no allergy
    :param after: how often the guest had said something when this was chosen; a word that comes late, after a newer
        one, changes nothing
    :raises Refusal: of the session, the rate, allergen_unknown, allergies_changed, idempotency_key_reused
    """
    desk, more = read_desk(env, store_id, token, user_id, _SAYING_COLUMNS, lock=True)
    body_hash = fingerprint(["allergies", codes, after])
    if more["said_key"] == client_key:
        if more["said_hash"] != body_hash:
            raise Refusal("idempotency_key_reused")
        return
    desk.check_open()
    desk.check_rate()
    if more["said_count"] != after:
        raise Refusal("allergies_changed")
    guest = env["dining.table.guest"].browse(desk.guest_id)
    said = guest.with_context(active_test=False).allergen_ids
    # The menu no longer offers what was taken off the list, so nobody means to take it back.
    kept = said.filtered(lambda allergen: not allergen.active)
    allergens, unknown = env["dining.allergen"]._coded(set(codes) - set(kept.mapped("code")))
    if unknown:
        raise Refusal("allergen_unknown", codes=unknown)
    guest._say(allergens | kept, client_key, body_hash)
    guest.session_id.revision += 1
    if said != allergens | kept:
        for order in guest.session_id._eaten_orders():
            order._dining_warn(by_guest=True)
    env.flush_all()
