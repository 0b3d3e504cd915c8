"""What guests say they must not eat."""

from odoo.addons.dining_rules.allergies import Said
from odoo.addons.dining_rules.menu import Text
from odoo.addons.dining_rules.refusals import Refusal

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


def say_allergies(env, store_id, token, user_id, codes):
    """A guest says what they must not eat, in place of what they said before.

    Dishes that are ordered already are held against it too, on every bill that the table's guests eat of.

    :param codes: codes of allergens; none for no allergy
    :raises Refusal: of the session, allergen_unknown
    """
    desk, _more = read_desk(env, store_id, token, user_id)
    desk.check_open()
    allergens, unknown = env["dining.allergen"]._coded(codes)
    if unknown:
        raise Refusal("allergen_unknown", codes=unknown)
    guest = env["dining.table.guest"].browse(desk.guest_id)
    if guest.allergen_ids != allergens:
        guest.allergen_ids = allergens
        guest.session_id.revision += 1
        for order in guest.session_id._eaten_orders():
            order._dining_warn(by_guest=True)
    env.flush_all()
