"""Stores, their menus and pictures."""

from odoo.addons.dining_rules.refusals import Refusal


def read_stores(env):
    """All stores that diners order from, those that are open first.

    :return: dict as `StoresOut`
    """
    stores = env["pos.config"].search([("is_dining", "=", True)])
    views = [
        {
            "id": store.id,
            "name": {"zh": store.name, "en": store.dining_name_en or store.name},
            "address": store.dining_address or "",
            "open": store.current_session_state == "opened",
        }
        for store in stores
    ]
    return {"stores": sorted(views, key=lambda view: not view["open"])}


def read_menu(env, store_id):
    """The store's menu snapshot of today.

    :raises Refusal: store_unknown
    """
    return env["pos.config"].browse(store_id)._dining_menu()


def read_availability(env, store_id):
    """:return: dict as `AvailabilityOut`; empty for a store that does not exist"""
    remaining = env["pos.config"].browse(store_id)._dining_available()
    return {"remaining": {str(dish_id): left for dish_id, left in remaining.items()}}


def read_image(env, dish_id, file_name):
    """A dish's picture as JPEG bytes.

    :raises Refusal: not_found, also for a picture that was replaced
    """
    content_hash, dot, ending = file_name.partition(".")
    image = ending == "jpg" and env["product.template"].browse(dish_id)._dining_image(content_hash)
    if not image:
        raise Refusal("not_found")
    return image
