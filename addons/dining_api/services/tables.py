"""Scanning, joining and ordering at a table."""

from odoo.addons.dining_order.services import allergies, placement, table_view


def scan(env, scene):
    """Where a table code leads.

    :return: dict as `ScanOut`
    :raises Refused: table_code_unknown
    """
    table = env["dining.table.session"]._scan(scene)
    store = table._dining_store()
    return {
        "store_id": store.id,
        "store_name": {"zh": store.name, "en": store.dining_name_en or store.name},
        "table_id": table.id,
        "table_name": table.dining_name,
        "floor_name": table.floor_id.name,
        "menu_version": store._dining_menu().version,
        "open": store.current_session_state == "opened",
    }


def join(env, store_id, scene, user_id, guests):
    """Join the table and show it.

    :return: dict as `TableOut`
    """
    user = env["wechat.user"].browse(user_id)
    session = env["dining.table.session"]._join(store_id, scene, user, guests)
    env.flush_all()
    return table_view.read_table(env, store_id, session.access_token, user_id)


def say_allergies(env, store_id, token, user_id, client_key, codes, after):
    """Say what a guest must not eat and show the table.

    :return: dict as `TableOut`
    """
    allergies.say_allergies(env, store_id, token, user_id, client_key, codes, after)
    return table_view.read_table(env, store_id, token, user_id)


def place(env, store_id, token, user_id, client_key, menu_version, on_call=False, clashes_seen=None):
    """Place the cart as a round.

    :return: dict as `PlacedOut`
    """
    placed = placement.place(env, store_id, token, user_id, client_key, menu_version, on_call, clashes_seen)
    return {
        "order_id": placed.order_uuid,
        "order_number": placed.order_number,
        "round_number": placed.round_number,
        "round_state": placed.round_state,
    }
